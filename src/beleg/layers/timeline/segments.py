"""Cuts a sentence into segments: from border to border, and where a new clause is joined by "und"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from beleg.layers.timeline.words import Words
from beleg.rules.timeline_rules import TimelineRules

# sub: subordinate clause; rel: relative clause; main: a finite verb elsewhere; infinitive: with zu;
# part: no finite verb, so it belongs to a clause beside it
Kind = Literal["sub", "rel", "main", "infinitive", "part"]

_OPENING_REACH = 5  # words before a subordinator ("kurz nachdem", "nur wenige Stunden bevor")
_ORDER_REACH = 3  # words behind "und" in which "dann" stands
_VERB_CLUSTER = 3  # words: "hatte kommen wollen"


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens `[start, stop)` between borders.

    lead: index of the subordinator or relative pronoun, else the first word behind a coordinator.
    finite: index of the finite verb or -1. fresh: a hard border stands before it.
    coordinated: it opens with a coordinator; split: no border but a coordinator parts it from the
    clause before it. verb_first: its first word is the finite verb.
    """

    start: int
    stop: int
    kind: Kind
    lead: int
    finite: int
    fresh: bool
    coordinated: bool
    split: bool
    verb_first: bool
    participle: bool


def segments(words: Words, rules: TimelineRules, joined: Sequence[bool] = ()) -> list[Segment]:
    """The segments of a sentence in order. joined: borders inside a time are none."""
    found: list[Segment] = []
    fresh = True
    for start, stop, hard in _stretches(words, joined):
        if start < stop:
            for part_start, part_stop in _clauses_joined(words, start, stop, rules):
                split = part_start > start
                found.append(_segment(words, part_start, part_stop, fresh, split, rules))
                fresh = False
        fresh = fresh or hard
    return found


def _stretches(words: Words, joined: Sequence[bool]) -> Iterator[tuple[int, int, bool]]:
    """Token ranges between borders, and whether a hard border follows."""
    start = 0
    for index, code in enumerate(words.codes):
        if code in ",;" and not (joined and joined[index]):
            yield start, index, code == ";"
            start = index + 1
    yield start, len(words), False


def _clauses_joined(
    words: Words, start: int, stop: int, rules: TimelineRules
) -> Iterator[tuple[int, int]]:
    """Cut before "und", "oder" … where both sides are clauses of their own."""
    cuts = [
        index
        for index in range(start + 1, stop - 1)
        if words.codes[index] == "K" and not words.lower[index - 1].endswith("-")
    ]
    if not cuts:
        yield start, stop
        return
    begin, left = start, _Verbs(words, rules)
    left.read(start, cuts[0])
    for cut, after in pairwise([*cuts, stop]):
        right = _Verbs(words, rules)
        right.read(cut + 1, after)
        if _both_are_clauses(words, left, right, cut, rules):
            yield begin, cut
            begin, left = cut, right
        else:
            left.read(cut, after)
    yield begin, stop


class _Verbs:
    """What verbs and times a growing range has."""

    def __init__(self, words: Words, rules: TimelineRules) -> None:
        self._words = words
        self._rules = rules
        self.finite = self.participle = self.time = False

    def read(self, start: int, stop: int) -> None:
        for index in range(start, stop):
            code = self._words.codes[index]
            self.finite = self.finite or (code in "Fw" and not self._ends_infinitive(index, stop))
            self.participle = self.participle or code in "PTE"
            self.time = self.time or code == "t"

    def _ends_infinitive(self, index: int, stop: int) -> bool:
        """ "soll … erschossen haben": no finite verb, although it looks like one."""
        words = self._words
        auxiliary = words.lower[index] in self._rules.classes["infinitive-homograph"]
        return auxiliary and index == stop - 1 and words.codes[index - 1] in "PTEI"


def _both_are_clauses(
    words: Words, left: _Verbs, right: _Verbs, cut: int, rules: TimelineRules
) -> bool:
    """A shared subject ("kam und ging") does not make two clauses, unless each has its time."""
    ordered = any(word in rules.order for word in words.lower[cut + 1 : cut + 1 + _ORDER_REACH])
    if left.finite and right.finite:
        return right.time or ordered or words.codes[cut + 1] not in "FwqIPTE"
    return left.participle and right.participle and ((left.time and right.time) or ordered)


