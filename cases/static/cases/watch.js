// The queue works without this file: a reload shows what is new. It holds a new queue back while somebody is in the
// list, says since when the page is up to date, and gives the keys of the on-call.
(() => {
  "use strict";

  const STALE_MS = 60000;
  let held = null;
  let lastAt = Date.now();
  let isCut = false;

  const queue = () => document.getElementById("hv-queue");
  const keysOf = (root) => [...root.querySelectorAll(".hv-row")].map((row) => row.id);
  const isInside = (root) => root.matches(":focus-within") || (root.matches(":hover") && matchMedia("(hover: hover)").matches);

  const show = () => {
    if (!held) return;
    const focused = document.activeElement && document.activeElement.closest(".hv-row");
    const openLater = queue().querySelector(".hv-queue-later[open]");
    const box = document.createElement("template");
    box.innerHTML = held;
    held = null;
    const fresh = box.content.firstElementChild;
    if (openLater && fresh.querySelector(".hv-queue-later")) fresh.querySelector(".hv-queue-later").open = true;
    queue().replaceWith(fresh);
    htmx.process(fresh);
    document.dispatchEvent(new CustomEvent("hv:shown"));
    const row = focused && document.getElementById(focused.id);
    if (row) row.querySelector("a, button").focus();
  };

  const hold = (text) => {
    const box = document.createElement("template");
    box.innerHTML = text;
    const known = new Set(keysOf(queue()));
    const count = keysOf(box.content).filter((key) => !known.has(key)).length;
    held = text;
    const line = queue().querySelector("[data-queue-new]");
    if (!isInside(queue())) return show();
    if (!count) return;
    line.hidden = false;
    line.querySelector("button").textContent = count > 1 ? `${count} nouvelles\u00a0: afficher` : "1 nouvelle\u00a0: afficher";
  };

  const said = () => {
    const live = document.querySelector("[data-live]");
    if (!live) return;
    const seconds = Math.round((Date.now() - lastAt) / 1000);
    live.classList.toggle("is-cut", isCut);
    const words = isCut ? `coupé depuis ${Math.max(1, Math.round(seconds / 60))}\u00a0min` : `à jour il y a ${seconds}\u00a0s`;
    live.querySelector("[data-live-words]").textContent = words;
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== queue() || event.detail.xhr.status !== 200) return;
    event.detail.shouldSwap = false;
    lastAt = Date.now();
    isCut = false;
    hold(event.detail.xhr.responseText);
    said();
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (event.detail.elt !== queue()) return;
      isCut = Date.now() - lastAt > STALE_MS;
      said();
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-queue-show]")) show();
  });
  document.addEventListener("mouseover", (event) => {
    if (held && queue() && !event.target.closest("#hv-queue") && !queue().matches(":focus-within")) show();
  });

  const move = (step) => {
    const acts = [...document.querySelectorAll(".hv-row-act a, .hv-row-act button")].filter((act) => act.offsetParent);
    const at = acts.indexOf(document.activeElement);
    const next = acts[at < 0 ? 0 : Math.min(acts.length - 1, Math.max(0, at + step))];
    if (next) next.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) link.click();
  });
  setInterval(said, 1000);
})();
