"""Interviews: paragraphs that begin with the name of the one who speaks ("Muster: …")."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.text import Span

_LONGEST_LABEL = 6  # items: "Prof. Dr. Anna Maria von Muster"
_TURNS = 2  # labelled paragraphs that make an interview


def turns(units: Sequence[Unit]) -> dict[int, FoundQuotation]:
    """Direct quotations by the paragraph they stand in; none unless several are labelled."""
    found: dict[int, FoundQuotation] = {}
    open_at = -1
    for unit in units:
        known = found.get(unit.paragraph)
        if known is not None:
            if unit.paragraph == open_at:
                whole = Span(known.spans[0].start, unit.end[-1])
                found[unit.paragraph] = _turn(known.speaker[0], whole, known.frame[0])
            continue
        label = _label(unit)
        if label is None:
            continue
        first, colon = label
        speaker = unit.span(first, colon)
        frame = Span(speaker.start, unit.end[colon])
        found[unit.paragraph] = _turn(speaker, unit.span(colon + 1, len(unit)), frame)
        open_at = unit.paragraph
    return found if len(found) >= _TURNS else {}


def _label(unit: Unit) -> tuple[int, int] | None:
    """(first item of the label, its colon), if the unit opens with one and a sentence follows."""
    if not unit.opens_paragraph:
        return None
    first = 0
    while first < len(unit) and unit.kind[first] in ",x" and first < _LONGEST_LABEL:
        first += 1
    for colon in range(first + 1, min(first + 1 + _LONGEST_LABEL, len(unit) - 1)):
        if unit.low[colon] == ":":
            rest = range(colon + 1, len(unit))
            speaks = unit.kind[len(unit) - 1] == "." or any(
                at in rest for part in unit.parts for at in part.finite
            )
            return (first, colon) if speaks and unit.kind[colon + 1] != "Q" else None
        if unit.kind[colon - 1] not in "NB" and colon - 1 > first:
            return None
        if unit.kind[first] != "N":
            return None
    return None


def _turn(speaker: Span, words: Span, frame: Span) -> FoundQuotation:
    return FoundQuotation(
        type="direct",
        medium="speech",
        spans=(words,),
        speaker=(speaker,),
        cue=(),
        frame=(frame,),
        addressee=(),
    )
