"""Dates without a year: news mean the nearest one, so they tell the time of the year, and with
a weekday the years in which the two agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from beleg.layers.dating.deictic import day_offset
from beleg.layers.dating.passages import Passages
from beleg.layers.dating.steps import LAST, Steps, bins, product
from beleg.records import TimeExpression

_VALUE = re.compile(r"XXXX-(\d\d)-(\d\d)(?:T\w.*)?\Z")
_HALF_YEAR = 183  # days; farther than that another year's date is nearer
_MOST_YEARS = 25  # a date without a year says nothing about a longer stretch
_MOST = 40  # dates weighed; more are a programme, not news
_LEAP_YEAR = 2000
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day and month named without year.

    kind: name of the distance row it follows. weekday: ISO number named with it.
    offset: days from writing, where a deictic word stands beside it (gestern, am 3. März).
    """

    time: TimeExpression
    month: int
    day: int
    kind: str
    weekday: int | None
    offset: int | None

    def in_year(self, year: int) -> date | None:
        """The day in that year; None for 29 February in most."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def fits(self, day: date) -> bool:
        """Whether the weekday named is that day's; True if none is named."""
        return self.weekday is None or day.isoweekday() == self.weekday


def yearless(passages: Passages, times: Sequence[TimeExpression]) -> list[Yearless]:
    """The days and months the text names without year, each once."""
    found = []
    for time in times:
        value = _VALUE.match(time.value)
        if value and time.type in ("DATE", "TIME") and time.earliest is None:
            found.append(_read(passages, time, int(value[1]), int(value[2])))
    known: dict[tuple[int, int, str], Yearless] = {}
    for each in found:
        if each.in_year(_LEAP_YEAR) is not None:
            known.setdefault((each.month, each.day, each.kind), each)
    return list(known.values())[:_MOST]


def _read(passages: Passages, time: TimeExpression, month: int, day: int) -> Yearless:
    first, stop = passages.place(time.span)
    weekday = passages.weekday(first, stop)
    deictic = day_offset(passages, first)
    if deictic is not None:
        kind = "near-deictic"
    elif passages.has_cue("plan", first, stop) or passages.tense(first, stop) == "future":
        kind = "near-ahead"
    elif weekday is not None:
        kind = "near-weekday"
    else:
        kind = "near-past" if passages.tense(first, stop) == "past" else "near"
    return Yearless(time, month, day, kind, weekday, deictic[0] if deictic else None)


def seasonal(passages: Passages, dates: Sequence[Yearless], first: int, last: int) -> Steps | None:
    """How likely the dates make each day from `first` to `last`; None if that is too long to tell.

    Several dates of one text are not independent: their geometric mean counts, while each
    weekday has to fit.
    """
    if not dates or last - first > _MOST_YEARS * 366:
        return None
    years = range(date.fromordinal(first).year - 1, date.fromordinal(min(last, LAST)).year + 2)
    return product([_one(passages, each, years, 1 / len(dates)) for each in dates])


def _one(passages: Passages, each: Yearless, years: range, power: float) -> Steps:
    distance = passages.rules.distances[each.kind]
    misfit = 1 - passages.rules.clues["weekday"].sure
    parts: list[tuple[int, int, float]] = []
    for year in years:
        day = each.in_year(year)
        if day is None:
            continue
        fit = 1.0 if each.fits(day) else misfit
        base = day.toordinal() - (each.offset or 0)
        for low, high, density in zip(
            distance.edges, distance.edges[1:], distance.densities, strict=False
        ):
            parts.append((base + low, base + high, density**power * fit))
    return bins(parts, _FLOOR**power)


def nearest(each: Yearless, first: date | None, last: date | None) -> date | None:
    """The occurrence nearest to the middle of a window; None if the window is open or long."""
    if first is None or last is None or (last - first).days > 2 * _HALF_YEAR:
        return None
    middle = first + timedelta(days=(last - first).days // 2)
    days = [each.in_year(year) for year in (middle.year - 1, middle.year, middle.year + 1)]
    return min(
        (day for day in days if day is not None),
        key=lambda day: abs((day - middle).days),
        default=None,
    )
