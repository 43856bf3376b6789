"""A quotation before people are resolved: words only, nobody identified."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.records import QuotationType
from beleg.text import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuotation:
    """A quotation and its parts as places in the article; a part that is absent is empty.

    spans: the quotation, its marks included, in order and apart from each other.
    medium: "speech", "thought", "writing", or the corpus's codes where it cannot be told: "SW"
        (speech or writing), "ST" (speech or thought), "TW" (thought or writing).
    """

    type: QuotationType
    medium: str
    spans: Spans
    speaker: Spans
    cue: Spans
    frame: Spans
    addressee: Spans
