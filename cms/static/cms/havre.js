// The pages work without this file: it only makes some gestures quicker.
(() => {
  "use strict";

  const focusFirst = (root) => {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
  };

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.hv-menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.hv-menu[open]");
      if (open) open.querySelector("summary").focus();
      closeMenus(null);
    }
  });

  document.addEventListener("keydown", (event) => {
    const help = document.querySelector("[data-help]");
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "?" && help && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) help.click();
  });

  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.hv-menu")));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A second click must not send twice; the button stays enabled so that its value is sent.
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    // A form that answers with a file leaves this page in place: it may be sent again.
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    // The page that is left is replaced: « précédent » does not come back to it.
    const leave = event.target.closest("[data-leave]");
    if (leave) {
      event.preventDefault();
      document.documentElement.classList.add("hv-masked");
      location.replace(leave.href);
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => focusFirst(event.target));
  // An answer 409 or 422 carries a page or a form that says what to do: show it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  focusFirst(document);
})();
