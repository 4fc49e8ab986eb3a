// Putting in order by buttons and by dragging, and how long the typing took. Without this the form has a place for each
// line to be chosen, and says nothing of speed.
const announcer = document.getElementById("announcer");

for (const list of document.querySelectorAll("[data-order]")) {
  const { up, down, said } = list.dataset;
  const lines = () => [...list.children];
  let held = null;

  // The places in the form are those of the lines.
  const number = () => {
    lines().forEach((line, place) => (line.querySelector("select").value = place + 1));
  };

  const move = (line, place) => {
    const others = lines().filter((other) => other !== line);
    list.insertBefore(line, others[place] ?? null);
    number();
    announcer.textContent = `${line.querySelector("label").textContent} ${said} ${lines().indexOf(line) + 1}`;
  };

  const button = (line, sign, words, step) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button button--quiet button--small";
    element.textContent = sign;
    element.setAttribute("aria-label", `${words}: ${line.querySelector("label").textContent}`);
    element.addEventListener("click", () => {
      move(line, Math.max(0, lines().indexOf(line) + step));
      element.focus();
    });
    return element;
  };

  // Whoever comes back with places chosen finds the lines in that order.
  const chosen = (line) => Number(line.querySelector("select").value) || Infinity;
  list.append(...lines().sort((one, other) => chosen(one) - chosen(other) || 0));
  for (const line of lines()) {
    const moves = document.createElement("span");
    moves.className = "order__moves";
    moves.append(button(line, "↑", up, -1), button(line, "↓", down, 1));
    line.querySelector("select").hidden = true;
    line.append(moves);
    line.draggable = true;
    line.addEventListener("dragstart", (event) => {
      held = line;
      event.dataTransfer.effectAllowed = "move";
      line.classList.add("order__line--held");
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("order__line--held");
      held = null;
    });
    line.addEventListener("dragover", (event) => held && event.preventDefault());
    line.addEventListener("drop", (event) => {
      event.preventDefault();
      if (held && held !== line) move(held, lines().indexOf(line));
    });
  }
  number();
}

for (const seconds of document.querySelectorAll("[data-seconds]")) {
  let begun = null;
  seconds.form.addEventListener("input", () => (begun ??= performance.now()), { once: true });
  seconds.form.addEventListener("submit", () => {
    seconds.value = begun === null ? "" : Math.max(1, Math.round((performance.now() - begun) / 1000));
  });
}
