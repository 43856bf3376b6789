"""Vague references: nowadays, once, soon, then; and "heute", which may be one."""

from __future__ import annotations

from beleg.layers.times import relative
from beleg.layers.times.reading import PREVIOUS, PUBLICATION, Context, Fields, Reading

_THEN_REACH = 3  # sentences over which "damals" looks back


def deictic_adjective(fields: Fields, context: Context) -> Reading | None:
    """Today's, yesterday's: a day, or the present time where it stands for nowadays."""
    step = int(fields["deicticadj"])
    if "weekday" in fields or step:
        return relative.deictic_day(step, None, context)
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
    return relative.deictic_day(0, None, context)


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
