"""Whose words a place of the article belongs to: the innermost quotation around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from beleg.records import Quotation
from beleg.text.article import Span
from beleg.text.nested import Nested

_MOST = 0.6  # share of a forecast that stands in the quotation it belongs to
_DEEPEST = 8  # quotations in each other that are looked at


class Voices:
    """The quotations of an article by place."""

    def __init__(self, quotes: Sequence[Quotation]) -> None:
        self._nested = Nested((span, quote) for quote in quotes for span in quote.spans)

    def at(self, place: int) -> tuple[Span, Quotation] | None:
        """The innermost quotation around a place, and which of its spans that is."""
        return self._nested.at(place)

    def of(self, draft: Span, cue: int) -> tuple[Quotation, Span] | None:
        """The innermost quotation that most of a forecast stands in, and where it reaches.

        Words in marks inside of a forecast are a quotation of their own, but not its voice.
        cue: place of the word that makes it a forecast.
        """
        for place in (cue, draft.start):
            for _, quote in islice(self._nested.around(place), _DEEPEST):
                whole = Span(quote.spans[0].start, quote.spans[-1].end)
                shared = min(whole.end, draft.end) - max(whole.start, draft.start)
                if shared >= _MOST * (draft.end - draft.start):
                    return quote, whole
        return None
