// What is typed is kept as one types: in this browser at once, and on the server a moment later, where it is offered to
// its author alone when the form is opened again. What the server has taken leaves this browser. Saving ends it.
const { address: takes, author } = document.getElementById("unsaved-script").dataset;
// Each form that is kept says so; the page of a draft has several, one for each step.
const marks = [...document.querySelectorAll("form input[name=_unsaved]")];
// Milliseconds: after a change, after the line was lost, after the session ended.
const SOON = 1500;
const LATER = 5000;
const MUCH_LATER = 30000;
const START = `unsaved/${author}/`;

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, text) {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

function storedNames() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

// Send what this browser holds under a name, and forget it once the server has taken it. Returns the answer's status.
async function send(name, options = {}) {
  const text = stored(name);
  if (!text) return 204;
  const { address, fields, at } = JSON.parse(text);
  const body = new URLSearchParams({
    key: name.slice(START.length),
    address,
    typed: fields,
    age: Math.max(0, Math.round((Date.now() - at) / 1000)),
    opened_by: document.querySelector("input[name=opened_by]").value,
    csrfmiddlewaretoken: document.querySelector("input[name=csrfmiddlewaretoken]").value,
  });
  let status = 0;
  try {
    // The header says that the answer is for a script: nobody is to be led to a login page.
    ({ status } = await fetch(takes, { method: "POST", body, headers: { "HX-Request": "true" }, ...options }));
  } catch {
    return 0;
  }
  // What it will never take (422) would be sent for ever.
  if ((status === 204 || status === 422) && stored(name) === text) store(name, null);
  return status;
}

// What this browser could not send before: a lost line, a killed server, a closed lid.
async function sendOlder(own) {
  const names = storedNames().filter((name) => name.startsWith(START) && !own.includes(name));
  const addresses = names.map((name) => JSON.parse(stored(name))?.address);
  const statuses = await Promise.all(names.map((name) => send(name)));
  return addresses.filter((_address, index) => statuses[index] === 204);
}

function keepForm(mark) {
  const { form } = mark;
  const state = form.querySelector(".unsaved-state");
  const newKey = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  mark.value ||= newKey();
  let name = START + mark.value;
  let timer = 0;
  let isSending = false;
  let isLeaving = false;
  let isTold = false;

  // A form as a save would send it, without passwords, files and what pages add by themselves.
  function fields() {
    const pairs = [...new FormData(form)].filter(
      ([field, value]) =>
        typeof value === "string" &&
        !/^_|__prefix__|^csrfmiddlewaretoken$|^opened_by$/.test(field) &&
        form.elements[field]?.type !== "password",
    );
    return JSON.stringify(pairs);
  }

  let last = fields();
  const initial = "isTyped" in mark.dataset ? "" : last;
  const isDirty = () => last !== initial;

  function say(what) {
    if (state.dataset.now === what) return;
    state.dataset.now = what;
    state.textContent = state.dataset[what];
  }

  function soon(wait) {
    timer ||= setTimeout(take, wait);
  }

  async function take() {
    timer = 0;
    if (isSending) return soon(SOON);
    isSending = true;
    const status = await send(name);
    isSending = false;
    if (status === 401 && !isTold) {
      isTold = true;
      document.dispatchEvent(new Event("signed-out"));
    }
    if (status === 204) {
      say("kept");
      isTold = false;
      if (stored(name)) soon(SOON);
    } else if (status !== 422) {
      say(stored(name) ? "alone" : "lost");
      soon(status === 401 ? MUCH_LATER : LATER);
    } else say("lost");
  }

  function look() {
    const now = fields();
    if (now === last) return;
    last = now;
    if (isLeaving) {
      // Typed after the save was sent: another text.
      isLeaving = false;
      name = START + newKey();
    }
    const text = JSON.stringify({ address: mark.dataset.address, fields: now, at: Date.now() });
    if (!store(name, text)) say("lost");
    soon(SOON);
  }

  for (const event of ["input", "change", "formset:added", "formset:removed"]) form.addEventListener(event, look);
  // Rows that are moved, and what a button fills in, tell nobody.
  for (const event of ["click", "keyup", "drop", "pointerup"]) {
    document.addEventListener(event, () => setTimeout(look));
  }
  document.addEventListener("signed-in", () => {
    clearTimeout(timer);
    timer = 0;
    isTold = false;
    soon(0);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(name, { keepalive: true });
  });
  window.addEventListener("submit", (event) => {
    if (event.target === form && !event.defaultPrevented) {
      isLeaving = true;
      clearTimeout(timer);
    }
  });
  // Back leads to the page as it was left.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !isLeaving) return;
    isLeaving = false;
    mark.value = newKey();
    name = START + mark.value;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty() && !isLeaving) event.preventDefault();
  });
  return name;
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
  const buttons = marks.flatMap(({ form }) => [...form.querySelectorAll("[name=_continue], [name=_save]")]);
  if (!buttons.length) return;
  event.preventDefault();
  const stays = buttons.find(({ name }) => name === "_continue") ?? buttons[0];
  stays.form.requestSubmit(stays);
});

sendOlder(marks.map(keepForm)).then((addresses) => {
  // The server has it now, and offers it.
  if (!marks.some((mark) => addresses.includes(mark.dataset.address))) return;
  const offers = "#unsaved-offers";
  window.htmx?.ajax("GET", window.location.href, { target: offers, select: offers, swap: "outerHTML" });
});
