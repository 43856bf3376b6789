"""Chooses the evidence to show: what bounds the window, nearest bounds first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from beleg.layers.dating.clues import Clue
from beleg.layers.dating.near import Yearless, nearest
from beleg.layers.dating.passages import Passages
from beleg.records import Evidence

_MOST = 4  # reasons for each bound; more only repeat
_SHARE = 0.9  # of the articles counted lie in the days shown with a date without year


def evidence(
    passages: Passages,
    clues: Sequence[Clue],
    dates: Sequence[Yearless],
    window: tuple[date | None, date | None],
) -> tuple[Evidence, ...]:
    """The reasons for the window, in the order of the text."""
    agreeing = [clue for clue in clues if clue.allows(*window)]
    lower = sorted(
        (c for c in agreeing if c.earliest is not None),
        key=lambda c: (c.earliest or date.min, -c.span.start),
        reverse=True,
    )
    upper = sorted(
        (c for c in agreeing if c.latest is not None),
        key=lambda c: (c.latest or date.max, c.span.start),
    )
    leading = [clue for clue in agreeing if clue.leading]
    chosen = dict.fromkeys([*leading, *lower[:_MOST], *upper[:_MOST]])
    found = [
        Evidence(span=c.span, because=c.because, earliest=c.earliest, latest=c.latest)
        for c in chosen
    ]
    found += islice(_without_year(passages, dates, window), _MOST)
    return tuple(sorted(found, key=lambda each: (each.span, each.because)))


def _without_year(
    passages: Passages, dates: Sequence[Yearless], window: tuple[date | None, date | None]
) -> Iterator[Evidence]:
    """The dates without year, in the year the window gives them."""
    rules = passages.rules
    for each in dates:
        day = nearest(each, *window)
        if day is None or not each.fits(day):
            continue
        low, high = rules.distances[each.kind].middle(_SHARE)
        base = day - timedelta(days=each.offset or 0)
        earliest, latest = base + timedelta(days=low), base + timedelta(days=high)
        if window[0] is None or window[1] is None or latest < window[0] or window[1] < earliest:
            continue
        kind = rules.clues["weekday" if each.weekday is not None else "yearless"]
        because = kind.because.format(
            date=rules.day(day), weekday=rules.weekdays[day.isoweekday() - 1]
        )
        yield Evidence(span=each.time.span, because=because, earliest=earliest, latest=latest)
