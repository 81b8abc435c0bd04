"use strict";

// The end of a session: the page says two minutes before that it comes, and when it has come. Nothing that was typed is
// touched: a form that is sent later leads through the sign-in page and comes back as it was.
(() => {
  const place = document.getElementById("session");
  if (!place) return;
  const { url } = place.dataset;
  const notice = 120; // seconds before the end
  const patience = 30000; // milliseconds until a server that did not answer is asked again
  const longest = 2 ** 31 - 1; // milliseconds that a timer can wait

  let timer = 0;
  let due = 0; // when to look again, as a time of this clock
  let shown = "";

  function say(words) {
    if (words === shown) return;
    shown = words;
    place.replaceChildren(...(words ? [document.getElementById(`session-${words}`).content.cloneNode(true)] : []));
    place.querySelector("button")?.addEventListener("click", () => look("POST"));
  }

  function later(seconds) {
    clearTimeout(timer);
    due = Date.now() + 1000 * seconds;
    timer = setTimeout(look, Math.min(1000 * seconds, longest));
  }

  // look asks when the session ends. To ask does not prolong it; to send does.
  async function look(method = "GET") {
    clearTimeout(timer);
    const response = await fetch(url, { method, headers: { "HX-Request": "true" } }).catch(() => null);
    if (response?.status === 401) {
      say("over");
      return;
    }
    if (!response?.ok) {
      if (method === "POST") say("failed");
      later(patience / 1000);
      return;
    }
    const { left, final } = await response.json();
    if (left > notice) {
      say(method === "POST" ? "stays" : "");
      later(left - notice);
      return;
    }
    say(final ? "final" : "soon");
    later(left + 1);
  }

  // A machine that slept, and a page that was not seen, find out at once; so does one beside which somebody has signed in.
  function wake() {
    if (!document.hidden && (shown || Date.now() >= due)) look();
  }

  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", (event) => event.persisted && look());
  later(Math.max(0, Number(place.dataset.left) - notice));
})();

// Leaving a form in which something was typed that is not saved asks first. The walk saves by itself, and a form that only
// searches or filters holds nothing of worth.
(() => {
  if (!document.getElementById("session") && !document.querySelector("form[data-unsaved]")) return;

  const answered = performance.getEntriesByType("navigation")[0]?.responseStatus ?? 200;
  const refused = [409, 422, 428, 503, 507].includes(answered); // the page shows again what was not stored
  const typed = new WeakSet(); // forms in which the person did something
  let leaving = null; // the form that is being sent

  const guarded = (form) => form.method === "post" && form.id !== "answers";

  function differs(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (control.type === "select-one") {
      const before = Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
      return control.selectedIndex !== before;
    }
    if (control.type === "file") return control.files.length > 0;
    return "defaultValue" in control && control.type !== "hidden" && control.type !== "submit" && control.value !== control.defaultValue;
  }

  function unsaved(form) {
    if (!guarded(form) || form === leaving) return false;
    if ("unsaved" in form.dataset) return !leaving || !("unsaved" in leaving.dataset);
    if (refused && (typed.has(form) || form.querySelector("[aria-invalid], .field-bad"))) return true;
    return typed.has(form) && [...form.elements].some(differs);
  }

  document.addEventListener("input", ({ target }) => target.form && typed.add(target.form));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) leaving = event.target;
  });
  window.addEventListener("pageshow", () => {
    leaving = null;
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...document.forms].some(unsaved)) event.preventDefault();
    leaving = null;
  });
})();
