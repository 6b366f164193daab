// Preparing a release takes some seconds: say so, and keep from asking twice. Without this file the page just waits.
(() => {
  "use strict";

  const button = document.querySelector("form.hv-admin-form [type=submit]");
  if (!button) return;

  button.form.addEventListener("submit", () => {
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Préparation");
    said.append(bar, " Préparation : ce qui est masqué se calcule avec toutes les publications précédentes.");
    button.after(said);
    button.disabled = true;
  });

  // « Précédent » brings the page back as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
