"""The statements of an article: each quotation, and what is left of each sentence beside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from beleg.records import CheckReason, Quotation
from beleg.text import Sentence, Span

_LOOKED_BACK = 24  # stretches that begin before a place and are asked whether they hold it
_NESTED = 8  # quotations around one another that are asked whether they are the same speaker's
_TRIMMED = " \t\n\u00a0,;:–—-.!?…()"


@dataclass(slots=True)
class Statement:
    """A statement and what speaks for verifying it.

    quote: the quotation that it is; held: the quotation of whole paragraphs in which it stands.
    """

    span: Span
    quote: Quotation | None = None
    held: Quotation | None = None
    why: set[CheckReason] = field(default_factory=set)
    records: dict[str, None] = field(default_factory=dict)

    def add(self, reason: CheckReason, *records: str) -> None:
        """One more reason, and the ids of what it rests on."""
        self.why.add(reason)
        self.records.update(dict.fromkeys(records))


class _Stretch(NamedTuple):
    start: int
    end: int
    framing: bool
    quote: Quotation


class Statements:
    """Tells which statement a place of the text belongs to.

    A quotation inside another by the same speaker is one statement with it. Quotations of whole
    paragraphs (a reprint) are no statement: what stands in them is read like an article.
    """

    def __init__(
        self, text: str, sentences: Sequence[Sentence], quotes: Sequence[Quotation]
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        in_order = sorted(
            (q for q in quotes if q.spans), key=lambda q: (_hull(q).start, -_hull(q).end)
        )
        self._holding = [quote for quote in in_order if self._holds_paragraphs(quote)]
        held = {quote.id for quote in self._holding}
        self.quotes = [quote for quote in in_order if quote.id not in held]
        self._of_quote = _merged(self.quotes)
        self._own: dict[Span, Statement] = {}
        self._stretches = sorted(_stretches(self.quotes), key=lambda s: s[:3])
        self._from = [stretch.start for stretch in self._stretches]
        self._until = list(accumulate((stretch.end for stretch in self._stretches), max))

    def with_reason(self) -> list[Statement]:
        """Those that there is a reason to verify, in the order of the text."""
        found = {id(s): s for s in (*self._of_quote.values(), *self._own.values()) if s.why}
        return sorted(found.values(), key=lambda statement: statement.span)

    def of(self, quote: Quotation) -> Statement:
        """The statement that a quotation is, or is part of."""
        return self._of_quote[quote.id]

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that a place stands in, or the last one before it."""
        return self._sentences[max(bisect_right(self._starts, place) - 1, 0)]

    def quotation_at(self, place: int) -> tuple[Quotation, bool] | None:
        """The innermost quotation at a place, and whether the place only frames it."""
        after = bisect_right(self._from, place)
        near = self._stretches[max(0, after - _LOOKED_BACK) : after]
        around = [stretch for stretch in near if stretch.end > place]
        if not around:
            return None
        best = min(around, key=lambda s: (s.framing, s.end - s.start, s.start))
        return best.quote, best.framing

    def beside(self, place: int) -> Statement | None:
        """The quotation of the same sentence that ends last before a place, else the next one."""
        sentence = self.sentence_at(place).span
        after = bisect_right(self._from, place)
        for number in (after - 1, after):
            if 0 <= number < len(self._stretches):
                stretch = self._stretches[number]
                if stretch.start < sentence.end and sentence.start < stretch.end:
                    return self.of(stretch.quote)
        return None

    def own_at(self, place: int) -> Statement:
        """What the sentence itself says at a place: the words between its quotations."""
        sentence = self.sentence_at(place).span
        after = bisect_right(self._from, place)
        start = max(self._until[after - 1] if after else 0, sentence.start)
        end = min(self._from[after] if after < len(self._from) else sentence.end, sentence.end)
        holder = self._holder(place)
        if holder is not None:  # without the words before its mark, and the mark
            start = max(start, _hull(holder).start + (holder.type == "direct"))
            end = min(end, _hull(holder).end)
        span = _trimmed(self._text, start, end) if start <= place < end else sentence
        return self.own(span)

    def own(self, span: Span) -> Statement:
        """The statement with just this span, made if there is none."""
        if span not in self._own:
            self._own[span] = Statement(span, held=self._holder(span.start))
        return self._own[span]

    def whole(self, statement: Statement) -> Span:
        """The sentence in which a statement begins, grown to hold all of it."""
        sentence = self.sentence_at(statement.span.start).span
        return Span(
            min(sentence.start, statement.span.start), max(sentence.end, statement.span.end)
        )

    def _holder(self, place: int) -> Quotation | None:
        after = bisect_right(self._holding, place, key=lambda quote: _hull(quote).start)
        for quote in reversed(self._holding[max(0, after - _NESTED) : after]):
            if _hull(quote).end > place:
                return quote
        return None

    def _holds_paragraphs(self, quote: Quotation) -> bool:
        hull = _hull(quote)
        first, last = self.sentence_at(hull.start), self.sentence_at(hull.end - 1)
        return first.paragraph != last.paragraph


def _merged(quotes: Sequence[Quotation]) -> dict[str, Statement]:
    """A statement for each quotation, one for those of a speaker that stand in one another."""
    found: dict[str, Statement] = {}
    around: list[Quotation] = []
    for quote in quotes:
        hull = _hull(quote)
        around = [outer for outer in around[-_NESTED:] if _hull(outer).end >= hull.end]
        same = next((o for o in reversed(around) if _speaker(o) == _speaker(quote)), None)
        found[quote.id] = found[same.id] if same is not None else Statement(hull, quote)
        around.append(quote)
    return found


def _speaker(quote: Quotation) -> str:
    return quote.speaker.person if quote.speaker is not None else quote.id


def _hull(quote: Quotation) -> Span:
    """From the first to the last character."""
    return Span(quote.spans[0].start, quote.spans[-1].end)


def _stretches(quotes: Iterable[Quotation]) -> Iterator[_Stretch]:
    for quote in quotes:
        for framing, spans in ((False, quote.spans), (True, (*quote.cue, *quote.frame))):
            for span in spans:
                yield _Stretch(span.start, span.end, framing, quote)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space and marks at its ends, where anything is left."""
    first, last = start, end
    while first < last and text[first] in _TRIMMED:
        first += 1
    while last > first and text[last - 1] in _TRIMMED:
        last -= 1
    return Span(first, last) if first < last else Span(start, end)
