// Says to a screen reader which tab of a file is open. The address opens it without this file: `#onglet-…`.
(() => {
  "use strict";

  const nav = document.querySelector("[data-tabs]");
  const links = [...nav.querySelectorAll("a")];
  const tell = () => {
    const aim = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const pane = aim ? aim.closest(".hv-pane") : null;
    const open = links.find((link) => pane && link.hash === `#${pane.id}`) || links[0];
    for (const link of links) link.toggleAttribute("aria-current", link === open);
    open.setAttribute("aria-current", "true");
  };
  addEventListener("hashchange", tell);
  tell();
})();
