// A plan that is open on a public computer closes when nobody uses it (the server sees to that). This warns before, tells
// the server while somebody types, and leaves the page when the time is over. Without it the page stays in view.
const UNTIL = "plan-visit-until";
const script = document.querySelector("script[data-visit]");
const MINUTE = 60_000;
const IDLE = 20 * MINUTE;
const WARN = 2 * MINUTE;
let told = 0;
let typed = false;

function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

const until = () => Number(storage((store) => store.getItem(UNTIL)));

// Other tabs read it too, so that none closes what another still uses.
function goOn() {
  told = Date.now();
  typed = false;
  storage((store) => store.setItem(UNTIL, told + IDLE));
}

async function stay() {
  const answer = await fetch(script.dataset.visit, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) goOn();
}

function warning() {
  const dialog = document.createElement("dialog");
  dialog.className = "visit-warning";
  dialog.setAttribute("aria-labelledby", "visit-warning");
  const text = document.createElement("p");
  text.id = "visit-warning";
  text.textContent = script.dataset.ends;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = script.dataset.stay;
  button.addEventListener("click", async () => {
    await stay();
    dialog.close();
  });
  dialog.append(text, button);
  document.body.append(dialog);
  return dialog;
}

let dialog = null;

function look() {
  const left = until() - Date.now();
  if (!until()) return;
  if (left <= 0) {
    storage((store) => store.removeItem(UNTIL));
    location.replace(script.dataset.plan);
  } else if (typed && Date.now() - told > MINUTE) stay();
  else if (left <= WARN) {
    dialog ??= warning();
    if (!dialog.open) dialog.showModal();
  } else if (dialog?.open) dialog.close();
}

goOn();
document.addEventListener("input", () => (typed = true));
document.addEventListener("visibilitychange", look);
setInterval(look, 10_000);
