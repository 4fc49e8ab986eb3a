// The toolkit's forms: what is typed outlives a reload, and with leave the tab; a timer for practice.
// Without this the forms work all the same, and last as long as their page.
const announcer = document.getElementById("announcer");

// Never kept: the token and the button are the page's own, a file cannot be kept, and what is taken in is taken in once.
const SKIPPED = new Set(["csrfmiddlewaretoken", "begun_for", "do", "file", "pasted", "a", "take", "take-for", "removed"]);

const work = () => document.querySelector("form[data-keep]");
// What is typed for one plan is not shown for another that is opened in this browser.
const ofPlan = (form, keep) => `toolkit:${keep}${form.elements.begun_for?.value ? `@${form.elements.begun_for.value}` : ""}`;
const nameOf = (form) => ofPlan(form, form.dataset.keep);
let changed = false;
let restoring = false;

// The tab's own memory, and the browser's. A browser that refuses them still has the form.
const stores = ["sessionStorage", "localStorage"].flatMap((name) => {
  try {
    return [window[name]];
  } catch {
    return [];
  }
});
const [passing, lasting] = stores;

function keep(form) {
  if (!form || !passing) return;
  const typed = [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
  const text = JSON.stringify(typed);
  try {
    passing.setItem(nameOf(form), text);
    if (form.querySelector("[data-keep-leave]").checked) lasting.setItem(nameOf(form), text);
    else lasting.removeItem(nameOf(form));
  } catch {
    announcer.textContent = announcer.dataset.failed;
  }
}

// What was kept under that name, as names and values; null for nothing.
function kept(name) {
  for (const store of stores) {
    try {
      const entries = JSON.parse(store.getItem(name));
      if (Array.isArray(entries) && entries.length) return entries;
    } catch {
      store.removeItem(name);
    }
  }
  return null;
}

function forget(form) {
  changed = false;
  stores.forEach((store) => store.removeItem(nameOf(form)));
  // A fresh page, so that nothing is left in the form either.
  location.replace(form.action);
}

// Let the server draw the form as it was kept, with all its entries.
function restore(form, name, target) {
  const values = { do: "restore" };
  for (const [key, value] of kept(name) ?? []) values[key] = key in values ? [values[key], value].flat() : value;
  for (const name of ["a", "take", "take-for"]) if (form.elements[name]) values[name] = form.elements[name].value;
  values.csrfmiddlewaretoken = form.elements.csrfmiddlewaretoken.value;
  if (form.elements.begun_for) values.begun_for = form.elements.begun_for.value;
  // What is typed until the answer is there would be lost with the form that it replaces.
  form.inert = true;
  restoring = true;
  const open = () => {
    form.inert = restoring = false;
    show(aimed()?.closest(".pane"));
  };
  htmx.ajax("POST", form.action, { target, swap: "outerHTML", values }).then(open, open);
}

// A form has come into the page: show what needs JavaScript, and start its timer.
function arrive(form) {
  form.querySelector("[data-keep-controls]").hidden = false;
  form.querySelector("[data-keep-leave]").checked = Boolean(lasting?.getItem(nameOf(form)));
  startTimer(form.querySelector("[data-minutes]"));
}

let timer;
function startTimer(place) {
  clearInterval(timer);
  if (!place) return;
  const ends = Date.now() + place.dataset.minutes * 60_000;
  const tick = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    place.textContent = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : place.dataset.over;
    if (left) return;
    clearInterval(timer);
    announcer.textContent = place.dataset.over;
  };
  tick();
  timer = setInterval(tick, 1000);
}

for (const event of ["input", "change"]) {
  document.addEventListener(event, ({ target }) => {
    if (!target.closest("form[data-keep]")) return;
    changed = true;
    if (event === "change") keep(work());
  });
}
addEventListener("pagehide", () => changed && keep(work()));
document.addEventListener("visibilitychange", () => changed && document.hidden && keep(work()));

// Where a person was typing: from the preview they go back there.
let place = "";
document.addEventListener("focusin", ({ target }) => {
  if (target.closest(".builder__form") && target.matches("input, textarea, select")) place = target.id;
});

