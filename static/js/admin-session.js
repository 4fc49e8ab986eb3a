// A session that has ended takes nothing with it. Before a form is sent, ask whether its author is still signed in; if
// not, they sign in over the page, and then it is sent. Where no script runs, or this one gets no answer, the form is
// sent as it is: the server keeps what it holds.
const dialog = document.getElementById("sign-in");
const step = dialog.querySelector("[data-step]");
const alarm = dialog.querySelector("[role=alert]");
const notice = document.querySelector("#signed-out [role=status]");
const button = document.querySelector("#signed-out button");

// The form that goes on once its author is signed in, with the button that sent it; and the one that goes now.
let waiting = null;
let leaving = null;
// Whether the author asked to go on: a text that shows itself while one types must not open a dialog.
let isAsked = false;
// Text boxes that were told that nobody is signed in.
const unanswered = new Set();

function say(words = "") {
  notice.textContent = words;
  button.hidden = !words;
}

function check() {
  // What fails is told by events, below.
  window.htmx.ajax("GET", dialog.dataset.address, { source: step, target: step }).catch(() => {});
}

function send() {
  if (!waiting) return;
  const { form, submitter } = waiting;
  waiting = null;
  leaving = form;
  form.requestSubmit(submitter);
}

// Signing in made new tokens: every form of the page takes them over.
function goOn(answer) {
  for (const { name, value } of answer.querySelectorAll("input")) {
    document.querySelectorAll(`input[name=${name}]`).forEach((input) => (input.value = value));
  }
  say();
  const boxes = [...unanswered];
  const wasOpen = dialog.open;
  dialog.close();
  isAsked = false;
  // A form takes the whole page along, so its texts need not show themselves any more.
  if (waiting) return send();
  document.dispatchEvent(new Event("signed-in"));
  boxes.forEach((box) => window.htmx.trigger(box, "signed-in"));
  if (wasOpen) boxes.pop()?.focus();
}

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (form.getAttribute("method") !== "post" || form.id === "logout-form") return;
    // HTMX sends these; if it is not ready yet, they must not take the page away.
    if (dialog.contains(form)) return event.preventDefault();
    if (form === leaving || !window.htmx) {
      leaving = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form, submitter };
    isAsked = true;
    check();
  },
  true,
);

button.addEventListener("click", () => {
  isAsked = true;
  check();
});

// Whose page this is stands in each of its forms.
dialog.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["Opened-By"] = document.querySelector("input[name=opened_by]").value;
});

step.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (detail.failed) return;
  alarm.textContent = "";
  const answer = step.querySelector("[data-signed-in]");
  if (answer) return goOn(answer);
  if (!isAsked) {
    step.replaceChildren();
    return say(notice.dataset.ended);
  }
  if (!dialog.open) dialog.showModal();
  (step.querySelector("[aria-invalid=true]") || step.querySelector("[autofocus]") || step.querySelector("h2")).focus();
});

dialog.addEventListener("close", () => {
  if (isAsked && waiting) say(notice.dataset.notSaved);
  isAsked = false;
  waiting = null;
  step.replaceChildren();
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ detail }) => {
    const { elt, xhr } = detail;
    if (dialog.open) {
      alarm.textContent = alarm.dataset[`status${xhr.status}`] || alarm.dataset.failed;
    } else if (elt === step) {
      send();
    } else if (xhr.status === 401 && !unanswered.has(elt)) {
      unanswered.add(elt);
      check();
    }
  });
}

// What is kept as one types (admin-unsaved.js) was not taken.
document.addEventListener("signed-out", check);

document.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (!detail.failed) unanswered.delete(detail.elt);
});
