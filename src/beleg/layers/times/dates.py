"""Calendar dates: days, months, years, decades, centuries, seasons, parts of the year."""

from __future__ import annotations

from datetime import date

from beleg.layers.times import periods
from beleg.layers.times.periods import Period
from beleg.layers.times.reading import (
    PREVIOUS,
    PUBLICATION,
    Context,
    Fields,
    Reading,
    of_period,
    position,
    unresolved,
    with_time,
    year_named,
)

_HISTORIC_REACH = 3  # sentences a named earlier year reaches
_DECADE_OVER = 15  # years after its begin from which a decade is spoken of by its bare name
_NEAR_DAYS = 60  # a day and month this close to publication means that one


def calendar_date(fields: Fields, context: Context) -> Reading | None:
    """A month or a day of a month, with or without year, weekday and part of the day."""
    year, how, anchor = year_named(fields, context)
    month = fields.get("month")
    if month is None:
        reading = _day_alone(fields, context)
        return (
            with_time(reading, str(fields["daypart"]))
            if reading and "daypart" in fields
            else reading
        )
    day = fields.get("day")
    mod = position(fields)
    if year is None:
        year, how, anchor = _year_meant(fields, context)
    if year is None:
        value = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
        return unresolved(value, mod=mod) if day is None or day <= 31 else None
    period = periods.calendar_day(year, month, day) if day else periods.month(year, month)
    if period is None:
        return None
    reading = of_period(period, how=how, anchor=anchor, mod=mod)
    return with_time(reading, str(fields["daypart"])) if "daypart" in fields else reading


def _day_alone(fields: Fields, context: Context) -> Reading | None:
    """ "am 27." in the month spoken of last."""
    focus = context.focus.period
    if focus is None or focus.first is None or focus.grain not in ("D", "M"):
        return None
    period = periods.calendar_day(focus.first.year, focus.first.month, fields["day"])
    return of_period(period, how="previous", anchor=PREVIOUS) if period else None


def _year_meant(fields: Fields, context: Context) -> tuple[int | None, str, str | None]:
    """The year of a date that names none."""
    month, day = int(fields["month"]), fields.get("day")
    focus = context.focus_day()
    if focus is not None and (context.mode == "narrative" or _historic(focus, context)):
        return _year_after_focus(focus, month), "previous", PREVIOUS
    published = context.published
    if published is None:
        return None, "open", None
    weekday = fields.get("weekday")
    if weekday and day:
        year = _year_by_weekday(published, month, int(day), int(weekday))
        if year is not None:
            return year, "weekday", PUBLICATION
    if day and (near := _near_year(published, month, int(day))) is not None:
        return near, "nearest", PUBLICATION
    if "until" in context.cues:
        return _nearest_year(published, month, day), "nearest", PUBLICATION
    if context.tense == "past" or ("lean" in fields and fields["lean"] < 0):
        return _last_year(published, month, day), "last", PUBLICATION
    if context.tense == "future" or ("lean" in fields and fields["lean"] > 0):
        return _next_year(published, month, day), "next", PUBLICATION
    return _nearest_year(published, month, day), "nearest", PUBLICATION


def _historic(focus: date, context: Context) -> bool:
    """Whether the story is in an earlier year: it was named with a date a sentence or two ago."""
    return (
        context.published is not None
        and focus.year < context.published.year - 2
        and context.tense == "past"
        and context.focus.dated_sentence is not None
        and context.sentence - context.focus.dated_sentence <= _HISTORIC_REACH
    )


def _near_year(published: date, month: int, day: int) -> int | None:
    """The year in which the day lies close to publication, whatever the tense says."""
    for year in (published.year, published.year - 1, published.year + 1):
        try:
            if abs((date(year, month, day) - published).days) <= _NEAR_DAYS:
                return year
        except ValueError:
            continue
    return None


