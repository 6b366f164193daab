// Warns before the connexion ends, leaves the page once it has, and keeps what is typed in a long form.
// The server ends the connexion whether this file runs or not.
(() => {
  "use strict";

  const box = document.querySelector("[data-connexion]");
  if (!box) return;
  const text = box.querySelector("[data-connexion-text]");
  const button = box.querySelector("button");
  const WARN = 120; // seconds before the end
  const KEEP = 20000; // milliseconds between two savings of what is typed
  const PASSIVE = { "Havre-Passive": "1" }; // asked by the page, not by the person: prolongs nothing

  let timer = null;
  let isFinal = Boolean(box.dataset.final);

  const minutes = (left) => {
    if (left < 60) return "moins d’une minute";
    return left < 120 ? "une minute" : `${Math.floor(left / 60)} minutes`;
  };

  const show = (left) => {
    const sentence = isFinal
      ? `Votre connexion a atteint sa durée maximale : elle se termine dans ${minutes(left)}. Envoyez votre travail, puis reconnectez-vous.`
      : `Votre connexion se termine dans ${minutes(left)}, faute d’activité.`;
    if (text.textContent !== sentence) text.textContent = sentence;
    button.hidden = isFinal;
    box.hidden = false;
  };

  const leave = () => {
    box.hidden = true;
    isChanged = false; // whoever is signed in no more keeps nothing
    // Opened anew, not sent again: the server asks to sign in, and brings back here.
    location.assign(location.pathname + location.search);
  };

  const plan = (left) => {
    clearTimeout(timer);
    if (left > WARN) box.hidden = true;
    else show(left);
    const wait = left > WARN ? left - WARN : Math.min(left, 15);
    timer = setTimeout(look, wait * 1000 + 500);
  };

  const answer = async (response) => {
    if (!response.ok) return leave();
    const clock = await response.json();
    isFinal = clock.is_final;
    return plan(clock.left);
  };

  // One at a time: an answer to what was sent before the end would take away the message of the end.
  let saving = Promise.resolve();
  let isLooking = false;

  // Another window may have been at work: the server alone knows what is left.
  const look = async () => {
    isLooking = true;
    await saving;
    try {
      await answer(await fetch(box.dataset.clock, { headers: PASSIVE, redirect: "manual", cache: "no-store" }));
    } catch {
      timer = setTimeout(look, 15000); // no network: the server keeps the time
    }
    isLooking = false;
    if (!box.hidden) keep(true);
  };

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await answer(await fetch(box.action, { method: "POST", body: new FormData(box), redirect: "manual" }));
    } catch {
      show(WARN);
    }
  });

  // A page brought back by « précédent », or a computer that wakes: look at once.
  window.addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());

  const form = document.querySelector("form[data-draft]");
  const note = form && form.querySelector("[data-draft-note]");
  let isChanged = false;

  const keep = (isPassive) => {
    if (form && isChanged && !isLooking && !form.dataset.sent) saving = save(isPassive);
  };

  const save = async (isPassive) => {
    isChanged = false;
    const typed = new FormData(form);
    for (const field of form.querySelectorAll("input[type=password], input[type=file], [autocomplete=one-time-code]")) {
      typed.delete(field.name);
    }
    typed.set("draft_address", location.pathname);
    try {
      const response = await fetch(box.dataset.drafts, {
        method: "POST", body: typed, redirect: "manual", keepalive: true, headers: isPassive ? PASSIVE : {},
      });
      if (note && response.ok) {
        note.textContent = `Saisie gardée à ${new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" })}.`;
      }
      isChanged = isChanged || !response.ok;
    } catch {
      isChanged = true;
    }
  };

  if (form) {
    form.addEventListener("input", () => { isChanged = true; });
    form.addEventListener("change", () => { isChanged = true; });
    setInterval(() => keep(false), KEEP);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep(true));
  }

  plan(Number(box.dataset.left));
})();
