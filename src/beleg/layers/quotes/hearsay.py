"""Statements that come from nobody: "soll … gereist sein", "dem Vernehmen nach", "es heißt"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from beleg.drafts import FoundQuotation
from beleg.rules.hearsay_rules import HearsayRules
from beleg.text import Sentence, Span
from beleg.text.tokens import Token

_BORDERS = frozenset(",;:.!?()[]–—…")
_HARD = frozenset(";:.!?…")
_QUOTES = frozenset("„“”\"»«‚‘›‹'")
_LONGEST = 80  # tokens of a statement
_SHORTEST = 3  # tokens of a statement
_BEHIND_SAYS = 6  # tokens in which "hieß es" names where it was said
_TO_CIRCLES = 6  # tokens between "aus" and "-kreisen", or from there to the verb
_COVERED = 0.5  # share of a statement from which it counts as quoted already


class _Said(NamedTuple):
    """Tokens of the statement, in up to two stretches, and of the cue."""

    parts: tuple[tuple[int, int], ...]
    cue: tuple[int, int]


def find_hearsay(
    sentences: Sequence[Sentence],
    quotes: Sequence[FoundQuotation],
    *,
    rules: HearsayRules,
) -> tuple[FoundQuotation, ...]:
    """The statements of hearsay that no quotation covers yet, in order; at most one a sentence.

    sentences, quotes: of the same text. They have a cue and no speaker:
    free-indirect with the modal, indirect with a phrase. Linear in the length of the text.
    """
    covered = _Covered(quotes)
    found = []
    for sentence in sentences:
        if sentence.kind == "heading":
            continue
        low = [token.text.lower() for token in sentence.tokens]
        for said in _said(low, rules):
            quote = _quotation(sentence.tokens, said, low[said.cue[0]] in rules.modals)
            if quote is not None and not covered.by_half(quote.spans):
                found.append(quote)
                break
    return tuple(found)


def without_speaker(
    sentences: Sequence[Sentence],
    quotes: Sequence[FoundQuotation],
    *,
    rules: HearsayRules,
) -> tuple[FoundQuotation, ...]:
    """The same quotations, those of a reporting "soll" or of "es heißt" without a speaker.

    Whoever spoke in the sentence before did not say it, and the modal is its cue. Another quotation
    with a cue of its own, or with a source named in its sentence, keeps its speaker.
    """
    starts = [sentence.span.start for sentence in sentences]
    return tuple(_unattributed(sentences, starts, quote, rules) for quote in quotes)


def _unattributed(
    sentences: Sequence[Sentence],
    starts: Sequence[int],
    quote: FoundQuotation,
    rules: HearsayRules,
) -> FoundQuotation:
    first, last = quote.spans[0], quote.spans[-1]
    number = bisect_right(starts, first.start) - 1
    if quote.type == "direct" or number < 0:
        return quote
    sentence = sentences[number]
    start, end = sentence.span
    if _is_said_by_nobody(sentence, rules) and all(
        span.end <= start or span.start >= end for span in quote.speaker
    ):
        return replace(quote, speaker=())
    if quote.cue:
        return quote
    named = (*quote.speaker, *quote.frame)
    beside = any(start <= s.start < first.start or last.end < s.end <= end for s in named)
    if beside or last.end > end:
        return quote
    begin = bisect_left(sentence.tokens, first.start, key=_start_of)
    stop = bisect_left(sentence.tokens, last.end, key=_start_of)
    tokens = sentence.tokens[max(0, begin - _LONGEST) : stop + _LONGEST]
    low = [token.text.lower() for token in tokens]
    if not rules.named.isdisjoint(low):
        return quote
    for at, word in enumerate(low):
        inside = first.start <= tokens[at].start < last.end
        if inside and word in rules.modals and rules.reported_until(low, at) is not None:
            cue = Span(tokens[at].start, tokens[at].end)
            return replace(quote, type="free-indirect", speaker=(), cue=(cue,), frame=())
    return quote


def _is_said_by_nobody(sentence: Sentence, rules: HearsayRules) -> bool:
    """ "Es heißt, …" at the beginning: whoever spoke before did not say it."""
    if not sentence.tokens or sentence.tokens[0].text.lower() not in rules.it:
        return False
    low = [token.text.lower() for token in sentence.tokens[:_LONGEST]]
    return any(
        tuple(low[: len(phrase)]) == phrase
        and low[len(phrase) : len(phrase) + 1] in ([","], [":"])  # not "es heißt weiter"
        and any(_after_says(low, 0, len(phrase), rules))
        for phrase in rules.says.get(low[0], ())
    )


def _start_of(token: Token) -> int:
    return token.start


def _said(low: Sequence[str], rules: HearsayRules) -> Iterator[_Said]:
    """What the sentence says by hearsay, phrases before modals."""
    modals = []
    for at, word in enumerate(low):
        for phrase in rules.phrases.get(word, ()):
            if tuple(low[at : at + len(phrase)]) == phrase:
                yield _beside(low, at, at + len(phrase))
        for phrase in rules.says.get(word, ()):
            if tuple(low[at : at + len(phrase)]) == phrase:
                yield from _after_says(low, at, at + len(phrase), rules)
        if word in rules.from_:
            yield from _circles(low, at, rules)
        if word in rules.modals and (end := rules.reported_until(low, at)) is not None:
            start = _start(low, at)
            if rules.named.isdisjoint(low[start:end]):
                modals.append(_Said(((start, end),), (at, at + 1)))
    yield from modals


def _start(low: Sequence[str], at: int) -> int:
    """Where the clause of a token begins; its subject may have an apposition before it."""
    start = at
    least = max(0, at - _LONGEST)
    while start > least and low[start - 1] not in _BORDERS:
        start -= 1
    if start == at:  # "Anna Muster, die Sprecherin, soll …"
        while start > least and low[start - 1] not in _HARD:
            start -= 1
    return start


def _beside(low: Sequence[str], first: int, stop: int) -> _Said:
    """The rest of the sentence around a phrase."""
    start, end = first, stop
    while start > max(0, first - _LONGEST) and low[start - 1] not in _HARD:
        start -= 1
    while end < min(len(low), stop + _LONGEST) and low[end] not in _HARD:
        end += 1
    return _Said(((start, first), (stop, end)), (first, stop))


def _after_says(low: Sequence[str], first: int, stop: int, rules: HearsayRules) -> Iterator[_Said]:
    """What "es heißt" is followed by, or what "hieß es" follows; nothing where a source is named."""
    if first and (low[first - 1] in rules.no_saying or low[first - 1] in rules.sources):
        return
    end = stop
    while end < min(len(low), stop + _BEHIND_SAYS) and low[end] not in _BORDERS:
        if low[end] in rules.sources:
            return
        end += 1
    if any(word in rules.sources for word in low[_start(low, first) : first]):
        return
    if low[first] in rules.it or first == 0 or low[first - 1] in _HARD:
        if end + 1 < len(low) and low[end] in (",", ":"):
            after = _beside(low, end + 1, end + 1).parts[1]
            yield _Said((after,), (first, stop))
    elif low[first - 1] == ",":
        before = _beside(low, first - 1, first - 1).parts[0]
        yield _Said((before,), (first, stop))


def _circles(low: Sequence[str], at: int, rules: HearsayRules) -> Iterator[_Said]:
    """ "Wie aus Regierungskreisen verlautete, …" and "…, verlautete aus Regierungskreisen"."""
    ahead = range(at + 1, min(len(low), at + 1 + _TO_CIRCLES))
    noun = next(
        (
            n
            for n in ahead
            if low[n].endswith(rules.circles) and not low[n].startswith(rules.no_circles)
        ),
        None,
    )
    if noun is None or any(low[n] in _BORDERS for n in range(at, noun)):
        return
    near = [*range(max(0, at - 3), at), *range(noun + 1, min(len(low), noun + 1 + _TO_CIRCLES))]
    verb = next((n for n in near if low[n] in rules.verbs), None)
    if verb is None:
        return
    start, stop = min(at, verb), max(noun, verb) + 1
    while start > 0 and low[start - 1] not in _BORDERS:
        start -= 1
    while stop < min(len(low), at + _LONGEST) and low[stop] not in _BORDERS:
        stop += 1
    parts = _beside(low, start, stop).parts
    yield _Said(parts, (verb, verb + 1))


def _quotation(tokens: Sequence[Token], said: _Said, modal: bool) -> FoundQuotation | None:
    """The statement as a quotation; None if too little is left of it."""
    stretches = [_trimmed(tokens, first, stop) for first, stop in said.parts]
    stretches = [(first, stop) for first, stop in stretches if first < stop]
    if sum(stop - first for first, stop in stretches) < _SHORTEST:
        return None
    cue = Span(tokens[said.cue[0]].start, tokens[said.cue[1] - 1].end)
    return FoundQuotation(
        type="free-indirect" if modal else "indirect",
        medium="SW",
        spans=tuple(Span(tokens[first].start, tokens[stop - 1].end) for first, stop in stretches),
        speaker=(),
        cue=(cue,),
        frame=(),
        addressee=(),
    )


def _trimmed(tokens: Sequence[Token], first: int, stop: int) -> tuple[int, int]:
    """Without punctuation and marks at its ends."""
    while first < stop and (tokens[first].text in _BORDERS or tokens[first].text in _QUOTES):
        first += 1
    while first < stop and (tokens[stop - 1].text in _BORDERS or tokens[stop - 1].text in _QUOTES):
        stop -= 1
    return first, stop


class _Covered:
    """The characters that stand in quotations."""

    def __init__(self, quotes: Sequence[FoundQuotation]) -> None:
        self._runs: list[tuple[int, int]] = []
        for start, end in sorted(span for quote in quotes for span in quote.spans):
            if self._runs and start <= self._runs[-1][1]:
                self._runs[-1] = (self._runs[-1][0], max(end, self._runs[-1][1]))
            else:
                self._runs.append((start, end))

    def by_half(self, spans: Sequence[Span]) -> bool:
        """Whether most of these characters are quoted already."""
        return sum(map(self._shared, spans)) >= _COVERED * sum(end - start for start, end in spans)

    def _shared(self, span: Span) -> int:
        shared = 0
        for start, end in self._runs[max(0, bisect_left(self._runs, span) - 1) :]:
            if start >= span.end:
                break
            shared += max(0, min(end, span.end) - max(start, span.start))
        return shared
