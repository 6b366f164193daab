// A link to something folded (« Comment c’est compté ») opens it. Without this file, its summary is reached and one more click opens it.
(() => {
  "use strict";

  const unfold = () => {
    const aim = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (!aim || !aim.matches("details")) return;
    aim.open = true;
    aim.scrollIntoView();
  };

  // The same link twice changes no address: the click is listened to, after the browser has moved.
  document.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) setTimeout(unfold);
  });
  window.addEventListener("hashchange", unfold);
  unfold();
})();
