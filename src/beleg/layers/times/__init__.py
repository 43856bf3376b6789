"""Finds time expressions (TIMEX3) and resolves them to days.

The patterns stand in rules/de/times.toml and holidays.toml; each names an op, and the ops
here turn captures and context into values and days. Nothing is read from a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from beleg.layers.times import (
    clock,
    dates,
    durations,
    holidays,
    references,
    relative,
    weekdays,
)
from beleg.layers.times.context import Surroundings
from beleg.layers.times.lists import LISTED, with_shared
from beleg.layers.times.periods import Period, halves
from beleg.layers.times.reading import PREVIOUS, PREVIOUS_DAY, Context, Fields, Focus, Reading
from beleg.modes import Mode
from beleg.records import TimeExpression
from beleg.rules.atoms import Atoms, atomise
from beleg.rules.matcher import Match
from beleg.rules.time_rules import TimeRules
from beleg.text.article import Article, Span

Op = Callable[[Fields, Context], Reading | None]

OPS: dict[str, Op] = {
    "ahead": durations.ahead,
    "century": dates.century,
    "clock": clock.clock,
    "date": dates.calendar_date,
    "daypart": clock.daypart,
    "daypart-adverb": clock.daypart_adverb,
    "decade": dates.decade,
    "day-counted": relative.day_counted,
    "deictic": relative.deictic,
    "deictic-adjective": references.deictic_adjective,
    "distance": relative.distance,
    "duration": durations.duration,
    "figurative": references.figurative,
    "fixed": references.fixed,
    "follow": relative.follow,
    "frequency": durations.frequency,
    "holiday": holidays.holiday,
    "lasting": durations.lasting,
    "lean": relative.lean,
    "neighbour": relative.neighbour,
    "night-to": clock.night_to,
    "part-of-year": dates.part_of_year,
    "positioned": relative.positioned,
    "same": relative.same,
    "season": dates.season,
    "set-daypart": durations.set_daypart,
    "set-unit": durations.set_unit,
    "set-weekday": durations.set_weekday,
    "then": references.then,
    "today": references.today,
    "turn": relative.turn,
    "week-number": dates.week_number,
    "weekday": weekdays.weekday,
    "weekend": weekdays.weekend,
    "within": durations.within,
    "year": dates.year,
    "year-pair": dates.year_pair,
}
# Ops whose reading asks for the tense or the words around; the others skip that work.
_CONTEXTUAL = frozenset(
    ("date", "season", "part-of-year", "weekday", "weekend", "today", "holiday", "clock", "daypart",
     "daypart-adverb", "night-to", "deictic-adjective", "within", "ahead", "turn")
)  # fmt: skip


def find_times(
    article: Article,
    sentences: Sequence[Span],
    *,
    rules: TimeRules,
    published: date | None,
    mode: Mode = "news",
) -> tuple[TimeExpression, ...]:
    """The time expressions of an article, in order, not overlapping.

    sentences: spans of its sentences, in order; published: the day relative dates count
    from in news, None if unknown (then they stay open); mode: in "narrative" relative dates
    count from the date named before.
    """
    atoms = atomise(article.text)
    matches = with_shared(list(rules.matcher.find(atoms)), atoms, rules.lexicon, rules.lists)
    surroundings = Surroundings(article.text, atoms, sentences, rules)
    context = Context(published=published, mode=mode, focus=Focus(), daily=surroundings.daily)
    found: list[TimeExpression] = []
    for match in matches:
        if match.row.get("mode", mode) != mode:
            continue
        reading = _read(match, context, surroundings)
        if reading is None:
            continue
        record = _record(f"t{len(found) + 1}", match, reading, atoms, context.focus)
        found.append(record)
        _move_focus(context, match, reading, record.id, surroundings)
        if mode == "narrative" and reading.focus is not None:
            _move_story(context, match, reading.focus, surroundings.in_heading(match.first))
    return tuple(found)


def _read(match: Match, context: Context, surroundings: Surroundings) -> Reading | None:
    means = match.row["means"]
    context.sentence = surroundings.sentence_number(match.first)
    context.paragraph = surroundings.paragraph_number(match.first)
    context.line = surroundings.line(match.first)
    if means["op"] in _CONTEXTUAL:
        context.tense = surroundings.tense(match.first, match.stop)
        context.cues = surroundings.cues(match.first, match.stop)
    else:
        context.tense, context.cues = None, frozenset()
    reading = OPS[means["op"]]({**means, **match.fields}, context)
    if reading is None or reading.focus is None or "halfpart" not in match.fields:
        return reading
    # "die zweite Augusthälfte", which the ops read as its end.
    first, last = halves(reading.focus, reading.mod or "")
    return replace(reading, first=first, last=last)


def _record(
    record_id: str, match: Match, reading: Reading, atoms: Atoms, focus: Focus
) -> TimeExpression:
    anchors = {PREVIOUS: focus.period_id, PREVIOUS_DAY: focus.day_id}
    return TimeExpression(
        id=record_id,
        span=Span(atoms.start[match.first], atoms.end[match.stop - 1]),
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        earliest=reading.first,
        latest=reading.last,
        anchor=anchors.get(reading.anchor or "", reading.anchor),
        rule=f"{match.row['id']}#{reading.how}",
    )


def _move_focus(
    context: Context,
    match: Match,
    reading: Reading,
    record_id: str,
    surroundings: Surroundings,
) -> None:
    """What was named becomes what later expressions count from."""
    if reading.type == "SET":
        context.focus.repeated = context.sentence
    if reading.focus is None:
        return
    if context.mode == "news" and _aside(context, match, reading.focus):
        return
    focus = context.focus
    focus.period, focus.period_id = reading.focus, record_id
    focus.named_in = context.sentence
    grain = reading.focus.grain
    dated = "year" in match.fields or "year2" in match.fields
    if dated and grain in ("D", "M", "SEASON"):
        focus.dated_sentence = context.sentence
    if grain == "D" and not (context.mode == "news" and "term" in context.cues):
        focus.day, focus.day_id = reading.focus.first, record_id
        focus.sentence = context.sentence
        focus.listed = LISTED in match.fields
        if reading.anchor != PREVIOUS_DAY:
            focus.led_line = context.line if surroundings.leads(match.first) else None
            focus.heads = surroundings.alone(match.first, match.stop)


def _aside(context: Context, match: Match, named: Period) -> bool:
    """A plan for the winter, or "zwei Tage zuvor": what follows does not count from it."""
    planned = context.tense == "future" and named.grain != "D"
    looks_back = match.row["means"]["op"] == "distance" and int(match.fields["later"]) < 0
    return planned or looks_back


def _move_story(context: Context, match: Match, named: Period, heading: bool) -> None:
    """A heading sets the year the story has reached; else it moves on by a year at most."""
    focus = context.focus
    focus.paragraph = context.paragraph
    if named.first is None:
        return
    main = focus.main.first if focus.main is not None else None
    explicit = "year" in match.fields or "year2" in match.fields
    step = named.first.year - main.year if main is not None else 0
    dated = explicit and named.grain in ("D", "M")
    if main is None or (explicit and heading) or dated or 0 <= step <= 1:
        focus.main = named
