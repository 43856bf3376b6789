// Handles at both ends of a record's words: dragged, or moved by the arrow keys. They write into the
// number fields of the form, which is what is sent.
class ReadingHandles {
  constructor(text, panel, words) {
    this.text = text;
    this.words = words;
    this.form = panel.querySelector("details.edit form, form.form:has([data-place])");
    this.layer = document.createElement("div");
    this.layer.id = "handles";
    document.querySelector(".reading").append(this.layer);
    this.pairs = this.form ? [...this.form.querySelectorAll("[data-place]")].map((pair) => this.#pair(pair)) : [];
    const main = this.form?.querySelector("fieldset.places");
    const movable = this.pairs.filter((pair) => main?.contains(pair.box));
    // A person may be mentioned a hundred times: then only the mention whose fields have the focus.
    this.few = movable.filter((pair) => pair.from.value !== "").length <= 6;
    for (const pair of movable) this.#handles(pair);
    this.draw();
  }

  #pair(box) {
    const [from, to] = box.querySelectorAll("input");
    const pair = { box, from, to, excerpt: box.querySelector("output"), grips: [], shades: [] };
    for (const input of [from, to]) {
      input.addEventListener("input", () => this.#changed(pair));
      input.addEventListener("focus", () => { this.focused = pair; this.draw(); });
    }
    return pair;
  }

  #handles(pair) {
    for (const isEnd of [false, true]) {
      const grip = document.createElement("button");
      grip.type = "button";
      grip.className = isEnd ? "grip grip-end" : "grip";
      grip.setAttribute("role", "slider");
      grip.setAttribute("aria-valuemin", "0");
      grip.setAttribute("aria-valuemax", String(this.text.signs.length));
      grip.addEventListener("keydown", (event) => this.#key(event, pair, isEnd));
      grip.addEventListener("pointerdown", (event) => this.#drag(event, pair, isEnd));
      this.layer.append(grip);
      pair.grips.push(grip);
    }
  }

  #filled(pair) {
    const [from, to] = [pair.from, pair.to].map((input) => (input.value === "" ? NaN : Number(input.value)));
    return from < to && to <= this.text.signs.length ? [from, to] : null;
  }

  #key(event, pair, isEnd) {
    const direction = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") { event.preventDefault(); this.form.requestSubmit(); return; }
    if (!direction || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const place = Number((isEnd ? pair.to : pair.from).value);
    this.#move(pair, isEnd, event.altKey ? place + direction : this.text.step(place, direction, isEnd));
  }

  #drag(event, pair, isEnd) {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    grip.focus({ preventScroll: true });
    grip.setPointerCapture(event.pointerId);
    // What counts is the text above the handle, not the pointer on it.
    const box = this.#anchor(pair, isEnd);
    const [across, down] = [event.clientX - box.x, event.clientY - box.y];
    const moving = (at) => {
      this.layer.classList.add("dragging");
      const place = this.#under(at.clientX - across, at.clientY - down);
      if (place !== null) this.#move(pair, isEnd, at.altKey ? place : this.text.nearest(place, isEnd));
    };
    const done = () => {
      this.layer.classList.remove("dragging");
      grip.removeEventListener("pointermove", moving);
    };
    grip.addEventListener("pointermove", moving);
    grip.addEventListener("pointerup", done, { once: true });
    grip.addEventListener("pointercancel", done, { once: true });
  }

  #anchor(pair, isEnd) {
    const [from, to] = this.#filled(pair);
    const boxes = this.text.boxes(from, to);
    const box = isEnd ? boxes.at(-1) : boxes[0];
    return { x: isEnd ? box.right : box.left, y: box.top + box.height / 2 };
  }

  #under(x, y) {
    const spot = document.caretPositionFromPoint?.(x, y);
    if (spot) return this.text.place(spot.offsetNode, spot.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.text.place(range.startContainer, range.startOffset) : null;
  }

  #move(pair, isEnd, place) {
    const [from, to] = [Number(pair.from.value), Number(pair.to.value)];
    const kept = isEnd ? Math.max(from + 1, Math.min(place, this.text.signs.length)) : Math.max(0, Math.min(place, to - 1));
    // A place between paragraphs stands nowhere on the page; the next one there does.
    if (!this.text.stands(kept, isEnd)) return;
    (isEnd ? pair.to : pair.from).value = String(kept);
    this.#changed(pair);
  }

  #changed(pair) {
    const details = pair.box.closest("details.edit");
    if (details) details.open = true;
    const filled = this.#filled(pair);
    const unsaved = this.form.querySelector(".unsaved");
    if (unsaved && filled) unsaved.textContent = unsaved.dataset.words.replace("#", this.text.words(...filled));
    this.draw();
  }

  draw() {
    for (const pair of this.pairs) {
      const filled = this.#filled(pair);
      const boxes = filled ? this.text.boxes(...filled) : [];
      pair.excerpt.textContent = filled ? this.text.words(...filled) : "";
      for (const shade of pair.shades) shade.remove();
      pair.shades = [];
      const shown = boxes.length && pair.grips.length && (this.few || this.focused === pair);
      for (const grip of pair.grips) grip.hidden = !shown;
      if (!shown) continue;
      for (const box of boxes) pair.shades.push(this.#shade(box));
      this.#put(pair.grips[0], boxes[0].left, boxes[0].bottom);
      this.#put(pair.grips[1], boxes.at(-1).right, boxes.at(-1).bottom);
      pair.grips.forEach((grip, number) => {
        grip.setAttribute("aria-valuenow", String(filled[number]));
        grip.setAttribute("aria-valuetext", this.text.words(...filled));
        grip.setAttribute("aria-label", (number ? this.words.end : this.words.begin).replace("#", this.text.words(...filled)));
      });
    }
  }

  #shade(box) {
    const shade = document.createElement("div");
    shade.className = "shade";
    Object.assign(shade.style, { width: `${box.width}px`, height: `${box.height}px` });
    this.#put(shade, box.left, box.top);
    this.layer.prepend(shade);
    return shade;
  }

  #put(element, left, top) {
    Object.assign(element.style, { left: `${left + scrollX}px`, top: `${top + scrollY}px` });
  }

  remove() { this.layer.remove(); }
}
