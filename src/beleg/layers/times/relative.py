"""Expressions counted from publication or from what was named before."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date

from beleg.layers.times import periods
from beleg.layers.times.dates import holiday_in
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
_THEN_REACH = 3  # sentences over which "damals" looks back
_WEEKDAY_LEANS = {"past": -1, "future": 1, "present": 1}


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
        moved = _weekday_from(base, int(fields["weekday"]), step)
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
    return _deictic_day(int(fields["deictic"]), fields.get("daypart"), context)


def _deictic_day(step: int, part: str | None, context: Context) -> Reading | None:
    if context.published is None:
        value = "XXXX-XX-XX" + (f"T{part}" if part else "")
        return unresolved(value, kind="TIME" if part else "DATE")
    moved = periods.shift_day(context.published, "D", step)
    if moved is None:
        return None
    reading = of_period(periods.day(moved), how="publication", anchor=PUBLICATION)
    return with_time(reading, part) if part else reading


def deictic_adjective(fields: Fields, context: Context) -> Reading | None:
    """Today's, yesterday's: a day, or the present time where it stands for nowadays."""
    step = int(fields["deicticadj"])
    if "weekday" in fields or step:
        return _deictic_day(step, None, context)
    return today({}, context)


def today(_fields: Fields, context: Context) -> Reading | None:
    """ "heute": the day of publication, or the present age.

    Nowadays if a cue says so (bis heute, heute noch), or if the clause is in the plain
    present tense and nothing else in the article speaks of single days.
    """
    nowadays = "nowadays" in context.cues or (
        context.tense != "past" and not context.daily and "day" not in context.cues
    )
    if nowadays or context.mode == "narrative":
        return present(context)
    return _deictic_day(0, None, context)


def present(context: Context) -> Reading:
    """The time of writing, vaguely."""
    day = context.published
    anchor = PUBLICATION if day else None
    return Reading(
        type="DATE", value="PRESENT_REF", first=day, last=day, anchor=anchor, how="vague"
    )


def figurative(fields: Fields, context: Context) -> Reading | None:
    """The people of tomorrow."""
    future = int(fields["deictic"]) > 0
    return fixed({"value": "FUTURE_REF" if future else "PAST_REF", "type": "DATE"}, context)


def fixed(fields: Fields, context: Context) -> Reading | None:
    """A value that stands in the table; references reach from or to publication."""
    value = str(fields[fields["value_from"]] if "value_from" in fields else fields["value"])
    if value == "PRESENT_REF":
        return present(context)
    day = context.published
    if "anchored" in fields and context.focus_day() is not None:
        return Reading(
            type="DATE", value=value, first=context.focus_day(), anchor=PREVIOUS, how="vague"
        )
    first = day if value == "FUTURE_REF" else None
    last = day if value == "PAST_REF" else None
    anchor = PUBLICATION if first or last else None
    return Reading(
        type=fields["type"], value=value, first=first, last=last, anchor=anchor, how="vague"
    )


def then(fields: Fields, context: Context) -> Reading | None:
    """ "damals": the value stays a reference, the days are those spoken of just before."""
    period = context.focus.period
    if period is None or period.last is None:
        return fixed(fields, context)
    to_come = context.published is not None and period.last >= context.published
    if to_come or context.sentence - context.focus.named_in > _THEN_REACH:
        return fixed(fields, context)
    return Reading(
        type=fields["type"],
        value=str(fields["value"]),
        first=period.first,
        last=period.last,
        anchor=PREVIOUS,
        how="previous",
    )


def weekday(fields: Fields, context: Context) -> Reading | None:
    """A weekday: counted by vergangen/dies/nächst, by a week named with it, or by tense."""
    number = int(fields.get("weekday") or str(fields["wddaypart"]).split("-")[0])
    part = fields.get("daypart") or (
        "-" in str(fields.get("wddaypart", "")) and str(fields["wddaypart"]).split("-")[1]
    )
    base, anchor = context.base()
    if base is None:
        reading = unresolved(f"XXXX-WXX-{number}")
    else:
        day, how = _weekday_meant(number, base, fields, context)
        if day is None:
            return None
        reading = of_period(periods.day(day), how=how, anchor=anchor)
    return with_time(reading, str(part)) if part else reading


def _weekday_meant(
    number: int, base: date, fields: Fields, context: Context
) -> tuple[date | None, str]:
    if "weeklean" in fields:
        moved = periods.shift_day(base, "W", int(fields["weeklean"]))
        day = periods.shift_day(moved, "D", number - moved.isoweekday()) if moved else None
        return day, "publication"
    if "lean" in fields and int(fields["lean"]):
        step = int(fields["lean"])
        day = _weekday_from(base, number, 1 if step > 0 else -1)
        if day is not None and abs(step) == 2:
            day = periods.shift_day(day, "W", 1 if step > 0 else -1)
        return day, "publication"
    if "lean" in fields and context.tense != "past":
        return _weekday_on_or(base, number, 1), "publication"
    if context.mode == "narrative":
        return _weekday_from(base, number, 1), "previous"
    default = -1 if "from" in context.cues else 1
    direction = _WEEKDAY_LEANS.get(context.tense or "", default)
    return _weekday_on_or(base, number, direction), "last" if direction < 0 else "next"


def _weekday_on_or(base: date, number: int, direction: int) -> date | None:
    """The weekday nearest before or after, the base day itself included."""
    if base.isoweekday() == number:
        return base
    return _weekday_from(base, number, direction)


def _weekday_from(base: date, number: int, direction: int) -> date | None:
    """The weekday strictly before (-1) or after (+1) the base day."""
    gap = (number - base.isoweekday()) % 7 if direction > 0 else -((base.isoweekday() - number) % 7)
    return periods.shift_day(base, "D", gap or 7 * direction)


def weekend(fields: Fields, context: Context) -> Reading | None:
    """A weekend: counted, or by tense; without tense the nearer one."""
    base, anchor = context.base()
    if base is None:
        return unresolved("XXXX-WXX-WE")
    if "lean" in fields and int(fields["lean"]):
        step = int(fields["lean"])
        # On a Monday "the coming weekend" is this week's; "last" is never this week's before Saturday.
        weeks = step - 1 if step > 0 and base.isoweekday() < 6 else step
        how = "publication"
    else:
        early = base.isoweekday() <= 3
        back = (
            context.tense == "past" or "from" in context.cues or (context.tense is None and early)
        )
        weeks = -1 if back and base.isoweekday() < 6 else 0
        how = "last" if back else "next"
    moved = periods.shift_day(base, "W", weeks)
    return of_period(periods.weekend(moved), how=how, anchor=anchor) if moved else None


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
        ending = base.year if base.month > 6 else base.year - 1
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
    return min(known, key=lambda year: abs((known[year] - base).days), default=base.year), "nearest"
