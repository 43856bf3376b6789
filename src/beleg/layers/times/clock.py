"""Clock times and parts of the day; the day comes from what was named before."""

from __future__ import annotations

from datetime import date

from beleg.layers.times import periods
from beleg.layers.times.reading import (
    PREVIOUS_DAY,
    PUBLICATION,
    Context,
    Fields,
    Reading,
    of_period,
    unresolved,
)
from beleg.layers.times.weekdays import weekday_meant

# Sentences a named day reaches: clock times stand near their day, parts of the day go on a story.
_CLOCK_REACH, _PART_REACH = 1, 3
_PROGRAMME_REACH = 3  # from one entry to the next; what is free or where may stand between them
# An hour said with these parts of the day counts from noon (fünf Uhr nachmittags = 17:00).
_AFTERNOON = {"AF": 1, "EV": 5}


def clock(fields: Fields, context: Context) -> Reading | None:
    """A clock time. Returns None if there is no such time."""
    hour, minute = _hour_and_minute(fields)
    if hour is None or not 0 <= hour <= 24 or not 0 <= minute < 60:
        return None
    part = fields.get("daypart")
    if part in _AFTERNOON and _AFTERNOON[part] <= hour < 12:
        hour += 12
    suffix = f"T{hour:02}:{minute:02}"
    if "second" in fields:
        suffix += f":{fields['second']:02}"
    return _on_the_day(suffix, context, _CLOCK_REACH)


def _hour_and_minute(fields: Fields) -> tuple[int | None, int]:
    """The spoken forms: halb neun is 8:30, Viertel vor acht 7:45, fünf nach zehn 10:05."""
    if "halfhour" in fields:
        return int(fields["halfhour"]) - 1, 30
    if "quarterto" in fields:
        return int(fields["quarterto"]) - 1, 45
    if "quarterpast" in fields:
        return int(fields["quarterpast"]), 15
    if "beforehour" in fields:
        return int(fields["beforehour"]) - 1, 60 - int(fields["minutes"])
    if "afterhour" in fields:
        return int(fields["afterhour"]), int(fields["minutes"])
    if "hour" not in fields:
        return None, 0
    return int(fields["hour"]), int(fields.get("min", 0))


def _on_the_day(suffix: str, context: Context, reach: int) -> Reading:
    """The time on the day spoken of; without a date where it stands for every day."""
    focus = context.focus
    same = focus.day is not None and focus.sentence == context.sentence
    # "dienstags und donnerstags, 14 bis 16 Uhr"; "von 8 bis 20 Uhr geöffnet".
    hours = focus.repeated == context.sentence or "open" in context.cues
    if "each" in context.cues or (focus.listed if same else hours):
        return Reading(type="TIME", value=suffix, how="vague")
    day, anchor, how = _day_spoken_of(context, reach)
    if day is None:
        return unresolved(f"XXXX-XX-XX{suffix}", kind="TIME")
    return Reading(
        type="TIME",
        value=day.isoformat() + suffix,
        first=day,
        last=day,
        anchor=anchor,
        how=how,
        focus=periods.day(day),
    )


def _day_spoken_of(context: Context, reach: int) -> tuple[date | None, str | None, str]:
    """The day named in this sentence or the `reach` before; else the day of publication.

    A sentence without a verb is an entry of a programme: it goes on with the day that is the
    heading or begins its line, not with that of the entry before it.
    """
    focus = context.focus
    if focus.heads or focus.led_line == context.line:
        reach = max(reach, _PROGRAMME_REACH)
    elif context.tense is None:
        reach = 0
    near = focus.day is not None and (
        context.mode == "narrative" or context.sentence - focus.sentence <= reach
    )
    if near:
        return focus.day, PREVIOUS_DAY, "previous"
    if context.published is not None and context.mode == "news":
        return context.published, PUBLICATION, "publication"
    return None, None, "open"


def daypart(fields: Fields, context: Context) -> Reading | None:
    """ "am Abend" of the day spoken of."""
    mod = fields.get("earlylate") or fields.get("position")
    if "of" in context.cues:
        # "am Abend der Wahl": the day is that of the event, which the words do not date.
        return unresolved(f"XXXX-XX-XXT{fields['daypart']}", kind="TIME")
    reading = _on_the_day(f"T{fields['daypart']}", context, _PART_REACH)
    if reading.value.startswith("T"):
        return Reading(type="SET", value=f"XXXX-XX-XX{reading.value}", how="vague")
    if mod is None:
        return reading
    return Reading(
        type="TIME",
        value=reading.value,
        first=reading.first,
        last=reading.last,
        mod=str(mod),
        anchor=reading.anchor,
        how=reading.how,
        focus=reading.focus,
    )


def daypart_adverb(fields: Fields, context: Context) -> Reading | None:
    """ "abends", "nachts": once in a story of that day, else a habit."""
    near = (
        context.focus.day is not None and context.sentence - context.focus.sentence <= _PART_REACH
    )
    if near and "each" not in context.cues and context.tense != "present":
        return daypart(fields, context)
    return Reading(type="SET", value=f"XXXX-XX-XXT{fields['daypart']}", how="vague")


def night_to(fields: Fields, context: Context) -> Reading | None:
    """The night before a day ("Nacht zum Sonntag")."""
    if "month" in fields:
        from beleg.layers.times.dates import calendar_date

        reading = calendar_date({k: v for k, v in fields.items() if k != "daypart"}, context)
        day = reading.first if reading else None
        how, anchor = (reading.how, reading.anchor) if reading else ("open", None)
    else:
        base, anchor = context.base()
        if base is None:
            return unresolved("XXXX-XX-XXTNI", kind="TIME")
        if "weekday" in fields:
            day, how = weekday_meant(int(fields["weekday"]), base, fields, context)
        else:
            day, how = base, "publication"
    before = periods.shift_day(day, "D", -1) if day else None
    if before is None or day is None:
        return unresolved("XXXX-XX-XXTNI", kind="TIME")
    found = of_period(periods.day(before), how=how, anchor=anchor)
    return Reading(
        type="TIME",
        value=f"{found.value}TNI",
        first=before,
        last=day,
        anchor=anchor,
        how=how,
        focus=found.focus,
    )
