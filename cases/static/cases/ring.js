// On every page of the admin of those who watch over the network: how many wait beside the entries of the menu, and, for
// whoever asked for it, a sound and a title that say that something rings. Without this file nothing is lost but these.
(() => {
  "use strict";

  const SEEN = "hv-counts";
  const kept = (name) => { try { return localStorage.getItem(name) === "1"; } catch { return false; } };
  const keep = (name, isOn) => { try { localStorage.setItem(name, isOn ? "1" : "0"); } catch { /* kept for this page alone */ } };
  const wanted = { sound: kept("hv-sound"), title: kept("hv-title") };

  /* Menu: React draws it, and draws it again when it folds; the number is an attribute that it does not know. */
  let counts = [];
  try { counts = JSON.parse(sessionStorage.getItem(SEEN) || "[]"); } catch { counts = []; }

  const readCounts = () => {
    const box = document.getElementById("hv-counts");
    if (!box || !box.children.length) return;
    counts = [...box.querySelectorAll("data")].map((line) => [line.dataset.url, Number(line.value), "here" in line.dataset]);
    try { sessionStorage.setItem(SEEN, JSON.stringify(counts)); } catch { /* asked again at the next page */ }
  };

  const putCounts = () => {
    const known = new Map(counts.map(([url, count, isHere]) => [url, [count, isHere]]));
    for (const link of document.querySelectorAll(".sidebar-menu-item__link[href]")) {
      const [count, isHere] = known.get(link.getAttribute("href")) || [0, false];
      if (!count && !link.dataset.count) continue;
      if (link.dataset.count !== String(count)) link.dataset.count = count || "";
      link.toggleAttribute("data-here", isHere);
    }
  };

  /* What rings: once for each new call, and when a structure accepts. */
  let context = null;
  const chime = () => {
    if (!wanted.sound || !window.AudioContext) return;
    context = context || new AudioContext();
    context.resume();
    for (const [at, pitch] of [[0, 660], [0.22, 880]]) {
      const voice = context.createOscillator();
      const level = context.createGain();
      voice.frequency.value = pitch;
      level.gain.setValueAtTime(0.0001, context.currentTime + at);
      level.gain.exponentialRampToValueAtTime(0.25, context.currentTime + at + 0.02);
      level.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + at + 0.2);
      voice.connect(level).connect(context.destination);
      voice.start(context.currentTime + at);
      voice.stop(context.currentTime + at + 0.21);
    }
    document.dispatchEvent(new CustomEvent("hv:chimed"));
  };

  const name = document.title;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");
  let isOdd = false;
  const blink = () => {
    const strip = document.querySelector(".hv-ring strong");
    isOdd = isStill.matches || !isOdd;
    const words = wanted.title && strip && isOdd ? strip.textContent : name;
    if (document.title !== words) document.title = words;
  };

  const tags = (selector) => new Set([...document.querySelectorAll(selector)].map((each) => each.getAttribute("href") || each.id));
  let ringing = tags(".hv-ring a");
  let accepted = tags(".hv-row.is-yes");
  const listen = () => {
    const [calls, yes] = [tags(".hv-ring a"), tags(".hv-row.is-yes")];
    if ([...calls].some((call) => !ringing.has(call)) || [...yes].some((row) => !accepted.has(row))) chime();
    [ringing, accepted] = [calls, yes];
    blink();
  };

  /* The two switches stand on the « Salle de veille »; what they say is kept in this browser. */
  const box = document.querySelector("[data-alerts]");
  if (box) {
    box.hidden = false;
    for (const button of box.querySelectorAll("[data-alert]")) {
      const kind = button.dataset.alert;
      button.setAttribute("aria-pressed", String(wanted[kind]));
      button.addEventListener("click", () => {
        wanted[kind] = !wanted[kind];
        keep(`hv-${kind}`, wanted[kind]);
        button.setAttribute("aria-pressed", String(wanted[kind]));
        if (kind === "sound") chime();
        blink();
      });
    }
  }

  document.addEventListener("htmx:afterSettle", () => { readCounts(); putCounts(); listen(); });
  document.addEventListener("hv:shown", () => { readCounts(); putCounts(); listen(); });
  const menu = document.getElementById("wagtail-sidebar");
  if (menu) new MutationObserver(putCounts).observe(menu, { childList: true, subtree: true });
  setInterval(blink, 1000);
  readCounts();
  putCounts();
})();
