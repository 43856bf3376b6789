"""Statements of sentences, and the relations between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from beleg.layers.argument.reading import Unit
from beleg.records import ArgumentRole, Quotation
from beleg.rules.connective_rules import Connective, ConnectiveRules
from beleg.text import Span


class Relation(NamedTuple):
    """One statement given for or against another; `quote` holds each where it stands."""

    premise: Span
    conclusion: Span
    role: ArgumentRole
    cue: Span | None
    premise_quote: str | None
    conclusion_quote: str | None

    @property
    def kind(self) -> Literal["supports", "attacks"]:
        return "attacks" if self.role == "objection" else "supports"


class Place(NamedTuple):
    """A phrase of the table in the text: tokens `[start, stop)` of `unit`."""

    unit: Unit
    start: int
    stop: int
    phrase: Connective


class Reading(NamedTuple):
    """The article and the table."""

    units: Sequence[Unit]
    rules: ConnectiveRules


class Found(NamedTuple):
    """Tokens of one sentence that state something."""

    unit: Unit
    tokens: range

    @property
    def span(self) -> Span:
        return self.unit.span(self.tokens)

    @property
    def quote(self) -> Quotation | None:
        """The quotation that holds most of it."""
        inside = self.unit.quotes[self.tokens.start : self.tokens.stop]
        middle = inside[len(inside) // 2]
        return middle if middle is not None else inside[0]


def relation(
    place: Place, premise: Found | None, conclusion: Found | None, role: ArgumentRole = "premise"
) -> Iterator[Relation]:
    if premise is None or conclusion is None:
        return
    cue = place.unit.span(range(place.start, place.stop))
    yield relate(premise, conclusion, role, cue)


def relate(premise: Found, conclusion: Found, role: ArgumentRole, cue: Span | None) -> Relation:
    """The relation between two statements."""
    given, drawn = premise.quote, conclusion.quote
    return Relation(
        premise.span,
        conclusion.span,
        role,
        cue,
        given.id if given is not None else None,
        drawn.id if drawn is not None else None,
    )


def piece(unit: Unit, start: int, stop: int, quote: Quotation | None = None) -> Found | None:
    """The tokens as a statement; where `quote` is given, only those inside it."""
    if quote is not None:
        inside = [n for n in range(start, min(stop, len(unit.words))) if unit.quotes[n] is quote]
        if not inside:
            return None
        start, stop = inside[0], inside[-1] + 1
    tokens = unit.piece(start, stop)
    return Found(unit, tokens) if tokens is not None else None


def statement(unit: Unit) -> Found | None:
    """What a sentence states: itself, or what is quoted in it if that is most of it."""
    if not unit.own():
        quotes = [q for q in unit.quotes if q is not None and q is not unit.voice]
        return piece(unit, 0, unit.limit, quotes[0])
    return piece(unit, 0, unit.limit)


def before(place: Place, units: Sequence[Unit]) -> Found | None:
    """What the sentence before states, if it is the same voice's."""
    number = place.unit.number
    if not number:
        return None
    earlier = units[number - 1]
    if earlier.question or earlier.voice is not place.unit.voice:
        return None
    if abs(earlier.sentence.paragraph - place.unit.sentence.paragraph) > 1:
        return None
    return statement(earlier)
