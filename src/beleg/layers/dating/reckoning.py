"""Reckons the day of writing from a date and a distance: vor sechs Jahren, im Juni 2000."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, date, timedelta

from beleg.layers.dating.clues import Clue, bounded
from beleg.layers.dating.mentions import Mention, between
from beleg.layers.dating.passages import Passages
from beleg.records import TimeExpression
from beleg.text.article import Span

_AMOUNT = re.compile(r"P(\d+(?:\.\d+)?)(DE|[YMWD])\Z")
_MONTHS = {"DE": 120, "Y": 12, "M": 1}
_DAYS = {"DE": 3653, "Y": 365, "M": 30, "W": 7, "D": 1}
_NEAR = 4  # atoms between distance and date
_LONG_DATE = 12  # atoms of a date: Montag, den 3. März des Jahres 2006
_EVENT_NEAR = 8  # atoms between "zum 50. Jahrestag" and what it remembers


def later(day: date, amount: float, unit: str) -> date | None:
    """The day so many units later; None after the calendar's end."""
    try:
        if unit not in _MONTHS:
            return day + timedelta(days=round(amount * _DAYS[unit]))
        year, month = divmod(day.year * 12 + day.month - 1 + round(amount * _MONTHS[unit]), 12)
        if year > MAXYEAR:
            return None
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def distance_clues(
    passages: Passages, mentions: Sequence[Mention], times: Sequence[TimeExpression]
) -> Iterator[tuple[Clue, Mention]]:
    """The evidence of "vor N Jahren" or "seit N Jahren" right beside a date that means the same.

    Each with that date, which is then no news.
    """
    for time in times:
        found = _AMOUNT.match(time.value)
        if time.type != "DURATION" or not found:
            continue
        first, stop = passages.place(time.span)
        if not passages.has_cue("ago", first, stop):
            continue
        mention = _beside(passages, first, stop, mentions)
        if mention is not None:
            clue = _distance_clue(passages, time, mention, float(found[1]), found[2])
            if clue is not None:
                yield clue, mention


def _beside(
    passages: Passages, first: int, stop: int, mentions: Sequence[Mention]
) -> Mention | None:
    lower, filler = passages.atoms.lower, passages.rules.cues["apposition", "between"]
    for mention in between(mentions, range(first - _NEAR - _LONG_DATE, stop + _NEAR + 1)):
        start, end = mention.atoms
        gap = range(stop, start) if start >= stop else range(end, first)
        if len(gap) <= _NEAR and all((lower[index],) in filler for index in gap):
            return mention
    return None


def _distance_clue(
    passages: Passages, time: TimeExpression, mention: Mention, amount: float, unit: str
) -> Clue | None:
    low, high = passages.rules.slack[time.mod or "NONE"]
    if unit == "D":
        low, high = 0.0, 0.0
    earliest = later(mention.first, amount, unit)
    latest = later(mention.last, amount, unit)
    if earliest is None or latest is None:
        return None
    kind = passages.rules.clues["reckoned"]
    span = Span(
        min(time.span.start, mention.time.span.start), max(time.span.end, mention.time.span.end)
    )
    because = kind.because.format(
        words=passages.article.quote(time.span), date=passages.article.quote(mention.time.span)
    )
    try:
        start = earliest + timedelta(days=round(low * _DAYS[unit]))
        end = latest + timedelta(days=round(high * _DAYS[unit]))
    except OverflowError:
        return None
    return bounded(kind, span, because, start, end)


def anniversary_clues(
    passages: Passages, mentions: Sequence[Mention]
) -> Iterator[tuple[Clue, Mention | None]]:
    """The evidence of "50. Jahrestag" or "zehn Jahre nach" before a date or a named event.

    Each with the date remembered, if it was named, which is then no news.
    """
    lower = passages.atoms.lower
    numbers = passages.rules.numbers
    for index, word in enumerate(lower):
        if word not in numbers and not word.isdecimal():
            continue
        years, stop, kind = _anniversary(passages, index, word)
        if years is None:
            continue
        if kind == "years-after" and passages.tense(index, stop) == "past":
            continue  # "zwei Jahre nach der Wende zog er um" goes on telling of the past
        remembered = _remembered(passages, stop, mentions)
        if remembered is None:
            continue
        first, last, end, what, mention = remembered
        clue = _anniversary_clue(passages, kind, years, (index, end), (first, last), what)
        if clue is not None:
            yield clue, mention


def _anniversary(passages: Passages, index: int, word: str) -> tuple[int | None, int, str]:
    """The years, the atom behind, and the kind: 50. Jahrestag; fünf Jahre nach."""
    numbers = passages.rules.numbers
    years = int(word) if word.isdecimal() and len(word) <= 3 else numbers.get(word)
    if years:
        for kind in ("anniversary", "years-after"):
            stop = passages.stop_of(kind, index + 1)
            if stop is not None:
                return years, stop, kind
    return None, index, ""


def _remembered(
    passages: Passages, stop: int, mentions: Sequence[Mention]
) -> tuple[date, date, int, str, Mention | None] | None:
    """The event or date named next: (first day, last day, atom behind it, its words, the date)."""
    sentence = passages.sentence(stop - 1)
    for index in range(stop, min(stop + _EVENT_NEAR, sentence.stop)):
        named = passages.rules.events.match(passages.atoms.lower, index)
        if named is not None and named[2] is None:
            event = named[0]
            first, last = getattr(event, "first", None), getattr(event, "last", None)
            if isinstance(first, date) and isinstance(last, date):
                return (
                    first,
                    last,
                    named[1],
                    event.what,
                    _named_with(passages, named[1], mentions, first),
                )
        for mention in between(mentions, range(index, index + 1)):
            if mention.part != "plan":
                words = passages.article.quote(mention.time.span)
                return mention.first, mention.last, mention.atoms[1], words, mention
    return None


def _named_with(
    passages: Passages, stop: int, mentions: Sequence[Mention], day: date
) -> Mention | None:
    """The date given beside an event's name, of the same year."""
    near = between(mentions, passages.around(stop - 1, stop))
    return next((mention for mention in near if mention.first.year == day.year), None)


def _anniversary_clue(
    passages: Passages,
    kind_name: str,
    years: int,
    atoms: tuple[int, int],
    days: tuple[date, date],
    what: str,
) -> Clue | None:
    kind = passages.rules.clues[kind_name]
    low, high = passages.rules.slack[kind_name]
    first, last = later(days[0], years, "Y"), later(days[1], years, "Y")
    if first is None or last is None:
        return None
    try:
        earliest, latest = first + timedelta(days=round(low)), last + timedelta(days=round(high))
    except OverflowError:
        return None
    because = kind.because.format(years=years, what=what, year=first.year)
    return bounded(kind, passages.span(*atoms), because, earliest, latest)
