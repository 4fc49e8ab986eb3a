// Rows that can be dragged can also be moved with buttons: for the keyboard, and for hands that cannot drag.

const ROWS = ":scope > .inline-related.has_original, :scope > table > tbody > tr.has_original";

function button(label, sign, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "order-button";
  element.setAttribute("aria-label", label);
  element.title = label;
  element.textContent = sign;
  element.addEventListener("click", action);
  return element;
}

function renumber(group) {
  group.querySelectorAll(ROWS).forEach((row, index) => {
    row.querySelector("input._reorder_").value = index + 1;
  });
}

function move(group, row, step) {
  const rows = [...group.querySelectorAll(ROWS)];
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  other.insertAdjacentElement(step < 0 ? "beforebegin" : "afterend", row);
  renumber(group);
}

for (const group of document.querySelectorAll("fieldset.sortable")) {
  for (const row of group.querySelectorAll(ROWS)) {
    const place = row.querySelector("span.sort");
    if (!place) continue;
    const press = (step) => (event) => {
      move(group, row, step);
      event.currentTarget.focus();
    };
    place.replaceChildren(button("Move up", "↑", press(-1)), button("Move down", "↓", press(1)));
  }
}
