"""Direct quotations inside direct quotations: "„Muster hat uns gesagt: „Nein.“ Das gilt.“".

What stands between marks is read like an article of its own, so that the words before inner
marks tell who spoke them. The encoder sees too few of these in any corpus to learn them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules.find import Reader
from beleg.layers.quotes.by_rules.view import cut_units
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Sentence, Span, WordIndex
from beleg.text.marks import Marked


def find_nested(
    text: str, sentences: Sequence[Sentence], marked: Sequence[Marked], *, rules: QuoteRules
) -> tuple[FoundQuotation, ...]:
    """The direct quotations between inner marks of which the words around them say whose they are.

    Time is linear in the length of the article, since marks nest only so deep (find_marked).
    """
    words = WordIndex(sentences)
    found: list[FoundQuotation] = []
    for outer, inner in _families(marked):
        reader = Reader(text, rules)
        for unit in cut_units(_inside(words, sentences, outer.span), inner, rules):
            reader.read(unit)
        places = {m.span for m in inner}
        found += [
            q
            for q in reader.found
            if q.type == "direct" and len(q.spans) == 1 and q.spans[0] in places and q.frame
        ]
    return tuple(sorted(found, key=lambda q: q.spans[0]))


def holding(
    nested: Sequence[FoundQuotation], by_rules: Sequence[FoundQuotation]
) -> tuple[FoundQuotation, ...]:
    """The direct quotations with a frame in which others stand: as sure as those are."""
    starts = [q.spans[0].start for q in nested]
    found = []
    for quote in by_rules:
        if quote.type != "direct" or not quote.frame or len(quote.spans) > 1:
            continue
        at = bisect_right(starts, quote.spans[0].start)
        if at < len(nested) and nested[at].spans[0].end <= quote.spans[0].end:
            found.append(quote)
    return tuple(found)


def _families(marked: Sequence[Marked]) -> list[tuple[Marked, list[Marked]]]:
    """The stretches that directly hold others, with those, which count as outermost."""
    around: list[Marked] = []
    held: dict[Marked, list[Marked]] = {}
    for stretch in marked:
        while around and around[-1].span.end <= stretch.span.start:
            around.pop()
        if around and around[-1].closed and stretch.closed:
            held.setdefault(around[-1], []).append(stretch._replace(depth=0))
        around.append(stretch)
    return list(held.items())


def _inside(words: WordIndex, sentences: Sequence[Sentence], span: Span) -> list[Sentence]:
    """The sentences between two marks, cut off there."""
    numbers = words.within(span)[1:-1]
    found = []
    for sentence, group in groupby(numbers, key=words.sentence_of.__getitem__):
        tokens = tuple(words.tokens[w] for w in group)
        found.append(
            replace(
                sentences[sentence],
                span=Span(tokens[0].start, tokens[-1].end),
                tokens=tokens,
                kind="sentence",
            )
        )
    return found
