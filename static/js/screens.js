// A long form as one screen a group, on a phone, each with its address, so that Back goes one screen back.
// Without this it is one page, which works the same.
const form = document.querySelector("[data-screens]");
const phone = matchMedia("(max-width: 40rem)");

function start() {
  const screens = [...form.querySelectorAll("[data-screen]")];
  const last = form.querySelector("[data-last]");
  // After a refusal begin where the first mistake is.
  const mistaken = screens.findIndex((screen) => screen.querySelector(".field--error"));
  const addressed = () => Math.max(0, screens.findIndex((screen) => `#${screen.querySelector("h2").id}` === location.hash));
  let current = mistaken < 0 ? addressed() : mistaken;

  function show() {
    const one = phone.matches && screens.length > 1;
    screens.forEach((screen, place) => {
      screen.hidden = one && place !== current;
      const nav = screen.querySelector("[data-screen-nav]");
      nav.hidden = !one;
      nav.querySelector("[data-back]").hidden = place === 0;
      nav.querySelector("[data-next]").hidden = place === screens.length - 1;
      nav.querySelector("[data-place]").textContent = form.dataset.placeWords
        .replace("%1", place + 1)
        .replace("%2", screens.length);
    });
    last.hidden = one && current !== screens.length - 1;
  }

  function go(place, target) {
    current = place;
    show();
    const address = `#${screens[place].querySelector("h2").id}`;
    if (phone.matches && location.hash !== address) history.pushState(null, "", address);
    lead(place, target);
  }

  function lead(place, target) {
    const goal = target || screens[place].querySelector("h2");
    goal.focus({ preventScroll: true });
    goal.scrollIntoView();
  }

  // Where every question wants an answer (data-missing), say at once which ones have none. Returns whether any.
  function misses(screen) {
    const notice = screen.querySelector("[data-missing]");
    if (!notice) return false;
    const open = [...screen.querySelectorAll("fieldset")].filter((group) => !group.querySelector(":checked"));
    const names = open.map((group) => group.querySelector("legend").firstChild.textContent.trim()).join(" ");
    notice.textContent = names && form.dataset.missingWords.replace("%1", names);
    open[0]?.querySelector("input").focus();
    return open.length > 0;
  }

  form.addEventListener("click", ({ target }) => {
    if (target.matches("[data-next]") && !misses(screens[current])) go(current + 1);
    if (target.matches("[data-back]")) go(current - 1);
  });

  // The answers as a whole are refused here too, before they are sent.
  form.addEventListener("submit", (event) => {
    const place = screens.findIndex(misses);
    if (place < 0) return;
    event.preventDefault();
    current = place;
    show();
    misses(screens[place]);
  });

  // A line of the error summary leads to its field, also on a screen that is hidden.
  document.querySelector("[data-error-summary]")?.addEventListener("click", (event) => {
    const hash = event.target.closest("a")?.hash;
    const field = hash && document.getElementById(hash.slice(1));
    if (!field) return;
    event.preventDefault();
    go(screens.indexOf(field.closest("[data-screen]")), field);
  });

  addEventListener("popstate", () => {
    if (!phone.matches) return;
    current = addressed();
    show();
    lead(current);
  });

  phone.addEventListener("change", show);
  form.querySelectorAll("[data-needs-script]").forEach((part) => (part.hidden = false));
  show();
  document.querySelector("[data-error-summary]")?.focus();
}

if (form) start();