// On a phone a form shows one step at a time, or the preview: the address says which, and without it the form.
const isStepped = matchMedia("(max-width: 61.99rem)");
const aimed = () => {
  try {
    return location.hash ? work()?.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`) : null;
  } catch {
    return null;
  }
};

// Show that step, or the preview: also where the address says so already, and the form has been drawn anew since.
function show(pane) {
  if (!pane) return;
  for (const each of work().querySelectorAll(".pane")) each.classList.toggle("pane--current", each === pane);
  if (!pane.id) return;
  for (const link of work().querySelectorAll(".steps a")) {
    if (link.hash === `#${pane.id}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  work().querySelector("[data-edit]").href = `#${pane.id}`;
  const link = work().querySelector(".steps [aria-current]");
  link.closest("nav").scrollLeft = link.offsetLeft - 16;
}

// Going back to where the address named no step yet is going back to the first that was shown.
const first = work()?.querySelector(".pane--current")?.id;
addEventListener("hashchange", () => show((location.hash ? aimed() : document.getElementById(first))?.closest(".pane")));

// The form that was drawn anew shows the step that it should: the address follows.
function follow(form) {
  const pane = form.querySelector(".pane--current");
  if (isStepped.matches && pane?.id && aimed()?.closest(".pane") !== pane) history.replaceState(history.state, "", `#${pane.id}`);
}

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("[data-show-preview]")) {
    show(work().querySelector(".builder__side"));
    location.hash = "preview";
  }
  const step = target.closest(".steps a, .pane__bar a, .error-summary a");
  if (step) show(work()?.querySelector(step.hash || null)?.closest(".pane"));
  const field = target.closest("[data-edit]") && document.getElementById(place);
  if (field?.closest(".pane--current")) {
    event.preventDefault();
    location.hash = step.hash;
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  }
  if (target.closest("[data-keep-forget]")) forget(work());
  const again = target.closest("[data-resume]");
  if (again) restore(again.form, ofPlan(again.form, again.dataset.resume), again.form);
});

// A form that HTMX drew anew holds what the server made of it: that is what counts now.
let known = "";
document.addEventListener("htmx:afterSettle", () => {
  const form = work();
  if (!form || form.dataset.arrived) return;
  form.dataset.arrived = "yes";
  // Saving in the plan gives it a name of its own: what was kept moves with it.
  const leave = Boolean(lasting?.getItem(known));
  if (known && known !== nameOf(form)) stores.forEach((store) => store.removeItem(known));
  known = nameOf(form);
  arrive(form);
  if (!restoring) follow(form);
  if (leave) form.querySelector("[data-keep-leave]").checked = true;
  changed = true;
  keep(form);
});

// Who asked for the preview goes to it, and hears what needs another look. As one types it says nothing.
document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  if (target.id !== "preview" || !detail.requestConfig?.elt.matches("button")) return;
  target.focus({ preventScroll: true });
  announcer.textContent = target.querySelector(".field__error")?.textContent ?? "";
});

function sayFailed() {
  const notice = document.getElementById("work-failed");
  if (notice) notice.hidden = false;
  else announcer.textContent = announcer.dataset.failed;
}

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ target }) => {
    if (target.matches("button, form")) sayFailed();
    else announcer.textContent = announcer.dataset.failed;
  });
}

// A file comes without leaving the page. Where the form has to be mended first, the answer is the form that says so.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!submitter?.matches("[data-download]")) return;
  event.preventDefault();
  const sent = new FormData(form);
  sent.append(submitter.name, submitter.value);
  const body = form.enctype === "multipart/form-data" ? sent : new URLSearchParams(sent);
  submitter.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const disposition = answer.headers.get("Content-Disposition");
    if (answer.ok && disposition) save(await answer.blob(), nameIn(disposition));
    else if (answer.ok || [409, 422].includes(answer.status)) mend(form, await answer.text());
    else sayFailed();
  } catch {
    sayFailed();
  }
  submitter.disabled = false;
});

function mend(form, html) {
  htmx.swap(form, html, { swapStyle: "outerHTML" });
  document.querySelector("#work [role=alert]:not([hidden])")?.scrollIntoView({ block: "center" });
}

function nameIn(disposition) {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition);
  return encoded ? decodeURIComponent(encoded[1]) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? "document");
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// What was typed before there was a plan belongs to the first that is open.
function adopt(form, keep) {
  const own = ofPlan(form, keep);
  for (const store of own === `toolkit:${keep}` ? [] : stores) {
    const text = store.getItem(`toolkit:${keep}`);
    if (text !== null && store.getItem(own) === null) store.setItem(own, text);
    store.removeItem(`toolkit:${keep}`);
  }
}

const form = work();
if (form) {
  adopt(form, form.dataset.keep);
  form.dataset.arrived = "yes";
  known = nameOf(form);
  arrive(form);
  // The answer to something sent is newer than what was kept.
  if ("answer" in form.dataset) keep(form);
  else if (kept(nameOf(form))) restore(form, nameOf(form), form);
}
const again = document.querySelector("[data-resume]");
if (again) adopt(again.form, again.dataset.resume);
if (again) again.hidden = !kept(ofPlan(again.form, again.dataset.resume));
