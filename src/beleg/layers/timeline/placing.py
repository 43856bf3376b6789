"""Which times place the clause they stand in, and on which days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from beleg.layers.timeline.asides import Asides
from beleg.layers.timeline.days import Days, is_before
from beleg.layers.timeline.words import Words
from beleg.records import TimeExpression
from beleg.rules.timeline_rules import Side, TimelineRules

Located = tuple[TimeExpression, int, int]  # with the range of its tokens

# phrase: "nach der Flucht am Freitag", from that day on
Bound = Side | Literal["phrase"]

_REFERENCES = frozenset(("PRESENT_REF", "PAST_REF", "FUTURE_REF"))
_FILLER_REACH = 3  # words between "bis" and its time ("bis spätestens zum")
_PHRASE_REACH = 12  # tokens from "nach" to the time in its phrase
_JOINT_REACH = 4  # tokens between the times of a range or list


@dataclass(frozen=True, slots=True)
class Placed:
    """A time that places its clause: token range `[first, stop)`, and the days it means there.

    bounded: a word such as "bis" or "seit" opens its days at one end.
    """

    time: TimeExpression
    first: int
    stop: int
    days: Days
    bounded: bool = False


def has_place(time: TimeExpression) -> bool:
    """Whether the expression has a place in the calendar at all."""
    match time.type:
        case "SET":
            return False
        case "DURATION":
            return time.earliest is not None or time.latest is not None
        case _:  # a clock time without a day stands for every day
            return time.value not in _REFERENCES and not time.value.startswith("T")


def placing(
    times: Sequence[Located],
    words: Words,
    leads: Collection[int],
    *,
    rules: TimelineRules,
    today: date | None,
) -> list[Placed]:
    """The times of a sentence that place something, with their days as the words bound them.

    times: expressions with their token ranges; leads: tokens that open subordinate clauses;
    today: the day of publication, the end of what lasts since some day.
    """
    asides = Asides(words, leads, rules)
    found: list[Placed] = []
    recurring = False
    aside_until = 0
    for number, (time, first, stop) in enumerate(times):
        # "jeden Dienstag und Donnerstag": what is joined to a recurring time recurs.
        joined = number > 0 and _joint(times[number - 1][2], first, words, rules)
        recurring = time.type == "SET" or (recurring and joined)
        if recurring or not has_place(time):
            continue
        if asides.has(time, first, stop) or first == aside_until > 0:
            aside_until = stop  # what stands right behind shares its lot: "dem Mai", "2019"
            continue
        days = _bounded(time, _side(first, stop, words, rules), today)
        bounded = days != Days(time.earliest, time.latest)
        found.append(Placed(time, first, stop, days, bounded))
    return found


def _bounded(time: TimeExpression, bound: Bound | None, today: date | None) -> Days:
    """The days of a time with the word before it."""
    days = Days(time.earliest, time.latest)
    if time.type == "DURATION":
        return days
    shift = timedelta(days=1 if time.type == "DATE" else 0)
    match bound:
        case "until":
            return Days(None, days.latest)
        case "since":
            return Days(days.earliest, None if is_before(today, days.earliest) else today)
        case "phrase":
            return Days(days.earliest, None)
        case "before" if days.earliest is not None and days.earliest > date.min:
            return Days(None, days.earliest - shift)
        case "after" if days.latest is not None and days.latest < date.max:
            return Days(days.latest + shift, None)
    return days


def _side(first: int, stop: int, words: Words, rules: TimelineRules) -> Bound | None:
    """On which side of the time its clause is, from the words before it."""
    at = first - 1
    while at >= 0 and first - at <= _FILLER_REACH and words.lower[at] in rules.fillers:
        opens = words.lower[at] in rules.bounds
        if opens and (at == 0 or words.lower[at - 1] not in rules.bounds):
            break
        at -= 1
    if at < 0:
        return None
    word = words.lower[at]
    if word in rules.classes["before-time"]:
        behind = words.lower[stop] if stop < len(words) else ""
        return "since" if behind in rules.classes["behind-time"] else None
    if word not in rules.bounds:
        return _side_of_phrase(at, words, rules)
    if rules.bounds[word] == "until" and at and words.codes[at - 1] == "t":
        return None  # the end of a range; merged with its beginning
    return rules.bounds[word]


def _side_of_phrase(at: int, words: Words, rules: TimelineRules) -> Bound | None:
    """ "Nach der Flucht am Freitag suchte …": the clause is not on that day, but from it on."""
    if "N" not in words.codes[max(0, at - 1) : at + 1]:
        return None
    for index in range(at, max(-1, at - _PHRASE_REACH), -1):
        if words.codes[index] == "R" and (index == 0 or words.codes[index - 1] in ",;qKFwTEtpD"):
            opens = rules.bounds.get(words.lower[index]) in ("after", "since")
            return "phrase" if opens and words.codes[index + 1] == "D" else None
        if words.codes[index] not in "NDARxa#":
            return None
    return None


def merged(
    placed: Sequence[Placed], words: Words, core: range, rules: TimelineRules
) -> list[Placed]:
    """The times of one clause as one for each event it tells of.

    A range or list counts from its first to its last day; times that agree ("am Montag um
    20 Uhr") on the days they share, under the id of the most specific one. Where times
    contradict each other, those go that may belong to a noun ("nach der Flucht am Freitag
    kündigte er heute …") or stand outside `core`, the part of the clause with its verb.
    """
    found: list[Placed] = []
    for item in placed:
        before = found[-1] if found else None
        if before is not None and before.stop + 1 >= item.first:
            before, item = _on_the_day_named(before, item)
        if before is not None and before.days.meets(item.days):
            found[-1] = _agreed(before, item)
        elif before is not None and _joint(before.stop, item.first, words, rules):
            days = before.days.hull(item.days)
            found[-1] = Placed(before.time, before.first, item.stop, days, before.bounded)
        else:
            found.append(item)
    if len(found) > 1:
        found = [item for item in found if not _is_aside(item, words, core)] or found
    return found


def _on_the_day_named(before: Placed, item: Placed) -> tuple[Placed, Placed]:
    """ "um 17 Uhr am Freitag": the hour is of the day beside it, not of that of publication."""
    if _is_hour_of_publication(before.time):
        return replace(before, days=item.days), item
    if _is_hour_of_publication(item.time):
        return before, replace(item, days=before.days)
    return before, item


def _is_hour_of_publication(time: TimeExpression) -> bool:
    return time.type == "TIME" and ":" in time.value and time.anchor == "publication"


def _agreed(before: Placed, item: Placed) -> Placed:
    chosen = min(before, item, key=lambda one: (one.days.width, one.time.type != "TIME", one.first))
    days = before.days.within(item.days)
    if before.bounded and item.time.type == "TIME":
        days = before.days  # "bis Freitag um 20 Uhr", "seit Mai von 8 Uhr an"
    return Placed(chosen.time, before.first, item.stop, days, before.bounded)


def _is_aside(item: Placed, words: Words, core: range) -> bool:
    if core and item.first not in core:
        return True
    return item.first > 1 and words.codes[item.first - 2 : item.first] == ["N", "R"]


def _joint(stop: int, first: int, words: Words, rules: TimelineRules) -> bool:
    """Whether a time that ends before `stop` and one from `first` on are a range or a list."""
    if not 0 < first - stop <= _JOINT_REACH:
        return False
    ranges = rules.classes["range-mark"] | rules.classes["night-mark"]
    marks = {
        words.lower[at]
        for at in range(stop, first)
        if words.codes[at] not in "RD" or words.lower[at] in ranges
    }
    return bool(marks) and marks <= ranges | rules.classes["list-mark"]
