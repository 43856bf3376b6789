"""Attributions without a verb: "laut Polizei", "nach Angaben von …", "… zufolge", ", so X"."""

from __future__ import annotations

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules.indirect import content_end
from beleg.layers.quotes.by_rules.phrases import phrase_end
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import Medium, QuoteRules
from beleg.text import Span

_WORDS_BEFORE = 9  # items between "zufolge" and the beginning of its phrase


def attributed(unit: Unit, quotes: list[FoundQuotation], rules: QuoteRules) -> list[FoundQuotation]:
    """The quotations that the unit's attributions mark; `quotes` are those its verbs mark."""
    found = []
    for at in range(unit.body):
        if unit.kind[at] not in "wN":
            continue
        word = unit.low[at]
        read = _phrase(unit, at, word, rules)
        if read is None:
            continue
        first, stop, speaker, medium = read
        pieces = _content(unit, first, stop, quotes, rules)
        if not pieces:
            continue
        found.append(
            FoundQuotation(
                type="indirect",
                medium=medium,
                spans=tuple(unit.span(*piece) for piece in pieces),
                speaker=(speaker,),
                cue=(unit.span(at, at + 1),),
                frame=(unit.span(first, stop),),
                addressee=(),
            )
        )
    return found


def _phrase(
    unit: Unit, at: int, word: str, rules: QuoteRules
) -> tuple[int, int, Span, Medium] | None:
    """(first item, stop, speaker, medium) of an attribution whose word stands at `at`."""
    kinds = rules.attributions
    if word in kinds["before"] or word in kinds["before-if-source"]:
        stop = _noun_end(unit, at + 1, rules)
        medium = kinds["before"].get(word) or _source(unit, at + 1, stop, rules, near=True)
        if medium and stop > at + 1:
            stop = _inner_apposition(unit, stop, rules)
        if stop > at + 1 and medium:
            medium = _source(unit, at + 1, stop, rules) or medium
            return at, stop, unit.span(at + 1, stop), medium
    if word in kinds["after"] or word in kinds["after-if-source"]:
        first = _phrase_before(unit, at, rules)
        medium = _source(unit, first, at, rules)
        if first < at and (medium or word in kinds["after"]):
            return first, at + 1, unit.span(first, at), medium or kinds["after"][word]
    if word in kinds["consequence"] and at == unit.parts[0].head:
        return at, at + 1, unit.span(at, at + 1), kinds["consequence"][word]
    part = unit.parts[unit.part_of[at]]
    if word in kinds["relative"] and at == part.head and part.first > 0:
        return at, at + 1, unit.span(at, at + 1), kinds["relative"][word]
    if word in kinds["so"] and at > 1 and unit.kind[at - 1] == ",":
        end = _noun_end(unit, at + 1, rules)
        stop = unit.parts[unit.part_of[at]].stop
        if end > at + 1 and not unit.parts[unit.part_of[at]].finite:
            if end == stop:
                end = stop = _apposition(unit, stop)
            close = stop + 1 if stop < unit.body else stop
            return at - 1, close, unit.span(at + 1, end), kinds["so"][word]
    return None


def _noun_end(unit: Unit, first: int, rules: QuoteRules) -> int:
    """The noun phrase, and what stands between it and the verb if it opens the sentence."""
    return phrase_end(unit, first, unit.body, rules)


def _apposition(unit: Unit, stop: int) -> int:
    """Behind "so X": an apposition up to the end of the unit or the next comma."""
    if stop >= unit.body:
        return stop
    k = unit.part_of[stop + 1] if stop + 1 < unit.body else -1
    if k >= 0 and not unit.parts[k].finite and unit.parts[k].stop == unit.body:
        return unit.body
    return stop


def _inner_apposition(unit: Unit, stop: int, rules: QuoteRules) -> int:
    """ "laut dem Leiter des Amtes, Anna Muster, ist …": a name between two commas."""
    if stop + 1 >= unit.body or unit.low[stop] != ",":
        return stop
    part = unit.parts[unit.part_of[stop + 1]]
    if (
        part.finite
        or part.stop >= unit.body
        or phrase_end(unit, part.first, part.stop, rules) != part.stop
    ):
        return stop
    return part.stop


def _source(
    unit: Unit, first: int, stop: int, rules: QuoteRules, *, near: bool = False
) -> Medium | None:
    """The medium of the noun of saying in a phrase; `near`: it must be the head noun."""
    for at in range(first, stop):
        word = unit.low[at]
        if unit.kind[at] != "N":
            if near and unit.kind[at] == "w" and at > first + 2:
                return None
            continue
        medium = rules.sources.get(word) or _compound(word, rules)
        if medium:
            if near and at > first and unit.low[at - 1] in rules.classes["specific"]:
                return None
            return medium
        if near:
            return None
    return None


def _compound(word: str, rules: QuoteRules) -> Medium | None:
    """The medium of a compound of a source noun ("Feuerwehrangaben")."""
    for ending in rules.endings["source-ending"]:
        if word.endswith(ending) and len(word) > len(ending):
            return rules.sources.get(ending)
    return None


def _phrase_before(unit: Unit, at: int, rules: QuoteRules) -> int:
    """Where the noun phrase that ends before `at` begins; `at` if none ends there."""
    for first in range(max(0, at - _WORDS_BEFORE), at):
        word = unit.low[first]
        opens = first == 0 or unit.kind[first - 1] not in "NQ"
        nominal = (
            unit.kind[first] in "NQ"
            or word in rules.classes["determiner"]
            or (word in rules.classes["oblique"] or word.endswith(rules.endings["oblique-ending"]))
        )
        if (
            opens
            and nominal
            and word not in rules.finite
            and phrase_end(unit, first, at, rules) == at
        ):
            return first
    return at


def _content(
    unit: Unit, first: int, stop: int, quotes: list[FoundQuotation], rules: QuoteRules
) -> list[tuple[int, int]]:
    """What an attribution bears on: its clause without the attribution, or the whole sentence."""
    begin, end = 0, unit.body
    k = (
        unit.part_of[min(first + 1, len(unit) - 1)]
        if unit.kind[first] == ","
        else unit.part_of[first]
    )
    part = unit.parts[k]
    start = unit.start[first]
    inner = [span for quote in quotes for span in quote.spans if span.start <= start < span.end]
    if inner:
        smallest = min(inner, key=lambda span: span.end - span.start)
        begin = next(i for i in range(len(unit)) if unit.start[i] >= smallest.start)
        end = next((i for i in range(begin, len(unit)) if unit.start[i] >= smallest.end), unit.body)
        if unit.low[begin] in rules.classes["conjunction"]:
            begin += 1
    elif unit.low[first] in rules.attributions["relative"] and part.first > 0:
        end = content_end(unit, k, None)
        return [(stop, end)] if stop < end else []
    elif (
        part.opening in ("relative", "conjunction", "question")
        and part.first <= first
        and stop <= part.stop
    ):
        begin, end = part.first, part.stop
        if part.opening == "conjunction":
            begin = part.head + 1
    pieces = []
    if first > begin:
        pieces.append((begin, first))
    if stop < end:
        at = stop
        while at < end and unit.kind[at] == ",":
            at += 1
        if at < end:
            pieces.append((at, end))
    if len(pieces) == 2 and first == begin + 1 and unit.low[begin] in rules.classes["coordinator"]:
        pieces = pieces[1:]
    if len(pieces) == 2 and first == begin + 1 and unit.low[begin] in rules.classes["adverb"]:
        pieces = pieces[1:]
    return [piece for piece in pieces if unit.kind[piece[0]] != "." and piece[0] < piece[1]]
