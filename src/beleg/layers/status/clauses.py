"""A sentence cut at its punctuation, for looking around a cue without reading all of it."""

from __future__ import annotations

from beleg.text.article import Span
from beleg.text.segments import Sentence

_BORDERS = frozenset(",;:.!?()[]–—…")
_HARD = frozenset(";:.!?…")
_REACH = 15  # tokens to either side that belong to a cue's clause


class Clauses:
    """The tokens of a sentence, and the stretches between its punctuation marks.

    low: the tokens in lower case. part_of: for each token its stretch; a mark ends its own.
    parts: the stretches in order, first token and the one behind, marks left out.
    joins: conjunctions that join another predicate.
    """

    def __init__(self, sentence: Sentence, joins: frozenset[str]) -> None:
        self._joins = joins
        self.tokens = sentence.tokens
        self.low = [token.text.lower() for token in sentence.tokens]
        self.parts: list[tuple[int, int]] = []
        self.part_of: list[int] = []
        start = 0
        for number, token in enumerate(self.tokens):
            self.part_of.append(len(self.parts))
            if token.text in _BORDERS:
                self.parts.append((start, number))
                start = number + 1
        self.parts.append((start, len(self.tokens)))

    def around(self, at: int) -> range:
        """The tokens of the clause of `at`, as far as the reach goes."""
        first, stop = self.parts[self.part_of[at]]
        return range(max(first, at - _REACH), min(stop, at + _REACH))

    def joined(self, at: int) -> range:
        """The same, but only up to a conjunction that joins another predicate."""
        clause = self.around(at)
        first, stop = at, at + 1
        while first > clause.start and self.low[first - 1] not in self._joins:
            first -= 1
        while stop < clause.stop and self.low[stop] not in self._joins:
            stop += 1
        return range(first, max(stop, at + 1))

    def ends_part(self, at: int) -> bool:
        """Whether nothing but a conjunction or a mark stands behind the token."""
        if at + 1 == len(self.low):
            return True
        return self.low[at + 1] in _BORDERS or self.low[at + 1] in self._joins

    def is_noun(self, at: int) -> bool:
        """Whether a capital makes a token a noun; the first word of a clause may be anything."""
        first = self.parts[self.part_of[at]][0]
        return self.tokens[at].text[0].isupper() and at != first and not self._quoted(at)

    def _quoted(self, at: int) -> bool:
        return at > 0 and not self.low[at - 1][0].isalnum()

    def opener(self, part: int) -> str:
        """The first word of a stretch, "" if it is empty."""
        first, stop = self.parts[part]
        return self.low[first] if first < stop else ""

    def span(self, first: int, stop: int) -> Span | None:
        """The characters of the tokens `[first, stop)`."""
        if first >= stop:
            return None
        return Span(self.tokens[first].start, self.tokens[stop - 1].end)

    def run(self, part: int) -> int:
        """The token behind the stretches that follow without a stop or colon from `part` on."""
        for number in range(part, min(len(self.parts), part + _REACH)):
            stop = self.parts[number][1]
            if stop == len(self.low) or self.low[stop] in _HARD:
                return stop
        return self.parts[min(len(self.parts) - 1, part + _REACH)][1]
