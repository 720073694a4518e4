// Comforts only; every page works without this file.
document.addEventListener("keydown", (event) => {
  const target = event.target;
  const writing = target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.getElementById("q");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
});
// Empty fields would only lengthen the address.
const form = document.getElementById("cari");
if (form) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if ("value" in field && field.value === "" && field.name) field.disabled = true;
    }
  });
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
}
// The link to the filters opens them, where they are folded.
const openFilters = () => {
  const filters = location.hash === "#saringan" && document.getElementById("saringan");
  if (filters) filters.open = true;
};
addEventListener("hashchange", openFilters);
openFilters();
