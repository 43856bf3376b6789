"""Reasons that are announced: counted ones, grounds that somebody gives, precedents."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.layers.argument.clauses import clause_start, clause_stop, complement_after
from beleg.layers.argument.reading import Unit
from beleg.layers.argument.statements import (
    Found,
    Place,
    Reading,
    Relation,
    before,
    piece,
    relation,
    statement,
)
from beleg.rules.connective_rules import ConnectiveRules

_RECALL = 6  # sentences in which counted reasons are looked for
_GROUNDS_WITHIN = 25  # tokens from "begründete" to "damit, dass"


def grounds(place: Place, read: Reading) -> Iterator[Relation]:
    """ "X begründete B damit, dass A", "Zur Begründung sagte X, A"."""
    unit, start, stop = place.unit, place.start, place.stop
    if unit.question:
        return
    if place.phrase.at_start:
        yield from relation(place, statement(unit), before(place, read.units))
        return
    end = min(stop + _GROUNDS_WITHIN, unit.limit)
    for number in range(stop, end):
        if " ".join(unit.words[number : number + 3]) in read.rules.classes["grounds-opener"]:
            begin = number + 3
            premise = piece(unit, begin, clause_stop(unit, begin, read.rules))
            yield from relation(
                place, premise, piece(unit, clause_start(unit, start, read.rules), number)
            )
            return


def reasons(place: Place, read: Reading) -> Iterator[Relation]:
    """Counted reasons: the sentences behind that begin with "erstens", "hinzu kommt"."""
    conclusion = said(place.unit, place.stop, read.rules)
    number = place.unit.number
    for later in read.units[number + 1 : number + 1 + _RECALL]:
        for at in range(min(2, len(later.words))):
            for phrase in read.rules.at(later.words, at):
                if phrase.kind == "counter":
                    found = Place(later, at, at + len(phrase.words), phrase)
                    yield from relation(found, statement(later), conclusion)


def said(unit: Unit, stop: int, rules: ConnectiveRules) -> Found | None:
    """What the reasons are said to be for: the clause behind ", dass", else the sentence."""
    begin = complement_after(unit, stop, rules)
    if begin > 0:
        return piece(unit, begin, clause_stop(unit, begin, rules))
    return statement(unit)


def precedent(place: Place, read: Reading, drawn: Found | None) -> Iterator[Relation]:
    """ "Dafür gibt es ein Vorbild. A": A for what was concluded last, or for the sentence before.

    drawn: the conclusion that counted reasons shortly before were for.
    """
    unit = place.unit
    later = read.units[unit.number + 1 : unit.number + 2]
    if unit.question or not later or later[0].question or later[0].voice is not unit.voice:
        return
    if drawn is None or drawn.unit.voice is not unit.voice:
        drawn = before(place, read.units)
    yield from relation(place, statement(later[0]), drawn, "precedent")


def is_counted(place: Place, read: Reading) -> bool:
    """Whether the phrase counts up the last of several reasons ("schließlich")."""
    if not any(p.kind == "counter" for p in read.rules.at(place.unit.words, place.start)):
        return False
    number = place.unit.number
    return any(
        phrase.kind == "counter"
        for earlier in read.units[max(number - 2, 0) : number]
        for phrase in read.rules.at(earlier.words, 0)
    )