def _segment(
    words: Words, start: int, stop: int, fresh: bool, split: bool, rules: TimelineRules
) -> Segment:
    first = start
    while first < stop - 1 and words.codes[first] in "qK":
        first += 1
    coordinated = "K" in words.codes[start:first]
    lead = _lead(words, first, stop, rules)
    verb_last = _verb_last(words, first, stop)
    kind: Kind
    if lead is not None:
        kind, finite = "sub", verb_last
    elif (
        verb_last >= 0
        and _may_be_relative(words, start, fresh)
        and _is_relative(words, first, verb_last, rules)
    ):
        kind, finite, lead = "rel", verb_last, first
    elif _may_be_relative(words, start, fresh) and _opens_relative(words, first, stop, rules):
        kind, finite, lead = "rel", -1, first
    else:
        finite = _finite_in_main(words, first, stop, rules)
        kind = "main" if finite >= 0 else "part"
        if finite < 0 and "I" in words.codes[first:stop]:
            kind = "infinitive"
    return Segment(
        start=start, stop=stop, kind=kind, lead=first if lead is None else lead, finite=finite,
        fresh=fresh, coordinated=coordinated, split=split, verb_first=finite == first,
        participle=any(code in "PTE" for code in words.codes[first:stop]),
    )  # fmt: skip


def _lead(words: Words, first: int, stop: int, rules: TimelineRules) -> int | None:
    """Where a subordinator opens the segment, if one does."""
    for index in range(first, min(stop, first + _OPENING_REACH)):
        word = words.lower[index]
        if word in rules.classes["subordinator"]:
            return index
        if index <= first + 1 and word in rules.classes["maybe-subordinator"]:
            verb = _verb_last(words, index + 1, stop)
            if verb > index and not _finite_before(words, index + 1, verb):
                return index
        if words.codes[index] not in "xat#AR":
            return None
    return None


def _verb_last(words: Words, start: int, stop: int) -> int:
    """Index of the finite verb if the range ends in verbs, else -1."""
    end = stop - 1
    while end >= start and words.codes[end] in "q":
        end -= 1
    if end < start or words.codes[end] not in "FwTEP":
        return -1
    for index in range(end, max(start - 1, end - _VERB_CLUSTER), -1):
        if words.codes[index] in "Fw":
            return index
        if words.codes[index] not in "TEPI":
            break
    return end


def _finite_before(words: Words, start: int, verb: int) -> bool:
    return any(words.codes[index] in "Fw" for index in range(start, verb - 1))


def _may_be_relative(words: Words, start: int, fresh: bool) -> bool:
    """Whether a comma stands before; behind brackets a clause only goes on."""
    return not fresh and start > 0 and words.lower[start - 1] != ")"


def _is_relative(words: Words, first: int, verb: int, rules: TimelineRules) -> bool:
    """ "der …", "in dem …", "deren Haus …" with the verb last and none before."""
    at = first
    if words.codes[at] == "R" and at + 1 < verb:
        at += 1
    if words.lower[at] not in rules.classes["relative"] or verb <= at:
        return False
    return not _finite_before(words, at + 1, verb)


def _opens_relative(words: Words, first: int, stop: int, rules: TimelineRules) -> bool:
    """ "die mit Booten am Ufer, …": a pronoun, no article; the verb comes behind an insertion."""
    return (
        first + 1 < stop
        and words.lower[first] in rules.classes["relative"]
        and words.codes[first + 1] in "RpxtD"
        and not words.aside[first]
        and not any(code in "Fw" for code in words.codes[first:stop])
    )


def _finite_in_main(words: Words, start: int, stop: int, rules: TimelineRules) -> int:
    """Index of the finite verb of a main clause, or -1."""
    codes = words.codes
    for index in range(start, stop):
        if codes[index] in "Fw":
            return index
    for index in range(start, stop - 1):
        if _looks_finite(words, index, start, rules):
            return index
    return -1


def _looks_finite(words: Words, index: int, start: int, rules: TimelineRules) -> bool:
    """ "berichtet Muster", "Lotsen fordern", "gelte es": by ending and neighbours, not at the end."""
    code, after = words.codes[index], words.codes[index + 1]
    before = words.codes[index - 1] if index > start else ""
    match code:
        case "T":
            return after not in "TEPI" if before else after in "NpD"
        case "E":
            return before in "Ntp" or after == "p" if before else after in "pD"
        case "a" if rules.shapes["e-form"].search(words.lower[index]):
            return after == "p" or (before == "N" and after in "DR")
    return False
