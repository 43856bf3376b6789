// Runs before anything is painted, so that the page does not flash in the other colours.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const saved = localStorage.getItem("beleg-theme");
    if (saved === "light" || saved === "dark") root.dataset.theme = saved;
  } catch { /* not allowed here */ }
})();
