// On a phone, the grid is shown part by part: this moves on without asking the server, and puts the focus on the heading.
// Without this file, « Partie suivante » is a button of the form, which comes back with every answer in place.
(() => {
  "use strict";

  const show = (number) => {
    const step = document.getElementById(`partie-${number}`);
    const part = document.querySelector(`.cg-part[data-part="${number}"]`);
    if (!step || !part) return false;
    step.checked = true;
    const heading = part.querySelector("h2");
    heading.focus({ preventScroll: true });
    document.querySelector(".cg-steps").scrollIntoView({ block: "start" });
    return true;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-part-go]");
    if (button && show(button.dataset.partGo)) event.preventDefault();
  });
})();
