"""Which record of a new analysis is which row of an earlier one: by the place in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Sequence
from typing import TypeVar

from beleg.text.article import Span

ENOUGH = 0.5  # of the characters of both that both share (Jaccard)
Kind = TypeVar("Kind", bound=Hashable)


def same_places(
    old: Sequence[tuple[Span, Kind]], new: Sequence[tuple[Span, Kind]]
) -> dict[int, int]:
    """For each new place that is an old one, the old one's position; both by position.

    Places of one kind that share at least half of their characters are the same, those that share
    most first; each is taken once.
    """
    order = sorted(range(len(old)), key=lambda i: old[i][0])
    starts = [old[i][0].start for i in order]
    pairs = []
    for number, (span, kind) in enumerate(new):
        # Half in common: neither starts further from the other than the place is long.
        reach = span.end - span.start
        first = bisect_left(starts, span.start - reach)
        for at in order[first : bisect_right(starts, span.start + reach)]:
            place, its_kind = old[at]
            if its_kind == kind and (share := overlap(span, place)) >= ENOUGH:
                pairs.append((-share, number, at))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in sorted(pairs):
        if number not in found and at not in taken:
            found[number] = at
            taken.add(at)
    return found


def overlap(one: Span, other: Span) -> float:
    """The share of characters of either that both have (Jaccard index), 0 to 1."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    either = one.end - one.start + other.end - other.start - shared
    return shared / either if either else 0.0  # what is sent may end before it starts
