"""Cuts text into atoms, the units rule patterns are written in.

An atom is a run of letters, a run of digits or one other visible character. Atoms are
finer than tokens on purpose: "24." is two atoms, "20.30" three, so that one pattern
language covers words, dates and clock times. Blank lines become an atom of their own,
which no pattern matches, so that nothing is found across paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PARAGRAPH = "¶"
# Letters may carry combining marks (decomposed umlauts) and soft hyphens inside.
_ATOM = re.compile(
    r"\n[ \t\r]*\n\s*|[0-9]+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad])*|\S",
)
_SENTENCE_END = frozenset(".!?:…„“”»«\"‚‘’'›‹()–-" + PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Atoms:
    """The atoms of a text, as parallel tuples.

    raw: composed (NFC) characters without soft hyphens; lower: the same in lower case.
    start, end: code points of the text, half-open.
    glued: whether no white space stands before the atom.
    """

    raw: tuple[str, ...]
    lower: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    glued: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.raw)

    def is_initial(self, index: int) -> bool:
        """Whether the atom may be capitalised only because something begins with it."""
        if index == 0:
            return True
        before = self.raw[index - 1]
        return before in _SENTENCE_END and not (before in "-–" and self.glued[index])


def atomise(text: str) -> Atoms:
    """Cut `text` into atoms in one linear pass."""
    raw: list[str] = []
    start: list[int] = []
    end: list[int] = []
    glued: list[bool] = []
    last = -1
    for found in _ATOM.finditer(text):
        begin, stop = found.span()
        word = found.group()
        if word == "\u00ad":
            # Outside a word it is nothing to see, and no gap either.
            last = stop if begin == last else last
            continue
        if word[0] == "\n":
            word = PARAGRAPH
        elif not word.isascii():
            word = unicodedata.normalize("NFC", word.replace("\u00ad", ""))
        raw.append(word)
        start.append(begin)
        end.append(stop)
        glued.append(begin == last)
        last = stop
    lower = tuple(word.lower() for word in raw)
    return Atoms(tuple(raw), lower, tuple(start), tuple(end), tuple(glued))
