"""TIMEX3 values in words: "2024-W10" is "Woche 4.–10. März 2024", "P3M" is "3 Monate"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from beleg.report.days import day, stretch
from beleg.report.words import Words

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PART_OF_YEAR = re.compile(r"(\d{4})-(?:([QH])(\d)|(SP|SU|FA|WI))")
_YEARS = re.compile(r"\d{2,4}")
_BEFORE_CHRIST = re.compile(r"BC(\d{2,4})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
_LENGTH = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?|X{1,4})(DE|CE|WE|SU|WI|NI|EV|MO|[YMWDQHS])")
_WEEKDAY = re.compile(r"XXXX-WXX-0?([1-7])")
_EVERY_DAY = "XXXX-XX-XXT"
_EVERY_WEEKEND = "XXXX-WXX-WE"
_YEARLY = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
_YEARLY_SEASON = re.compile(r"XXXX-(SP|SU|FA|WI)")

# About when the parts of a day begin; only for putting them in order.
_PART_STARTS = {
    "MO": "06:00",
    "DT": "09:00",
    "MI": "12:00",
    "AF": "14:00",
    "EV": "18:00",
    "NI": "22:00",
}

# Leap year: holds every day a calendar can name.
_ANY_YEAR = 2024


@dataclass(frozen=True)
class Unit:
    """A calendar unit a value names.

    kind: a [unit.*] table of the translations.
    fields: what its templates need.
    spelt: the name already says exactly which days, so a range beside it adds nothing.
    """

    kind: str
    fields: dict[str, object] = field(default_factory=dict)
    spelt: bool = True


def unit_of(value: str, words: Words) -> Unit | None:
    """The calendar unit of a DATE or TIME value; None where the value names none."""
    for read in (_read_day, _read_week, _read_month, _read_part_of_year, _read_years, _read_bc):
        unit = read(value, words)
        if unit is not None:
            return unit
    return None


def unit_name(unit: Unit, mod: str | None, words: Words) -> str:
    """The unit in words, with its modifier: "Anfang Mai 2024"."""
    forms = {
        form: words.say(f"unit.{unit.kind}.{form}", **unit.fields) for form in ("name", "of", "at")
    }
    key = f"mod.{mod}"
    return words.say(key, **forms) if mod and words.has(key) else forms["name"]


def _read_day(value: str, words: Words) -> Unit | None:
    match = _DAY.fullmatch(value)
    if match is None:
        return None
    try:
        when = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    text = day(when, words, weekday=True)
    clock = _clock(match[4], words) if match[4] else None
    if clock is not None:
        text = words.say("day.at", date=text, clock=clock)
    return Unit("day", {"date": text})


def _clock(text: str, words: Words) -> str | None:
    """Time of day in words: "14.30 Uhr", "am Abend"; None if not understood."""
    if words.has(f"part.{text}"):
        return words.say(f"part.{text}")
    match = _CLOCK.match(text)
    if match is None:
        return None
    if match[2] in (None, "00"):
        return words.say("day.clock_hour", hour=int(match[1]))
    return words.say("day.clock", hour=int(match[1]), minute=match[2])


def time_of_day(value: str, words: Words) -> tuple[str, str] | None:
    """A key to sort by and the words ("14.30 Uhr", "am Abend"); None if the value has none."""
    _, _, text = value.partition("T")
    shown = _clock(text, words) if text and not value.startswith("P") else None
    if shown is None:
        return None
    match = _CLOCK.match(text)
    key = f"{int(match[1]):02}:{match[2] or '00'}" if match else _PART_STARTS[text]
    return key, shown


def _read_week(value: str, words: Words) -> Unit | None:
    match = _WEEK.fullmatch(value)
    if match is None:
        return None
    kind = "weekend" if match[3] else "week"
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first = monday + timedelta(days=5 if match[3] else 0)
        days = stretch(first, monday + timedelta(days=6), words)
    except (ValueError, OverflowError):
        fields = {"nth": words.nth(int(match[2])), "year": match[1]}
        return Unit(f"{kind}_number", fields, spelt=False)
    return Unit(kind, {"date": days})


def _read_month(value: str, words: Words) -> Unit | None:
    match = _MONTH.fullmatch(value)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    name = words.pick("months.names", int(match[2]) - 1)
    return Unit("month", {"month": name, "year": int(match[1])})


def _read_part_of_year(value: str, words: Words) -> Unit | None:
    match = _PART_OF_YEAR.fullmatch(value)
    if match is None:
        return None
    if match[4]:
        fields = {"season": words.say(f"season.{match[4]}"), "year": int(match[1])}
        return Unit("season", fields, spelt=False)
    kind = "quarter" if match[2] == "Q" else "half"
    return Unit(kind, {"nth": words.nth(int(match[3])), "year": int(match[1])}, spelt=False)


def _read_years(value: str, words: Words) -> Unit | None:
    if _YEARS.fullmatch(value) is None:
        return None
    number = int(value)
    if len(value) == 4:
        return Unit("year", {"year": number})
    if len(value) == 3:
        return Unit("decade", {"year": number * 10})
    return Unit("century", {"nth": words.nth(number + 1)})


def _read_bc(value: str, words: Words) -> Unit | None:
    match = _BEFORE_CHRIST.fullmatch(value)
    if match is None:
        return None
    number = int(match[1])
    if len(match[1]) == 2:
        return Unit("bc_century", {"nth": words.nth(number + 1)})
    return Unit("bc", {"year": number * 10 if len(match[1]) == 3 else number})


def length_name(value: str, mod: str | None, words: Words) -> str | None:
    """A DURATION value in words: "mehr als 3 Monate"; None if not understood."""
    parts = _lengths(value)
    if parts is None:
        return None
    name = " ".join(_one_length(number, unit, words) for number, unit in parts)
    key = f"mod.{mod}"
    return words.say(key, name=name, of=name, at=name) if mod and words.has(key) else name


def _one_length(number: str, unit: str, words: Words) -> str:
    if number.startswith("X"):
        return words.say(f"length_open.{unit}")
    shown = number.replace(".", ",") if words.ui == "de" else number.replace(",", ".")
    return words.count(f"length.{unit}", 1 if number == "1" else 2, shown)


def _lengths(value: str) -> list[tuple[str, str]] | None:
    """Numbers and units of a P… value, minutes as MIN to tell them from months."""
    if not value.startswith("P") or len(value) > 60:
        return None
    days, _, clock = value[1:].partition("T")
    parts: list[tuple[str, str]] = []
    for text, is_clock in ((days, False), (clock, True)):
        position = 0
        while position < len(text):
            match = _LENGTH.match(text, position)
            if match is None:
                return None
            # PT2M are minutes; mornings ("PT1MO") were already taken as MO.
            parts.append((match[1], "MIN" if is_clock and match[2] == "M" else match[2]))
            position = match.end()
    return parts or None


def set_name(value: str, words: Words) -> str | None:
    """A SET value in words: "jeden Freitag", "alle 2 Wochen"; None if not understood."""
    if match := _WEEKDAY.match(value):
        name = words.pick("weekdays.every", int(match[1]) - 1)
        _, _, clock = value.partition("T")
        part = _clock(clock, words) if clock else None
        return words.say("day.at", date=name, clock=part) if part else name
    if value.startswith(_EVERY_DAY) and (part := _clock(value.removeprefix(_EVERY_DAY), words)):
        return words.say("day.at", date=words.say("every.D"), clock=part)
    if value == _EVERY_WEEKEND:
        return words.say("every.WE")
    if match := _YEARLY_SEASON.fullmatch(value):
        return words.say("every.season", season=words.say(f"season.{match[1]}"))
    if match := _YEARLY.fullmatch(value):
        return _yearly(int(match[1]), match[2], words)
    parts = _lengths(value)
    if parts is None:
        return None
    if len(parts) == 1 and parts[0][0] == "1" and words.has(f"every.{parts[0][1]}"):
        return words.say(f"every.{parts[0][1]}")
    return words.say("every.length", name=length_name(value, None, words))


def _yearly(month: int, day_of_month: str | None, words: Words) -> str | None:
    try:
        when = date(_ANY_YEAR, month, int(day_of_month or 1))
    except ValueError:
        return None
    if day_of_month is None:
        return words.say("every.month", month=words.pick("months.names", month - 1))
    return words.say("every.day", date=day(when, words, year=False))
