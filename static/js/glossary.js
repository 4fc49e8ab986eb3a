// A glossary term's definition beside the term. Without this the term links to the glossary.
const TERMS = 'a[href^="/glossary/#"]';
const note = document.createElement("div");
note.id = "term";
note.className = "term";
note.role = "tooltip";
note.popover = "manual";
document.getElementById("main").append(note);

let glossary;
let current;
// How the page was pressed last: not every browser tells it with the click.
let pointer;
document.addEventListener("pointerdown", ({ pointerType }) => (pointer = pointerType));
let leaving;

// The glossary is fetched once, when the first term is touched.
function load() {
  glossary ??= fetch("/glossary/")
    .then((response) => (response.ok ? response.text() : Promise.reject()))
    .then((html) => new DOMParser().parseFromString(html, "text/html"));
  glossary.catch(() => (glossary = undefined));
  return glossary;
}

async function show(link) {
  clearTimeout(leaving);
  // Where no popover is known the link alone must do.
  if (current === link || !note.showPopover) return;
  current = link;
  const page = await load().catch(() => null);
  const term = page?.getElementById(link.hash.slice(1));
  if (!term || current !== link) return;
  note.textContent = term.querySelector("dd").textContent;
  link.setAttribute("aria-describedby", note.id);
  note.showPopover();
  place(link);
}

function place(link) {
  const edge = 16;
  const { left, top, bottom } = link.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const below = bottom + 6 + height < innerHeight;
  note.style.left = `${scrollX + Math.max(edge, Math.min(left, document.documentElement.clientWidth - width - edge))}px`;
  note.style.top = `${scrollY + (below ? bottom + 6 : top - height - 6)}px`;
}

function hide() {
  clearTimeout(leaving);
  current?.removeAttribute("aria-describedby");
  current = undefined;
  note.hidePopover?.();
}

const termAt = ({ target }) => (target.closest ? target.closest(TERMS) : null);
// The pointer may cross the gap between the term and its definition.
const leave = () => (leaving = setTimeout(hide, 250));

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = termAt(event);
  if (link) show(link);
  else if (note.contains(event.target)) clearTimeout(leaving);
  else if (current && current !== document.activeElement) leave();
});
document.addEventListener("focusin", (event) => {
  const link = termAt(event);
  if (link?.matches(":focus-visible")) show(link);
  else if (current && !link) hide();
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
// A first touch shows the definition, a second one follows the link.
document.addEventListener("click", (event) => {
  const link = termAt(event);
  if (!link) return hide();
  if (pointer !== "touch" || current === link || !note.showPopover) return;
  event.preventDefault();
  show(link);
});
