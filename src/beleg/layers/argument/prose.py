"""Claims and reasons without a connective, in the text of somebody who argues.

Each sentence gets two scores, from its traits (weights.json) and from a network on the word vectors
(head.py): that it is a conclusion, and that it is given for one. The likely ones become nodes, and
each reason goes to the claim next to it; in the Potsdam Commentary Corpus 2.0 the reason stands
behind its claim in 159 of 233 cases.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from beleg.layers.argument.features import features, score
from beleg.layers.argument.reading import Unit
from beleg.layers.argument.statements import Found, Relation, relate, statement
from beleg.layers.argument.weights import load_weights
from beleg.records import ArgumentRole
from beleg.rules.connective_rules import ConnectiveRules
from beleg.text import Span

_CENTURIES = frozenset(["17", "18", "19", "20"])
REPORTS = -1.0  # logit of the register; who argues less draws conclusions only with connectives
_NEAR = 4  # sentences from a claim to what is given for it
_ACROSS = 2  # sentences, where a paragraph ends between them
_LONGEST = 60  # words; what is longer states several things
# Logits of traits and network together; of the pairs whose F1 is nearly the best on labelled texts
# that neither was trained on, one that is right more often.
_CLAIM = -2.3
_REASON = -2.8
UNTOLD = (-2.5, -2.0)  # logits of the network for a sentence that may be anything


class _Stated(NamedTuple):
    """A sentence and what it states; drawn, given: what connectives make of a part of it."""

    unit: Unit
    what: Found
    drawn: Span | None
    given: Span | None
    claim: float
    reason: float


def find_unmarked(
    units: Sequence[Unit],
    marked: Sequence[Relation],
    told: Mapping[Span, Sequence[float]],
    rules: ConnectiveRules,
) -> Iterator[Relation]:
    """Relations between neighbouring sentences of one voice, beside those in `marked`.

    told: what the network says of each sentence (see head.py), UNTOLD where it says nothing.
    """
    drawn = {relation.conclusion.start: relation.conclusion for relation in marked}
    given = {relation.premise.start: relation.premise for relation in marked}
    voices: dict[str | None, list[_Stated]] = {}
    for number, unit in enumerate(units):
        if (
            unit.register < REPORTS
            or unit.question
            or unit.sentence.kind != "sentence"
            or not unit.own()
        ):
            continue
        what = statement(unit)
        if what is not None:
            logits = told.get(unit.sentence.span, UNTOLD)
            one = _stated(number, units, what, (drawn, given), logits, rules)
            voices.setdefault(unit.voice.id if unit.voice else None, []).append(one)
    for stated in voices.values():
        yield from _of_voice(stated, rules)


def _stated(
    number: int,
    units: Sequence[Unit],
    what: Found,
    known: tuple[Mapping[int, Span], Mapping[int, Span]],
    logits: Sequence[float],
    rules: ConnectiveRules,
) -> _Stated:
    drawn, given = (_within(units[number], starts) for starts in known)
    weights = load_weights()
    found = features(number, units, rules, given=given is not None, drawn=drawn is not None)
    return _Stated(
        units[number],
        what,
        drawn,
        given,
        score(found, weights.conclusion) + logits[0],
        score(found, weights.premise) + logits[1],
    )


def _of_voice(stated: Sequence[_Stated], rules: ConnectiveRules) -> Iterator[Relation]:
    """The relations among the sentences of one voice."""
    claims = [n for n, one in enumerate(stated) if one.drawn is not None or one.claim >= _CLAIM]
    among = set(claims)
    pairs: set[tuple[int, int]] = set()
    for n, one in enumerate(stated):
        if n in among or one.given is not None or one.reason < _REASON:
            continue
        if len(one.what.tokens) > _LONGEST:
            continue
        claim = _nearest(claims, n)
        if claim is not None and _near(one.unit, stated[claim].unit):
            pairs.add((n, claim))
            yield _relation(one, stated[claim], rules)
    used = {claim for _, claim in pairs}
    for n in claims:
        if n not in used and stated[n].drawn is None:
            best = _best(stated, n, pairs)
            if best is not None:
                pairs.add((best, n))
                yield _relation(stated[best], stated[n], rules)


def _near(one: Unit, other: Unit) -> bool:
    far = abs(one.number - other.number)
    return far <= (_NEAR if one.sentence.paragraph == other.sentence.paragraph else _ACROSS)


def _nearest(claims: Sequence[int], place: int) -> int | None:
    """The claim next to a place and not there, of two equally near the earlier, or None."""
    at = bisect_left(claims, place)
    beside = [claim for claim in claims[max(at - 1, 0) : at + 2] if claim != place]
    return min(beside, key=lambda claim: abs(claim - place), default=None)


def _best(stated: Sequence[_Stated], claim: int, pairs: Container[tuple[int, int]]) -> int | None:
    """The most likely reason beside a claim that would have none, or None.

    pairs: reasons with their claims; what the claim is a reason for is none for it.
    """
    beside = [
        n
        for n in (claim - 1, claim + 1)
        if 0 <= n < len(stated)
        and _near(stated[n].unit, stated[claim].unit)
        and stated[n].given is None
        and (claim, n) not in pairs
        and len(stated[n].what.tokens) <= _LONGEST
    ]
    return max(beside, key=lambda n: stated[n].reason, default=None)


def _relation(reason: _Stated, claim: _Stated, rules: ConnectiveRules) -> Relation:
    role: ArgumentRole = "premise"
    if reason.unit.number + 1 == claim.unit.number and _turns(claim.unit, rules):
        role = "objection"
    elif _looks_back(reason.unit, rules):
        role = "precedent"
    found = relate(reason.what, claim.what, role, None)
    return found if claim.drawn is None else found._replace(conclusion=claim.drawn)


def _looks_back(unit: Unit, rules: ConnectiveRules) -> bool:
    """Whether the sentence begins with a case of the past ("damals", "schon 1998", "1998")."""
    first = unit.words[1:3] if unit.words[0] in rules.classes["already"] else unit.words[:2]
    return any(
        word in rules.classes["long-ago"]
        or (len(word) == 4 and word.isdecimal() and word[:2] in _CENTURIES)
        for word in first
    )


def _turns(unit: Unit, rules: ConnectiveRules) -> bool:
    return any(phrase.kind == "turn" for phrase in rules.at(unit.words, 0))


def _within(unit: Unit, starts: Mapping[int, Span]) -> Span | None:
    """The first of the spans that begins in the sentence."""
    for token in unit.sentence.tokens:
        if token.start in starts:
            return starts[token.start]
    return None
