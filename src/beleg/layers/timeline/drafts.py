"""Drafts of events, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beleg.layers.timeline.borders import behind_dateline, joined_borders
from beleg.layers.timeline.clauses import Clause, build_clauses
from beleg.layers.timeline.cues import find_cues, tells_past
from beleg.layers.timeline.extents import extents, trimmed
from beleg.layers.timeline.links import Linker
from beleg.layers.timeline.placing import Located, Placed, merged, placing
from beleg.layers.timeline.scene import Draft, Link, Past, Scene
from beleg.layers.timeline.segments import segments
from beleg.layers.timeline.words import Words, read_words
from beleg.records import TimeExpression
from beleg.rules.timeline_rules import TimelineRules
from beleg.text.article import Span
from beleg.text.segments import Sentence


def read_scene(
    sentence: Sentence,
    times: Sequence[TimeExpression],
    past: Past,
    links: list[Link],
    *,
    rules: TimelineRules,
    today: date | None,
) -> Scene:
    """The drafts of a sentence with their spans; adds to `links` what its words state."""
    located = _locate(sentence, times)
    words = read_words(sentence.tokens, _marked(located, len(sentence.tokens)), rules)
    body = behind_dateline(words)
    segs = segments(words, rules, joined_borders(located, words))
    clauses = build_clauses(words, segs, rules)
    scene = Scene(sentence, words, clauses)
    owner = _owners(clauses, len(words))
    if not _is_head(words, rules):
        _add_dated(scene, [item for item in located if item[1] >= body], owner, rules, today)
    cues = find_cues(words, clauses, owner, _resolved(located, len(words)), rules)
    Linker(scene, past, links, located).link(cues)
    _set_spans(scene, rules)
    return scene


def _locate(sentence: Sentence, times: Sequence[TimeExpression]) -> list[Located]:
    """The times with the tokens they touch; both are in order."""
    located: list[Located] = []
    at, tokens = 0, sentence.tokens
    for time in times:
        while at < len(tokens) and tokens[at].end <= time.span.start:
            at += 1
        stop = at
        while stop < len(tokens) and tokens[stop].start < time.span.end:
            stop += 1
        if stop > at and (not located or at >= located[-1][2]):
            located.append((time, at, stop))
    return located


def _marked(located: Sequence[Located], length: int) -> list[bool]:
    marked = [False] * length
    for _, first, stop in located:
        marked[first:stop] = [True] * (stop - first)
    return marked


def _resolved(located: Sequence[Located], length: int) -> list[bool]:
    return _marked([item for item in located if item[0].earliest or item[0].latest], length)


def _is_head(words: Words, rules: TimelineRules) -> bool:
    """Whether the sentence is nothing but a date, with words such as "Stand" at most."""
    head = rules.asides["head"]
    return not any(
        code in "NAFwTEP" and word not in head
        for code, word in zip(words.codes, words.lower, strict=True)
    )


def _owners(clauses: Sequence[Clause], length: int) -> list[int]:
    """The clause of each token, -1 for borders."""
    owner = [-1] * length
    for number, clause in enumerate(clauses):
        for part in clause.own:
            for at in part:
                owner[at] = number
    return owner


def _add_dated(
    scene: Scene,
    located: Sequence[Located],
    owner: Sequence[int],
    rules: TimelineRules,
    today: date | None,
) -> None:
    by_clause: dict[int, list[Placed]] = {}
    leads = {clause.lead for clause in scene.clauses if clause.kind == "sub"}
    placed = placing(located, scene.words, leads, rules=rules, today=today)
    for item in placed:
        by_clause.setdefault(owner[item.first], []).append(item)
    for number, own in by_clause.items():
        if number < 0:
            continue
        clause = scene.clauses[number]
        if _keeps_hours(own, clause, scene.words, rules):
            continue
        scene.drafts[number] = [
            Draft(number, item.first, item.stop, item.time, item.days, scene.sentence.span)
            for item in merged(own, scene.words, clause.core, rules)
        ]


def _keeps_hours(
    placed: Sequence[Placed], clause: Clause, words: Words, rules: TimelineRules
) -> bool:
    """ "ist von 8 bis 20 Uhr geöffnet": hours of the day that nothing ties to one day."""
    hours = len(placed) > 1 and all(item.time.type == "TIME" for item in placed)
    return hours and not tells_past(clause, words, rules, perfect=False)


def _set_spans(scene: Scene, rules: TimelineRules) -> None:
    if not scene.drafts and scene.waiting is None:
        return
    words, clauses = scene.words, scene.clauses
    busy = [number in scene.drafts for number in range(len(clauses))]
    found = extents(clauses, busy, words, rules)
    for draft in [*scene.all_drafts(), *([scene.waiting] if scene.waiting else [])]:
        clause = clauses[draft.clause]
        start, stop = found[draft.clause].start, found[draft.clause].stop
        if draft.first > clause.lead and _opens_with_conjunction(clause, words, rules):
            start = max(start, clause.lead + 1)
        start, stop = trimmed(words, start, stop)
        nouns = words.nouns[stop] - words.nouns[start]
        if not clause.verb or not nouns or not start <= draft.first <= draft.stop <= stop:
            start, stop = trimmed(words, 0, len(words))
        end = words.tokens[stop - 1].end
        if draft.time is not None:
            end = max(end, draft.time.span.end)
        draft.span = Span(words.tokens[start].start, end)


def _opens_with_conjunction(clause: Clause, words: Words, rules: TimelineRules) -> bool:
    """Whether the opening word is no part of what is told: "als …"; not "wer …", "wie hell …"."""
    if clause.kind != "sub":
        return False
    word = words.lower[clause.lead]
    if word in rules.asides["comparison-opener"]:
        return words.codes[clause.lead + 1] in "DNptR"
    return word not in rules.classes["subordinator-kept"]
