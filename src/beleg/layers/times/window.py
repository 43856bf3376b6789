"""Times of an article whose day of publication is only known to lie in a window.

Every expression is read as if the article were written on the first day of the window, and
as if on the last: where both agree, that is its meaning; where not, it lies between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from beleg.layers.times import find_times
from beleg.layers.times.reading import PUBLICATION, Mode
from beleg.records import TimeExpression
from beleg.rules.time_rules import TimeRules
from beleg.text.article import Article, Span

IN_WINDOW = "window"


def find_times_in_window(
    article: Article,
    sentences: Sequence[Span],
    undated: Sequence[TimeExpression],
    *,
    rules: TimeRules,
    earliest: date | None,
    latest: date | None,
    mode: Mode = "news",
) -> tuple[TimeExpression, ...]:
    """The expressions of `undated` (found without a publication day), narrowed by the window.

    earliest, latest: first and last day of the window, None where it is open. An open end
    leaves the days that hang on it open.
    """
    if earliest is None and latest is None:
        return tuple(undated)
    low, high = (
        _by_span(find_times(article, sentences, rules=rules, published=day, mode=mode), day)
        for day in (earliest, latest)
    )
    narrowed: list[TimeExpression] = []
    for time in undated:
        at_low, at_high = low.get(time.span), high.get(time.span)
        narrowed.append(_narrowed(time, at_low, at_high))
    return tuple(narrowed)


def _by_span(times: Sequence[TimeExpression], day: date | None) -> Mapping[Span, TimeExpression]:
    return {time.span: time for time in times} if day is not None else {}


def _narrowed(
    time: TimeExpression, low: TimeExpression | None, high: TimeExpression | None
) -> TimeExpression:
    """One expression from its readings at both ends of the window."""
    row = time.rule.partition("#")[0]
    known = [reading for reading in (low, high) if reading is not None]
    if not known or (time.earliest is not None and time.latest is not None):
        return time
    same_value = low is not None and high is not None and low.value == high.value
    earliest = low.earliest if low is not None else None
    latest = high.latest if high is not None else None
    if (earliest, latest) == (time.earliest, time.latest) and not same_value:
        return time
    if earliest is not None and latest is not None and earliest > latest:
        return time
    fits_both = same_value and low is not None and high is not None and low.type == high.type
    model = known[0]
    return msgspec.structs.replace(
        time,
        type=model.type if fits_both else time.type,
        value=model.value if fits_both else time.value,
        mod=model.mod if fits_both else time.mod,
        earliest=earliest,
        latest=latest,
        anchor=_anchor(time, model),
        rule=f"{row}#{IN_WINDOW}",
    )


def _anchor(time: TimeExpression, model: TimeExpression) -> str | None:
    """Publication stays publication; ids of other expressions hold only in their own run."""
    if model.anchor == PUBLICATION:
        return PUBLICATION
    return time.anchor
