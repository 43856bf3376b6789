"""Periods of the calendar: their TIMEX3 values, first and last days, and neighbours.

Values follow TIMEX3 (TimeML 1.2.1, ISO 8601 with the TIDES additions for seasons,
quarters, halves and weekends): 2024-03-07, 2024-03, 2024-Q1, 2024-H1, 2024-SP, 2024,
202 (decade), 20 (the hundred years 2000–2099), 2024-W10, 2024-W10-WE, BC0490.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Grain = Literal["D", "W", "WE", "M", "SEASON", "Q", "H", "Y", "DE", "CE", "ML"]

# First and last month; winter runs into the next year.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_MONTHS_OF = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
DAYS_OF = {"D": 1, "W": 7, "WE": 7, "M": 30, "Q": 91, "SEASON": 91, "H": 182, "Y": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    first, last: inclusive days; None before the year 1 and after 9999.
    """

    grain: Grain
    value: str
    first: date | None
    last: date | None


def day(day_: date) -> Period:
    """One day."""
    return Period("D", day_.isoformat(), day_, day_)


def calendar_day(year: int, month: int, number: int) -> Period | None:
    """A day by its numbers; None if the calendar has no such day."""
    if year < MINYEAR:
        if not 1 <= number <= 31:
            return None
        return Period("D", f"{year_value(year)}-{month:02}-{number:02}", None, None)
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def year_value(year: int) -> str:
    """Four digits; years before Christ as BC0490 (year 0 is 1 BC)."""
    return f"{year:04}" if year > 0 else f"BC{1 - year:04}"


def _from_months(grain: Grain, value: str, start: int, count: int) -> Period:
    """A period of whole months; `start` counts months since January of the year 0."""
    first_year, first_month = divmod(start, 12)
    last_year, last_month = divmod(start + count - 1, 12)
    if first_year < MINYEAR or last_year > MAXYEAR:
        inside = date(MINYEAR, 1, 1) if MINYEAR <= last_year <= MAXYEAR else None
        last = _month_end(last_year, last_month + 1) if inside else None
        return Period(grain, value, inside, last)
    return Period(
        grain, value, date(first_year, first_month + 1, 1), _month_end(last_year, last_month + 1)
    )


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return _from_months("M", f"{year_value(year)}-{number:02}", year * 12 + number - 1, 1)


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return _from_months("Q", f"{year_value(year)}-Q{number}", year * 12 + 3 * (number - 1), 3)


def half(year: int, number: int) -> Period:
    """A half-year, 1 or 2."""
    return _from_months("H", f"{year_value(year)}-H{number}", year * 12 + 6 * (number - 1), 6)


def season(year: int, name: str, *, winter_ends: bool = False) -> Period:
    """A season by its months (meteorological).

    The winter of a year begins in its December, or with `winter_ends` ended in its
    February: a text of March calls the winter just over by its own year.
    """
    first, last = SEASON_MONTHS[name]
    start = year * 12 + first - 1
    if name == "WI" and winter_ends:
        start -= 12
    return _from_months("SEASON", f"{year_value(year)}-{name}", start, last - first + 1)


def year(number: int) -> Period:
    """A calendar year; 0 and below are years before Christ."""
    return _from_months("Y", year_value(number), number * 12, 12)


def decade(first_year: int) -> Period:
    """Ten years, from a year divisible by ten."""
    return _from_months("DE", f"{first_year // 10:03}", first_year * 12, 120)


def century(ordinal: int, *, before_christ: bool = False) -> Period:
    """The ordinal-th century; the value names its years 19xx, as the corpora do."""
    if before_christ:
        return Period("CE", f"BC{ordinal - 1:02}", None, None)
    # The 20th century: value 19. Its days are taken as 1901–2000 and 1900 both, the usage varies.
    start = (ordinal - 1) * 1200
    wide = _from_months("CE", f"{ordinal - 1:02}", start, 1212)
    return Period("CE", wide.value, wide.first, wide.last)


def millennium(ordinal: int) -> Period:
    """The ordinal-th thousand years."""
    return _from_months("ML", f"{ordinal - 1}", (ordinal - 1) * 12000, 12000)


