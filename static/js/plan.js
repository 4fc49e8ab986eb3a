// My plan on reading pages and on its own. Without this every link and form still works.
// A flag in local storage says that this browser has a plan; only then are the plan's marks asked for.
import "./forms.js";

const FLAG = "plan";
const announcer = document.getElementById("announcer");
let marks = {};

// Storage may be switched off; the marks are then left out.
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

function flag(has) {
  storage((store) => (has ? store.setItem(FLAG, "yes") : store.removeItem(FLAG)));
}

const hadPlan = () => storage((store) => store.getItem(FLAG)) === "yes";

function mark(link) {
  const saved = marks[link.dataset.plan];
  if (!saved) return;
  // The name of the step, for screen readers, stays behind the new words.
  link.firstChild.nodeValue = saved.text;
  link.href = saved.href;
  link.classList.add("is-saved");
  // It leads to the plan now. A copy, because HTMX listens to the link that loads the form in place.
  for (const name of link.getAttributeNames()) if (name.startsWith("data-")) link.removeAttribute(name);
  link.replaceWith(link.cloneNode(true));
}

// A guide or an occupation in a list says so beside its name, so that nothing moves. Its mark is named like its address.
function stamp(link) {
  const saved = marks[link.pathname.slice(1, -1)];
  const name = link.querySelector("h2, h3, b") ?? link;
  if (!saved || name.querySelector(".in-plan")) return;
  const note = document.createElement("span");
  note.className = "in-plan";
  note.textContent = saved.text;
  name.append(" ", note);
}

function markAll(root) {
  root.querySelectorAll("a[data-plan]").forEach(mark);
  root.querySelectorAll("a[data-marked]").forEach(stamp);
}

// The plan's own pages, and the answer to a save, say whether there is a plan.
function read(root) {
  const holder = root.querySelector("[data-has-plan]");
  if (!holder) return;
  const has = holder.dataset.hasPlan === "yes";
  // Only where there was a plan: an address alone must not clear anything.
  if ("forgotten" in holder.dataset && hadPlan()) forgetDrafts();
  if (has) sayTheDay();
  flag(has);
}

// What is today? The server only knows the day in UTC: tell it, on the plan's own addresses alone.
function sayTheDay() {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `offset=${-new Date().getTimezoneOffset()}; path=/plan/; SameSite=Lax${secure}`;
}

// A plan that is forgotten or deleted takes along what the toolkit and practice keep in this browser (toolkit.js, practice.js).
function forgetDrafts() {
  for (const store of ["localStorage", "sessionStorage"]) {
    try {
      const names = Object.keys(window[store]).filter((name) => /^(?:toolkit|practice):/.test(name));
      names.forEach((name) => window[store].removeItem(name));
    } catch {
      // Storage is switched off: nothing is kept there.
    }
  }
}

async function fetchMarks() {
  const address = document.querySelector("script[data-marks]").dataset.marks;
  if (!document.querySelector("a[data-plan], a[data-marked], .section__waiting, #browse, #results")) return;
  if (!hadPlan()) return;
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status === 404) return flag(false);
  if (!answer?.ok) return;
  const reply = await answer.json();
  if (!reply.plan) return flag(false);
  ({ marks } = reply);
  markAll(document);
}

function addCopyButton(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = field.dataset.copy;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = field.dataset.copied;
  });
  field.after(button);
}

// What a person unfolded stays so while a change takes the page's place; nothing of it is kept beyond that.
let unfolded = [];
let focused = "";

function unfoldAround(element) {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

document.body.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target.id !== "plan") return;
  unfolded = [...target.querySelectorAll("details[id][open]")].map(({ id }) => id);
  focused = document.activeElement.id;
});

document.body.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "plan") return;
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  const element = focused && document.getElementById(focused);
  if (!element) return;
  unfoldAround(element);
  element.focus({ preventScroll: true });
});

document.body.addEventListener("htmx:afterSwap", ({ target }) => {
  const root = target.isConnected ? target.parentElement : document.body;
  read(root);
  markAll(root);
  const notice = document.getElementById("plan-notice");
  if (notice && announcer && target.id === "plan") announcer.textContent = notice.textContent;
});

// What did not go through: a save goes on without HTMX; a change on the plan's page says so where the person is.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(failure, ({ target }) => {
    if (target.matches("a[data-plan]")) return location.assign(target.href);
    if (target.matches("form.save")) return target.submit();
    // A page of its own says it beside the form (forms.js).
    if (target.matches('form[data-hx-target="#main"]')) return;
    const notice = document.getElementById("plan-failed");
    if (!notice || !target.closest("#plan")) return;
    notice.hidden = false;
    notice.scrollIntoView({ block: "center" });
  });
}

read(document);
// Most browsers unfold what an address leads to by themselves.
if (location.hash.length > 1) unfoldAround(document.getElementById(location.hash.slice(1)));
document.querySelectorAll("input[data-copy]").forEach(addCopyButton);
fetchMarks();
