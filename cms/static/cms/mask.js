// « Masquer l’écran »: the button, or Escape twice. Without this file the button still works, one step of history more.
(() => {
  "use strict";

  const TWICE = 700; // milliseconds between two presses
  const form = document.querySelector("form[data-mask]");
  if (!form) return;

  // The page goes blank before the server answers, then is replaced: « précédent » does not come back to it.
  const mask = async () => {
    document.title = "…";
    document.documentElement.classList.add("hv-masked");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      location.replace(answer.url);
    } catch {
      // The network is gone: nothing can be asked, and nothing stays on the screen.
      location.replace("about:blank");
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    mask();
  });

  // The entry of the admin’s menu is a link, drawn by the menu itself.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.href !== form.action) return;
      event.preventDefault();
      event.stopPropagation();
      mask();
    },
    true,
  );

  let pressed = -Infinity;
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.repeat) {
        pressed = -Infinity;
        return;
      }
      if (event.timeStamp - pressed < TWICE) mask();
      pressed = event.timeStamp;
    },
    true,
  );
})();
