"""Finds words that judge, hedge or heighten in the author's own voice.

What somebody is quoted with is theirs: it is left out. So is what stands between marks and is
no quotation, save that short stretches of it are scare quotes ("der „freie“ Markt").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from beleg.layers.wording.voice import Voice, own_voice
from beleg.records import Quotation, Wording, WordingKind
from beleg.rules.wording_rules import WordingRules
from beleg.text import Sentence, Span, Token
from beleg.text.marks import Marked, find_marked

_SCARED = 4  # words in scare quotes at most
_KINDS: tuple[Literal["loaded", "hedge", "intensifier"], ...] = ("loaded", "hedge", "intensifier")


def find_wording(
    text: str,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quotation],
    *,
    rules: WordingRules,
) -> tuple[Wording, ...]:
    """The loaded words, scare quotes, hedges and intensifiers, in the order of the text.

    sentences, quotes: of `text`. `quote` of a record is the quotation whose writer's own words
    they are, where that is a text of its own (a reprint), else null: the author's.
    """
    marked = find_marked(text, sentences)
    voices = own_voice(sentences, quotes, marked)
    found = list(_scare_quotes(sentences, quotes, marked, voices, rules))
    at = 0
    for sentence in sentences:
        own = voices[at : at + len(sentence.tokens)]
        at += len(sentence.tokens)
        found += _in_sentence(sentence.tokens, own, rules)
    return tuple(sorted(found, key=lambda wording: wording.span))


def _in_sentence(
    tokens: Sequence[Token], voices: Sequence[Voice], rules: WordingRules
) -> Iterator[Wording]:
    lower = [token.text.lower() for token in tokens]
    number = 0
    while number < len(tokens):
        stop = number + 1
        if voices[number].own:
            kind, stop = _at(tokens, lower, number, rules)
            if kind is not None and all(voice.own for voice in voices[number:stop]):
                span = Span(tokens[number].start, tokens[stop - 1].end)
                yield Wording(span=span, kind=kind, quote=voices[number].quote)
        number = stop


def _at(
    tokens: Sequence[Token], lower: Sequence[str], number: int, rules: WordingRules
) -> tuple[WordingKind | None, int]:
    """What begins at the token, and the token behind it."""
    phrase = rules.phrase(lower, number)
    if phrase is not None and phrase[1] in ("loaded", "hedge", "intensifier"):
        return phrase[1], number + phrase[0]
    word = tokens[number].text
    if not word[0].isalpha() or rules.word("except", word) is not None:
        return None, number + 1
    for kind in _KINDS:
        if rules.word(kind, word) is not None or (
            number == 0 and rules.word(kind, lower[number]) is not None
        ):
            return kind, number + 1
    return None, number + 1


def _scare_quotes(
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
        for token in tokens[first + 1 : first + _SCARED + 2]:
            if token.end >= stretch.span.end:
                break
            inside.append(token)
        else:
            continue
        if not inside or stretch.span.start in quoted or not inside[0].text[0].isalpha():
            continue
        before = tokens[first - 1].text if first else ""
        distant = rules.word("distance", before) is not None
        if distant or (inside[0].text[0].islower() and inside[-1].text.isalpha()):
            yield Wording(span=stretch.span, kind="scare-quote", quote=voices[first].quote)
