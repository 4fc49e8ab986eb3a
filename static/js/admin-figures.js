// A figure's name goes into the text that was typed in last, where the cursor stands.

let box = null;

const told = document.querySelector(".figure-names__told");
const buttons = document.querySelectorAll("[data-figure-name]");

function insert(name) {
  if (!box?.isConnected) {
    told.textContent = told.dataset.none;
    return;
  }
  told.textContent = "";
  box.setRangeText(name, box.selectionStart, box.selectionEnd, "end");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches("form textarea")) box = event.target;
});

for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => insert(button.dataset.figureName));
}
