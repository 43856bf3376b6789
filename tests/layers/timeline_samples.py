"""Reads marked examples of the timeline: events in [brackets], with their rank in [2: brackets]."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from beleg.layers.timeline import find_events
from beleg.layers.times import find_times
from beleg.records import Event, TimeExpression
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.rules.timeline_rules import load_timeline_rules
from beleg.text.article import Article, Span
from beleg.text.segments import Sentence, segment

PUBLISHED = date(2020, 6, 15)  # a Monday
_MARKED = re.compile(r"\[(?:(\d+): )?([^\]]*)\]")


class Marked(NamedTuple):
    """A marked stretch and its rank, if it has one."""

    span: Span
    rank: int | None


def unmark(marked: str) -> tuple[str, list[Marked]]:
    """The text without marks, and what was marked."""
    parts: list[str] = []
    found: list[Marked] = []
    last = length = 0
    for match in _MARKED.finditer(marked):
        parts += [marked[last : match.start()], match[2]]
        length += match.start() - last
        rank = int(match[1]) if match[1] else None
        found.append(Marked(Span(length, length + len(match[2])), rank))
        length += len(match[2])
        last = match.end()
    return "".join([*parts, marked[last:]]), found


def parts_of(
    text: str, published: date | None = PUBLISHED
) -> tuple[Article, tuple[Sentence, ...], tuple[TimeExpression, ...]]:
    """What the layer takes: the article, its sentences and its times."""
    article = Article(text=text, published=published)
    sentences = segment(text, segmentation_table())
    spans = [sentence.span for sentence in sentences]
    times = find_times(article, spans, rules=load_time_rules(), published=published)
    return article, sentences, times


def events_of(text: str, published: date | None = PUBLISHED) -> tuple[Event, ...]:
    """The events of a text."""
    return find_events(*parts_of(text, published), rules=load_timeline_rules())


def told(text: str, published: date | None = PUBLISHED) -> list[str]:
    """The words of the events, in their order."""
    return [text[event.span.start : event.span.end] for event in events_of(text, published)]


def assert_as_marked(marked: str) -> None:
    """The events are those marked; those with ranks stand in that order and name the one before."""
    text, expected = unmark(marked)
    events = events_of(text)
    assert sorted(event.span for event in events) == sorted(item.span for item in expected), marked
    ranks = {item.span: item.rank for item in expected if item.rank is not None}
    ordered = [event for event in events if event.span in ranks]
    assert [ranks[event.span] for event in ordered] == sorted(ranks.values()), marked
    for earlier, later in pairwise(ordered):
        assert earlier.id in later.after, marked
