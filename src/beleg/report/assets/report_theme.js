(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Light or dark: the system's choice until the reader makes one; kept where storage is allowed.
  const theme = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => { try { return localStorage.getItem("beleg-theme"); } catch { return null; } };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const nameTheme = () => { theme.textContent = isDark() ? theme.dataset.light : theme.dataset.dark; };
  const saved = remembered();
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("beleg-theme", root.dataset.theme); } catch { /* not allowed here */ }
    nameTheme();
  });
  dark.addEventListener("change", nameTheme);
  nameTheme();
})();