def _year_after_focus(focus: date, month: int) -> int:
    """Narratives move forward: a month well before the focus belongs to the next year.

    Seven months are allowed backwards; source: times-history, dates without a year.
    """
    return focus.year + 1 if focus.month - month > 9 else focus.year


def _year_by_weekday(published: date, month: int, day: int, weekday: int) -> int | None:
    """The year around publication in which the day falls on that weekday.

    None if there is none: then the weekday or the date is wrong, which the dating layer
    reports, and a far year would be wrong for certain.
    """
    for year in (published.year, published.year - 1, published.year + 1):
        try:
            if date(year, month, day).isoweekday() == weekday:
                return year
        except ValueError:
            continue
    return None


def _last_year(published: date, month: int, day: int | None) -> int:
    reached = (month, day or 1) <= (published.month, published.day)
    return published.year if reached else published.year - 1


def _next_year(published: date, month: int, day: int | None) -> int:
    ahead = (month, day or 31) >= (published.month, published.day)
    return published.year if ahead else published.year + 1


def _nearest_year(published: date, month: int, day: int | None) -> int:
    if day is None:
        # Without tense a month belongs to the running year; half a year off it is the nearer one.
        distance = month - published.month
        return published.year + (1 if distance < -8 else -1 if distance > 8 else 0)

    def distance_of(year: int) -> int:
        try:
            return abs((date(year, month, day) - published).days)
        except ValueError:
            return 10_000

    return min((published.year, published.year - 1, published.year + 1), key=distance_of)


def year(fields: Fields, context: Context) -> Reading | None:
    """A year by its number, with Anfang/Mitte/Ende, month or season before Christ."""
    number, how, anchor = year_named(fields, context)
    if number is None:
        return None
    if "month" in fields:
        return of_period(periods.month(number, int(fields["month"])), how=how)
    if "season" in fields:
        return of_period(periods.season(number, str(fields["season"])), how=how)
    return of_period(periods.year(number), how=how, anchor=anchor, mod=position(fields))


def year_pair(fields: Fields, _context: Context) -> Reading | None:
    """1998/99 and seasons named after two years."""
    first = int(fields["year"])
    if "year2" not in fields:
        return of_period(periods.year(first), how="explicit")
    second = first // 100 * 100 + int(fields["year2"])
    if second < first:
        second += 100
    if not 1 <= second - first <= 9:
        return None
    start, end = periods.year(first), periods.year(second)
    days = start.first, end.last
    if second == first + 1 and "seasonof" in fields:
        begin, stop = map(int, str(fields["seasonof"]).split("-"))
        days = periods.month(first, begin).first, periods.month(second, stop).last
    return Reading(type="DATE", value=f"{start.value}/{end.value}", first=days[0], last=days[1])


def decade(fields: Fields, context: Context) -> Reading | None:
    """The nineties, the 1920s, also with früh/spät, Anfang/Mitte/Ende."""
    number = int(fields.get("decade", fields.get("decadeword", 0)))
    if "bc" in fields:
        value = f"BC{number // 10:03}"
        return Reading(type="DATE", value=value, mod=position(fields))
    if number < 100:
        reference = context.published
        if context.mode == "narrative" and context.focus_day() is not None:
            reference = context.focus_day()
        century = reference.year // 100 * 100 if reference else 1900
        number += century
        # "die zwanziger Jahre" are the last ones that are over, not those just begun.
        if reference is not None and number > reference.year - _DECADE_OVER:
            number -= 100
    return of_period(periods.decade(number), how="explicit", mod=position(fields))


def century(fields: Fields, _context: Context) -> Reading | None:
    """The 19th century, before or after Christ."""
    ordinal = int(fields["ordinal"])
    mod = position(fields)
    period = periods.century(ordinal, before_christ="bc" in fields)
    return of_period(period, how="explicit", mod=mod)


