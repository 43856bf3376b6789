"""Chooses, of the dates a text names, those that tell when it was written, and of what kind they are.

News come soon after the newest day they tell of and before what they announce; how soon is
counted per kind (rules/de/dating.toml, `distance`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from beleg.layers.dating.clues import Clue
from beleg.layers.dating.mentions import Mention
from beleg.layers.dating.steps import bins
from beleg.rules.dating_rules import DatingRules, Distance

_FLOOR = 1e-9  # likelihood per day of distances never counted; all days together add 0.0002
_SHARE = 0.9  # of the articles counted, the evidence names the days in which these lie
_MISREAD = 0.01  # of the likelihood of days before a date is left where the verb says it is past
_LONGEST = 5 * 366  # days; a longer reach is no bound worth telling


def anchors(mentions: Sequence[Mention]) -> list[tuple[str, Mention]]:
    """The telling dates with their kinds: the newest told, and the nearest behind it.

    Told are dates of the past, and all with a weekday: those are near. A year told counts
    beside a day only if it is later.
    """
    told = [m for m in mentions if m.part == "past" or m.weekday is not None]
    newest = _newest(m for m in told if m.grain != "year")
    found = [(_kind_of_day(newest), newest)] if newest is not None else []
    year = _newest(m for m in told if m.grain == "year")
    if year is not None and (newest is None or year.first.year > newest.first.year):
        found.append(("year-background" if year.background else "year", year))
        newest = year
    ahead = _ahead([m for m in mentions if m not in told], newest)
    return [*found, ahead] if ahead is not None else found


def _newest(mentions: Iterable[Mention]) -> Mention | None:
    return max(mentions, key=lambda m: m.first, default=None)


def _kind_of_day(mention: Mention) -> str:
    if mention.weekday is not None:
        return "day-weekday"
    grain = "day" if mention.grain == "day" else "month"
    if mention.background:
        return f"{grain}-background"
    return f"{grain}-lead" if mention.lead else grain


def _ahead(others: Sequence[Mention], newest: Mention | None) -> tuple[str, Mention] | None:
    """The nearest date after the newest told, planned or loose; a day before a year."""
    later = [m for m in others if newest is None or m.first > newest.last]
    days = [m for m in later if m.grain != "year"]
    nearest = min(days or later, key=lambda m: m.first, default=None)
    if nearest is None:
        return None
    part = "plan" if nearest.part == "plan" else "loose"
    return f"{part}-{'day' if days else 'year'}", nearest


def anchor_clues(mentions: Sequence[Mention], rules: DatingRules) -> list[Clue]:
    """The evidence of the telling dates."""
    return [
        _clue(
            mention, rules.distances[kind], rules.clues[kind].id, rules.clues[kind].because, rules
        )
        for kind, mention in anchors(mentions)
    ]


def _clue(
    mention: Mention, distance: Distance, row_id: str, because: str, rules: DatingRules
) -> Clue:
    first, told = mention.first.toordinal(), mention.part == "past"
    parts = [
        (first + low, first + high, density * (_MISREAD if told and low < 0 else 1.0))
        for low, high, density in zip(
            distance.edges, distance.edges[1:], distance.densities, strict=False
        )
    ]
    high = distance.middle(_SHARE)[1]
    return Clue(
        kind=row_id,
        span=mention.time.span,
        because=because.format(date=_named(mention, rules)),
        earliest=mention.first if told else None,
        latest=_moved(mention.first, high) if high <= _LONGEST else None,
        likely=bins(parts, _FLOOR),
        closed=True,
        leading=True,
    )


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _named(mention: Mention, rules: DatingRules) -> str:
    """The date as German text writes it, no finer than the mention."""
    if mention.grain == "day":
        return rules.day(mention.first)
    if mention.grain == "month":
        return f"{rules.months[mention.first.month - 1]} {mention.first.year}"
    return str(mention.first.year)
