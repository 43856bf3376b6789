"""Finds what happened when: the clause around each time, and the order of events.

An event is a clause that a time places ("Am Montag brannte die Halle") or that a word links
to such a clause ("Danach flohen die Gäste"). Dates of nouns ("der Brief vom 3. Mai"),
comparisons, recurring times and bare durations place nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beleg.layers.timeline.cues import may_be_linked
from beleg.layers.timeline.days import Days
from beleg.layers.timeline.drafts import read_scene
from beleg.layers.timeline.order import in_order
from beleg.layers.timeline.placing import has_place
from beleg.layers.timeline.scene import Draft, Link, Past, Scene
from beleg.records import Event, TimeExpression
from beleg.rules.timeline_rules import TimelineRules
from beleg.text.article import Article
from beleg.text.segments import Sentence

_RECALL = 5  # sentences that "wenige Stunden später" reaches back


def find_events(
    article: Article,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    *,
    rules: TimelineRules,
) -> tuple[Event, ...]:
    """The events of an article in the order they happened, as far as the text settles it.

    sentences, times: of the same text, each in order.
    An event's days are those of its time, bounded by words such as "bis" and "danach".
    `after` names the nearest events before it: by their days, and by words that say so.
    """
    links: list[Link] = []
    drafts = _read(article, sentences, times, links, rules)
    numbers = {id(draft): number for number, draft in enumerate(drafts)}
    pairs = [(numbers[id(earlier)], numbers[id(later)]) for earlier, later in links]
    ordered = in_order([draft.days for draft in drafts], pairs)
    ids = {item.number: f"e{rank}" for rank, item in enumerate(ordered, start=1)}
    return tuple(
        _event(drafts[item.number], ids[item.number], item.days, tuple(ids[n] for n in item.after))
        for item in ordered
    )


def _read(
    article: Article,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    links: list[Link],
    rules: TimelineRules,
) -> list[Draft]:
    """The drafts in the order of the text; `links` takes what words state."""
    drafts: list[Draft] = []
    scene: Scene | None = None
    recalled, told_at = None, 0
    for number, (sentence, own) in enumerate(_with_times(sentences, times)):
        before = scene if scene is not None and told_at == number - 1 else None
        if before is not None and before.sentence.paragraph != sentence.paragraph:
            before = None
        if number - told_at > _RECALL:
            recalled = None
        told = before is not None or (bool(own) and recalled is not None)
        if not any(map(has_place, own)) and not may_be_linked(sentence, told, rules):
            continue
        past = Past(before, recalled)
        found = read_scene(sentence, own, past, links, rules=rules, today=article.published)
        if found.drafts or found.waiting is not None:
            # Only now is it known whether "zuerst" in the scene before is followed by anything.
            drafts += scene.all_drafts() if scene is not None else []
            scene, told_at = found, number
            recalled = found.told_last() or recalled
    return drafts + (scene.all_drafts() if scene is not None else [])


def _with_times(
    sentences: Sequence[Sentence], times: Sequence[TimeExpression]
) -> Iterator[tuple[Sentence, Sequence[TimeExpression]]]:
    """Each sentence with the times that begin in it."""
    at = 0
    for sentence in sentences:
        first = at
        while at < len(times) and times[at].span.start < sentence.span.end:
            at += 1
        yield sentence, times[first:at]


def _event(draft: Draft, name: str, days: Days, after: tuple[str, ...]) -> Event:
    return Event(
        id=name,
        span=draft.span,
        time=draft.time.id if draft.time is not None else None,
        earliest=days.earliest,
        latest=days.latest,
        after=after,
        people=(),
        quote=None,
    )
