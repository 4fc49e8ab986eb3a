// Long lists can be searched: Django's own copy of Select2 on every list with many choices. Without it they stay lists.

const MANY = 12;
// Lists that Django itself makes something of.
const OTHERS = ".selectfilter, .filtered, .admin-autocomplete, .select2-hidden-accessible";

function nameOf(list) {
  const label = document.querySelector(`label[for="${CSS.escape(list.id)}"]`);
  return list.getAttribute("aria-label") || label?.textContent.trim().replace(/:$/, "") || list.name;
}

function enhance(root) {
  for (const list of root.querySelectorAll("select")) {
    const isTemplate = list.name.includes("__prefix__");
    if (isTemplate || list.options.length <= MANY || list.matches(OTHERS)) continue;
    const picker = window.django.jQuery(list).select2({ theme: "admin-autocomplete", width: "min(100%, 28rem)" });
    const box = picker.data("select2").$container[0];
    for (const part of box.querySelectorAll("[role=combobox], [role=searchbox]")) part.setAttribute("aria-label", nameOf(list));
    picker.on("select2:open", () => {
      const search = document.querySelector(".select2-container--open .select2-search__field");
      search?.setAttribute("aria-label", nameOf(list));
      search?.focus();
    });
    // What follows the typing listens for the browser's own event.
    picker.on("select2:select select2:unselect", () => list.dispatchEvent(new Event("change", { bubbles: true })));
  }
}

document.addEventListener("DOMContentLoaded", () => enhance(document));
document.addEventListener("formset:added", (event) => enhance(event.target));
