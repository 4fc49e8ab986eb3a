// A form that HTMX sends in place, on a page that is there for it: what did not go through is said beside the form,
// which stays as it is. Without this it is sent like any other.
const FORMS = 'form[data-hx-target="#main"], form.report';
const failed = document.querySelector("script[data-failed]")?.dataset.failed;

// A page of ours that refuses says why: what is to be mended in the form, or a sentence of its own.
function reason(html) {
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  return page.querySelector(".error-summary li, .lede")?.textContent || failed;
}

function say(form, text) {
  form.querySelector(".form__failed")?.remove();
  const notice = document.createElement("p");
  notice.className = "form__failed notice";
  notice.role = "alert";
  notice.textContent = text;
  form.append(notice);
  notice.scrollIntoView({ block: "center" });
}

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ target, detail }) => {
    if (failed && target.matches(FORMS)) say(target, reason(detail.xhr?.responseText));
  });
}
