"""Scare quotes: words between marks that keep a distance and quote nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beleg.layers.wording.voice import Voice
from beleg.records import Quotation, Wording
from beleg.rules.wording_forms import folded
from beleg.rules.wording_rules import WordingRules
from beleg.text import Sentence
from beleg.text.marks import Marked

_LONGEST = 4  # words in scare quotes at most


def find_scare_quotes(
    sentences: Sequence[Sentence],
    quotes: Sequence[Quotation],
    marked: Sequence[Marked],
    voices: Sequence[Voice],
    rules: WordingRules,
) -> Iterator[Wording]:
    """Short stretches in marks that no quotation holds and that are no name.

    A name or title begins with a capital, and so does a noun: what begins with a capital counts
    only behind "sogenannt" and the like.
    """
    quoted = {span.start for quote in quotes for span in quote.spans}
    tokens = [token for sentence in sentences for token in sentence.tokens]
    places = {token.start: number for number, token in enumerate(tokens)}
    for stretch in marked:
        first = places.get(stretch.span.start)
        if first is None or not stretch.closed or voices[first].quoted:
            continue
        inside = []
        for token in tokens[first + 1 : first + _LONGEST + 2]:
            if token.end >= stretch.span.end:
                break
            inside.append(token)
        else:
            continue
        if not inside or stretch.span.start in quoted or not inside[0].text[0].isalpha():
            continue
        before = tokens[first - 1].text if first else ""
        lower = inside[0].text[0].islower() and inside[-1].text.isalpha()
        if lower or folded(before) in rules.classes["distance"]:
            yield Wording(span=stretch.span, kind="scare-quote", quote=voices[first].quote)
