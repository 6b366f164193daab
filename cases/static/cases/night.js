// Says what is ticked on the button that sends, and plays a short sound once when a house accepts. The page does without it.
(() => {
  "use strict";

  const form = document.querySelector("[data-night-ask]");
  if (form) {
    const send = form.querySelector("[data-night-send]");
    const first = send.textContent.trim();
    const tell = () => {
      const boxes = [...form.querySelectorAll("[name='structures']")];
      const names = boxes.filter((box) => box.checked).map((box) => box.dataset.name);
      for (const box of boxes) box.disabled = !box.checked && names.length >= Number(form.dataset.most);
      send.textContent = names.length === 1 ? `${first} à ${names[0]}` : names.length ? `${first} à ${names.length} structures` : first;
    };
    form.addEventListener("change", tell);
    tell();
  }

  const yeses = () => document.querySelectorAll("[data-night-yes]").length;
  let heard = yeses();
  document.addEventListener("htmx:afterSwap", () => {
    const now = yeses();
    if (now > heard && localStorage.getItem("havre-sound") === "1") {
      const context = new AudioContext();
      const note = context.createOscillator();
      note.frequency.value = 660;
      note.connect(context.destination);
      note.start();
      note.stop(context.currentTime + 0.25);
    }
    heard = now;
  });
})();
