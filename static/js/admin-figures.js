// A name that a text can hold, of a figure, a term or a page, goes into the text that was typed in last, where the
// cursor stands.

let box = null;

const buttons = document.querySelectorAll("[data-figure-name]");

function insert(button) {
  const told = button.closest("details").querySelector(".figure-names__told");
  if (!box?.isConnected) {
    told.textContent = told.dataset.none;
    return;
  }
  told.textContent = "";
  box.setRangeText(button.dataset.figureName, box.selectionStart, box.selectionEnd, "end");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches("form textarea")) box = event.target;
});

for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => insert(button));
}
