// « / » and the links to the search open it above the page. Without this file, the links open its page.
(() => {
  "use strict";

  const PAUSE_MS = 150;
  const dialog = () => document.getElementById("hv-find");
  const field = () => dialog().querySelector("[data-search-field]");
  const lines = () => dialog().querySelector("[data-search-lines]");
  let waiting = 0;
  let asked = 0;

  const open = (event) => {
    if (!dialog() || typeof dialog().showModal !== "function" || dialog().open) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog().showModal();
    field().select();
    ask();
  };

  const ask = async () => {
    asked += 1;
    const turn = asked;
    const words = new URLSearchParams({ q: field().value });
    try {
      const answer = await fetch(`${field().form.action}?${words}`, { headers: { "HX-Request": "true" } });
      const text = await answer.text();
      if (turn !== asked) return;
      lines().innerHTML = answer.ok ? text : "";
      if (!answer.ok) field().form.submit();
    } catch {
      if (turn === asked) lines().textContent = "La recherche ne répond pas. Vérifiez votre connexion, puis recommencez.";
    }
  };

  const move = (step) => {
    const stops = [field(), ...lines().querySelectorAll(".hv-hit")];
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(stops.length - 1, Math.max(0, at + step))].focus();
  };

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-search-field]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });

  // Before Wagtail's own use of the same key.
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) open(event);
    if (!dialog() || !dialog().open) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-search-open]")) open(event);
    else if (event.target === dialog()) dialog().close();
  });
})();
