"""Times of an article whose day of publication is only known to lie in a window.

Every expression is read as if the article were written on the first day of the window, and
as if on the last: where both agree, that is its meaning; where not, it lies between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from beleg.layers.times import find_times
from beleg.layers.times.reading import PUBLICATION
from beleg.modes import Mode
from beleg.records import TimeExpression
from beleg.rules.time_rules import TimeRules
from beleg.text.article import Article, Span

IN_WINDOW = "window"
_LONGEST_DAYS = 731


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

    earliest, latest: first and last day of the window, None where it is open. A window that
    is open or longer than two years narrows nothing worth saying.
    """
    if earliest is None or latest is None or (latest - earliest).days > _LONGEST_DAYS:
        return tuple(undated)
    low, high = (
        {
            time.span: time
            for time in find_times(article, sentences, rules=rules, published=day, mode=mode)
        }
        for day in (earliest, latest)
    )
    narrowed: list[TimeExpression] = []
    for time in undated:
        at_low, at_high = low.get(time.span), high.get(time.span)
        narrowed.append(_narrowed(time, at_low, at_high))
    return tuple(narrowed)


def _narrowed(
    time: TimeExpression, low: TimeExpression | None, high: TimeExpression | None
) -> TimeExpression:
    """One expression from its readings at both ends of the window."""
    settled = time.earliest is not None and time.latest is not None
    if low is None or high is None or settled:
        return time
    earliest, latest = low.earliest, high.latest
    if (earliest, latest) == (time.earliest, time.latest):
        return time
    if earliest is not None and latest is not None and earliest > latest:
        return time
    agreed = low if (low.type, low.value) == (high.type, high.value) else time
    return msgspec.structs.replace(
        time,
        type=agreed.type,
        value=agreed.value,
        mod=agreed.mod,
        earliest=earliest,
        latest=latest,
        anchor=PUBLICATION if low.anchor == PUBLICATION else time.anchor,
        rule=f"{time.rule.partition('#')[0]}#{IN_WINDOW}",
    )
