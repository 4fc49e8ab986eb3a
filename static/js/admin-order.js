// Rows that can be dragged can also be moved with buttons: for the keyboard, and for hands that cannot drag.

const ROWS = ":scope > .inline-related.has_original, :scope > table > tbody > tr.has_original";

function button(label, sign, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "order-button";
  made.setAttribute("aria-label", label);
  made.title = label;
  made.textContent = sign;
  made.addEventListener("click", action);
  return made;
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
