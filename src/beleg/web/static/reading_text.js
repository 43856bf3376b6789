// The article's text in code points, which is how the server counts; browsers count UTF-16 units.
class ReadingText {
  constructor(article, length) {
    this.signs = new Array(length).fill("\n");
    this.parts = [];
    for (const paragraph of article.querySelectorAll("p[data-at]")) {
      let at = Number(paragraph.dataset.at);
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        // Notes and numbers beside the text are not part of it.
        if (node.parentElement.closest(".note, .ref")) continue;
        const signs = [...node.data];
        signs.forEach((sign, number) => { this.signs[at + number] = sign; });
        this.parts.push({ node, at, end: at + signs.length });
        at += signs.length;
      }
    }
  }

  words(start, end) {
    const words = this.signs.slice(start, end).join("").replace(/\s+/g, " ");
    const signs = [...words];
    return signs.length > 60 ? `${signs.slice(0, 28).join("")} … ${signs.slice(-28).join("")}` : words;
  }

  // Whether a word on the page begins (or ends) there; between paragraphs nothing stands.
  stands(place, isEnd) {
    return this.parts.some((part) => (isEnd ? part.at < place && place <= part.end : part.at <= place && place < part.end));
  }

  // The boxes of the words on the page, without those of the notes between them.
  boxes(start, end) {
    const range = document.createRange();
    const boxes = [];
    for (const part of this.parts) {
      if (part.end <= start || end <= part.at) continue;
      const [from, to] = [Math.max(start, part.at), Math.min(end, part.end)];
      range.setStart(part.node, this.#units(part, from));
      range.setEnd(part.node, this.#units(part, to));
      boxes.push(...[...range.getClientRects()].filter((box) => box.width > 0));
    }
    return boxes;
  }

  #units(part, place) { return [...part.node.data].slice(0, place - part.at).join("").length; }

  // The place of the text at a point of the page; null beside the text.
  place(node, offset) {
    if (node.nodeType !== Node.TEXT_NODE) {
      const spot = document.createRange();
      spot.setStart(node, offset);
      const next = this.parts.find((part) => spot.comparePoint(part.node, 0) >= 0);
      const last = this.parts.findLast((part) => spot.comparePoint(part.node, 0) < 0);
      const inside = (part) => part && (node.contains(part.node) || part.node.parentElement.contains(node));
      if (inside(next)) return next.at;
      return inside(last) ? last.end : null;
    }
    const part = this.parts.find((one) => one.node === node);
    return part ? part.at + [...node.data.slice(0, offset)].length : null;
  }

  isWord(place) { return /[\p{L}\p{N}\p{M}]/u.test(this.signs[place] || ""); }
  begins(place) { return this.isWord(place) && !this.isWord(place - 1); }
  ends(place) { return this.isWord(place - 1) && !this.isWord(place); }

  // The next place in that direction at which a word begins (or ends).
  step(place, direction, isEnd) {
    const fits = (at) => (isEnd ? this.ends(at) : this.begins(at));
    for (let at = place + direction; at >= 0 && at <= this.signs.length; at += direction) if (fits(at)) return at;
    return place;
  }

  nearest(place, isEnd) {
    const fits = isEnd ? this.ends(place) : this.begins(place);
    if (fits) return place;
    const [before, after] = [this.step(place, -1, isEnd), this.step(place, 1, isEnd)];
    if (before === place) return after;
    return after !== place && after - place < place - before ? after : before;
  }
}
