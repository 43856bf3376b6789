"""The days of a forecast: from the times in its clause, counted from publication."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from beleg.layers.forecasts.reading import Reading
from beleg.records import Dating, TimeExpression, Window
from beleg.rules.forecast_rules import ForecastRules

_BEFORE = 3  # tokens before a time in which its preposition stands ("bis spätestens zum")
_PERIOD = re.compile(r"P(\d{1,3})([DWMY])$")
_NIGHT = "TNI"  # ends the value of a night, which lasts into the next day
_MONTHS = {"M": 1, "Y": 12}
_DAYS = {"D": 1, "W": 7}
When = Literal["past", "now", "future"]


@dataclass(frozen=True, slots=True)
class Today:
    """The days on which the article can have been written; either may be unknown."""

    first: date | None
    last: date | None

    @classmethod
    def of(cls, published: date | None, dating: Dating) -> Today:
        if published is not None:
            return cls(published, published)
        return cls(dating.earliest, dating.latest)

    @property
    def day(self) -> date | None:
        """The day, if it is known exactly."""
        return self.first if self.first == self.last else None


def when(time: TimeExpression, today: Today) -> When | None:
    """Whether a time lies before, around or after publication; None if that is unknown."""
    if time.latest is not None and today.first is not None and time.latest < today.first:
        return "past"
    if time.value == "FUTURE_REF" or is_ahead(time, today):
        return "future"
    if time.earliest is None or today.last is None:
        return None
    if time.earliest > today.last:
        return "future"
    return "now"


def is_ahead(time: TimeExpression, today: Today) -> bool:
    """Whether a stretch of time tells when: "in drei Wochen", "in den nächsten Wochen"."""
    if time.type != "DURATION" or time.earliest is None or today.last is None:
        return False
    return time.earliest >= today.last and time.earliest != time.latest


def word_before(reading: Reading, token: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands before the token, in the same phrase."""
    for index in range(token, max(-1, token - 1 - _BEFORE), -1):
        if reading.lower[index] in words:
            return True
        if index < token and reading.codes[index] not in "tRDxat#":
            return False
    return False


def window_of(
    time: TimeExpression, reading: Reading, token: int, today: Today, rules: ForecastRules
) -> Window | None:
    """The window a time gives: "im Herbst" both ends, "bis Juni" the last, "ab Juni" the first day.

    token: index of the time's first token. A period behind "binnen" counts from publication
    if that day is known. None where no day is known.
    """
    earliest, latest = time.earliest, time.latest
    running = when(time, today) == "now"
    if (running and _is_attribute(reading, token)) or _is_exceeded(reading, token, rules):
        return None
    until = word_before(reading, token, rules.classes["until"])
    if time.type == "DURATION" and not is_ahead(time, today):
        if not until:
            return None
        if latest is None and today.day is not None:
            latest = _later(today.day, time.value)
    if time.value.endswith("_REF"):
        return None  # "bald", "derzeit": no day
    if earliest is not None and word_before(reading, token, rules.classes["before"]):
        latest = earliest - timedelta(days=1) if earliest > date.min else earliest
        earliest = None
    elif until or time.mod == "BEFORE":
        earliest = None
    elif (
        word_before(reading, token, rules.classes["from"])
        or time.mod == "AFTER"
        or _goes_onward(reading, token, rules)
    ):
        latest = None
    elif latest is not None and time.value.endswith(_NIGHT) and latest < date.max:
        latest += timedelta(days=1)
    if earliest is not None and today.last is not None and latest is not None:
        earliest = max(earliest, today.last) if latest >= today.last else earliest
    if earliest is None and latest is None:
        return None
    return Window(earliest=earliest, latest=latest)


def _is_attribute(reading: Reading, token: int) -> bool:
    """ "des Haushalts 2010": a bare year behind a noun tells of the noun, if it runs."""
    bare = reading.lower[token].isdigit()
    return bare and token > 0 and reading.codes[token - 1] == "N"


def _is_exceeded(reading: Reading, token: int, rules: ForecastRules) -> bool:
    """ "länger als bis 2013": the time is not the last day."""
    before = reading.lower[max(0, token - _BEFORE) : token]
    return not rules.classes["comparison"].isdisjoint(before) and not rules.classes[
        "until"
    ].isdisjoint(before)


def _goes_onward(reading: Reading, token: int, rules: ForecastRules) -> bool:
    """ "vom 9. Mai an": the particle behind the time."""
    after = token
    while after < len(reading.codes) and reading.codes[after] == "t":
        after += 1
    opens = token > 0 and reading.lower[token - 1] in rules.classes["no-anchor"]
    return opens and after < len(reading.codes) and reading.lower[after] in rules.classes["onward"]


def _later(day: date, value: str) -> date | None:
    period = _PERIOD.match(value)
    if period is None:
        return None
    count, unit = int(period[1]), period[2]
    if unit in _DAYS:
        days = count * _DAYS[unit]
        return day + timedelta(days=days) if days <= (date.max - day).days else None
    months = day.month - 1 + count * _MONTHS[unit]
    year, month = day.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def times_by_sentence(
    times: Sequence[TimeExpression], ends: Sequence[int]
) -> list[Sequence[TimeExpression]]:
    """The times that begin in each sentence; `ends`: where the sentences end, in order."""
    found: list[Sequence[TimeExpression]] = []
    at = 0
    for end in ends:
        first = at
        while at < len(times) and times[at].span.start < end:
            at += 1
        found.append(times[first:at])
    return found
