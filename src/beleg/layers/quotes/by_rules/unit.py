"""Units of an article, items in them, parts between commas: the data the rules read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from beleg.text import Span

# word; capitalised word or number; words in marks; words in brackets; border of parts; stop; other mark
Kind = Literal["w", "N", "Q", "B", ",", ".", "x"]
# dass, ob; question word; "wie" of an inserted clause; other conjunction; relative clause; main clause
Opening = Literal["content", "question", "as", "conjunction", "relative", ""]


@dataclass(slots=True)
class Part:
    """A stretch between commas: items `[first, stop)`, opener past a coordinator.

    finite, subjunctive: items that are finite verbs, and those of them in Konjunktiv I (or II).
    to_infinitive: it has an infinitive with "zu".
    """

    first: int
    stop: int
    head: int
    opening: Opening = ""
    coordinated: bool = False
    finite: list[int] = field(default_factory=list)
    subjunctive: list[int] = field(default_factory=list)
    second: list[int] = field(default_factory=list)
    to_infinitive: bool = False


@dataclass(slots=True)
class Unit:
    """A sentence, or several under one pair of marks, as parallel lists of items.

    worded: items in marks that hold words of all kinds, not a name or a title alone.
    first_person: it says "ich" or "wir" outside of marks.
    """

    paragraph: int
    heading: bool
    low: list[str] = field(default_factory=list)
    kind: list[Kind] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    part_of: list[int] = field(default_factory=list)
    worded: set[int] = field(default_factory=set)
    first_person: bool = False
    opens_paragraph: bool = False

    def __len__(self) -> int:
        return len(self.low)

    @property
    def body(self) -> int:
        """Items without the stops at the end."""
        stop = len(self.low)
        while stop and self.kind[stop - 1] == ".":
            stop -= 1
        return stop

    def span(self, first: int, stop: int) -> Span:
        return Span(self.start[first], self.end[stop - 1])
