// Rows that can be dragged can also be moved with buttons: for the keyboard, and for hands that cannot drag. Where a row
// went is said to who does not see it. A section takes its parts along, and a part stays with its section.

const ROWS = ":scope > .inline-related.has_original, :scope > table > tbody > tr.has_original";

const told = document.createElement("p");
told.className = "visually-hidden";
told.setAttribute("role", "status");

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

const rowsOf = (group) => [...group.querySelectorAll(ROWS)];
const keyOf = (row) => row.querySelector("[data-section]")?.dataset.section;
const wholeOf = (row) => row.querySelector("[data-section]")?.dataset.partOf || "";

function renumber(group) {
  rowsOf(group).forEach((row, index) => {
    row.querySelector("input._reorder_").value = index + 1;
  });
}

// Put the parts of each section behind it again, in the order that they have.
function gather(group) {
  const rows = rowsOf(group);
  for (const whole of rows.filter((row) => keyOf(row) && !wholeOf(row))) {
    whole.after(...rows.filter((row) => wholeOf(row) === keyOf(whole)));
  }
  renumber(group);
}

function nameOf(row) {
  const own = row.querySelector(".field-name a, .inline_label")?.textContent;
  const field = row.querySelector("input[type=text]:not(._reorder_), textarea")?.value;
  return (own || field || "The row").trim().slice(0, 60);
}

function move(group, row, step) {
  // A section passes sections, a part passes parts of its own.
  const alike = rowsOf(group).filter((each) => wholeOf(each) === wholeOf(row));
  const place = alike.indexOf(row) + step;
  const other = alike[place];
  if (other) {
    other.insertAdjacentElement(step < 0 ? "beforebegin" : "afterend", row);
    gather(group);
  }
  const end = step < 0 ? "first" : "last";
  told.textContent = other
    ? `“${nameOf(row)}” is now ${place + 1} of ${alike.length}. Save to keep the order.`
    : `“${nameOf(row)}” is the ${end} already.`;
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
  // SortableJS tells the end of a drag, and then numbers the rows.
  group.addEventListener("end", () => setTimeout(() => gather(group)));
}

document.querySelector("#content-main, #content")?.append(told);
