"""Weekdays and weekends: counted, of a named week, or by tense."""

from __future__ import annotations

from datetime import date

from beleg.layers.times import periods
from beleg.layers.times.reading import Context, Fields, Reading, of_period, unresolved, with_time

_WEEKDAY_LEANS = {"past": -1, "future": 1, "present": 1}


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
        day, how = weekday_meant(number, base, fields, context)
        if day is None:
            return None
        reading = of_period(periods.day(day), how=how, anchor=anchor)
    return with_time(reading, str(part)) if part else reading


def weekday_meant(
    number: int, base: date, fields: Fields, context: Context
) -> tuple[date | None, str]:
    if "weeklean" in fields:
        moved = periods.shift_day(base, "W", int(fields["weeklean"]))
        day = periods.shift_day(moved, "D", number - moved.isoweekday()) if moved else None
        return day, "publication"
    for name, sign in (("weeksahead", 1), ("weeksago", -1)):
        if name in fields:
            near = _weekday_on_or(base, number, sign)
            away = sign * int(fields[name])
            return periods.shift_day(near, "W", away) if near else None, "publication"
    if "lean" in fields and int(fields["lean"]):
        step = int(fields["lean"])
        day = weekday_from(base, number, 1 if step > 0 else -1)
        if day is not None and abs(step) == 2:
            day = periods.shift_day(day, "W", 1 if step > 0 else -1)
        return day, "publication"
    if "lean" in fields and context.tense != "past":
        return _weekday_on_or(base, number, 1), "publication"
    if context.mode == "narrative":
        return weekday_from(base, number, 1), "previous"
    default = -1 if "from" in context.cues else 1
    # What began on a day and goes on is told in the present tense, and yet the day has been.
    since = "since" in context.cues
    direction = -1 if since else _WEEKDAY_LEANS.get(context.tense or "", default)
    return _weekday_on_or(base, number, direction), "last" if direction < 0 else "next"


def _weekday_on_or(base: date, number: int, direction: int) -> date | None:
    """The weekday nearest before or after, the base day itself included."""
    if base.isoweekday() == number:
        return base
    return weekday_from(base, number, direction)


def weekday_from(base: date, number: int, direction: int) -> date | None:
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
            context.tense == "past"
            or not context.cues.isdisjoint(("from", "since"))
            or (context.tense is None and early)
        )
        weeks = -1 if back and base.isoweekday() < 6 else 0
        how = "last" if back else "next"
    moved = periods.shift_day(base, "W", weeks)
    return of_period(periods.weekend(moved), how=how, anchor=anchor) if moved else None
