"""Whose words the tokens of an article are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from beleg.records import Quotation
from beleg.text import Sentence, Span
from beleg.text.marks import Marked

# A quotation this long (code points) is a text of its own, as when a portal reprints a comment.
_OWN_TEXT = 1500


class Voice(NamedTuple):
    """Of a token: whether it is in a writer's own voice, and whether a quotation holds it.

    quote: the quotation that is a text of its own and holds the token, or None: the author's.
    """

    own: bool
    quoted: bool
    quote: str | None


def own_voice(
    sentences: Sequence[Sentence], quotes: Sequence[Quotation], marked: Sequence[Marked]
) -> list[Voice]:
    """The voice of every token. Linear, but for the sorting of the quotations."""
    spans: list[tuple[Span, Quotation | None]] = []
    spans += [(span, quote) for quote in quotes for span in quote.spans]
    spans += [(m.span, None) for m in marked if m.span.end - m.span.start < _OWN_TEXT]
    spans.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    voices: list[Voice] = []
    short: list[tuple[int, bool]] = []  # ends of what is open, and whether it is a quotation
    texts: list[tuple[int, str]] = []
    at = 0
    for sentence in sentences:
        for token in sentence.tokens:
            while at < len(spans) and spans[at][0].start <= token.start:
                span, quote = spans[at]
                if quote is not None and span.end - span.start >= _OWN_TEXT:
                    texts.append((span.end, quote.id))
                else:
                    short.append((span.end, quote is not None))
                at += 1
            while texts and texts[-1][0] <= token.start:
                texts.pop()
            while short and short[-1][0] <= token.start:
                short.pop()
            quoted = any(held for _, held in short[-8:])
            voices.append(Voice(not short, quoted, texts[-1][1] if texts else None))
    return voices
