"use strict";

// The worksheet: filters act at once, rows are selected by pointer and key, and a long list is loaded to its end. Without
// this script the filters are a form with a button, and a long list has pages.
(() => {
  const form = document.getElementById("answers");
  const filters = document.getElementById("filters");
  const list = document.getElementById("rows");
  if (!filters || !list || !window.htmx) return;

  const search = document.getElementById("sheet-search");
  const none = document.getElementById("none");
  document.getElementById("button-filter").hidden = true;

  const boxes = () => [...list.querySelectorAll(".practice")];

  // ── Filters ───────────────────────────────────────────────────────────────
  // The server says which rows a filter takes, so that there is one filter with and without this script.

  let asked = new AbortController();

  function query() {
    const wanted = new URLSearchParams(new FormData(filters));
    for (const [name, value] of [...wanted]) if (value === "") wanted.delete(name);
    return wanted;
  }

  async function filter() {
    asked.abort();
    asked = new AbortController();
    const wanted = query().toString();
    const response = await fetch(`${filters.action}/found?${wanted}`, { signal: asked.signal }).catch(() => null);
    if (!response?.ok) return;
    const fresh = document.createRange().createContextualFragment(await response.text()).firstElementChild;
    document.getElementById("found").replaceWith(fresh);
    history.replaceState(history.state, "", wanted ? `?${wanted}` : location.pathname);
    show();
  }

  // show hides the rows that the filter does not take, and the headings that nothing follows.
  function show() {
    const mask = document.getElementById("found").dataset.shown;
    let pillar = null;
    let principle = null;
    for (const line of list.children) {
      if (line.classList.contains("pillar-h")) {
        pillar = line;
        pillar.hidden = true;
      } else if (line.classList.contains("principle-h")) {
        principle = line;
        principle.hidden = true;
      } else if ("i" in line.dataset) {
        line.hidden = mask[line.dataset.i] !== "1";
        if (!line.hidden) {
          if (pillar) pillar.hidden = false;
          if (principle) principle.hidden = false;
        }
      }
    }
    none.hidden = mask.includes("1");
  }

  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });

  // ── A long list ───────────────────────────────────────────────────────────

  async function loadAll(pager) {
    const whole = "whole" in pager.dataset;
    const parts = Number(pager.dataset.parts);
    let first = !whole;
    for (let part = whole ? 2 : 1; part <= parts; part++) {
      const response = await fetch(`${filters.action}/rows?page=${part}`).catch(() => null);
      if (!response?.ok) return; // the pager stays
      const lines = document.createRange().createContextualFragment(await response.text());
      const [heading] = lines.children;
      if (document.getElementById(heading.id) && !first) heading.remove();
      if (first) list.replaceChildren();
      first = false;
      list.append(lines);
      form.dispatchEvent(new CustomEvent("plumbline:rows"));
      show();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    pager.remove();
  }

  // ── Selection ─────────────────────────────────────────────────────────────

  const picked = document.getElementById("picked");
  const nothing = document.getElementById("bulk-none");
  let anchor = null;

  const pickOf = (box) => box.querySelector("input[name=pick]");

  function count() {
    const n = boxes().filter((box) => pickOf(box)?.checked).length;
    picked.textContent = `${n} selected`;
  }

  function select(from, to, on) {
    const shown = boxes().filter((box) => !box.hidden);
    const [first, last] = [shown.indexOf(from), shown.indexOf(to)].sort((a, b) => a - b);
    for (const box of shown.slice(first, last + 1)) pickOf(box).checked = on;
    count();
  }

  if (picked) {
    nothing.hidden = false;
    list.addEventListener("click", (event) => {
      if (event.target.name !== "pick") return;
      const box = event.target.closest(".practice");
      if (event.shiftKey && anchor?.isConnected) select(anchor, box, event.target.checked);
      anchor = box;
      count();
    });
    nothing.addEventListener("click", () => {
      for (const box of boxes()) pickOf(box).checked = false;
      count();
    });
    for (const kind of ["plumbline:renewed", "plumbline:done"]) form.addEventListener(kind, count);
    count();
  }

  // ── Keys ──────────────────────────────────────────────────────────────────

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])") || document.querySelector("dialog[open]")) {
      if (event.key === "Escape" && event.target === search) search.blur();
      return;
    }
    const box = event.target.closest(".practice");
    const key = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
    if (key === "/") {
      search.focus();
      search.select();
    } else if (key === "x" && box && picked) {
      pickOf(box).checked = !pickOf(box).checked;
      anchor = box;
      count();
    } else if ((key === "J" || key === "K") && box && picked) {
      extend(box, key === "J" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // extend selects a row and the one after or before it, and goes there.
  function extend(box, by) {
    const shown = boxes().filter((one) => !one.hidden);
    const next = shown[shown.indexOf(box) + by];
    if (!next) return;
    select(box, next, true);
    const radios = [...next.querySelectorAll(".seg input")];
    (radios.find((radio) => radio.checked) ?? radios[0]).focus();
  }

  const pager = document.getElementById("pager");
  if (pager) loadAll(pager);
})();
