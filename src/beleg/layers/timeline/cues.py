"""Finds the words that put clauses in order ("danach", "bevor") and what they link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beleg.layers.timeline.clauses import Clause
from beleg.layers.timeline.words import Words
from beleg.rules.timeline_rules import OrderWord, TimelineRules
from beleg.text.segments import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """An order word of a sentence, at token range `[first, stop)` of a clause."""

    word: OrderWord
    first: int
    stop: int
    clause: int


def may_be_linked(sentence: Sentence, told: bool, rules: TimelineRules) -> bool:
    """Whether an order word may make the sentence an event: cheap, before anything is built.

    told: something was told in the sentence before, so that "danach" has what it refers to.
    """
    words = rules.order if told else rules.openers
    return any(token.text.lower() in words for token in sentence.tokens)


def find_cues(
    words: Words,
    clauses: Sequence[Clause],
    owner: Sequence[int],
    resolved: Sequence[bool],
    rules: TimelineRules,
) -> list[Cue]:
    """The order words of a sentence, at most one for each clause.

    owner: the clause of each token or -1. resolved: tokens of times whose days are known;
    "zwei Tage zuvor" needs no word to be placed.
    """
    if rules.order.keys().isdisjoint(words.lower):
        return []
    found: dict[int, Cue] = {}
    for at, clause in enumerate(owner):
        if clause < 0 or clause in found or resolved[at] or words.aside[at]:
            continue
        for word in rules.order.get(words.lower[at], ()):
            stop = at + len(word.words)
            if tuple(words.lower[at:stop]) == word.words and _fits(
                word, at, stop, clauses[clause], words, rules
            ):
                found[clause] = Cue(word, at, stop, clause)
                break
    return [found[clause] for clause in sorted(found)]


def _fits(
    word: OrderWord, at: int, stop: int, clause: Clause, words: Words, rules: TimelineRules
) -> bool:
    if word.conjunction:
        return clause.kind == "sub" and clause.lead == at
    if clause.lead == at and clause.kind == "sub":
        return False
    before = words.lower[at - 1] if at else ""
    after = words.lower[stop] if stop < len(words) else ""
    if before in word.never_after or after in word.never_before:
        return False
    if word.past and not tells_past(clause, words, rules):
        return False
    return word.reported or not _cites(clause, words, rules)


def _own(clause: Clause, words: Words) -> Iterator[tuple[str, str]]:
    for part in clause.own:
        for at in part:
            yield words.codes[at], words.lower[at]


def tells_past(clause: Clause, words: Words, rules: TimelineRules, *, perfect: bool = True) -> bool:
    """Whether a past form stands in the clause, or a perfect, which "ist geöffnet" resembles."""
    auxiliary = participle = False
    for code, word in _own(clause, words):
        if code == "w" or (code == "F" and word in rules.past):
            return True
        auxiliary = auxiliary or word in rules.perfect
        participle = participle or code in "PTE"
    return perfect and auxiliary and participle


def _cites(clause: Clause, words: Words, rules: TimelineRules) -> bool:
    """Whether the clause tells what somebody said or what a rule demands."""
    cited = rules.classes["reported"] | rules.classes["norm"]
    return any(code == "F" and word in cited for code, word in _own(clause, words))
