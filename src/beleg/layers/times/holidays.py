"""Holidays and feasts, by the rules of rules/de/holidays.toml."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta

from beleg.layers.times import periods
from beleg.layers.times.reading import (
    Context,
    Fields,
    Reading,
    of_period,
    unresolved,
    with_time,
    year_named,
)

_LONG_OVER = 31  # days


def holiday(fields: Fields, context: Context) -> Reading | None:
    """A holiday: in the year named, else by tense, else the nearest to publication."""
    number, how, anchor = year_named(fields, context)
    if number is None:
        base, anchor = context.base()
        if base is None:
            return unresolved("XXXX-XX-XX")
        number, how = _holiday_year(fields, base, context)
    found = holiday_in(fields, number)
    if found is None:
        return None
    if fields.get("days", 1) > 1:
        last = periods.shift_day(found, "D", int(fields["days"]) - 1)
        return Reading(
            type="DATE",
            value=found.isoformat(),
            first=found,
            last=last,
            anchor=anchor,
            how=how,
            focus=periods.day(found),
        )
    reading = of_period(periods.day(found), how=how, anchor=anchor)
    return with_time(reading, str(fields["part"])) if "part" in fields else reading


def _holiday_year(fields: Fields, base: date, context: Context) -> tuple[int, str]:
    if context.mode == "narrative":
        return base.year, "previous"
    step = int(fields.get("lean", {"past": -1, "future": 1}.get(context.tense or "", 0)))
    days = {year: holiday_in(fields, year) for year in (base.year - 1, base.year, base.year + 1)}
    known = {year: day for year, day in days.items() if day is not None}
    if step < 0:
        return max((y for y, d in known.items() if d <= base), default=base.year), "last"
    if step > 0:
        return min((y for y, d in known.items() if d >= base), default=base.year), "next"
    nearest = min(known, key=lambda year: abs((known[year] - base).days), default=base.year)
    # What is told in the present tense of a feast long over is still to come.
    if context.tense == "present" and (base - known.get(nearest, base)).days > _LONG_OVER:
        return nearest + 1, "next"
    return nearest, "nearest"


def easter(year_: int) -> date | None:
    """Easter Sunday (Gregorian). Source: dateutil.easter, Western method, 1583 to 4099."""
    from dateutil.easter import easter as easter_sunday

    return easter_sunday(year_) if 1583 <= year_ <= 4099 else None


def holiday_in(rule: Fields, year_: int) -> date | None:
    """The day of a holiday in a year, from its table row.

    Rules: easter (days after Easter Sunday), month+day, or month+weekday+nth (the nth such
    weekday of the month, from the end if negative), advent (nth Sunday of Advent), then
    `plus` days. None if the calendar has no such day.
    """
    if not MINYEAR <= year_ <= MAXYEAR or not 1 <= int(rule.get("advent", 1)) <= 4:
        return None
    found: date | None = None
    if "easter" in rule:
        sunday = easter(year_)
        found = sunday + timedelta(days=int(rule["easter"])) if sunday else None
    elif "advent" in rule:
        fourth = date(year_, 12, 24) - timedelta(days=date(year_, 12, 24).isoweekday() % 7)
        found = fourth - timedelta(days=7 * (4 - int(rule["advent"])))
    elif "nth" in rule:
        found = _nth_weekday(year_, int(rule["month"]), int(rule["weekday"]), int(rule["nth"]))
    else:
        found = date(year_, int(rule["month"]), int(rule["day"]))
    return periods.shift_day(found, "D", int(rule.get("plus", 0))) if found else None


def _nth_weekday(year_: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year_, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = periods.month(year_, month).last
    if last is None:
        raise ValueError(f"no calendar for the year {year_}")
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-nth - 1))
