(() => {
  "use strict";
  const show = () => {
    const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
    const byId = (id) => document.getElementById(id);

    // The checklist: ticks live in this page only; beyond the first few it opens on request.
    const shown = matchMedia("(max-width: 40rem)").matches ? 4 : 6;
    const checks = all("#checklist > li");
    if (checks.length) {
      const ticks = all("#checklist > li > input");
      const state = byId("checked");
      const tally = () => { if (state) state.textContent = state.dataset.state.replace("#", ticks.filter((tick) => tick.checked).length); };
      for (const tick of ticks) tick.addEventListener("change", tally);
      tally();
      const more = byId("more-checks");
      if (checks.length > shown + 1) {
        const fold = (closed) => {
          checks.forEach((check, number) => check.classList.toggle("folded", closed && number >= shown));
          more.textContent = closed ? more.dataset.more : more.dataset.fewer;
          more.setAttribute("aria-expanded", String(!closed));
        };
        more.hidden = false;
        more.addEventListener("click", () => fold(more.getAttribute("aria-expanded") === "true"));
        fold(true);
      }
    }

    // Days to each deadline, counted from the reader's own day; the file holds the deadline only.
    const forecasts = byId("forecasts");
    if (forecasts) {
      const now = new Date();
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      const say = (days) => {
        const words = forecasts.dataset;
        if (days === 0) return words.today;
        const template = days > 0 ? (days === 1 ? words.leftOne : words.leftMany) : (days === -1 ? words.pastOne : words.pastMany);
        return template.replace("#", Math.abs(days).toLocaleString(document.documentElement.lang));
      };
      for (const due of all("time.due", forecasts)) {
        const days = Math.round((Date.parse(due.dateTime) - today) / 864e5);
        due.title = due.textContent;
        due.textContent = say(days);
        due.classList.add(days < 0 ? "past" : days <= 31 ? "soon" : "far");
      }
    }

    // The kinds of marks: each is switched by its box; what shows none any more is no tab stop.
    const article = byId("article");
    const switches = all(".kinds input");
    const showing = { time: ".time", voice: ".opening", status: ".status", conflict: ".conflict" };
    for (const kind of ["loaded", "scare-quote", "hedge", "intensifier"]) showing[kind] = "." + kind;
    const marks = switches.length ? all("a.mark", article).map((mark) => [mark, mark.tabIndex]) : [];
    const change = () => {
      const off = switches.filter((box) => !box.checked).map((box) => box.dataset.kind);
      const on = Object.keys(showing).filter((kind) => !off.includes(kind)).map((kind) => showing[kind]).join();
      document.documentElement.dataset.off = off.join(" ");
      for (const [mark, stop] of marks) {
        const silent = !mark.matches(on);
        mark.classList.toggle("off", silent);
        mark.tabIndex = silent ? -1 : stop;
      }
    };
    for (const box of switches) box.addEventListener("change", change);
  };

  show();
  document.addEventListener("beleg:shown", show);
})();
