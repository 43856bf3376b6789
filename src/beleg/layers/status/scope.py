"""What a cue bears on: a quotation, a clause, a noun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from beleg.layers.status.clauses import Clauses
from beleg.layers.status.cues import Cue
from beleg.records import Quotation
from beleg.rules.status_rules import StatusRules
from beleg.text.article import Span

_TO_VERB = 12  # tokens from the start of a clause to its finite verb
_TO_NOUN = 4  # tokens from an attribute to its noun


class _Stretch(NamedTuple):
    start: int
    end: int
    framing: bool
    quote: int


class Quoted:
    """The quotations of an article, asked about places that come in order."""

    def __init__(self, quotes: Sequence[Quotation]) -> None:
        self._quotes = quotes
        self._waiting = sorted(
            (
                _Stretch(span.start, span.end, framing, number)
                for number, quote in enumerate(quotes)
                for framing, spans in ((False, quote.spans), (True, (*quote.cue, *quote.frame)))
                for span in spans
            ),
            reverse=True,
        )
        self._open: list[_Stretch] = []

    def at(self, span: Span) -> tuple[Quotation, bool] | None:
        """The quotation that a cue belongs to, and whether it frames it rather than stands in it.

        Of several the one with the shortest stretch around the cue: the innermost. Spans have
        to be asked about in order of their start.
        """
        while self._waiting and self._waiting[-1].start < span.end:
            self._open.append(self._waiting.pop())
        self._open = [s for s in self._open if s.end > span.start]
        around = [s for s in self._open if s.start < span.end]
        if not around:
            return None
        best = min(around, key=lambda s: (s.end - s.start, not s.framing, s.quote))
        return self._quotes[best.quote], best.framing


def hull(quote: Quotation) -> Span:
    """From the first to the last character of a quotation."""
    return Span(quote.spans[0].start, quote.spans[-1].end)


def clause_of(clauses: Clauses, cue: Cue, rules: StatusRules) -> Span | None:
    """The words of the sentence that the cue bears on."""
    if cue.attribute:
        return clauses.span(cue.first, _noun(clauses, cue) + 1)
    part = clauses.part_of[cue.at]
    if cue.governs:
        governed = _governed(clauses, part, clauses.part_of[cue.stop - 1], rules)
        if governed is not None:
            return governed
    return clauses.span(*clauses.parts[part])


def _noun(clauses: Clauses, cue: Cue) -> int:
    for number in range(cue.stop, min(len(clauses.low), cue.stop + _TO_NOUN)):
        if clauses.tokens[number].text[0].isupper():
            return number
    return cue.stop - 1


def _governed(clauses: Clauses, part: int, last: int, rules: StatusRules) -> Span | None:
    """The clause behind the cue's, or the one before it if that tells what or who."""
    complement, parts = rules.classes["complement"], clauses.parts
    if clauses.opener(part) in rules.classes["manner"]:  # "wie sie bestätigte"
        other = part + 1 if part + 1 < len(parts) and clauses.opener(part + 1) else part - 1
        return clauses.span(*parts[other]) if other >= 0 else None
    after = last + 1
    if after < len(parts) and _depends(clauses, after, rules):
        return clauses.span(parts[after][0], clauses.run(after))
    if part > 0 and clauses.opener(part - 1) in complement:
        return clauses.span(*parts[part - 1])
    return None


def _depends(clauses: Clauses, part: int, rules: StatusRules) -> bool:
    """A clause with its own conjunction, an infinitive with zu, or what a colon announces."""
    first, stop = clauses.parts[part]
    if first >= stop:
        return False
    if clauses.low[first] in rules.classes["complement"] or clauses.low[first - 1] == ":":
        return True
    tail = clauses.low[max(first, stop - 3) : stop]
    near = clauses.low[first : min(stop, first + _TO_VERB)]  # "behauptet, die Halle sei leer"
    if not rules.classes["infinitive-mark"].isdisjoint(tail[:-1]):
        return True
    return not rules.classes["subjunctive"].isdisjoint(near)
