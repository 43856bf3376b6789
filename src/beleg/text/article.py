"""The article as read, and spans of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from beleg.errors import EncodingBroken, SpanOutsideText
from beleg.messages import Message

_SURROGATE = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """A stretch of the article's text: code points, half-open `[start, end)`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article. The text is never altered after intake.

    text: as extracted; every offset in every record counts its code points.
    title, author, outlet, url: from the input's own metadata, else None.
    published: day of publication where the caller or the metadata gives one.
    published_given: the caller gave `published`; False if it comes from metadata.
    source: name of the input for messages (a path, "-", a URL); never part of a record.
    Raises EncodingBroken for a text with half a character in it, which no JSON can hold.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    published_given: bool = False
    source: str = "<text>"

    def __post_init__(self) -> None:
        found = _SURROGATE.search(self.text)
        if found:
            at = found.start()
            what = f"half a character (surrogate U+{ord(found[0]):04X}) at {at}"
            raise EncodingBroken(
                self.source,
                Message("half_character", what, at=at),
                "Decode the text as UTF-8 or UTF-16 before passing it on",
            )

    @cached_property
    def id(self) -> str:
        """`sha256:` and the hash of the text in UTF-8: the same text, the same id."""
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """A checked span. Raises SpanOutsideText unless 0 <= start < end <= len(text)."""
        if not 0 <= start < end <= len(self.text):
            raise SpanOutsideText(start, end, len(self.text))
        return Span(start, end)

    def quote(self, span: Span) -> str:
        """The words of the span."""
        return self.text[span.start : span.end]
