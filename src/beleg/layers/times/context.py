"""Sees the words around an expression: sentence, paragraph, tense, cues."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from beleg.rules.atoms import PARAGRAPH, Atoms
from beleg.rules.tense import Tense, clause_around, tense_of
from beleg.rules.time_rules import TimeRules
from beleg.text.article import Span

_HEADING_ATOMS = 12
_NEAR = 2  # words: "bis zum Sommer"
_REACH = 80  # atoms; keeps the work bounded where a text has no sentence ends


class Surroundings:
    """Answers questions about places in one article's atoms."""

    def __init__(
        self, text: str, atoms: Atoms, sentences: Sequence[Span], rules: TimeRules
    ) -> None:
        self._atoms = atoms
        self._line_ends = [end.start() for end in re.finditer("\n", text)]
        self._rules = rules
        self._boundaries = rules.cues["clause-boundary", "clause"]
        self._starts = [bisect_right(atoms.start, span.start - 1) for span in sentences]
        self._breaks = [i for i, raw in enumerate(atoms.raw) if raw == PARAGRAPH]
        daily = rules.cues["daily", "text"]
        self.daily = any(word in daily for word in atoms.lower)

    def paragraph_number(self, index: int) -> int:
        """The number of the paragraph an atom lies in, from 0."""
        return bisect_right(self._breaks, index)

    def in_heading(self, index: int) -> bool:
        """Whether the paragraph is a heading: short, without a final stop."""
        number = self.paragraph_number(index)
        start = self._breaks[number - 1] + 1 if number else 0
        stop = self._breaks[number] if number < len(self._breaks) else len(self._atoms)
        return 0 < stop - start <= _HEADING_ATOMS and self._atoms.raw[stop - 1] not in ".!?:;,"

    def line(self, index: int) -> int:
        """The number of the line an atom stands in, from 0."""
        return bisect_right(self._line_ends, self._atoms.start[index])

    def leads(self, first: int) -> bool:
        """Whether the atom is the first of its line."""
        return not first or self.line(first - 1) < self.line(first)

    def alone(self, first: int, stop: int) -> bool:
        """Whether the atoms are all of their line but for a colon or stop."""
        if stop < len(self._atoms) and self._atoms.raw[stop] in ".:,":
            stop += 1
        return self.leads(first) and (stop >= len(self._atoms) or self.leads(stop))

    def sentence_number(self, index: int) -> int:
        """The number of the sentence an atom lies in, from 1; 0 before the first."""
        return bisect_right(self._starts, index)

    def sentence(self, index: int) -> range:
        """The atoms of that sentence, of an endless one those around the atom."""
        at = self.sentence_number(index)
        start = self._starts[at - 1] if at else 0
        stop = self._starts[at] if at < len(self._starts) else len(self._atoms)
        return range(max(start, index - _REACH), max(min(stop, index + _REACH), index + 1))

    def tense(self, first: int, stop: int) -> Tense | None:
        """The tense of the clause around `[first, stop)`."""
        return tense_of(
            self._atoms,
            first,
            stop,
            self.sentence(first),
            table=self._rules.tense,
            boundaries=self._boundaries,
            determiners=self._rules.determiners,
        )

    def cues(self, first: int, stop: int) -> frozenset[str]:
        """The names of the cues before, after and in the clause of `[first, stop)`."""
        lower = self._atoms.lower
        before = lower[first - 1] if first else ""
        after = lower[stop] if stop < len(lower) else ""
        clause = clause_around(self._atoms, first, stop, self.sentence(first), self._boundaries)
        around = {lower[index] for index in clause}
        near = set(lower[max(0, first - _NEAR) : first])
        places = {"before": {before}, "near-before": near, "after": {after}, "clause": around}
        return frozenset(
            cue
            for (cue, where), words in self._rules.cues.items()
            if where in places and not words.isdisjoint(places[where])
        )