def season(fields: Fields, context: Context) -> Reading | None:
    """Seasons: with a year, counted (last summer), or by tense."""
    name, _, part = str(fields.get("seasonpart", fields.get("season"))).partition("-")
    mod = part or position(fields)
    number, how, anchor = year_named(fields, context)
    if number is not None:
        period = periods.season(number, name)
        if name == "WI" and how == "explicit" and period.first is not None:
            # "Winter 1940" may be either end of the year; the value keeps the year named.
            wide = Period(period.grain, period.value, date(number, 1, 1), period.last)
            return of_period(wide, how=how, anchor=anchor, mod=mod)
        return of_period(period, how=how, anchor=anchor, mod=mod)
    base, anchor = context.base()
    if base is None:
        return unresolved(f"XXXX-{name}", mod=mod)
    if "follow" in fields:
        return of_period(
            _season_from(base, name, int(fields["follow"])), how="previous", anchor=anchor, mod=mod
        )
    lean = int(fields["lean"]) if "lean" in fields else None
    if lean is None:
        ahead = "until" in context.cues and context.mode == "news"
        lean = 1 if ahead else {"past": -1, "future": 1}.get(context.tense or "", 0)
        if context.tense == "present" and _is_over(_season_from(base, name, 0), base):
            lean = 1  # what is told is still to come
        how = {-1: "last", 1: "next", 0: "same"}[lean]
        inside = periods.season_of(base) == name
        if inside or context.mode == "narrative":
            lean = 0
    else:
        how = "publication"
    return of_period(_season_from(base, name, lean), how=how, anchor=anchor, mod=mod)


def _is_over(period: Period, day: date) -> bool:
    return period.last is not None and period.last < day


def _season_from(base: date, name: str, lean: int) -> Period:
    """The season of that name: the one before the day, after it, or of the same year."""
    same = periods.season(base.year, name, winter_ends=base.month < 7)
    if same.first is None or same.last is None:
        return same
    if lean < 0 and same.first > base:
        return periods.season(base.year - 1, name, winter_ends=base.month < 7)
    if lean < 0 and same.last >= base >= same.first:
        return same
    if lean > 0 and same.last < base:
        return periods.season(base.year if name == "WI" else base.year + 1, name)
    return same


_NEARLY_OVER = 31  # days


def part_of_year(fields: Fields, context: Context) -> Reading | None:
    """Quarters and half-years."""
    kind = str(fields["yearhalf"])
    count = {"H": 2, "Q": 4}[kind]
    part = periods.half if kind == "H" else periods.quarter
    if "lean" in fields:
        base, anchor = context.base()
        if base is None:
            return unresolved(f"XXXX-{kind}X")
        lean = int(fields["lean"])
        if lean < 0 and context.tense == "future":  # the last of the year, not the one before
            return of_period(part(base.year, count), how="same", anchor=anchor)
        period = periods.shifted("H" if kind == "H" else "Q", base, lean)
        return of_period(period, how="publication", anchor=anchor) if period else None
    number = count if "final" in fields else int(fields["number"])
    if not 1 <= number <= count:
        return None
    year_, how, anchor = year_named(fields, context)
    if year_ is None:
        base, anchor = context.base()
        if base is None:
            return unresolved(f"XXXX-{kind}{number}")
        year_, how = base.year, "same"
        same = part(year_, number)
        lasts = (same.last - base).days if same.last is not None else 0
        starts = (same.first - base).days if same.first is not None else 0
        # News looks back on what is over; a story may stand in the middle of it.
        open_ = lasts > _NEARLY_OVER if context.mode == "news" else starts > 0
        if context.tense == "past" and open_:
            year_, how = year_ - 1, "last"
    return of_period(part(year_, number), how=how, anchor=anchor)


def week_number(fields: Fields, context: Context) -> Reading | None:
    """KW 12 of the year of publication."""
    base, anchor = context.base()
    if base is None:
        return unresolved(f"XXXX-W{fields['kw']:02}")
    period = periods.week_number(base.year, int(fields["kw"]))
    return of_period(period, how="same", anchor=anchor) if period else None
