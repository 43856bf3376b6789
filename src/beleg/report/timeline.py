"""Puts events and dates in order and lays out the timeline's drawing.

The axis is ordinal: one row for each entry whatever the distance, so three days and three
centuries read equally well. Long distances are written beside the row they lead to, years
form bands, and a period reaches as a bar from its own row to the last row it contains.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Literal

from beleg.records import Analysis
from beleg.report.days import day, gap, stretch
from beleg.report.timex import time_of_day
from beleg.report.words import Words
from beleg.text.article import Span

# More bars side by side than this take the room the words need.
MAX_LANES = 5

# A gap is worth writing out from this many days on, and from this share of the whole.
_LEAST_GAP_DAYS = 45
_LEAST_GAP_SHARE = 1 / 15

EntryKind = Literal["event", "time", "published"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event, a time no event uses, or the publication; index counts within its kind.

    clock: the time of day, as a key to sort by and in words.
    """

    kind: EntryKind
    index: int
    span: Span | None
    earliest: date | None
    latest: date | None
    clock: tuple[str, str] | None = None

    @property
    def start(self) -> date:
        """The day it is put at: its first, or its last where the first is open."""
        day_put = self.earliest or self.latest
        if day_put is None:
            raise ValueError("an entry without a day has no place on the axis")
        return day_put

    @property
    def end(self) -> date:
        """Its last known day."""
        return self.latest or self.start

    @property
    def point(self) -> bool:
        """Whether it is a single day."""
        return self.earliest == self.latest


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The part of a period's bar that crosses one row; lane 0 is next to the axis."""

    lane: int
    begins: bool
    finishes: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One entry as drawn.

    when: its days in words, without the year where the band shows it.
    year: label of the band, on the band's first row only.
    band: counts the bands.
    gap: distance from the row above in words, where it is long.
    """

    entry: Entry
    when: str
    year: str | None
    band: int
    gap: str | None
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """All dated entries in order, and the number of lanes their bars need."""

    rows: tuple[Row, ...]
    lanes: int


def timeline(analysis: Analysis, words: Words) -> Timeline:
    """The timeline of an analysis; without rows if nothing but the publication is dated."""
    entries = dated_entries(analysis, words)
    if not entries:
        return Timeline(rows=(), lanes=0)
    publication = _publication(analysis)
    ordered = sorted([*entries, *publication], key=_order)
    rows = _rows(ordered, words)
    bars, lanes = _bars(ordered)
    return Timeline(
        rows=tuple(replace(row, bars=tuple(bars[n])) for n, row in enumerate(rows)), lanes=lanes
    )


def dated_entries(analysis: Analysis, words: Words) -> list[Entry]:
    """Dated events, and the dated times that stand in none of them, in text order.

    References such as "damals" or "heute" get no entry: they repeat a day or name none.
    """
    clocks = {
        time.id: time_of_day(time.value, words) for time in analysis.times if time.type == "TIME"
    }
    entries = [
        Entry(
            kind="event",
            index=index,
            span=event.span,
            earliest=event.earliest,
            latest=event.latest,
            clock=clocks.get(event.time or ""),
        )
        for index, event in enumerate(analysis.events)
        if event.earliest or event.latest
    ]
    told = _Told([entry.span for entry in entries if entry.span])
    entries += [
        Entry(
            kind="time",
            index=index,
            span=time.span,
            earliest=time.earliest,
            latest=time.latest,
            clock=clocks.get(time.id),
        )
        for index, time in enumerate(analysis.times)
        if (time.earliest or time.latest)
        and not time.value.endswith("_REF")
        and time.span not in told
    ]
    return entries


class _Told:
    """Whether a span lies inside one of many; the test is a binary search."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def __contains__(self, span: Span) -> bool:
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._ends[before - 1] >= span.end


def _publication(analysis: Analysis) -> list[Entry]:
    published, dating = analysis.document.published, analysis.dating
    earliest, latest = dating.earliest, dating.latest
    if published is not None:
        earliest = latest = published
    if earliest is None and latest is None:
        return []
    return [Entry(kind="published", index=0, span=None, earliest=earliest, latest=latest)]


def _order(entry: Entry) -> tuple[date, int, bool, str, int]:
    """By first day, longer periods before the days they contain, then by the clock.

    What happened on the day of publication stands before it: reports mostly tell of it.
    """
    length = (entry.end - entry.start).days
    position = entry.span.start if entry.span else -1
    clock = entry.clock[0] if entry.clock else ""
    return (entry.start, -length, entry.kind == "published", clock, position)


def _rows(ordered: Sequence[Entry], words: Words) -> list[Row]:
    whole = (max(entry.end for entry in ordered) - ordered[0].start).days
    least = max(_LEAST_GAP_DAYS, whole * _LEAST_GAP_SHARE)
    rows: list[Row] = []
    reached = ordered[0].start
    for number, entry in enumerate(ordered):
        new_band = number == 0 or entry.start.year != ordered[number - 1].start.year
        distance = (entry.start - reached).days
        rows.append(
            Row(
                entry=entry,
                when=_when(entry, words),
                year=str(entry.start.year) if new_band else None,
                band=(rows[-1].band if rows else -1) + new_band,
                gap=gap(distance, words) if distance >= least else None,
            )
        )
        reached = max(reached, entry.start)
    return rows


def _when(entry: Entry, words: Words) -> str:
    """The entry's days; the year is left to the band unless the days leave that year."""
    if entry.point:
        shown = day(entry.start, words, weekday=True, year=False)
        return words.say("day.at", date=shown, clock=entry.clock[1]) if entry.clock else shown
    same_year = entry.start.year == entry.end.year
    return stretch(entry.earliest, entry.latest, words, year=not same_year) or ""


def _bars(ordered: Sequence[Entry]) -> tuple[list[list[Bar]], int]:
    """The bars crossing each row, and the number of lanes in use.

    A period that contains no other row, or finds every lane taken, has no bar.
    """
    crossing: list[list[Bar]] = [[] for _ in ordered]
    free_from = [0] * MAX_LANES
    lanes = 0
    for number in range(len(ordered)):
        last = _last_contained(ordered, number)
        lane = next((n for n in range(MAX_LANES) if free_from[n] <= number), None)
        if last == number or lane is None:
            continue
        free_from[lane] = last + 1
        lanes = max(lanes, lane + 1)
        for row in range(number, last + 1):
            bar = Bar(lane=lane, begins=row == number, finishes=row == last)
            crossing[row].append(bar)
    return crossing, lanes


def _last_contained(ordered: Sequence[Entry], number: int) -> int:
    entry = ordered[number]
    if entry.point or entry.earliest is None or entry.latest is None:
        return number
    last = number
    while last + 1 < len(ordered) and ordered[last + 1].start <= entry.latest:
        last += 1
    return last
