"""Narrows a window by the dates that the window itself makes definite.

"Donnerstag, dem 29. Februar" in a text of 2023 or 2024 can only be that of 2024; told in the
past tense it moves the lower bound, and "drei Monate danach" then follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from beleg.layers.dating.passages import Passages
from beleg.records import Dating, Evidence, TimeExpression
from beleg.rules.dating_rules import DatingRules
from beleg.rules.tables import read_table
from beleg.text.article import Article, Span

_DISTANCE = "de.time.distance"
# A window this short rests on more than one date; a tense misread would push the day out of it
# (quotes-news: 2 of 150 articles lost for none that became shorter than a month).
_SHORT = 62
_FINEST = 31  # days; coarser periods bound too little and are often meant loosely


def refine_dating(
    article: Article,
    sentences: Sequence[Span],
    dating: Dating,
    times: Sequence[TimeExpression],
    *,
    rules: DatingRules,
) -> Dating:
    """The dating with the bounds that follow from `times` as read inside its window.

    Bounds that would empty the window are left out: then the reading is wrong, not the window.
    """
    if dating.earliest is None or dating.latest is None:
        return dating
    if (dating.latest - dating.earliest).days < _SHORT:
        return dating
    passages = Passages(article, sentences, rules)
    earliest, latest = dating.earliest, dating.latest
    evidence = list(dating.evidence)
    for time in times:
        bound = _bound(passages, time)
        if bound is None or time.earliest is None or time.latest is None:
            continue
        side, because = bound
        words = because.format(day=article.quote(time.span))
        if side == "earliest" and earliest < time.earliest <= latest:
            earliest = time.earliest
            evidence.append(_evidence(time, words, earliest=earliest))
        elif side == "latest" and earliest <= time.latest < latest:
            latest = time.latest
            evidence.append(_evidence(time, words, latest=latest))
    return msgspec.structs.replace(
        dating, earliest=earliest, latest=latest, evidence=tuple(evidence)
    )


def _evidence(
    time: TimeExpression, because: str, *, earliest: date | None = None, latest: date | None = None
) -> Evidence:
    return Evidence(span=time.span, because=because, earliest=earliest, latest=latest)


def _bound(passages: Passages, time: TimeExpression) -> tuple[str, str] | None:
    """Which bound a time moves and why; None for what is not definite or tells nothing."""
    rule, _, how = time.rule.partition("#")
    if how != "window" or time.type not in ("DATE", "TIME") or "X" in time.value:
        return None
    if time.earliest is None or time.latest is None or time.value.endswith("_REF"):
        return None
    if (time.latest - time.earliest).days >= _FINEST:
        return None
    rows = {row["id"].rpartition(".")[2]: row for row in read_table("dating-refine")["row"]}
    first, stop = passages.place(time.span)
    tense = passages.own_tense(first, stop) or passages.tense(first, stop)
    planned = passages.has_cue("plan", first, stop)
    if tense == "future" or (planned and tense == "present"):
        row = rows["ahead"]
    elif tense == "past" and not planned:
        row = rows["past"]
    elif rule == _DISTANCE:
        row = rows["since"]
    else:
        return None
    return row["bound"], row["because"]
