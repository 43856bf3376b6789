"""The dates a text names outright, each with the part it plays in its clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from beleg.layers.dating.passages import Passages
from beleg.records import TimeExpression
from beleg.rules.tense import Tense

Grain = Literal["day", "month", "season", "year"]
# past: something happened then. plan: it is to happen, or lasts until then. loose: the
# date hangs on a noun (die WM 2006), which may lie before or ahead.
Part = Literal["past", "plan", "loose"]

_VALUE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T\w.*)?\Z")
_SEASON = re.compile(r"\d{4}-(?:SP|SU|FA|WI|Q\d|H\d|W\d\d)")
_RELATIVE_DAY = re.compile(r"XXXX-(?:WXX|XX-XX)")
_OUTRIGHT = ("explicit", "previous")
_DATES = ("DATE", "TIME")
_FIRST_YEAR = 1000
_RANGE = 3  # atoms between the ends of a range: 3. bis zum 5. Mai


@dataclass(frozen=True, slots=True)
class Mention:
    """A date named with its year.

    weekday: ISO number where it is named with it. lead: it stands in the opening; a day
    only in texts without relative days, since others tell the news by those.
    background: words of the clause set it apart from the news (damals, bereits, geboren).
    """

    time: TimeExpression
    first: date
    last: date
    grain: Grain
    part: Part
    weekday: int | None
    lead: bool
    background: bool
    atoms: tuple[int, int]


def grain_of(value: str) -> Grain | None:
    """The grain of a TIMEX3 value that names a year; None for others."""
    found = _VALUE.match(value)
    if found:
        return "day" if found[3] else "month" if found[2] else "year"
    return "season" if _SEASON.match(value) else None


def mentions(passages: Passages, times: Sequence[TimeExpression]) -> list[Mention]:
    """The dates that stand with their year, or count from one that does."""
    outright: set[str] = set()
    found: list[Mention] = []
    relative = any(_RELATIVE_DAY.match(time.value) for time in times)
    ends = {passages.place(time.span)[1] for time in times if time.type in _DATES}
    for time in times:
        how = time.rule.rpartition("#")[2]
        counted = how == "previous" and time.anchor in outright
        if how not in _OUTRIGHT or (how == "previous" and not counted):
            continue
        if time.rule.startswith(passages.rules.unsafe_rules):
            continue
        if time.type not in _DATES or time.earliest is None or time.latest is None:
            continue
        outright.add(time.id)
        grain = grain_of(time.value)
        if grain is not None and time.earliest.year >= _FIRST_YEAR:
            mention = _mention(passages, time, grain, ends, relative=relative)
            found.append(_as_listed(passages, mention, found[-1]) if found else mention)
    return found


def _as_listed(passages: Passages, mention: Mention, before: Mention) -> Mention:
    """ "für 2014 und 2015": the second of a list plays the part of the first."""
    gap = passages.atoms.lower[before.atoms[1] : mention.atoms[0]]
    joined = len(gap) == 1 and (gap in passages.rules.cues["list", "between"])
    if joined and before.part != "past" and before.grain == mention.grain:
        return replace(mention, part=before.part)
    return mention


def _mention(
    passages: Passages,
    time: TimeExpression,
    grain: Grain,
    ends: Container[int],
    *,
    relative: bool,
) -> Mention:
    start, stop = passages.place(time.span)
    first, last = time.earliest, time.latest
    if first is None or last is None:
        raise ValueError("a mention has its days")
    return Mention(
        time=time,
        first=first,
        last=last,
        grain=grain,
        part=_part(passages, grain, start, stop, ends),
        weekday=passages.weekday(start, stop),
        lead=passages.in_lead(start) and (grain != "day" or not relative),
        background=passages.has_cue("background", start, stop),
        atoms=(start, stop),
    )


def _part(passages: Passages, grain: Grain, start: int, stop: int, ends: Container[int]) -> Part:
    tense = passages.tense(start, stop)
    if passages.has_cue("since", start, stop):
        return "past"
    if passages.has_cue("ahead", start, stop):
        return "plan"
    if passages.has_cue("plan", start, stop):
        return _of_span(passages, tense, start, stop, ends)
    bracketed = start > 0 and passages.atoms.raw[start - 1] == "("
    announced = tense == "future" and passages.has_cue("perfect", start, stop)
    if tense == "past" or announced or (tense is None and grain == "day" and bracketed):
        loose = grain == "year" and passages.noun_before(start)
        loose = loose or passages.has_cue("intended", start, stop)
        return "loose" if loose else "past"
    if (tense != "future" and passages.has_cue("past", start, stop)) or (
        grain != "year" and passages.has_cue("background", start, stop)
    ):
        return "past"
    return "plan" if tense == "future" and not passages.noun_before(start) else "loose"


def _of_span(
    passages: Passages, tense: Tense | None, start: int, stop: int, ends: Container[int]
) -> Part:
    """ "von Mai bis Juli 2006 kämpften sie" is over; "bis Juli 2006 war er gewählt" need not be."""
    if passages.has_cue("modal", start, stop):
        return "plan"
    if tense != "past":
        return "plan"
    return "past" if any(index in ends for index in range(start - _RANGE, start)) else "loose"


def between(mentions: Sequence[Mention], atoms: range) -> Iterator[Mention]:
    """The mentions that begin inside a stretch of atoms, in order."""
    at = bisect_left(mentions, atoms.start, key=lambda mention: mention.atoms[0])
    while at < len(mentions) and mentions[at].atoms[0] < atoms.stop:
        yield mentions[at]
        at += 1
