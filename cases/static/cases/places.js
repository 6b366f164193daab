// Says how many structures are ticked, and which. The form sends without it.
(() => {
  "use strict";

  const form = document.querySelector("[data-find]");
  const said = form.querySelector("[data-find-said]");
  const most = Number(form.dataset.most);
  const nothing = said.innerHTML;
  form.classList.add("is-live");

  const tell = () => {
    const boxes = [...form.querySelectorAll("[name='structures']")];
    const ticked = boxes.filter((box) => box.checked);
    for (const box of boxes) box.disabled = !box.checked && ticked.length >= most;
    if (!ticked.length) {
      said.innerHTML = nothing;
      return;
    }
    const count = document.createElement("b");
    count.textContent = ticked.length > 1 ? `${ticked.length} cochées` : "1 cochée";
    said.replaceChildren(count, `\u00a0 ${ticked.map((box) => box.dataset.name).join(", ")}`);
  };

  form.addEventListener("change", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable]")) return;
    const send = form.querySelector(".hv-send button");
    if (send.offsetParent) send.focus();
  });
  tell();
})();
