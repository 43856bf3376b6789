"""Reasons without a connective, in the text of somebody who argues.

A paragraph of a comment mostly makes one claim and gives the rest for it: the reason stands
behind its claim in 159 of 233 cases of the Potsdam Commentary Corpus 2.0 and beside it in 158.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from beleg.layers.argument.reading import Unit
from beleg.layers.argument.statements import Found, Relation, relate, statement
from beleg.rules.connective_rules import ConnectiveRules
from beleg.text import Span

_NEAR = 4  # sentences from a claim to what is given for it
_CLAIM = 1.5  # weight from which a sentence is a claim beside the paragraph's first one
_FIRST = 1.0  # weight of standing first in its paragraph
_TURN = 1.0  # weight of beginning with "aber", "doch"
_LONGEST = 60  # words; what is longer states several things


class _Stated(NamedTuple):
    """A sentence and what it states; drawn, given: what connectives make of a part of it."""

    unit: Unit
    what: Found
    drawn: Span | None
    given: Span | None
    weight: float


def find_unmarked(
    units: Sequence[Unit], marked: Sequence[Relation], rules: ConnectiveRules
) -> Iterator[Relation]:
    """Relations between neighbouring sentences of a paragraph, beside those in `marked`."""
    drawn = {relation.conclusion.start: relation.conclusion for relation in marked}
    given = {relation.premise.start: relation.premise for relation in marked}
    arguing = (u for u in units if u.argues and u.sentence.kind == "sentence")
    for _, group in groupby(arguing, key=lambda unit: unit.sentence.paragraph):
        stated = [
            _Stated(unit, what, _within(unit, drawn), _within(unit, given), _weight(unit, rules))
            for unit in group
            if unit.own() and not unit.question
            if (what := statement(unit)) is not None
        ]
        if len(stated) > 1:
            yield from _of_paragraph(stated, rules)


def _of_paragraph(stated: Sequence[_Stated], rules: ConnectiveRules) -> Iterator[Relation]:
    claims = _claims(stated)
    among = set(claims)
    for n, one in enumerate(stated):
        if n in among or one.given is not None or len(one.what.tokens) > _LONGEST:
            continue
        nearest = _nearest(claims, n)
        if abs(nearest - n) > _NEAR:
            continue
        objects = nearest == n + 1 and _turns(stated[nearest].unit, rules)
        claim = stated[nearest]
        found = relate(one.what, claim.what, "objection" if objects else "premise", None)
        yield found if claim.drawn is None else found._replace(conclusion=claim.drawn)


def _nearest(claims: Sequence[int], place: int) -> int:
    """The claim next to a place, of two equally near the earlier: reasons stand behind."""
    at = bisect_left(claims, place)
    return min(claims[max(at - 1, 0) : at + 1], key=lambda claim: abs(claim - place))


def _claims(stated: Sequence[_Stated]) -> list[int]:
    """The places of the claims: those drawn already, heavy ones, at least the heaviest."""
    weights = [one.weight + _FIRST * (n == 0) for n, one in enumerate(stated)]
    free = [n for n, one in enumerate(stated) if one.given is None]
    claims = [n for n, one in enumerate(stated) if one.drawn is not None]
    claims += [n for n in free if weights[n] >= _CLAIM and stated[n].drawn is None]
    if not claims:
        claims = [max(free or range(len(stated)), key=lambda n: (weights[n], -n))]
    return sorted(claims)


def _turns(unit: Unit, rules: ConnectiveRules) -> bool:
    return any(phrase.kind == "turn" for phrase in rules.at(unit.words, 0))


def _within(unit: Unit, starts: Mapping[int, Span]) -> Span | None:
    """The first of the spans that begins in the sentence."""
    for token in unit.sentence.tokens:
        if token.start in starts:
            return starts[token.start]
    return None


def _weight(unit: Unit, rules: ConnectiveRules) -> float:
    weights = rules.weights["claim"]
    turn = _TURN * _turns(unit, rules)
    return turn + sum(weights.get(word, 0.0) for word in set(unit.words))
