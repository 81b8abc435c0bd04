"use strict";

// Menus are details, so they open without this script. It closes them as people expect.
(() => {
  const opened = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("click", ({ target }) => {
    for (const menu of opened()) menu.open = menu.contains(target) && !target.closest("#menu-keys");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });

  const keys = document.getElementById("button-keys");
  const item = document.getElementById("menu-keys");
  if (keys && item) {
    item.hidden = false;
    item.addEventListener("click", () => keys.click());
  }
})();

// The theme changes at once, and the server keeps it. Where it does not, the form is sent, so that a page says why.
document.getElementById("theme")?.addEventListener("submit", async (event) => {
  const { currentTarget: form, submitter: chosen } = event;
  if ("plain" in form.dataset) return;
  event.preventDefault();
  document.documentElement.dataset.theme = chosen.value;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", button === chosen);
  const body = new URLSearchParams(new FormData(form, chosen));
  const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) return;
  form.dataset.plain = "";
  form.requestSubmit(chosen);
});
