"""Noun phrases without a tagger: who speaks, and to whom."""

from __future__ import annotations

from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Span


def phrase_end(unit: Unit, first: int, stop: int, rules: QuoteRules) -> int:
    """Where the noun phrase that begins at `first` ends; `first` if none begins there.

    Genitives and attributes with von, aus, für belong to it; what "in" or "am" opens does not.
    """
    at = _simple(unit, first, stop, rules)
    if at == first:
        return first
    classes, low = rules.classes, unit.low
    while at < stop:
        word = low[at]
        if unit.kind[at] == "B":
            at += 1
            continue
        if word in classes["genitive"] or (word in classes["attributive"] and unit.kind[at] == "w"):
            begin = at if word in classes["genitive"] else at + 1
            further = _simple(unit, begin, stop, rules)
        elif word in classes["coordinator"] and at + 1 < stop:
            further = _simple(unit, at + 1, stop, rules)
            if further == at + 1:
                return at
        else:
            return at
        if further in (at, begin if word in classes["genitive"] else at):
            return at
        if further <= at + 1 and unit.kind[at] == "w":
            return at
        at = further
    return at


def _simple(unit: Unit, first: int, stop: int, rules: QuoteRules) -> int:
    """Article, attributes, noun and names in a row."""
    classes, low, kind = rules.classes, unit.low, unit.kind
    endings = rules.endings["attribute-ending"]
    at = first
    noun = False
    if at < stop and kind[at] != "Q" and low[at] in classes["pronoun"]:
        follows = at + 1 < stop and (kind[at + 1] in "NQ" or low[at + 1].endswith(endings))
        if low[at] not in classes["determiner"] or not follows:
            return at + 1
    while at < stop:
        word = low[at]
        if kind[at] == "Q" and at in unit.worded and (at == first or noun):
            break
        if kind[at] in "NQ":
            if noun and low[at][0].isdigit():
                break
            noun = True
            at += 1
        elif (kind[at] == "B" and noun) or (
            word in classes["name-particle"] and kind[at + 1 : at + 2] == ["N"]
        ):
            at += 1
        elif noun or kind[at] != "w":
            break
        elif at == first and (word in classes["determiner"] or word in classes["oblique"]):
            at += 1
        elif word in classes["preposition"] or word in classes["adverb"] or word in rules.finite:
            break
        elif word.endswith(endings) or word in classes["qualifier"]:
            at += 1
        else:
            break
    return at if noun else first


def trimmed(unit: Unit, first: int, stop: int, rules: QuoteRules) -> tuple[int, int]:
    """The range without particles at its edges ("Auch … hingegen")."""
    classes = rules.classes
    while first < stop and (
        unit.kind[first] in ",x"
        or unit.low[first] in classes["coordinator"]
        or (unit.low[first] in classes["adverb"] and unit.low[first] not in classes["pronoun"])
    ):
        first += 1
    while stop > first and (
        unit.kind[stop - 1] in ",x"
        or unit.low[stop - 1] in classes["adverb"]
        or unit.low[stop - 1] in classes["coordinator"]
    ):
        stop -= 1
    return first, stop


def is_nominal(unit: Unit, first: int, rules: QuoteRules) -> bool:
    """Whether a phrase that can be a subject begins there: no preposition, no oblique article."""
    word, kind = unit.low[first], unit.kind[first]
    classes = rules.classes
    if word in classes["preposition"] and kind != "Q":
        return False
    if kind in "NQ":
        return (
            word not in classes["adverb"]
            and word not in classes["subordinator"]
            and (word not in classes["oblique"] or word in classes["determiner"])
        )
    return (
        word in classes["determiner"]
        or word in classes["pronoun"]
        or word in classes["name-particle"]
    )


def dative_after(unit: Unit, first: int, stop: int, rules: QuoteRules) -> tuple[Span, ...]:
    """The addressee among the items: behind "gegenüber", or a dative with "dem", "der", "den"."""
    for at in range(first, stop):
        word = unit.low[at]
        if word in rules.classes["addressee-mark"] and unit.kind[at] == "w":
            end = phrase_end(unit, at + 1, stop, rules)
            if end > at + 1:
                return (unit.span(at + 1, end),)
        if (
            word in rules.classes["dative"]
            and unit.kind[at] == "w"
            and (at == 0 or unit.low[at - 1] not in rules.classes["preposition"])
        ):
            end = phrase_end(unit, at, stop, rules)
            if end > at:
                return (unit.span(at, end),)
    return ()
