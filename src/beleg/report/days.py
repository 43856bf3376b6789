"""Days and stretches of days in words."""

from __future__ import annotations

import calendar
from datetime import date

from beleg.report.words import Words


def day(when: date, words: Words, *, weekday: bool = False, year: bool = True) -> str:
    """One day: "3. März 2024", with the weekday before it, or without the year."""
    text = words.say(
        "day.full" if year else "day.short",
        d=when.day,
        month=words.pick("months.names", when.month - 1),
        year=when.year,
    )
    if weekday:
        text = words.say(
            "day.weekday", weekday=words.pick("weekdays.names", when.weekday()), date=text
        )
    return text


def stretch(
    earliest: date | None,
    latest: date | None,
    words: Words,
    *,
    year: bool = True,
    weekday: bool = True,
) -> str | None:
    """The days from `earliest` to `latest` in the shortest clear words; None if both are open.

    Whole months and years are named as such. year=False leaves out the year unless the ends lie in
    different ones, for lists that already show it. weekday: name it for one day.
    """
    if earliest is None and latest is None:
        return None
    if earliest is None or latest is None:
        return _half_open(earliest, latest, words, year=year)
    if earliest == latest:
        return day(earliest, words, weekday=weekday, year=year)
    return _whole_units(earliest, latest, words, year=year) or _days(
        earliest, latest, words, year=year
    )


def _half_open(earliest: date | None, latest: date | None, words: Words, *, year: bool) -> str:
    if earliest is not None:
        return words.say("day.from", start=day(earliest, words, year=year))
    if latest is not None:
        return words.say("day.until", end=day(latest, words, year=year))
    raise ValueError("both ends are open")


def between(earliest: date, latest: date, words: Words) -> str:
    """Some day not before `earliest` and not after `latest`."""
    same_year = earliest.year == latest.year
    return words.say(
        "day.between",
        start=day(earliest, words, year=not same_year),
        end=day(latest, words),
    )


def _whole_units(earliest: date, latest: date, words: Words, *, year: bool) -> str | None:
    if earliest.day != 1 or latest.day != calendar.monthrange(latest.year, latest.month)[1]:
        return None
    if (earliest.month, latest.month) == (1, 12):
        if earliest.year == latest.year:
            return words.say("day.bare_year", year=earliest.year)
        return words.say("day.years", start=earliest.year, end=latest.year)
    last = _month(latest, words, year=year)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return last
    first = _month(earliest, words, year=earliest.year != latest.year)
    return words.say("day.range", start=first, end=last)


def _month(when: date, words: Words, *, year: bool) -> str:
    name = words.pick("months.names", when.month - 1)
    return words.say("day.month", month=name, year=when.year) if year else name


def _days(earliest: date, latest: date, words: Words, *, year: bool) -> str:
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return words.say(
            "day.in_month" if year else "day.in_month_short",
            d1=earliest.day,
            d2=latest.day,
            month=words.pick("months.names", latest.month - 1),
            year=latest.year,
        )
    same_year = earliest.year == latest.year
    return words.say(
        "day.range",
        start=day(earliest, words, year=not same_year),
        end=day(latest, words, year=year or not same_year),
    )


def gap(days: int, words: Words) -> str:
    """A distance of `days` in words, in the coarsest unit that counts at least two."""
    for key, length in (("gap.years", 365.25), ("gap.months", 30.44)):
        if days >= 2 * length:
            return words.say(key, n=round(days / length))
    return words.say("gap.days", n=days)
