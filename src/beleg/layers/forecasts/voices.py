"""Whose words a place of the article belongs to: the innermost quotation around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from beleg.records import Quotation
from beleg.text.article import Span


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
        number = bisect_right(self._starts, place) - 1
        while number >= 0:
            span, quote = self._found[number]
            if span.end > place:
                return quote, span
            number = self._around[number]
        return None
