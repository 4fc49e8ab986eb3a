// The print page: a button that opens the browser's print dialogue. Without this the reader uses the menu.
const button = document.getElementById("print-now");
button.hidden = false;
button.addEventListener("click", () => window.print());
