// A page around the report may put in another one; "beleg:shown" on the document says so.
(() => {
  "use strict";
  const show = (signal) => {
    const root = document.documentElement;
    const byId = (id) => document.getElementById(id);
    const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
    const keysOf = (element) => (element.dataset.r || "").split(" ").filter(Boolean);

    // Everything that stands for the same record lights up together.
    const places = new Map();
    for (const element of all("[data-r]")) {
      for (const key of keysOf(element)) {
        if (!places.has(key)) places.set(key, []);
        places.get(key).push(element);
      }
    }
    let lit = [];
    const darken = () => {
      for (const element of lit) element.classList.remove("lit", "event-lit", "by-evidence", "voice-lit");
      lit = [];
    };
    const light = (keys) => {
      darken();
      for (const key of keys) {
        for (const element of places.get(key) || []) {
          const inText = element.closest("article");
          if (inText && key[0] === "q") element.classList.add("voice-lit");
          else if (inText && "efkns".includes(key[0]) && !element.matches(".quiet")) element.classList.add("event-lit");
          else element.classList.add("lit");
          if (key[0] === "d") element.classList.add("by-evidence");
          lit.push(element);
        }
      }
    };

    // The card: shown on hover and focus, kept open by click, tap, Enter or Space.
    const bubble = byId("bubble");
    const body = byId("bubble-body");
    const narrow = matchMedia("(max-width: 40rem)");
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const rail = document.querySelector(".rail");
    let owner = null;
    let pinned = false;
    let silent = false;
    let timer = 0;

    // Kinds of marks that the reader switched off have no cards either.
    const cardsOf = (mark) => {
      const off = (root.dataset.off || "").split(" ");
      return mark.dataset.c.split(" ").filter((key) => !off.includes(byId("card-" + key).dataset.kind));
    };
    const contents = (mark) => cardsOf(mark).map((key) => {
      const part = document.createElement("div");
      const card = byId("card-" + key);
      part.className = card.className.replace("card", "part");
      part.append(...[...card.cloneNode(true).children]);
      return part;
    });
    const place = (mark) => {
      bubble.style.left = bubble.style.top = "";
      const lines = mark.getClientRects();
      if (!lines.length) return;
      const at = lines[0];
      const last = lines[lines.length - 1];
      if (narrow.matches) {
        const hiddenBy = at.bottom + 16 - (innerHeight - bubble.offsetHeight);
        if (hiddenBy > 0) scrollBy({ top: hiddenBy, behavior: still.matches ? "auto" : "smooth" });
        return;
      }
      const room = root.clientWidth - bubble.offsetWidth - 16;
      const fits = last.bottom + 8 + bubble.offsetHeight <= innerHeight || at.top < bubble.offsetHeight + 16;
      // Beside words taller than the window the card still stays in the window.
      const below = Math.max(at.bottom + 8, Math.min(last.bottom + 8, innerHeight - bubble.offsetHeight - 8));
      bubble.style.left = Math.max(16, Math.min((fits ? last : at).left - 8, room)) + scrollX + "px";
      bubble.style.top = (fits ? below : at.top - bubble.offsetHeight - 8) + scrollY + "px";
    };
    const followInRail = (mark) => {
      if (!rail || getComputedStyle(rail).overflowY !== "auto") return;
      const row = lit.find((element) => element.matches(".timeline .row") && keysOf(mark).some((key) => keysOf(element).includes(key)));
      if (!row) return;
      const box = rail.getBoundingClientRect();
      const at = row.getBoundingClientRect();
      if (at.top < box.top + 40 || at.bottom > box.bottom - 40) {
        rail.scrollBy({ top: at.top - box.top - box.height / 3, behavior: still.matches ? "auto" : "smooth" });
      }
    };
    const close = () => {
      clearTimeout(timer);
      if (owner && owner.matches("a")) owner.setAttribute("aria-expanded", "false");
      owner = null;
      pinned = false;
      bubble.hidden = true;
      darken();
    };
    // What lights up with a card: what it is about, not the quotations that only stand around it.
    const about = (mark) => {
      const shown = cardsOf(mark);
      return [...keysOf(mark).filter((key) => !"dfknq".includes(key[0]) && (!"sw".includes(key[0]) || shown.includes(key))), ...shown.filter((key) => key[0] === "q")];
    };
    // A page around the report may show the record in its own way instead.
    const taken = (mark) => !mark.dispatchEvent(
      new CustomEvent("beleg:open", { bubbles: true, cancelable: true, detail: cardsOf(mark) }));
    const open = (mark, pin) => {
      clearTimeout(timer);
      if (pin && taken(mark)) { close(); return; }
      if (owner !== mark) {
        close();
        if (!cardsOf(mark).length) return;
        owner = mark;
        body.replaceChildren(...contents(mark));
        bubble.hidden = false;
        if (mark.matches("a")) mark.setAttribute("aria-expanded", "true");
        place(mark);
        light(about(mark));
        followInRail(mark);
      }
      pinned = pinned || pin;
    };
    const later = (action, delay) => { clearTimeout(timer); timer = setTimeout(action, delay); };
    const focusQuietly = (element) => { silent = true; element.focus({ preventScroll: true }); silent = false; };
    const closeAndReturn = () => {
      const mark = owner;
      const inside = bubble.contains(document.activeElement);
      close();
      if (mark && inside) focusQuietly(mark);
    };

    const marks = all("a.mark");
    const stops = marks.filter((mark) => mark.tabIndex >= 0);
    for (const mark of marks) {
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-haspopup", "dialog");
      mark.setAttribute("aria-expanded", "false");
      mark.addEventListener("focus", () => { if (!silent) open(mark, false); });
      mark.addEventListener("blur", (event) => {
        if (owner === mark && !bubble.contains(event.relatedTarget)) close();
      });
      mark.addEventListener("click", (event) => {
        event.preventDefault();
        if (owner === mark && pinned) { close(); return; }
        open(mark, true);
        if (event.detail === 0) bubble.focus({ preventScroll: true });
      });
      mark.addEventListener("keydown", (event) => {
        if (event.key === " ") { event.preventDefault(); mark.click(); return; }
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
        const open = stops.filter((stop) => stop === mark || !stop.classList.contains("off"));
        const next = open[open.indexOf(mark) + step];
        if (next) { event.preventDefault(); next.focus(); }
      });
    }
    // The mouse points at marks and at the ground of quotations alike; a click keeps the card.
    for (const target of all("article [data-c]")) {
      const onLink = target.matches("a");
      target.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "mouse" || pinned) return;
        // From one piece of a quotation to its next the card stays where it is.
        if (owner && owner.dataset.c === target.dataset.c) clearTimeout(timer);
        else later(() => open(target, false), onLink ? 110 : 320);
      });
      target.addEventListener("pointerleave", (event) => {
        if (event.pointerType === "mouse" && !pinned) later(close, 260);
      });
      if (onLink) continue;
      target.addEventListener("click", () => {
        if (!getSelection().isCollapsed) return;
        if (owner && pinned && owner.dataset.c === target.dataset.c) close();
        else open(target, true);
      });
    }
    bubble.addEventListener("pointerenter", () => clearTimeout(timer));
    bubble.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !pinned) later(close, 260);
    });
    bubble.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || !owner) return;
      const inside = all("a[href], button", bubble).filter((element) => element.offsetParent);
      const active = document.activeElement;
      const leaves = event.shiftKey ? active === inside[0] || active === bubble : active === inside.at(-1);
      if (!leaves) return;
      const mark = owner;
      close();
      // Forwards the browser goes on from the mark to the next one; backwards it stays on the mark.
      focusQuietly(mark);
      if (event.shiftKey) event.preventDefault();
    });
    byId("bubble-close").addEventListener("click", closeAndReturn);
    // After a jump to words without a card Escape leads back to the link.
    let origin = null;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (owner) { closeAndReturn(); return; }
      if (!origin) return;
      darken();
      origin.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
      origin.focus({ preventScroll: true });
      origin = null;
    }, { signal });
    document.addEventListener("pointerdown", (event) => {
      if (!owner || bubble.contains(event.target) || owner.contains(event.target)) return;
      const target = event.target.closest("[data-c]");
      if (!target || target.dataset.c !== owner.dataset.c) close();
    }, { signal });
    addEventListener("resize", () => { if (owner) place(owner); }, { signal });

    // Links to words: show them in the middle, lit, with the card of the first mark among them.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.jump");
      if (!link) return;
      const target = byId(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      const key = link.hash.slice(3);
      close();
      const found = places.get(key) || [];
      const opening = found.find((element) => element.dataset.o === key);
      const spot = opening || found.find((element) => element.closest("article")) || target;
      spot.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
      origin = null;
      if ("fkn".includes(key[0])) {
        // Checks, forecasts and arguments are long and have no card: the words themselves get the focus.
        origin = link;
        if (!spot.matches("a")) spot.tabIndex = -1;
        focusQuietly(spot);
        light([key]);
        return;
      }
      const mark = opening || found.find((element) => stops.includes(element)) || (stops.includes(target) ? target : null);
      if (mark && key[0] !== "d") {
        focusQuietly(mark);
        const ready = () => open(mark, false);
        if (still.matches) ready(); else later(ready, 450);
      }
      light(key[0] === "c" ? [] : [key]);
    }, { signal });
    for (const element of all(".rail [data-r], tbody [data-r], tbody tr[data-r]")) {
      element.addEventListener("pointerenter", () => { if (!owner) light(keysOf(element).slice(0, 1)); });
      element.addEventListener("pointerleave", () => { if (!owner) darken(); });
    }

    // The tables: sorted by their headings, filtered by word and by kind or person.
    const collator = new Intl.Collator(root.lang, { numeric: true });
    // Of a long statement the full text counts, not its beginning and the words to open it.
    const textOf = (cell) => (cell.querySelector("details p") || cell).textContent.trim();
    const value = (row, column) => row.cells[column].dataset.v ?? textOf(row.cells[column]);
    const sortable = (table, rows) => {
      const headings = all("thead th", table);
      headings.forEach((heading, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = heading.textContent;
        heading.replaceChildren(button);
        button.addEventListener("click", () => {
          const down = heading.getAttribute("aria-sort") === "ascending";
          for (const other of headings) other.removeAttribute("aria-sort");
          heading.setAttribute("aria-sort", down ? "descending" : "ascending");
          // What has no value stands last whichever way it goes; equal ones stay in text order.
          const sorted = rows.map((row) => [value(row, column), row]).sort(([a], [b]) =>
            (a === "") - (b === "") || (down ? -1 : 1) * collator.compare(a, b));
          table.tBodies[0].append(...sorted.map(([, row]) => row));
        });
      });
    };
    for (const section of all(".register")) {
      const form = section.querySelector("form");
      const rows = all("tbody tr", section);
      const needle = form.querySelector("input");
      const choice = form.querySelector("select");
      const shown = form.querySelector("[role=status]");
      const texts = rows.map((row) => [...row.cells].map(textOf).join("\n").toLocaleLowerCase());
      const filter = () => {
        const word = needle.value.trim().toLocaleLowerCase();
        let count = 0;
        rows.forEach((row, number) => {
          const fits = (!choice.value || row.dataset.who.split(" ").includes(choice.value)) && texts[number].includes(word);
          row.hidden = !fits;
          count += fits;
        });
        shown.textContent = count ? shown.dataset.shown.replace("#", count) : shown.dataset.none;
      };
      form.hidden = false;
      form.addEventListener("submit", (event) => event.preventDefault());
      needle.addEventListener("input", filter);
      choice.addEventListener("change", filter);
      filter();
      sortable(section.querySelector("table"), rows);
    }

    // A name in the legend, the tree or a card chooses its rows of the table.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.choose");
      const choice = byId("who");
      if (!link || !choice) return;
      event.preventDefault();
      close();
      byId("says-needle").value = "";
      choice.value = link.dataset.choose;
      choice.dispatchEvent(new Event("change"));
      byId("says").scrollIntoView({ behavior: still.matches ? "auto" : "smooth" });
      choice.focus({ preventScroll: true });
    }, { signal });
  };

  let shown = new AbortController();
  show(shown.signal);
  document.addEventListener("beleg:shown", () => {
    shown.abort();
    shown = new AbortController();
    show(shown.signal);
  });
})();
