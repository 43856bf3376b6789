"""Puts drafts of events in order: bounds through words, predecessors, ranks.

Two kinds of evidence: days (what ends before another begins) and words ("danach"). Days
win: a word that contradicts them is dropped. The work is n log n in the number of events.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beleg.layers.timeline.days import Days

_FIRST, _LAST = date.min.toordinal() - 1, date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Ordered:
    """One event in its place.

    number: index among the drafts. days: narrowed by the words.
    after: numbers of the drafts it comes right after.
    """

    number: int
    days: Days
    after: tuple[int, ...]


def in_order(days: Sequence[Days], links: Sequence[tuple[int, int]]) -> list[Ordered]:
    """The events by time. links: pairs (earlier, later) that words state; drafts stand in text order."""
    graph = _read(days, links)
    lows, highs, keys = graph.lows, graph.highs, _keys(graph)
    turn = _places(graph.sequence)
    ranked = sorted(range(len(days)), key=lambda n: (keys[n], highs[n], turn[n]))
    place = _places(ranked)
    nearest = _nearest(lows, highs, place)
    return [
        Ordered(
            number,
            Days(_day(lows[number]), _day(highs[number])),
            _predecessors(graph.before[number], nearest[number], place),
        )
        for number in ranked
    ]


def _predecessors(
    by_words: Sequence[int], by_days: int | None, place: Sequence[int]
) -> tuple[int, ...]:
    """What words put before an event, and what the days do unless a word's comes between."""
    after = set(by_words)
    if by_days is not None and all(place[other] < place[by_days] for other in by_words):
        after.add(by_days)
    return tuple(sorted(after, key=place.__getitem__))


@dataclass(slots=True)
class _Graph:
    """Word links without circles and contradictions.

    sequence: each draft behind the ones before it. lows, highs: first and last days as
    ordinals, `_FIRST` and `_LAST` where open.
    """

    before: list[list[int]]
    behind: list[list[int]]
    sequence: list[int]
    lows: list[int]
    highs: list[int]


def _low(day: date | None) -> int:
    return _FIRST if day is None else day.toordinal()


def _high(day: date | None) -> int:
    return _LAST if day is None else day.toordinal()


def _day(ordinal: int) -> date | None:
    return None if ordinal in (_FIRST, _LAST) else date.fromordinal(ordinal)


def _read(days: Sequence[Days], links: Sequence[tuple[int, int]]) -> _Graph:
    """The links that the days allow, and the days that they allow.

    No event begins before what comes before it, nor ends after what comes after it.
    """
    count = len(days)
    kept = _without_circles(count, links)
    before, behind = _neighbours(count, kept)
    sequence = _sequence(before, behind)
    lows = [_low(day.earliest) for day in days]
    highs = [_high(day.latest) for day in days]
    for number in sequence:
        # What begins after this ends cannot come before it, whatever the words say.
        before[number] = [other for other in before[number] if lows[other] <= highs[number]]
        lows[number] = max([lows[number], *(lows[other] for other in before[number])])
    behind = [[] for _ in range(count)]
    for number in reversed(sequence):
        highs[number] = min([highs[number], *(highs[other] for other in behind[number])])
        for other in before[number]:
            behind[other].append(number)
    return _Graph(before, behind, sequence, lows, highs)


def _without_circles(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The links; of those that run in circles only the ones in the order of the text."""
    unique = [(earlier, later) for earlier, later in dict.fromkeys(links) if earlier != later]
    placed = set(_sequence(*_neighbours(count, unique)))
    return [link for link in unique if link[0] < link[1] or not placed.isdisjoint(link)]


def _neighbours(
    count: int, links: Sequence[tuple[int, int]]
) -> tuple[list[list[int]], list[list[int]]]:
    """For each draft the ones before and the ones behind it."""
    before: list[list[int]] = [[] for _ in range(count)]
    behind: list[list[int]] = [[] for _ in range(count)]
    for earlier, later in links:
        before[later].append(earlier)
        behind[earlier].append(later)
    return before, behind


def _sequence(before: Sequence[Sequence[int]], behind: Sequence[Sequence[int]]) -> list[int]:
    """Each draft behind the ones before it, else as in the text; without those in circles."""
    missing = [len(earlier) for earlier in before]
    ready = [number for number, count in enumerate(missing) if not count]
    sequence: list[int] = []
    while ready:
        number = heapq.heappop(ready)
        sequence.append(number)
        for other in behind[number]:
            missing[other] -= 1
            if not missing[other]:
                heapq.heappush(ready, other)
    return sequence


def _keys(graph: _Graph) -> list[int]:
    """The day each event is sorted at: its first; its last where the first is open.

    Without any day it stands beside the event before it in the text. No event is sorted
    behind one that comes after it.
    """
    keys: list[int] = []
    for low, high in zip(graph.lows, graph.highs, strict=True):
        if low != _FIRST:
            keys.append(low)
        elif high != _LAST:
            keys.append(high)
        else:
            keys.append(keys[-1] if keys else _FIRST)
    for number in reversed(graph.sequence):
        if graph.lows[number] == _FIRST:
            keys[number] = min([keys[number], *(keys[other] for other in graph.behind[number])])
    return keys


def _places(sequence: Sequence[int]) -> list[int]:
    """Where in the sequence each number stands."""
    places = [0] * len(sequence)
    for place, number in enumerate(sequence):
        places[number] = place
    return places


def _nearest(lows: Sequence[int], highs: Sequence[int], place: Sequence[int]) -> list[int | None]:
    """For each event the one that ends last before it begins; the days say so.

    Only the nearest: the others follow from it and from their days.
    """
    ended = sorted(
        (number for number in range(len(highs)) if highs[number] != _LAST),
        key=lambda number: (highs[number], place[number]),
    )
    ends = [highs[number] for number in ended]
    result: list[int | None] = []
    for low in lows:
        at = bisect_left(ends, low) if low != _FIRST else 0
        result.append(ended[at - 1] if at else None)
    return result
