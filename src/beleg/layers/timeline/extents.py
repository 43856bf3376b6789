"""Where clauses begin and end, with the clauses that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from beleg.layers.timeline.clauses import Clause
from beleg.layers.timeline.words import Words
from beleg.rules.timeline_rules import TimelineRules

_PHRASE_LONGEST = 20  # tokens of what a relative clause tells of
_MOST_PHRASES = 2  # noun phrases passed over because the pronoun does not agree with them
_MOST_BORDERS = 3  # marks between a clause and what belongs to it ("“, ")


@dataclass(frozen=True, slots=True)
class Extent:
    """The token range of a clause with the clauses that belong to it."""

    start: int
    stop: int


def extents(
    clauses: Sequence[Clause], busy: Sequence[bool], words: Words, rules: TimelineRules
) -> list[Extent]:
    """The extent of every clause.

    busy: clauses that are events themselves. A relative clause, what was said and an
    infinitive belong to the clause they depend on, unless they hold an event.
    """
    quiet = [not value for value in busy]
    events_before = list(accumulate(busy, initial=0))
    for index in range(len(clauses) - 1, -1, -1):
        parent = clauses[index].parent
        if 0 <= parent < index and clauses[index].kind != "frame":
            quiet[parent] = quiet[parent] and quiet[index]
    stops = [clause.stop for clause in clauses]
    for index in range(len(clauses) - 1, -1, -1):
        for child in clauses[index].children:
            follows = _adjoins(words, stops[index], clauses[child].start)
            if follows and quiet[child] and _belongs(clauses[child], words, rules):
                stops[index] = stops[child]
    return [
        Extent(_start(index, clauses, events_before, words, rules), stops[index])
        for index in range(len(clauses))
    ]


def _adjoins(words: Words, stop: int, start: int) -> bool:
    return 0 <= start - stop <= _MOST_BORDERS and all(
        code in ",q" for code in words.codes[stop:start]
    )


def _belongs(clause: Clause, words: Words, rules: TimelineRules) -> bool:
    if clause.kind in ("rel", "reported"):
        return True
    return clause.kind == "sub" and words.lower[clause.lead] in rules.classes["complement"]


def _start(
    index: int,
    clauses: Sequence[Clause],
    events_before: Sequence[int],
    words: Words,
    rules: TimelineRules,
) -> int:
    """A frame takes with it what it introduces, unless that holds events of its own."""
    clause = clauses[index]
    if clause.kind == "frame" and events_before[clause.parent] == events_before[index]:
        return clauses[clause.parent].start
    if clause.kind == "rel":
        return _antecedent(words, clause, rules)
    return clause.start


def _antecedent(words: Words, clause: Clause, rules: TimelineRules) -> int:
    """Where the noun phrase right before a relative clause begins, else the clause."""
    noun = clause.start - 1
    for _ in range(_MOST_BORDERS):
        if noun >= 0 and words.codes[noun] in ",q":
            in_brackets = words.lower[noun] == ")" and words.partner[noun] >= 0
            noun = (words.partner[noun] if in_brackets else noun) - 1
    if noun < 0 or words.codes[noun] != "N":
        return clause.start
    never = rules.disagree.get(words.lower[clause.lead], frozenset())
    start = _phrase_start(words, noun, rules)
    for _ in range(_MOST_PHRASES):
        opening = words.lower[start] if words.codes[start] == "D" else words.lower[start - 1]
        before = start - 2 if start > 1 and words.codes[start - 1] == "R" else start - 1
        if opening not in never or before < 0 or words.codes[before] != "N":
            break
        start = _phrase_start(words, before, rules)  # "der Flug zum Mond, die": not the moon
    return start


def _phrase_start(words: Words, noun: int, rules: TimelineRules) -> int:
    """Where the noun phrase that ends in the noun begins.

    A genitive or a bare name behind a preposition is part of a larger one: "der Bau der
    Leitung, der", "die Stelle in Musterstadt, die".
    """
    at = noun
    limit = max(0, noun - _PHRASE_LONGEST)
    while at > limit:
        before = words.codes[max(0, at - 2) : at]
        if words.codes[at - 1] in "NA#":
            at -= 1
        elif before == ["N", "R"] or (
            before == ["N", "D"] and words.lower[at - 1] in rules.classes["genitive"]
        ):
            at -= 2
        else:
            break
    return at - 1 if at > 0 and words.codes[at - 1] == "D" else at


def trimmed(words: Words, start: int, stop: int) -> tuple[int, int]:
    """The range without conjunctions, borders and outer quotation marks at its ends."""
    while start < stop - 1:
        code, partner = words.codes[start], words.partner[start]
        if code == "K" or (code in ",;" and not start < partner < stop):
            start += 1
        elif code in "q," and partner == stop - 1:
            start, stop = start + 1, stop - 1
        elif code == "q" and not start < partner < stop:
            start += 1
        elif words.codes[stop - 1] in ",;q" and not start <= words.partner[stop - 1] < stop:
            stop -= 1
        else:
            break
    if stop < len(words) and words.lower[stop] == ")" and start <= words.partner[stop]:
        stop += 1
    return start, stop
