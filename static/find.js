"use strict";

// Find anything: Ctrl K or ⌘ K opens the search of this page's place in a dialog. Without this script it is a page.
(() => {
  const dialog = document.getElementById("find-dialog");
  const link = document.getElementById("find-link");
  if (!dialog || !link || !window.htmx) return;

  function open() {
    const here = document.querySelector("main #find-search");
    if (here) here.focus();
    if (here || dialog.open) return;
    dialog.showModal();
    window.htmx.ajax("GET", link.href, { target: dialog, select: "#finder", swap: "innerHTML" });
  }

  dialog.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "finder") return;
    const field = dialog.querySelector("#find-search");
    field.focus();
    // What was typed before the search was ready is looked for now.
    if (field.value) field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    dialog.addEventListener(failure, () => location.assign(link.href));
  }

  function results() {
    return [...dialog.querySelectorAll("#found a")];
  }

  // step moves the focus along the results; before the first is the field.
  function step(by) {
    const stops = [dialog.querySelector("#find-search"), ...results()];
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page has keys of its own
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Enter" && event.target.id === "find-search") {
      // What is shown may still be for the text before.
      const [first] = results();
      if (first && event.target.value.trim() === dialog.querySelector("#found").dataset.for) {
        event.preventDefault();
        first.click();
      }
    }
  });

  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("#found a")) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.replaceChildren());
})();
