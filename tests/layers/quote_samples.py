"""Texts with one quotation marked in them: [quotation], <speaker>, {cue}."""

from __future__ import annotations

from typing import NamedTuple

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment
from beleg.text.marks import find_marked

_CLOSES = {"[": "]", "<": ">", "{": "}"}


class Marked(NamedTuple):
    """A text without its marks, and the spans that stood between them."""

    text: str
    quotation: tuple[Span, ...]
    speaker: tuple[Span, ...]
    cue: tuple[Span, ...]


def unmark(marked: str) -> Marked:
    """Takes the marks out; they may be nested, but not cross."""
    found: dict[str, list[Span]] = {"[": [], "<": [], "{": []}
    opened: list[tuple[str, int]] = []
    text = ""
    for sign in marked:
        if sign in _CLOSES:
            opened.append((sign, len(text)))
        elif opened and sign == _CLOSES[opened[-1][0]]:
            kind, start = opened.pop()
            found[kind].append(Span(start, len(text)))
        else:
            text += sign
    assert not opened, marked
    return Marked(text, *(tuple(sorted(found[kind])) for kind in "[<{"))


def quotations_of(text: str) -> tuple[FoundQuotation, ...]:
    sentences = segment(text, segmentation_table())
    return find_quotations_by_rules(
        text, sentences, find_marked(text, sentences), rules=load_quote_rules()
    )


def words_of(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def assert_as_marked(marked: str) -> FoundQuotation:
    """One quotation found has the spans marked, and their speaker and cue where marked."""
    expected = unmark(marked)
    found = [quote for quote in quotations_of(expected.text) if quote.spans == expected.quotation]
    assert found, (marked, [words_of(expected.text, q.spans) for q in quotations_of(expected.text)])
    quote = found[0]
    assert words_of(expected.text, quote.speaker) == words_of(expected.text, expected.speaker), (
        marked
    )
    if expected.cue:
        assert words_of(expected.text, quote.cue) == words_of(expected.text, expected.cue), marked
    return quote
