"""Whose words the tokens of an article are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from beleg.records import Quotation
from beleg.text import Sentence, Span
from beleg.text.marks import Marked
from beleg.text.nested import Nested

# A quotation this long (code points) is a text of its own, as when a portal reprints a comment.
_OWN_TEXT = 1500
_DEEPEST = 8  # quotations and marks in each other that are looked at


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
    """The voice of every token, in order."""
    held = [(span, quote) for quote in quotes for span in quote.spans]
    texts = Nested((span, quote.id) for span, quote in held if _is_text(span))
    short = Nested(
        (
            *((span, True) for span, _ in held if not _is_text(span)),
            *((found.span, False) for found in marked if not _is_text(found.span)),
        )
    )
    voices: list[Voice] = []
    for sentence in sentences:
        for token in sentence.tokens:
            own = short.at(token.start) is None
            around = () if own else islice(short.around(token.start), _DEEPEST)
            text = texts.at(token.start)
            quote = None if text is None else text[1]
            voices.append(Voice(own, any(quoted for _, quoted in around), quote))
    return voices


def _is_text(span: Span) -> bool:
    return span.end - span.start >= _OWN_TEXT
