"""Analyses that people have corrected as training data for the quotations.

Source of the format: the JSON lines of the corpus of German news quotations (Petersen-Frey and
Biemann 2024) as training/corpora.py reads them: `documentName`, `originalText`, `sentences` and
`tokens` with offsets in code points (`charBegin`, `charEnd`) and running numbers of tokens
(`begin`, `end`, `tokenIds`; ends are exclusive), `annotations` with one entry for each quotation,
and `published`, which is null where it is not known.

Sentences and tokens are those that Beleg cuts. A part of a quotation is the tokens that share a
character with its spans, so a span inside a token becomes the whole token. A quotation without a
token is left out. People, chains, sourcing and all other layers have no place in the format.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from beleg.records import Analysis, Document, Quotation, QuotationType
from beleg.report.export_checks import check_exportable
from beleg.report.safe import one_line
from beleg.rules.segmentation import segmentation_table
from beleg.text import Sentence, Span, Token, segment

_TYPES: Mapping[QuotationType, str] = {
    "direct": "Direct",
    "indirect": "Indirect",
    "reported": "Reported",
    "free-indirect": "FreeIndirect",
    "indirect-free-indirect": "IndirectFreeIndirect",
}
_MEDIA = {"speech": "Speech", "thought": "Thought", "writing": "Writing"}


def to_training_data(analysis: Analysis) -> str:
    """One line of JSON in ASCII, so that no character of the text can break it; without its end.

    Raises SpanOutsideText if the analysis does not fit its text, EncodingBroken for a text with
    half a character in it.
    """
    check_exportable(analysis)
    document = analysis.document
    sentences = segment(document.text, segmentation_table())
    cut = _Cut(document.text, [token for sentence in sentences for token in sentence.tokens])
    parents = {quote.parent for quote in analysis.quotes}
    annotations = [_annotation(quote, cut, nests=quote.id in parents) for quote in analysis.quotes]
    data = {
        "documentName": _name(document),
        "originalText": document.text,
        "sentences": _sentences(document.text, sentences),
        "tokens": _tokens(sentences),
        "annotations": [
            {"id": number, **annotation}
            for number, annotation in enumerate(a for a in annotations if a["quote"]["tokenIds"])
        ],
        "published": document.published.isoformat() if document.published else None,
    }
    return json.dumps(data)


def _name(document: Document) -> str:
    """As in the corpus "NUMBER - TITLE (DAY)", the number being the hash of the text."""
    title = f" - {one_line(document.title)}" if document.title else ""
    return document.id + title + (f" ({document.published})" if document.published else "")


def _sentences(text: str, sentences: Iterable[Sentence]) -> list[dict[str, Any]]:
    found = []
    begin = 0
    for number, sentence in enumerate(sentences):
        end = begin + len(sentence.tokens)
        start, stop = sentence.span.start, sentence.span.end
        found.append(
            {
                "id": number,
                "begin": begin,
                "end": end,
                "charBegin": start,
                "charEnd": stop,
                "text": text[start:stop],
                "tokenIds": list(range(begin, end)),
                "tokens": [token.text for token in sentence.tokens],
            }
        )
        begin = end
    return found


def _tokens(sentences: Iterable[Sentence]) -> list[dict[str, Any]]:
    """All tokens; sentences, and the words in each, count from 1."""
    places = [
        (number, word, token)
        for number, sentence in enumerate(sentences, 1)
        for word, token in enumerate(sentence.tokens, 1)
    ]
    return [
        {
            "id": running,
            "text": token.text,
            "charBegin": token.start,
            "charEnd": token.end,
            "sentence": number,
            "word": word,
        }
        for running, (number, word, token) in enumerate(places)
    ]


def _annotation(quote: Quotation, cut: _Cut, *, nests: bool) -> dict[str, Any]:
    return {
        "type": _TYPES[quote.type],
        "medium": _MEDIA.get(quote.medium, quote.medium),
        "isNested": quote.parent is not None,
        "hasNested": nests,
        "quote": cut.part(quote.spans),
        "speaker": cut.part(quote.speaker.spans if quote.speaker else ()),
        "cue": cut.part(quote.cue),
        "frame": cut.part(quote.frame),
        "addressee": cut.part(quote.addressee),
    }


class _Cut:
    """A text cut into tokens."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._starts = [token.start for token in tokens]
        self._ends = [token.end for token in tokens]

    def part(self, spans: Iterable[Span]) -> dict[str, Any]:
        """The tokens that share a character with the spans, and each run of them as a place."""
        ids: set[int] = set()
        for span in spans:
            first = bisect_right(self._ends, span.start)
            ids.update(range(first, bisect_left(self._starts, span.end)))
        places = [self._place(first, last) for first, last in _runs(sorted(ids))]
        words = " ".join(self._text[place["charBegin"] : place["charEnd"]] for place in places)
        return {"spans": places, "text": words, "tokenIds": sorted(ids)}

    def _place(self, first: int, last: int) -> dict[str, int]:
        return {
            "begin": first,
            "end": last + 1,
            "charBegin": self._starts[first],
            "charEnd": self._ends[last],
        }


def _runs(ids: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    if not ids:
        return []
    breaks = [(a, b) for a, b in pairwise(ids) if b != a + 1]
    firsts = [ids[0], *(b for _, b in breaks)]
    return list(zip(firsts, [*(a for a, _ in breaks), ids[-1]], strict=True))
