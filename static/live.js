"use strict";

// What others change while a page is open. A page of an assessment listens to a stream that says who has changed what;
// the walk (app.js) takes that in by itself, any other page offers to be loaded again and moves nothing. The portfolio,
// which has no stream, asks from time to time.
(() => {
  const place = document.getElementById("news");
  if (!place) return;
  const { stream, look, person } = place.dataset;

  const quiet = 20000; // milliseconds without a stream before the page says so
  const pulse = 45000; // milliseconds without a sign of life after which a stream counts as lost; there is one every 15 s
  const longestWait = 60000; // between two tries
  const lookEvery = 30000;
  const concerning = /^((answers?|decision|priorities|plan)\.|assessment\.moved$)/;

  let newer = false;

  function say(words) {
    place.replaceChildren(...(words ? [document.getElementById(`news-${words}`).content.cloneNode(true)] : []));
    const link = place.querySelector("a");
    if (link) link.href = location.pathname + location.search;
  }

  function offer() {
    if (!newer) say("newer");
    newer = true;
  }

  // ── The stream ────────────────────────────────────────────────────────────
  // Only a page that is seen has one: browsers have few connections for a server that does not speak HTTP/2.

  let seen = place.dataset.seen;
  let source = null;
  let again = 0;
  let wait = 1000;
  let watchdog = 0;
  let silence = 0;

  function listen() {
    if (source || document.hidden) return;
    clearTimeout(again);
    source = new EventSource(`${stream}${stream.includes("?") ? "&" : "?"}after=${seen}`);
    source.addEventListener("open", opened);
    source.addEventListener("beat", alive);
    source.addEventListener("change", change);
    source.addEventListener("here", (event) => showPresent(JSON.parse(event.data)));
    source.addEventListener("error", lost);
    alive();
  }

  function opened() {
    wait = 1000;
    clearTimeout(silence);
    silence = 0;
    if (!newer) say("");
    alive();
  }

  function alive() {
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, pulse);
  }

  function hush() {
    source?.close();
    source = null;
    clearTimeout(again);
    clearTimeout(watchdog);
    clearTimeout(silence);
    silence = 0;
  }

  // lost tries again, later each time, and not at the same moment as everybody else whom the server has lost.
  function lost() {
    source?.close();
    source = null;
    clearTimeout(watchdog);
    again = setTimeout(listen, wait * (0.5 + Math.random() / 2));
    wait = Math.min(wait * 2, longestWait);
    silence ||= setTimeout(() => {
      if (!newer) say("lost");
      showPresent([]);
    }, quiet);
  }

  function change(event) {
    alive();
    seen = event.lastEventId;
    const detail = { ...JSON.parse(event.data), sequence: Number(seen) };
    const nobodyTookIt = document.dispatchEvent(new CustomEvent("plumbline:change", { detail, cancelable: true }));
    const another = detail.kind === "assessment.moved"; // questions, which no page can take in
    if ((nobodyTookIt || another) && concerning.test(detail.kind) && detail.by !== person) offer();
  }

  function showPresent(people) {
    const section = document.getElementById("here");
    if (!section) return;
    section.hidden = people.length === 0;
    section.querySelector("ul").replaceChildren(...people.map(({ name, where }) => {
      const item = document.createElement("li");
      const at = document.createElement("span");
      at.className = "count";
      at.textContent = where;
      item.append(`${name} `, at);
      return item;
    }));
  }

  // ── The portfolio ─────────────────────────────────────────────────────────

  async function ask() {
    if (document.hidden || newer) return;
    const response = await fetch(look, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (response?.ok && (await response.text()) !== seen) offer();
  }

  // ── How long ago ──────────────────────────────────────────────────────────

  const since = new WeakMap(); // when an element said how long ago, as a time of this clock

  function ageAll() {
    for (const time of document.querySelectorAll("time[data-ago]")) {
      if (!since.has(time)) since.set(time, Date.now() - 1000 * Number(time.dataset.ago));
      time.textContent = ago(Math.round((Date.now() - since.get(time)) / 1000));
    }
  }

  function ago(seconds) {
    if (seconds < 5) return "just now";
    if (seconds < 60) return `${seconds} s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    return `${Math.floor(seconds / 3600)} h ago`;
  }

  // ── Wiring ────────────────────────────────────────────────────────────────

  const wake = stream ? listen : ask;

  window.addEventListener("pagehide", hush);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : wake()));
  if (look) setInterval(ask, lookEvery);
  else setInterval(ageAll, 5000);
  if (stream) listen();
})();
