"""Step functions over the calendar: how likely the days are, and the shortest stretch that holds most.

A function is a tuple of (first day as ordinal, value), ascending; a value holds until the
next step. It begins at FIRST and holds to LAST.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

Steps = tuple[tuple[int, float], ...]

FIRST = date(1700, 1, 1).toordinal()
LAST = date(2199, 12, 31).toordinal()


def clamp(day: date | None, missing: int) -> int:
    """The day as ordinal inside [FIRST, LAST + 1]; `missing` for None."""
    return missing if day is None else min(max(day.toordinal(), FIRST), LAST + 1)


def stretches(parts: Iterable[tuple[int, int, float]], outside: float) -> Steps:
    """A function from stretches (first day, day after the last, value); where they overlap the greater value counts."""
    cut = [(max(start, FIRST), min(end, LAST + 1), value) for start, end, value in parts]
    cut = [part for part in cut if part[0] < part[1]]
    edges = sorted(
        {FIRST, *(part[0] for part in cut), *(part[1] for part in cut if part[1] <= LAST)}
    )
    found: list[tuple[int, float]] = []
    for edge in edges:
        value = max((v for start, end, v in cut if start <= edge < end), default=outside)
        if not found or found[-1][1] != value:
            found.append((edge, value))
    return tuple(found)


def bins(parts: Iterable[tuple[int, int, float]], outside: float) -> Steps:
    """A function from stretches in ascending order; where two overlap the earlier ends."""
    found: list[tuple[int, float]] = [(FIRST, outside)]
    for start, end, value in parts:
        if start <= LAST and end > FIRST:
            while found and found[-1][0] >= max(start, FIRST):
                found.pop()
            found.append((max(start, FIRST), value))
            if end <= LAST:
                found.append((end, outside))
    return tuple(found)


def product(functions: Sequence[Steps]) -> Steps:
    """The product of all functions."""
    changes = sorted(
        (start, index, value) for index, steps in enumerate(functions) for start, value in steps
    )
    values = [1.0] * len(functions)
    found: list[tuple[int, float]] = []
    for position, (start, index, value) in enumerate(changes):
        values[index] = value
        if position + 1 < len(changes) and changes[position + 1][0] == start:
            continue
        whole = 1.0
        for each in values:
            whole *= each
        if not found or found[-1][1] != whole:
            found.append((start, whole))
    return tuple(found) or ((FIRST, 1.0),)


@dataclass(frozen=True, slots=True)
class Weights:
    """The likelihood of all days, summed up for asking about stretches.

    bounds: where the steps begin, and the day after the last; sums: of all days before.
    """

    bounds: tuple[int, ...]
    values: tuple[float, ...]
    sums: tuple[float, ...]

    @property
    def total(self) -> float:
        """The sum over all days."""
        return self.sums[-1]

    def before(self, day: int) -> float:
        """The sum over the days before `day`."""
        index = min(max(bisect_right(self.bounds, day) - 1, 0), len(self.values) - 1)
        inside = min(max(day, self.bounds[0]), self.bounds[-1]) - self.bounds[index]
        return self.sums[index] + self.values[index] * inside

    def heaviest(self, days: int) -> float:
        """The greatest share of the total that a stretch of so many days holds."""
        if self.total <= 0:
            return 0.0
        starts = {min(max(b, FIRST), LAST + 1 - days) for b in self.bounds}
        starts |= {min(max(b - days, FIRST), LAST + 1 - days) for b in self.bounds}
        return max(self.before(start + days) - self.before(start) for start in starts) / self.total

    def shortest(self, share: float) -> tuple[int, int] | None:
        """The shortest stretch [first, last] that holds `share` of the total; None if none does.

        Of stretches equally short, the earliest.
        """
        if self.total <= 0:
            return None
        target = min(share, 1.0) * self.total
        found = [*self._from_left(target), *self._from_right(target)]
        return min(found, key=lambda each: (each[1] - each[0], each[0]), default=None)

    def _from_left(self, target: float) -> Iterator[tuple[int, int]]:
        """Stretches that begin where a step begins."""
        end, count = 0, len(self.values)
        for start in range(count):
            while end < count and self.sums[end + 1] - self.sums[start] < target:
                end += 1
            if end == count:
                return
            days = self._days(end, target - (self.sums[end] - self.sums[start]))
            yield self.bounds[start], self.bounds[end] + days - 1

    def _from_right(self, target: float) -> Iterator[tuple[int, int]]:
        """Stretches that end where a step ends."""
        start = len(self.values) - 1
        for end in range(len(self.values) - 1, -1, -1):
            start = min(start, end)
            while start >= 0 and self.sums[end + 1] - self.sums[start] < target:
                start -= 1
            if start < 0:
                return
            days = self._days(start, target - (self.sums[end + 1] - self.sums[start + 1]))
            yield self.bounds[start + 1] - days, self.bounds[end + 1] - 1

    def _days(self, index: int, missing: float) -> int:
        """The days of a step that make up for what is missing: at least one."""
        value = self.values[index]
        return max(math.ceil(missing / value) if value > 0 else 0, 1)


def weigh(steps: Steps) -> Weights:
    """The steps with their sums."""
    bounds = (*(start for start, _ in steps), LAST + 1)
    values = tuple(value for _, value in steps)
    sums = [0.0]
    for index, value in enumerate(values):
        sums.append(sums[-1] + value * (bounds[index + 1] - bounds[index]))
    return Weights(bounds, values, tuple(sums))