def week(day_: date) -> Period:
    """The ISO week (Monday to Sunday) of a day."""
    iso = day_.isocalendar()
    monday = day_ - timedelta(days=day_.weekday())
    last = monday + timedelta(days=6) if monday < date.max - timedelta(days=6) else date.max
    return Period("W", f"{iso.year:04}-W{iso.week:02}", monday, last)


def week_number(year_: int, number: int) -> Period | None:
    """The ISO week by its number; None if the year has no such week."""
    try:
        return week(date.fromisocalendar(year_, number, 1))
    except ValueError:
        return None


def weekend(day_: date) -> Period:
    """Saturday and Sunday of the ISO week of a day."""
    whole = week(day_)
    if whole.first is None or whole.last is None:
        return whole
    saturday = shift_day(whole.first, "D", 5)
    # The calendar ends on a Friday, 31 December 9999.
    last = whole.last if saturday else None
    return Period("WE", whole.value + "-WE", saturday, last)


def season_of(day_: date) -> str:
    """The season a day lies in."""
    return ("WI", "SP", "SU", "FA")[day_.month % 12 // 3]


def containing(grain: Grain, day_: date) -> Period:
    """The period of that grain a day lies in."""
    match grain:
        case "D":
            return day(day_)
        case "W":
            return week(day_)
        case "WE":
            return weekend(day_)
        case "M":
            return month(day_.year, day_.month)
        case "SEASON":
            return season(day_.year, season_of(day_), winter_ends=day_.month < 3)
        case "Q":
            return quarter(day_.year, (day_.month + 2) // 3)
        case "H":
            return half(day_.year, 1 if day_.month < 7 else 2)
        case "Y":
            return year(day_.year)
        case "DE":
            return decade(day_.year // 10 * 10)
        case "CE":
            return century(day_.year // 100 + 1)
        case "ML":
            return millennium(day_.year // 1000 + 1)


def shift_day(day_: date, grain: Grain, count: float) -> date | None:
    """The day `count` units away; the day of the month is clamped. None outside the calendar."""
    try:
        if grain in ("D", "W", "WE", "SEASON"):
            return day_ + timedelta(days=round(count * DAYS_OF[grain]))
        months = round(count * _MONTHS_OF[grain])
        year_, month_ = divmod(day_.year * 12 + day_.month - 1 + months, 12)
        if not MINYEAR <= year_ <= MAXYEAR:
            return None
        return date(year_, month_ + 1, min(day_.day, monthrange(year_, month_ + 1)[1]))
    except OverflowError:
        return None


def shifted(grain: Grain, day_: date, count: int) -> Period | None:
    """The period of that grain `count` periods after the one the day lies in."""
    moved = shift_day(day_, grain, count)
    return containing(grain, moved) if moved is not None else None


def slack_days(grain: Grain) -> int:
    """How far "vor drei Jahren" may miss the day: half a unit; days are exact.

    Wording never gives a finer grain than its unit.
    """
    if grain == "D":
        return 0
    return round(DAYS_OF.get(grain, 365 * 10) / 2)


def halves(period: Period, position: str) -> tuple[date | None, date | None]:
    """The days of the first (START) or second (END) half; the first has the day more."""
    if period.first is None or period.last is None:
        return period.first, period.last
    turn = period.first + timedelta(days=(period.last - period.first).days // 2)
    return (period.first, turn) if position == "START" else (turn + timedelta(days=1), period.last)


def thirds(period: Period, position: str) -> tuple[date | None, date | None]:
    """The days meant by Anfang (START), Mitte (MID) and Ende (END): a third each."""
    if period.first is None or period.last is None:
        return period.first, period.last
    length = (period.last - period.first).days + 1
    third = max(1, round(length / 3))
    if position == "START":
        return period.first, period.first + timedelta(days=third - 1)
    if position == "END":
        return period.last - timedelta(days=third - 1), period.last
    aside = timedelta(days=min(third, length - 1))
    middle = period.first + aside
    return middle, max(middle, period.last - aside)
