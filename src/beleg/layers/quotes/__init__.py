"""Quotations: who is quoted with which words, and by which words one can tell.

Marks are paired by rules, candidates come from the encoder's first stage, from the marks and
from the rules of `by_rules`; its second stage judges every candidate and finds its parts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beleg.drafts import FoundQuotation, Spans
from beleg.encoder.labels import Words
from beleg.encoder.model import Encoder, Reading
from beleg.layers.quotes.by_encoder import Decoding, Judged, decoding_of, judge, propose
from beleg.layers.quotes.by_rules import is_plain
from beleg.layers.quotes.tidy import Tidy
from beleg.records import QuotationType
from beleg.rules.quote_rules import load_quote_rules
from beleg.text import Sentence, Span, WordIndex
from beleg.text.marks import Marked

TYPES: dict[str, QuotationType] = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free-indirect",
    "IndirectFreeIndirect": "indirect-free-indirect",
}
MEDIA = {"Speech": "speech", "Thought": "thought", "Writing": "writing"}
_ALIKE = 0.8  # share of characters from which two are one quotation
_LEAST_MARKED = 3  # words, the marks included; fewer are no candidate by themselves


def find_quotations(
    sentences: Sequence[Sentence],
    marked: Sequence[Marked],
    by_rules: Sequence[FoundQuotation],
    states: Sequence[int],
    sure: Sequence[FoundQuotation] = (),
    *,
    encoder: Encoder,
    reading: Reading,
    decoding: Decoding | None = None,
) -> tuple[FoundQuotation, ...]:
    """The quotations of an article in order of their first words; one may stand in another.

    marked: what stands between quotation marks; by_rules: what rules alone find, taken as
    further candidates; sure: quotations of whole paragraphs and between inner marks, found by
    rule and kept as they are; states: what the encoder was told of each word; reading: what the
    encoder made of the same sentences; decoding: other thresholds than those that belong to it.
    """
    words = WordIndex(sentences)
    if not len(words):
        return ()
    decoding = decoding or decoding_of(encoder.about)
    candidates = [tuple(w for s in q.spans for w in words.within(s)) for q in by_rules]
    plain = plain_ones(by_rules, candidates, words)
    candidates += [c for m in marked if len(c := tuple(words.within(m.span))) >= _LEAST_MARKED]
    candidates += propose(reading, decoding)
    # What is decided already must not stand in the way of what it stands in.
    decided = {tuple(words.within(q.spans[0])) for q in sure}
    candidates = [c for c in candidates if c not in decided]
    judged = judge(
        encoder,
        reading,
        candidates,
        np.array(words.sentence_of, np.int64),
        np.array(states, np.int64),
        decoding,
        Tidy(words, marked),
        plain=plain,
    )
    kept = [j for j in judged if not any(_clash(words.spans(j.words), q.spans[0]) for q in sure)]
    found = [*sure, *(_found(j, words, encoder) for j in kept)]
    return tuple(sorted(found, key=lambda q: (q.spans[0].start, -q.spans[-1].end)))


def plain_ones(
    by_rules: Sequence[FoundQuotation], candidates: Sequence[Words], words: WordIndex
) -> frozenset[Words]:
    """Those of the candidates, one for each quotation by rules, that are past doubt."""
    rules = load_quote_rules()
    return frozenset(
        own
        for quote, own in zip(by_rules, candidates, strict=True)
        if is_plain(quote, (words.tokens[w].text for w in own), rules)
    )


def _clash(spans: Spans, sure: Span) -> bool:
    """Whether a quotation is a sure one once more, or reaches over one of its ends."""
    size = sum(s.end - s.start for s in spans)
    length = sure.end - sure.start
    shared = sum(max(0, min(s.end, sure.end) - max(s.start, sure.start)) for s in spans)
    return 2 * shared / (size + length) > _ALIKE or 0 < shared < min(size, length)


def _found(judged: Judged, words: WordIndex, encoder: Encoder) -> FoundQuotation:
    roles: list[Words] = list(judged.roles)
    speaker, cue, frame, addressee = (words.spans(r) for r in roles)
    medium = encoder.about["media"][judged.medium]
    return FoundQuotation(
        type=TYPES[encoder.about["types"][judged.type]],
        medium=MEDIA.get(medium, medium),
        spans=words.spans(judged.words),
        speaker=speaker,
        cue=cue,
        frame=frame,
        addressee=addressee,
    )
