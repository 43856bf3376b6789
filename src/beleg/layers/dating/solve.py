"""Weighs the evidence: the shortest window that holds enough of the likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beleg.layers.dating.clues import Clue
from beleg.layers.dating.near import Yearless, seasonal
from beleg.layers.dating.passages import Passages
from beleg.layers.dating.steps import FIRST, LAST, Weights, product, weigh

_SUPPORT = 0.995  # dates without year are weighed inside the stretch that holds this share
_MOST = 200  # clues weighed; no news has as many
_NEARLY = 0.998  # of what a stretch holds; the rest is cut off its ends


def likelihood(
    passages: Passages, clues: Sequence[Clue], dates: Sequence[Yearless]
) -> Weights | None:
    """How likely each day is, by all evidence; None if nothing closes the window."""
    if not any(clue.closed for clue in clues):
        return None
    steps = product([clue.likely for clue in clues[:_MOST]])
    support = weigh(steps).shortest(_SUPPORT)
    if support is None:
        return None
    season = seasonal(passages, dates, *support)
    return weigh(product([steps, season]) if season is not None else steps)


def window(weights: Weights, thresholds: Sequence[tuple[int, float]]) -> tuple[date, date] | None:
    """The days of the shortest length that holds enough of the likelihood; None if none does.

    thresholds: (length in days, share it must hold), from short to long. Of the length, only
    the days are taken that hold nearly all of what it holds.
    """
    chosen = None
    for length, share in reversed(thresholds):
        held = weights.heaviest(length)
        if held >= share:
            chosen = held
        if all(held < needed for shorter, needed in thresholds if shorter < length):
            break  # a shorter stretch holds no more than a longer one
    found = weights.shortest(chosen * _NEARLY) if chosen is not None else None
    if found is None or found[0] <= FIRST or found[1] >= LAST:
        return None
    return date.fromordinal(found[0]), date.fromordinal(found[1])


def open_window(clues: Sequence[Clue]) -> tuple[date | None, date | None]:
    """The latest lower and the earliest upper bound, where no short window holds enough.

    How soon news follow the date they tell is no bound by itself. Where the bounds
    contradict each other, the lower holds: what has happened has happened.
    """
    lower = max((clue.earliest for clue in clues if clue.earliest is not None), default=None)
    upper = min(
        (clue.latest for clue in clues if clue.latest is not None and not clue.leading),
        default=None,
    )
    if lower is not None and upper is not None and upper < lower:
        upper = None
    return lower, upper
