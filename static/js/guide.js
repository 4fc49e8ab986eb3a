// The guide page: sections open in place and the address follows. Without this every link still works.
import "./glossary.js";

const layout = document.getElementById("guide");
const home = layout.dataset.address;
const sections = [...layout.querySelectorAll(".section")];
const contents = document.getElementById("contents");
const allLink = contents.querySelector("[data-all]");
const announcer = document.getElementById("announcer");

// Emptied first, so that the same words are announced again the next time.
function announce(text) {
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = text), 60);
}

const waiting = (section) => section.querySelector(":scope > .section__waiting");
const headingOf = (section) => section.querySelector("h2").textContent;

// Resolves once the section's text is there: true, or false where it could not be loaded.
function loaded(section) {
  if (!waiting(section)) return Promise.resolve(true);
  return new Promise((resolve) => {
    section.addEventListener("htmx:afterSettle", () => resolve(true), { once: true });
    section.addEventListener("guide:failed", () => resolve(false), { once: true });
  });
}

function open(section) {
  // The browser may have opened it before HTMX listened.
  if (section.open && waiting(section)) section.dispatchEvent(new Event("toggle"));
  section.open = true;
  return loaded(section);
}

// The section of that name, or with a part of that name.
function sectionNamed(slug) {
  return slug ? sections.find(({ id, dataset }) => id === slug || dataset.parts.split(" ").includes(slug)) : null;
}

// The section whose address, or whose part's address, that is.
function find(url) {
  if (url.origin !== location.origin || !url.pathname.startsWith(home)) return null;
  return sectionNamed(url.pathname.slice(home.length).replace(/\/$/, ""));
}

// Open what an address names, bring it into view and put the focus there.
async function go(url) {
  const slug = url.hash.slice(1) || url.pathname.slice(home.length).replace(/\/$/, "");
  const section = find(url) || sectionNamed(slug);
  // The guide's own address with a section's name behind it: from here on it is the section's address.
  if (section && !find(url)) history.replaceState(null, "", section.dataset.address + url.hash);
  if (section) await open(section);
  const target = document.getElementById(slug) || section;
  if (!target) return;
  if (target.matches("details")) target.open = true;
  // A part that stands folded, asked for by its name.
  const fold = target.closest(".part")?.querySelector(":scope > .fold");
  if (fold) fold.open = true;
  target.scrollIntoView();
  mark();
  // The focus says where the reader is now: no announcement on top of it.
  arrive(target.querySelector(":scope > summary") || target);
}

// Focus that no key brought there has no frame, which would look like an error. The first key shows it.
function arrive(goal) {
  goal.dataset.arrived = "";
  goal.focus({ preventScroll: true });
  for (const event of ["keydown", "blur"]) goal.addEventListener(event, () => delete goal.dataset.arrived, { once: true });
}

// A summary was used: the address follows what it opens or closes.
function follow(details) {
  const opening = !details.open;
  if (details.matches(".section")) {
    const { address } = details.dataset;
    if (opening) {
      history.replaceState(null, "", address);
      loaded(details).then((here) => here && announce(`${announcer.dataset.open} ${headingOf(details)}`));
    } else if (find(location)?.id === details.id) {
      history.replaceState(null, "", home);
    }
  } else if (opening && details.id) {
    history.replaceState(null, "", `${details.closest(".section").dataset.address}#${details.id}`);
  }
  mark();
}

async function toggleAll() {
  const opening = allLink.dataset.all === "open";
  sections.forEach((section) => (section.open = opening));
  history.replaceState(null, "", allLink.href);
  const { otherLabel, otherAddress } = allLink.dataset;
  Object.assign(allLink.dataset, {
    all: opening ? "close" : "open",
    otherLabel: allLink.textContent,
    otherAddress: allLink.getAttribute("href"),
  });
  allLink.textContent = otherLabel;
  allLink.setAttribute("href", otherAddress);
  const all = opening ? await Promise.all(sections.map(loaded)) : [true];
  if (all.every(Boolean)) announce(opening ? announcer.dataset.allOpen : announcer.dataset.allClosed);
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const summary = event.target.closest("summary");
  if (summary) return follow(summary.parentElement);
  const link = event.target.closest("a[href]");
  if (!link) return;
  if (link === allLink) {
    event.preventDefault();
    return toggleAll();
  }
  const url = new URL(link.href);
  const section = find(url);
  // A section that failed to load: let the browser go to its page.
  if (!section || section.matches(".is-failed")) return;
  event.preventDefault();
  contents.hidePopover?.();
  if (url.href !== location.href) history.pushState(null, "", url);
  go(url);
});

// A finger that rests on a summary opens it when it leaves; one that scrolls is cancelled before that. In between there
// is half of a journey to the site and back.
const REST = 40;
let resting;

layout.addEventListener("pointerdown", ({ target }) => {
  const summary = target.closest(".section > summary");
  if (!summary) return;
  resting = setTimeout(() => waiting(summary.parentElement) && summary.dispatchEvent(new MouseEvent("mouseenter")), REST);
});
layout.addEventListener("pointercancel", () => clearTimeout(resting));

layout.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target } = detail;
  // The link that loads a section goes away with the swap: keep the focus beside it.
  if (!target.matches(".section__waiting")) return;
  if (target.contains(document.activeElement)) target.closest(".section").querySelector("summary").focus();
});

layout.addEventListener("htmx:afterSwap", ({ target }) => target.closest(".section")?.classList.remove("is-failed"));

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  layout.addEventListener(failure, ({ target }) => {
    // The page that answers says what is wrong and keeps what was typed.
    if (target.matches("form.report")) return target.submit();
    if (!target.matches(".section__waiting")) return;
    const section = target.closest(".section");
    section.dispatchEvent(new Event("guide:failed"));
    // Loading ahead may fail in silence: opening the section tries again.
    if (!section.open) return;
    section.classList.add("is-failed");
    announce(announcer.dataset.failed);
  });
}

addEventListener("popstate", () => {
  const section = find(location);
  if (section) section.open = true;
});
addEventListener("hashchange", () => go(location));

// Mark in the contents where the reader is: the section of the address while its heading is on screen,
// otherwise the last one that has reached the upper third of the window.
const links = new Map(sections.map(({ id }) => [id, contents.querySelector(`a[href$="#${id}"]`)]));
const reached = new Set();

function mark() {
  const asked = find(location);
  const heading = asked?.querySelector("summary").getBoundingClientRect();
  const onScreen = heading && heading.top >= 0 && heading.bottom <= innerHeight;
  const current = onScreen ? asked : sections.filter((section) => reached.has(section)).pop();
  if (!current) return;
  links.forEach((link) => link.removeAttribute("aria-current"));
  links.get(current.id).setAttribute("aria-current", "true");
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) reached[isIntersecting ? "add" : "delete"](target);
    mark();
  },
  { rootMargin: "0px 0px -66% 0px" },
);
sections.forEach((section) => observer.observe(section));

// The browser goes by itself to what an address names. It cannot where that is still folded or not loaded.
function shown(element) {
  if (!element?.checkVisibility() || element.closest(".section__waiting")) return false;
  return !element.matches("details") || (element.open && !waiting(element));
}

if (location.hash && !shown(document.getElementById(location.hash.slice(1)))) go(location);
// What a reader opened before this script came.
for (const section of sections) if (section.open && waiting(section)) open(section);
