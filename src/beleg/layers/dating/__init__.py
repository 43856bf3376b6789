"""Dates the article: the days on which it can have been written, with the evidence.

Without a day of publication the text alone is asked (basis "inferred"); with one, the text
is held against it. Nothing is read from a clock.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.layers.dating.ages import age_clues, birthdays
from beleg.layers.dating.anchors import anchor_clues
from beleg.layers.dating.check import (
    calendar_conflicts,
    clue_conflicts,
    publication_conflicts,
)
from beleg.layers.dating.clues import Clue
from beleg.layers.dating.deictic import deictic
from beleg.layers.dating.events import event_clues
from beleg.layers.dating.evidence import evidence
from beleg.layers.dating.mentions import Mention, mentions
from beleg.layers.dating.near import yearless
from beleg.layers.dating.offices import office_clues
from beleg.layers.dating.passages import Passages
from beleg.layers.dating.reckoning import anniversary_clues, distance_clues
from beleg.layers.dating.solve import likelihood, open_window, window
from beleg.records import Conflict, Dating, TimeExpression
from beleg.rules.dating_rules import DatingRules
from beleg.text.article import Article, Span


def find_dating(
    article: Article,
    sentences: Sequence[Span],
    times: Sequence[TimeExpression],
    *,
    rules: DatingRules,
) -> Dating:
    """When the article was written, and what speaks against the day it bears.

    times: what the times layer found, counted from `article.published` if that is known.
    """
    passages = Passages(article, sentences, rules)
    named = mentions(passages, times)
    conflicts = [*calendar_conflicts(passages, named)]
    if article.published is None:
        return _inferred(passages, named, times, conflicts)
    clues = [clue for clue, _ in deictic(passages, named, times)]
    conflicts += publication_conflicts(passages, named, clues, times, article.published)
    return Dating(
        earliest=article.published,
        latest=article.published,
        basis="given" if article.published_given else "metadata",
        evidence=(),
        conflicts=_in_order(conflicts),
    )


def _in_order(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    return tuple(sorted(dict.fromkeys(conflicts), key=lambda each: (each.spans, each.because)))


def clues_of(
    passages: Passages, named: Sequence[Mention], times: Sequence[TimeExpression]
) -> list[Clue]:
    """All evidence that names its days."""
    reckoned = [*distance_clues(passages, named, times), *anniversary_clues(passages, named)]
    return [
        *anchor_clues(news_of(passages, named, times), passages.rules),
        *(clue for clue, _ in deictic(passages, named, times)),
        *(clue for clue, _ in reckoned),
        *age_clues(passages, named),
        *office_clues(passages, named),
        *event_clues(passages),
    ]


def news_of(
    passages: Passages, named: Sequence[Mention], times: Sequence[TimeExpression]
) -> list[Mention]:
    """The dates that may be news: not birthdays, not what is
    remembered or counted from, and not what says the day of writing outright."""
    reckoned = [*distance_clues(passages, named, times), *anniversary_clues(passages, named)]
    old = {mention.atoms for mention in birthdays(passages, named)}
    old |= {mention.atoms for _, mention in reckoned if mention is not None}
    old |= {mention.atoms for _, mention in deictic(passages, named, times)}
    return [mention for mention in named if mention.atoms not in old]


def _inferred(
    passages: Passages,
    named: Sequence[Mention],
    times: Sequence[TimeExpression],
    conflicts: Sequence[Conflict],
) -> Dating:
    clues = clues_of(passages, named, times)
    dates = yearless(passages, times)
    steps = likelihood(passages, clues, dates)
    found = window(steps, passages.rules.thresholds) if steps is not None else None
    earliest, latest = found if found is not None else open_window(clues)
    return Dating(
        earliest=earliest,
        latest=latest,
        basis="inferred",
        evidence=evidence(passages, clues, dates, (earliest, latest)),
        conflicts=_in_order([*conflicts, *clue_conflicts(passages, clues, (earliest, latest))]),
    )
