// While one types, only the text in question goes to the server, not the whole form.

document.addEventListener("htmx:configRequest", (event) => {
  const box = event.detail.elt;
  if (!box.matches(".markdown-box textarea")) return;
  const token = box.form.elements.csrfmiddlewaretoken.value;
  const sent = event.detail.parameters;
  for (const name of [...sent.keys?.() ?? Object.keys(sent)]) delete sent[name];
  sent.text = box.value;
  sent.csrfmiddlewaretoken = token;
});

// Rows that are added on the page get their preview too.
document.addEventListener("formset:added", (event) => window.htmx?.process(event.target));

// The box that was typed in last keeps its preview.
document.addEventListener("focusin", (event) => {
  const box = event.target.closest(".markdown-box");
  if (!box) return;
  document.querySelector(".markdown-box--last")?.classList.remove("markdown-box--last");
  box.classList.add("markdown-box--last");
});
