"""Whose words a place of the article belongs to: the innermost quotation around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from beleg.records import Quotation
from beleg.text.article import Span

_MOST = 0.6  # share of a forecast that stands in the quotation it belongs to
_DEEPEST = 8  # quotations in each other that are looked at


class Voices:
    """The quotations of an article by place."""

    def __init__(self, quotes: Sequence[Quotation]) -> None:
        found = [(span, quote) for quote in quotes for span in quote.spans]
        self._found = sorted(found, key=lambda item: (item[0].start, -item[0].end))
        self._starts = [span.start for span, _ in self._found]
        self._around: list[int] = []  # for each the nearest one that holds its beginning
        open_spans: list[int] = []
        for number, (span, _) in enumerate(self._found):
            while open_spans and self._found[open_spans[-1]][0].end <= span.start:
                open_spans.pop()
            self._around.append(open_spans[-1] if open_spans else -1)
            open_spans.append(number)

    def at(self, place: int) -> tuple[Quotation, Span] | None:
        """The innermost quotation around a place, and which of its spans that is."""
        return next(self.around(place), None)

    def around(self, place: int) -> Iterator[tuple[Quotation, Span]]:
        """The quotations around a place, from the innermost outwards."""
        number = bisect_right(self._starts, place) - 1
        while number >= 0:
            span, quote = self._found[number]
            if span.end > place:
                yield quote, span
            number = self._around[number]

    def of(self, draft: Span, cue: int) -> tuple[Quotation, Span] | None:
        """The innermost quotation that most of a forecast stands in, and where it reaches.

        Words in marks inside of a forecast are a quotation of their own, but not its voice.
        cue: place of the word that makes it a forecast.
        """
        for place in (cue, draft.start):
            for quote, _ in islice(self.around(place), _DEEPEST):
                whole = Span(quote.spans[0].start, quote.spans[-1].end)
                shared = min(whole.end, draft.end) - max(whole.start, draft.start)
                if shared >= _MOST * (draft.end - draft.start):
                    return quote, whole
        return None
