"""Ends of quotations put right by rule: at quotation marks, commas and stray words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from beleg.encoder.labels import Words
from beleg.text import WordIndex
from beleg.text.marks import Marked

_NOT_FIRST = frozenset(",.;:!?)]")
_NOT_LAST = frozenset(",;:([–-")
_MOST = 0.7  # share of what stands between marks from which a quotation with no other word is it


class Tidy:
    """Puts the ends of one article's quotations right."""

    def __init__(self, words: WordIndex, marked: Sequence[Marked]) -> None:
        self._texts = [token.text for token in words.tokens]
        self._stretches = [r for m in marked if m.closed and len(r := words.within(m.span)) > 1]
        self._starts = [stretch[0] for stretch in self._stretches]
        self._by_end: dict[int, list[range]] = {}
        for stretch in self._stretches:
            for at in {stretch[0], stretch[1], stretch[-1], stretch[-2]}:
                self._by_end.setdefault(at, []).append(stretch)

    def __call__(self, words: Words) -> Words:
        """The quotation with whole marks, without gaps of one word and loose punctuation."""
        if not words:
            return words
        filled = {w + 1 for w, after in pairwise(words) if after == w + 2}
        own = sorted({*words, *filled})
        for stretch in self._near(own[0], own[-1]):
            beside = [w for w in own if w not in stretch]
            if len(own) - len(beside) >= _MOST * len(stretch) and not any(
                self._texts[w][0].isalnum() for w in beside
            ):
                return tuple(stretch)
        if whole := self._begun(own):
            return whole
        own = self._with_marks(self._with_whole_stretches(own))
        while own and self._texts[own[0]] in _NOT_FIRST:
            own.pop(0)
        while own and self._texts[own[-1]] in _NOT_LAST:
            own.pop()
        return tuple(own)

    def _with_whole_stretches(self, own: list[int]) -> list[int]:
        """The quotation with all of what stands between marks where it holds a part of that
        ("er habe sich des „Aufrufs“ schuldig gemacht"), at its end only with the greater part."""
        inside = set(own)
        first, last = own[0], own[-1]
        for stretch in self._stretches[bisect_right(self._starts, first) :]:
            if stretch[0] > last:
                break
            held = sum(word in inside for word in range(stretch[0], min(stretch[-1], last) + 1))
            if 0 < held < len(stretch) and (stretch[-1] <= last or 2 * held >= len(stretch)):
                inside.update(stretch)
        return sorted(inside)

    def _with_marks(self, own: list[int]) -> list[int]:
        """The quotation with the mark at its end whose partner it holds ("sei „eine Geste“")."""
        inside = set(own)
        for stretch in self._near(own[0] - 1, own[-1] + 1):
            if stretch[-1] == own[-1] + 1 and stretch[0] in inside:
                own = [*own, stretch[-1]]
            elif stretch[0] == own[0] - 1 and stretch[-1] in inside:
                own = [stretch[0], *own]
        return own

    def _begun(self, own: Sequence[int]) -> Words:
        """The whole of a stretch that holds another, where the quotation is a part of it from
        its first mark on: the inner marks must not end the outer quotation."""
        for stretch in self._by_end.get(own[0], ()):
            if (
                own[0] == stretch[0]
                and own[-1] < stretch[-1]
                and any(own[0] < s[0] and s[-1] <= stretch[-1] for s in self._inner(stretch))
            ):
                return tuple(stretch)
        return ()

    def _inner(self, stretch: range) -> Sequence[range]:
        """The next stretch that opens inside of this one, if any."""
        at = bisect_right(self._starts, stretch[0])
        return [s for s in self._stretches[at : at + 1] if s[0] < stretch[-1]]

    def _near(self, first: int, last: int) -> list[range]:
        """Stretches one of whose ends is an end of the quotation, the longest first."""
        near = [*self._by_end.get(first, ()), *self._by_end.get(last, ())]
        return sorted(near, key=lambda r: -len(r))
