// The reading view: choosing records, changing them without leaving the page, keys.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const said = byId("said");
  const say = (words) => { said.textContent = ""; setTimeout(() => { said.textContent = words; }, 60); };
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const mayEdit = () => "edit" in byId("reading").dataset;
  let text = null;
  let handles = null;
  let latest = 0;
  let latestRow = 0;
  let byPointer = true;
  addEventListener("pointerdown", () => { byPointer = true; }, true);
  addEventListener("keydown", () => { byPointer = false; }, true);

  // What is chosen: its words are lit in the text, its ends have handles.
  const rows = () => all("#records > li");
  const rowOf = (mark) => rows().find((row) => row.dataset.mark === mark);
  const current = () => {
    const { layer, key } = byId("panel").dataset;
    return rows().find((row) => row.dataset.layer === layer && row.dataset.key === key);
  };
  const dress = () => {
    const panel = byId("panel");
    handles?.remove();
    handles = new ReadingHandles(text, panel, said.dataset);
    for (const element of all(".chosen-here")) element.classList.remove("chosen-here");
    const row = current();
    if (row) latestRow = rows().filter((other) => !other.hidden).indexOf(row);
    for (const other of rows()) other.toggleAttribute("aria-current", other === row);
    const mark = panel.dataset.mark;
    if (mark) for (const element of all(`article [data-r~="${mark}"]`)) element.classList.add("chosen-here");
  };
  const bringIntoView = () => {
    const spot = document.querySelector("article .chosen-here:not(.beside)");
    if (!spot) return;
    const box = spot.getBoundingClientRect();
    const sheet = matchMedia("(max-width: 59.99rem)").matches ? byId("panel").offsetHeight : 0;
    if (box.top < 60 || box.bottom > innerHeight - sheet - 20) {
      scrollBy({ top: box.top - (innerHeight - sheet) / 3, behavior: still.matches ? "auto" : "smooth" });
    }
  };

  // Fetching: what the server sends takes the place of what is there; nothing typed is lost.
  const failed = async (answer) => {
    const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    const words = page?.querySelector(".error")?.innerText.trim() || said.dataset.offline;
    const note = document.createElement("p");
    note.className = "wrong";
    note.setAttribute("role", "alert");
    note.textContent = words;
    byId("panel").querySelector(".wrong")?.remove();
    byId("panel").prepend(note);
  };
  const fetched = async (address, options) => {
    const turn = ++latest;
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...options });
      return turn === latest ? answer : null;
    } catch {
      if (turn === latest) await failed(null);
      return null;
    }
  };
  const showPanel = async (address, focus) => {
    const url = new URL(address, location.href);
    url.hash = "";
    const part = new URL(url);
    part.searchParams.set("part", "panel");
    const answer = await fetched(part);
    if (!answer) return;
    if (!answer.ok) { await failed(answer); return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("panel");
    byId("panel").replaceWith(document.adoptNode(fresh));
    history.replaceState(null, "", url);
    dress();
    bringIntoView();
    const words = [".panel-head h2", ".panel-words", ".standing"].map((part) => fresh.querySelector(part)?.textContent.trim());
    say(words.filter(Boolean).join(". "));
    if (focus) fresh.focus({ preventScroll: true });
  };
  const choose = (row, focus = false) => showPanel(row.querySelector("a").href, focus);
  const showPage = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("reading");
    if (!fresh) return false;
    const opened = all("#reading .lists details[open]").map((details) => details.id || details.className);
    const off = all(".layers input:not(:checked)").map((box) => box.dataset.layer);
    byId("reading").replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    document.dispatchEvent(new Event("beleg:shown"));
    for (const details of all("#reading .lists details")) details.open = opened.includes(details.id || details.className);
    start();
    for (const box of all(".layers input")) if (off.includes(box.dataset.layer)) box.click();
    const flash = page.querySelector(".flash");
    say(flash ? flash.textContent : byId("panel").querySelector(".wrong")?.innerText || "");
    document.querySelector("main > .flash")?.remove();
    if (flash) {
      flash.removeAttribute("role");  // what `say` says is heard already
      byId("panel").prepend(document.adoptNode(flash));
    }
    byId("panel").focus({ preventScroll: true });
    return true;
  };
  let sending = false;
  const send = async (form, submitter) => {
    if (sending) return;
    sending = true;
    form.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetched(form.getAttribute("action"), { method: "POST", body });
    sending = false;
    form.removeAttribute("aria-busy");
    if (!answer) return;
    const url = new URL(answer.url);
    const copy = answer.clone();
    if ((answer.ok || [409, 422].includes(answer.status)) && await showPage(answer)) {
      if (answer.redirected) history.replaceState(null, "", url);
    } else {
      await failed(copy);
    }
  };
  // Before other scripts see it, so that a form of which something was wrong can be sent again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("#reading") || form.closest(".register")) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.method === "post") { send(form, event.submitter); return; }
    const url = new URL(form.getAttribute("action"), location.href);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    showPanel(url, true);
  }, true);

  // Choosing with the mouse: a mark, a line of the list, a forecast, a statement, a check.
  document.addEventListener("beleg:open", (event) => {
    const marks = event.detail.filter(rowOf);
    if (!marks.length) return;
    event.preventDefault();
    const next = marks[(marks.indexOf(byId("panel").dataset.mark) + 1) % marks.length];
    choose(rowOf(next), !byPointer);
  });
  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("#records a, .panel-close, [data-choose-key], .where a[href^='#w-'], a.jump");
    if (!link || !link.closest("#reading")) return;
    if (link.matches("a.jump")) {
      const row = "efkn".includes(link.hash[3]) && rowOf(link.hash.slice(3));
      if (row) choose(row);
      return;
    }
    event.preventDefault();
    if (link.matches(".where a[href^='#w-']")) bringIntoView();
    else showPanel(link.href, !byPointer || link.matches(".panel-close"));
  });
  addEventListener("hashchange", () => {
    const row = rows().find((one) => one.id && `#${one.id}` === location.hash);
    if (row) choose(row);
  });

  // Words that are selected can become a new record.
  const offer = byId("offer");
  let chosenWords = null;
  const offerNew = () => {
    const selection = getSelection();
    const article = byId("article");
    chosenWords = null;
    offer.hidden = true;
    if (!mayEdit() || selection.isCollapsed || !selection.rangeCount || !byId("adding")) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return;
    let start = text.place(range.startContainer, range.startOffset);
    let end = text.place(range.endContainer, range.endOffset);
    while (start < end && /\s/u.test(text.signs[start])) start += 1;
    while (start < end && /\s/u.test(text.signs[end - 1])) end -= 1;
    if (start === null || end === null || start >= end) return;
    chosenWords = [start, end];
    const box = range.getBoundingClientRect();
    offer.textContent = said.dataset.selection.replace("#", text.words(start, end));
    offer.hidden = false;
    offer.style.left = `${Math.max(8, Math.min(box.left, innerWidth - offer.offsetWidth - 8)) + scrollX}px`;
    offer.style.top = `${box.bottom + 10 + scrollY}px`;
  };
  let waiting = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(offerNew, 200); });
  const add = () => {
    const adding = byId("adding");
    if (!adding) return;
    byId("panel").classList.add("chosen");
    adding.open = true;
    if (chosenWords) {
      [adding.querySelector("[name=start]").value, adding.querySelector("[name=end]").value] = chosenWords;
      getSelection().removeAllRanges();
      offer.hidden = true;
    }
    adding.querySelector("select").focus();
  };
  offer.addEventListener("click", add);

  // The layers: rows of the list and marks in the text together.
  const KINDS = { quotes: ["voice"], times: ["time"], status: ["status"], wording: ["loaded", "scare-quote", "hedge", "intensifier"] };
  const shows = (layer) => all(".layers input").every((box) => box.checked || box.dataset.layer !== (layer === "argument_edges" ? "argument" : layer));
  const switchLayer = (box) => {
    for (const kind of KINDS[box.dataset.layer] || []) {
      const other = document.querySelector(`.kinds input[data-kind="${kind}"]`);
      if (other && other.checked !== box.checked) other.click();
    }
    for (const row of rows()) row.hidden = !shows(row.dataset.layer);
    const name = box.parentElement.firstChild.nextSibling.textContent.trim();
    say((box.checked ? said.dataset.on : said.dataset.off).replace("#", name));
  };

  // Keys: single letters, off on request, and never where something is typed.
  const keys = byId("keys");
  const on = byId("keys-on");
  const kept = () => { try { return localStorage.getItem("beleg-keys"); } catch { return null; } };
  on.checked = kept() !== "off";
  on.addEventListener("change", () => {
    try { localStorage.setItem("beleg-keys", on.checked ? "on" : "off"); } catch { /* not allowed here */ }
  });
  byId("keys-close").addEventListener("click", () => keys.close());
  const go = (step) => {
    const shown = rows().filter((row) => !row.hidden);
    const at = shown.indexOf(current());
    // Of a record that was rejected the neighbours count: the next one stands in its place.
    const next = at >= 0 ? at + step : step > 0 ? latestRow : latestRow - 1;
    if (shown[next]) choose(shown[next], byId("panel").contains(document.activeElement));
  };
  const press = (key) => {
    const button = byId("panel").querySelector(`[data-key="${key}"]`);
    if (!button) {
      say(key === "u" && current() ? said.dataset.nothingToUndo : said.dataset.noRecord);
      return;
    }
    if (key !== "e") { button.click(); return; }
    const details = button.closest("details");
    details.open = true;
    details.querySelector("select, input:not([type=hidden])").focus();
  };
  const actions = {
    j: () => go(1), n: () => go(1), k: () => go(-1), p: () => go(-1), a: add,
    c: () => press("c"), x: () => press("x"), e: () => press("e"), u: () => press("u"),
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keys.open || event.repeat && !"jknp".includes(event.key)) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === "Escape" && byId("bubble").hidden && byId("panel").dataset.of !== "nothing") {
      byId("panel").querySelector(".panel-close").click();
      return;
    }
    if (!on.checked) return;
    const digit = "123456789".indexOf(event.key);
    const action = event.key.length === 1 && digit >= 0 ? () => all(".layers input")[digit].click() : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }, true);

  // Everything that belongs to one state of the page, again after each change.
  const start = () => {
    const reading = byId("reading");
    text = new ReadingText(byId("article"), Number(reading.dataset.length));
    for (const mark of all("article a.mark")) mark.draggable = false;
    for (const box of all(".layers input")) box.addEventListener("change", () => switchLayer(box));
    const opener = byId("keys-open");
    opener.hidden = false;
    opener.addEventListener("click", () => keys.showModal());
    dress();
  };
  start();
  addEventListener("resize", () => handles.draw());
  document.fonts?.ready.then(() => handles.draw());
  const wanted = rows().find((one) => one.id && `#${one.id}` === location.hash);
  if (wanted) choose(wanted); else if (byId("panel").dataset.mark) bringIntoView();
})();
