"""Expressions counted from publication or from what was named before."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date

from beleg.layers.times import periods
from beleg.layers.times.periods import Grain, Period
from beleg.layers.times.reading import (
    PREVIOUS,
    PREVIOUS_DAY,
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
from beleg.layers.times.weekdays import weekday_from

_OPEN_VALUE = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "H": "XXXX-HX",
    "Y": "XXXX",
    "DE": "XXX",
    "CE": "XX",
    "ML": "X",
}


def lean(fields: Fields, context: Context) -> Reading | None:
    """Last, this, next week/month/year …, with Anfang/Mitte/Ende."""
    grain: Grain = fields["unit"]
    if grain not in _OPEN_VALUE:
        return None
    steps, mod = int(fields.get("lean", 0)), position(fields)
    base, anchor = context.base()
    if grain == "D" and context.focus.day is not None:
        return _from_focus_day(context, steps)
    if base is None:
        return unresolved(_OPEN_VALUE[grain], mod=mod)
    period = periods.shifted(grain, base, steps)
    if period is None:
        return None
    how = "same" if steps == 0 else "publication" if anchor == PUBLICATION else "previous"
    return of_period(period, how=how, anchor=anchor, mod=mod)


def _from_focus_day(context: Context, steps: int) -> Reading | None:
    day = context.focus.day
    moved = periods.shift_day(day, "D", steps) if day else None
    return of_period(periods.day(moved), how="previous", anchor=PREVIOUS_DAY) if moved else None


def neighbour(fields: Fields, context: Context) -> Reading | None:
    """Vorjahr, Vortag, Folgewoche: one unit before or after."""
    grain, step = str(fields["neighbour"])[0], int(str(fields["neighbour"])[1:])
    base, anchor = context.base()
    how = "publication"
    if grain == "D" and context.focus.day is not None:
        base, anchor, how = context.focus.day, PREVIOUS_DAY, "previous"
    elif step > 0 and (day := context.focus_day()) is not None:
        base, anchor, how = day, PREVIOUS, "previous"
    if base is None:
        return unresolved(_OPEN_VALUE[grain], mod=position(fields))
    period = periods.shifted(grain, base, step)  # type: ignore[arg-type]
    return of_period(period, how=how, anchor=anchor, mod=position(fields)) if period else None


def follow(fields: Fields, context: Context) -> Reading | None:
    """The following day, the year before that, the Monday after: from what was named before."""
    step = int(fields["follow"])
    base = context.focus_day() or context.published
    anchor = PREVIOUS if context.focus_day() else PUBLICATION
    how = "previous" if context.focus_day() else "publication"
    if "weekday" in fields:
        if base is None:
            return unresolved(f"XXXX-WXX-{fields['weekday']}")
        moved = weekday_from(base, int(fields["weekday"]), step)
        return of_period(periods.day(moved), how=how, anchor=anchor) if moved else None
    grain: Grain = fields.get("unit", "D")
    if grain not in _OPEN_VALUE:
        return None
    if base is None:
        return unresolved(_OPEN_VALUE[grain], mod=position(fields))
    period = periods.shifted(grain, base, step)
    return of_period(period, how=how, anchor=anchor, mod=position(fields)) if period else None


def same(fields: Fields, context: Context) -> Reading | None:
    """The same day, that year, the evening of that day."""
    base = context.focus_day()
    if "daypart" in fields:
        day = context.focus.day
        if day is None:
            return unresolved(f"XXXX-XX-XXT{fields['daypart']}", kind="TIME")
        return with_time(
            of_period(periods.day(day), how="previous", anchor=PREVIOUS_DAY), fields["daypart"]
        )
    if "weekday" in fields:
        day = context.focus.day
        if day is None or day.isoweekday() != fields["weekday"]:
            return unresolved(f"XXXX-WXX-{fields['weekday']}")
        return of_period(periods.day(day), how="previous", anchor=PREVIOUS_DAY)
    grain: Grain = fields["unit"]
    if grain not in _OPEN_VALUE:
        return None
    if base is None:
        return unresolved(_OPEN_VALUE[grain])
    return of_period(periods.containing(grain, base), how="previous", anchor=PREVIOUS)


def distance(fields: Fields, context: Context) -> Reading | None:
    """Two weeks later, three days before: the period of that grain, counted from the focus."""
    grain: Grain = fields["unit"]
    step = int(fields["later"])
    base = context.focus_day() or context.published
    anchor = PREVIOUS if context.focus_day() else PUBLICATION
    how = "previous" if context.focus_day() else "publication"
    if "num" not in fields or grain not in _OPEN_VALUE:
        return Reading(type="DATE", value="FUTURE_REF" if step > 0 else "PAST_REF", how="vague")
    if base is None:
        return unresolved(_OPEN_VALUE[grain])
    moved = periods.shift_day(base, grain, step * float(fields["num"]))
    if moved is None:
        return None
    focus = context.focus.period
    # A count from a coarser date cannot be finer than that date: three days after "May 1940".
    if focus is not None and focus.grain != "D" and grain in ("D", "W"):
        grain = "M" if focus.grain == "M" else grain
    if grain == "W" and focus is not None and focus.grain == "D":
        grain = "D"
    if float(fields["num"]) % 1 and grain == "Y":
        grain = "M"  # half a year later names a month
    if grain == "WE":
        grain = "W"
    return of_period(periods.containing(grain, moved), how=how, anchor=anchor)


def deictic(fields: Fields, context: Context) -> Reading | None:
    """Yesterday, tomorrow, this evening: from publication."""
    return deictic_day(int(fields["deictic"]), fields.get("daypart"), context)


def deictic_day(step: int, part: str | None, context: Context) -> Reading | None:
    if context.published is None:
        value = "XXXX-XX-XX" + (f"T{part}" if part else "")
        return unresolved(value, kind="TIME" if part else "DATE")
    moved = periods.shift_day(context.published, "D", step)
    if moved is None:
        return None
    reading = of_period(periods.day(moved), how="publication", anchor=PUBLICATION)
    return with_time(reading, part) if part else reading


def day_counted(fields: Fields, context: Context) -> Reading | None:
    """ "heute vor 30 Jahren", "morgen in einer Woche": the very day; hours leave it as it is."""
    grain: Grain = fields["unit"]
    sign = int(fields["sign"])
    if "num" not in fields:
        return Reading(type="DATE", value="FUTURE_REF" if sign > 0 else "PAST_REF", how="vague")
    if context.published is None:
        return unresolved("XXXX-XX-XX")
    moved = periods.shift_day(context.published, "D", int(fields.get("deictic", 0)))
    if moved is not None and grain in _OPEN_VALUE:
        moved = periods.shift_day(moved, grain, sign * float(fields["num"]))
    return of_period(periods.day(moved), how="publication", anchor=PUBLICATION) if moved else None


def positioned(fields: Fields, context: Context) -> Reading | None:
    """Jahresende, Wochenbeginn."""
    grain, _, mod = str(fields["positioned"]).partition("-")
    if grain == "Y" and "year" in fields:
        return of_period(periods.year(int(fields["year"])), how="explicit", mod=mod)
    base, anchor = context.base()
    if grain == "Y":
        number, how, year_anchor = year_named(fields, context)
        if number is not None:
            return of_period(periods.year(number), how=how, anchor=year_anchor, mod=mod)
    if base is None:
        return unresolved(_OPEN_VALUE[grain], mod=mod)
    period: Period = periods.containing(grain, base)  # type: ignore[arg-type]
    return of_period(period, how="same", anchor=anchor, mod=mod)


def turn(fields: Fields, context: Context) -> Reading | None:
    """The turn of the year: the days around the nearer New Year; of the century, the millennium."""
    kind = str(fields["turn"])
    base, anchor = context.base()
    if kind != "Y":
        number = 1900 if kind == "CE" else 2000
        return Reading(
            type="DATE",
            value=str(number),
            how="explicit",
            first=date(number - 1, 12, 1),
            last=date(number, 1, 31),
        )
    if "year" in fields:
        ending = int(fields["year"])
    elif base is None:
        return unresolved("XXXX", mod="END")
    else:
        # Told as past it has been; else it is still to come, unless it has just been.
        months = {"past": 12, "present": 2, "future": 2}
        ending = base.year - (base.month < months.get(context.tense or "", 4))
    if not MINYEAR <= ending < MAXYEAR:
        return unresolved("XXXX", mod="END")
    return Reading(
        type="DATE",
        value=f"{ending:04}",
        mod="END",
        how="nearest",
        anchor=anchor,
        first=date(ending, 12, 20),
        last=date(ending + 1, 1, 10),
    )
