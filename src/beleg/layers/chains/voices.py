"""Voices between the article and a speaker: outlets spoken through, sources relied upon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beleg.drafts import FoundQuotation
from beleg.rules.chain_rules import ChainRules
from beleg.text import Sentence, Span, WordIndex

ViaKind = Literal["venue", "reliance", "writer"]

_OPENERS = frozenset("„“”\"»«‚‘›‹'")
_STOPS = frozenset(",;:.!?()–—")
_REACH = 500  # characters before and behind cue and speaker
_LONGEST = 12  # words of a source's name or description


@dataclass(frozen=True, slots=True)
class Via:
    """A voice that a quotation's frame names beside the speaker.

    quote: position of the quotation. span: the words for the voice. kind: "venue", the medium
    it was said in or to, counts only if it is an outlet; "reliance", whom the speaker relies on;
    "writer", whose text an outlet reprints ("gibt seinen Beitrag wieder": "seinen").
    """

    quote: int
    span: Span
    kind: ViaKind


def find_vias(
    text: str,
    sentences: Sequence[Sentence],
    quotes: Sequence[FoundQuotation],
    *,
    rules: ChainRules,
) -> tuple[Via, ...]:
    """The further voices in the sentences that frame the quotations, in order of quotations."""
    words = WordIndex(sentences)
    return tuple(
        via
        for number, quote in enumerate(quotes)
        for stretch in _frame_stretches(words, sentences, quote)
        for via in _vias_in(text, words, stretch, number, rules)
    )


def _frame_stretches(
    words: WordIndex, sentences: Sequence[Sentence], quote: FoundQuotation
) -> list[Span]:
    """The frame where there is one, else the sentences of cue and speaker, in each case only
    what is outside of the quotation."""
    anchors = quote.cue or quote.speaker
    numbers = sorted({words.sentence_of[w] for span in anchors for w in words.within(span)})
    framing = quote.frame or tuple(
        near for number in numbers for near in _near(sentences[number].span, anchors)
    )
    stretches = []
    for at, end in framing:
        for span in quote.spans:
            if span.start >= end or span.end <= at:
                continue
            if span.start > at:
                stretches.append(Span(at, span.start))
            at = max(at, span.end)
        if at < end:
            stretches.append(Span(at, end))
    return stretches


def _near(sentence: Span, anchors: Sequence[Span]) -> list[Span]:
    """What of an endless sentence lies around the anchors: the work must not grow with it."""
    start = max(sentence.start, anchors[0].start - _REACH)
    end = min(sentence.end, anchors[-1].end + _REACH, start + 2 * _REACH)
    return [Span(start, end)] if start < end else []


def _vias_in(
    text: str, words: WordIndex, stretch: Span, number: int, rules: ChainRules
) -> list[Via]:
    found = []
    reliance = rules.find("reliance", text, *stretch)
    if reliance and (span := _phrase_behind(words, reliance.end(), stretch.end, rules)):
        found.append(Via(number, span, "reliance"))
    found += [
        Via(number, span, "venue")
        for venue in rules.patterns["venue"].finditer(text, *stretch)
        if (span := _phrase_behind(words, venue.end(), stretch.end, rules))
    ]
    if rules.find("reprint", text, *stretch) and (work := rules.find("work", text, *stretch)):
        before = list(rules.patterns["possessive"].finditer(text, stretch.start, work.start()))
        if before and text[before[-1].end() : work.start()].isspace():
            found.append(Via(number, Span(*before[-1].span()), "writer"))
        elif (by := _author_mark(text, work.end(), rules)) and (
            span := _phrase_behind(words, by.end(), stretch.end, rules)
        ):
            found.append(Via(number, span, "writer"))
    return found


def _author_mark(text: str, at: int, rules: ChainRules) -> re.Match[str] | None:
    """The "von" one blank behind a work."""
    return rules.patterns["by"].match(text, at + 1) if text[at : at + 1].isspace() else None


def _phrase_behind(words: WordIndex, start: int, end: int, rules: ChainRules) -> Span | None:
    """The noun phrase that begins at `start`: up to a comma, a stop or a verb.

    Verbs cannot be told from other words here; a word in small letters behind a noun ends the
    phrase unless it is an article, a preposition or an adjective before another noun.
    """
    numbers = [w for w in words.within(Span(start, end)) if words.tokens[w].start >= start]
    last = None
    for count, number in enumerate(numbers[:_LONGEST]):
        token = words.tokens[number].text
        if token in _STOPS:
            break
        if token in _OPENERS:
            last = number if last is not None else None
            continue
        if token[0].isupper() or token[0].isdigit():
            last = number
        elif last is not None and not _joins(words, numbers[count : count + 4], rules):
            break
    if last is None or not numbers:
        return None
    return Span(words.tokens[numbers[0]].start, words.tokens[last].end)


def _joins(words: WordIndex, ahead: Sequence[int], rules: ChainRules) -> bool:
    """Whether a noun phrase goes on: a link, then a noun within the next words."""
    return rules.is_a("link", words.tokens[ahead[0]].text) and any(
        words.tokens[w].text[0].isupper() for w in ahead[1:]
    )
