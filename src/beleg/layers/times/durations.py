"""Durations and sets (recurring times)."""

from __future__ import annotations

from datetime import date, timedelta

from beleg.layers.times import periods
from beleg.layers.times.periods import Grain
from beleg.layers.times.reading import PUBLICATION, Context, Fields, Reading
from beleg.records import TimeType

_CLOCK_UNITS = {"TS": "S", "TM": "M", "TH": "H"}
_SMALLER = {
    "Y": ("M", 12),
    "TH": ("TM", 60),
    "DE": ("Y", 10),
    "CE": ("Y", 100),
    "M": ("W", 4),
    "H": ("Q", 2),
}
_COUNTED = frozenset(("D", "W", "WE", "M", "Q", "H", "Y", "DE", "CE", "ML"))
_MODS = frozenset(("APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"))


def duration_value(count: str, unit: str) -> str:
    """TIMEX3: P3Y, PT48H, PXD; half a year is P6M, half an hour PT30M."""
    if count == "0.5" and unit in _SMALLER:
        smaller, many = _SMALLER[unit]
        return duration_value(str(many // 2), smaller)
    if unit == "H":
        # ISO 8601 has no half-years: two of them are twelve months.
        return f"P{_number(float(count) * 6)}M" if count != "X" else "PXM"
    if unit in _CLOCK_UNITS:
        return f"PT{count}{_CLOCK_UNITS[unit]}"
    return f"P{count}{unit}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _count(fields: Fields) -> str:
    if "some" in fields:
        return "X"
    number = float(fields.get("num", 1))
    if "tenths" in fields:
        digits = str(fields["tenths"])
        number += int(digits) / 10 ** len(digits)
    return _number(number)


def duration(fields: Fields, context: Context) -> Reading | None:
    """A length of time, with the days it reaches over where the words anchor it."""
    unit = str(fields["unit"])
    count = _count(fields)
    value = duration_value(count, unit)
    if "unit2" in fields:
        second = "X" if fields.get("num2") == "X" else _number(float(fields.get("num2", 1)))
        tail = duration_value(second, str(fields["unit2"]))
        joined = tail.lstrip("P") if "T" not in value else tail.lstrip("PT")
        value += joined
    mod = fields.get("approx") or fields.get("approxadj")
    first, last, anchor = _reach(fields, context, unit, count)
    return Reading(
        type="DURATION",
        value=value,
        first=first,
        last=last,
        anchor=anchor,
        mod=str(mod) if mod in _MODS else None,
        how="publication" if anchor == PUBLICATION else "previous" if anchor else "explicit",
    )


def within(fields: Fields, context: Context) -> Reading | None:
    """ "binnen zwei Jahren": from publication on, unless the clause tells of the past."""
    ahead = context.tense != "past" and context.mode == "news"
    return duration({**fields, "relation": "from" if ahead else None}, context)


def ahead(fields: Fields, context: Context) -> Reading | None:
    """ "in zwei Jahren": a point to come; beside a past form only how long it took."""
    relation = None if context.tense == "past" else "ahead"
    return duration({**fields, "relation": relation}, context)


def _reach(
    fields: Fields, context: Context, unit: str, count: str
) -> tuple[date | None, date | None, str | None]:
    """First and last day: ago and ahead are points as sharp as the unit, the rest stretches."""
    relation = fields.get("relation")
    if relation is None:
        return None, None, None
    base, anchor = context.base()
    if base is None:
        return None, None, None
    if relation == "lean":
        lean = int(fields.get("lean", 0))
        relation = "until" if lean < 0 else "from" if lean > 0 else None
        if relation is None:
            return None, None, None
    back = relation in ("ago", "since", "until")
    if count == "X" or unit in _CLOCK_UNITS:
        return (None, base, anchor) if back else (base, None, anchor)
    grain: Grain = unit  # type: ignore[assignment]
    months = float(count) + _second_part(fields, unit)
    moved = periods.shift_day(base, grain, -months if back else months)
    if moved is None:
        return None, None, None
    if relation in ("ago", "ahead"):
        slack = timedelta(days=periods.slack_days(grain))
        first, last = _safe(moved, -slack), _safe(moved, slack)
        return (first, min(last, base), anchor) if back else (max(first, base), last, anchor)
    return (moved, base, anchor) if back else (base, moved, anchor)


def _second_part(fields: Fields, unit: str) -> float:
    """The second unit as a fraction of the first: drei Jahre und vier Monate = 3 + 4/12."""
    if "unit2" not in fields or fields["unit2"] not in periods.DAYS_OF:
        return 0.0
    if fields.get("num2", "X") == "X":
        return 0.0
    if unit not in periods.DAYS_OF:
        return 0.0
    return float(fields["num2"]) * periods.DAYS_OF[fields["unit2"]] / periods.DAYS_OF[unit]


def _safe(day: date, delta: timedelta) -> date:
    try:
        return day + delta
    except OverflowError:
        return day


def lasting(fields: Fields, _context: Context) -> Reading | None:
    """dreijährig, 48-stündig."""
    known = fields.get("lastingnum", fields.get("lastingyears"))
    value = str(known) if known is not None else duration_value(_count(fields), str(fields["unit"]))
    mod = fields.get("approx")
    return Reading(type="DURATION", value=value, mod=str(mod) if mod in _MODS else None)


def _set(value: str) -> Reading:
    kind: TimeType = "SET"
    return Reading(type=kind, value=value, how="vague")


def set_unit(fields: Fields, _context: Context) -> Reading | None:
    """Every day, every second year, all four years, per hour."""
    count = str(fields["ord"]) if "ord" in fields else _count(fields)
    return _set(duration_value(count, str(fields.get("unit", "M"))))


def set_weekday(fields: Fields, _context: Context) -> Reading | None:
    """Every Monday, Mondays, every second Thursday."""
    if "wddaypart" in fields:
        number, _, part = str(fields["wddaypart"]).partition("-")
        return _set(f"XXXX-WXX-{number}T{part}")
    part = f"T{fields['daypart']}" if "daypart" in fields else ""
    return _set(f"XXXX-WXX-{fields['weekday']}{part}")


def set_daypart(fields: Fields, _context: Context) -> Reading | None:
    """Every morning."""
    return _set(f"XXXX-XX-XXT{fields['daypart']}")


def frequency(fields: Fields, _context: Context) -> Reading | None:
    """Daily, yearly."""
    return _set(duration_value("1", str(fields["frequency"])))
