// A file that is larger than the site takes is named at once: nobody waits for it on a slow line in vain.
for (const field of document.querySelectorAll("input[type=file][data-most-bytes]")) {
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.className = "errornote";
  told.hidden = true;
  field.closest(".form-row").append(told);
  field.addEventListener("change", () => {
    const isTooLarge = [...field.files].some(({ size }) => size > Number(field.dataset.mostBytes));
    told.hidden = !isTooLarge;
    told.textContent = isTooLarge ? field.dataset.tooLarge : "";
    if (isTooLarge) field.value = "";
  });
}
