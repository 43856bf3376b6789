"""One piece of evidence for the day of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beleg.layers.dating.steps import FIRST, LAST, Steps, clamp, stretches
from beleg.rules.dating_rules import ClueKind
from beleg.text.article import Span

_YEAR = 366  # days
_DECADES = 60 * 365  # days
_REMEMBERED = 1e-5  # likelihood of a name after those decades


@dataclass(frozen=True, slots=True)
class Clue:
    """Words, what follows from them, and how likely they make each day.

    earliest, latest: the days the words allow, inclusive; None where open.
    likely: relative likelihood of the days. closed: it fades towards both ends, so that a
    window can be drawn from it alone. firm: what contradicts it is a conflict to report.
    leading: it is always shown.
    """

    kind: str
    span: Span
    because: str
    earliest: date | None
    latest: date | None
    likely: Steps
    closed: bool = False
    firm: bool = False
    leading: bool = False

    def allows(self, first: date | None, last: date | None) -> bool:
        """Whether its days and [first, last] have one in common."""
        return clamp(self.earliest, FIRST) <= clamp(last, LAST) and clamp(first, FIRST) <= clamp(
            self.latest, LAST
        )


def bounded(
    kind: ClueKind,
    span: Span,
    because: str,
    earliest: date | None,
    latest: date | None,
    *,
    firm: bool = False,
) -> Clue:
    """Evidence that holds with the kind's certainty; if not, any day may be right.

    Bounded on both sides, what it does not hold spreads over the decades around it.
    """
    start, end = clamp(earliest, FIRST), clamp(latest, LAST) + 1
    closed = earliest is not None and latest is not None
    inside, outside = 1.0, 1.0 - kind.sure
    if closed:
        inside, outside = kind.sure / max(end - start, 1), outside / _DECADES
    return Clue(
        kind=kind.id,
        span=span,
        because=because,
        earliest=earliest,
        latest=latest,
        likely=stretches([(start, end, inside)], outside),
        closed=closed,
        firm=firm,
    )


def in_time(times: Sequence[tuple[date, date | None]], kind: ClueKind) -> Steps:
    """How likely days are that name somebody by an office, or something by a name, of certain times.

    The name is read now and then the year before, more often the year after, and seldom for
    some decades.
    """
    begun = min(first for first, _ in times).toordinal()
    parts = [(begun, LAST + 1, _REMEMBERED)]
    for first, last in times:
        start, end = clamp(first, FIRST), clamp(last, LAST) + 1
        parts += [
            (start, end, 1.0),
            (end, end + _YEAR, kind.after),
            (start - _YEAR, start, kind.before),
            (end, end + _DECADES, kind.outside),
        ]
    return stretches(parts, _REMEMBERED * kind.before)
