// What script adds to pages that work without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // Light or dark: the system's choice until the reader makes one; kept where storage is allowed.
  const theme = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const nameTheme = () => { theme.textContent = isDark() ? theme.dataset.light : theme.dataset.dark; };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("beleg-theme", root.dataset.theme); } catch { /* not allowed here */ }
    nameTheme();
  });
  dark.addEventListener("change", nameTheme);
  nameTheme();

  // A form is sent once, however often its button is pressed, until the page is shown again.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // Buttons that cannot be taken back ask first.
  for (const button of document.querySelectorAll("button[data-ask]")) {
    button.addEventListener("click", (event) => {
      if (!confirm(button.dataset.ask)) event.preventDefault();
    });
  }
})();
