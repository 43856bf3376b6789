"""Finds words that judge, hedge or heighten in the author's own voice.

What somebody is quoted with is theirs: it is left out. So is what stands between marks and is
no quotation, save that short stretches of it are scare quotes ("der „freie“ Markt").
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.layers.wording.scare import find_scare_quotes
from beleg.layers.wording.sentence import Found, find_in_sentence, joined
from beleg.layers.wording.voice import Voice, own_voice
from beleg.records import Quotation, Wording
from beleg.rules.wording_forms import folded
from beleg.rules.wording_rules import WordingRules
from beleg.text import Sentence, Span
from beleg.text.marks import Marked


def find_wording(
    sentences: Sequence[Sentence],
    quotes: Sequence[Quotation],
    marked: Sequence[Marked],
    *,
    rules: WordingRules,
) -> tuple[Wording, ...]:
    """The loaded words, scare quotes, hedges and intensifiers, in the order of the text.

    sentences, quotes, marked: of one article. `quote` of a record is the quotation whose writer's
    own words they are, where that is a text of its own (a reprint), else null: the author's.
    """
    voices = own_voice(sentences, quotes, marked)
    found = list(find_scare_quotes(sentences, quotes, marked, voices, rules))
    at = 0
    for sentence in sentences:
        tokens = sentence.tokens
        own = voices[at : at + len(tokens)]
        at += len(tokens)
        words = [folded(token.text) for token in tokens]
        for one in joined(find_in_sentence(tokens, words, rules), words, rules):
            if _own(one, own):
                span = Span(tokens[one.first].start, tokens[one.stop - 1].end)
                found.append(Wording(span=span, kind=one.kind, quote=own[one.first].quote))
    return tuple(sorted(found, key=lambda wording: wording.span))


def _own(found: Found, voices: Sequence[Voice]) -> bool:
    return all(voice.own for voice in voices[found.first : found.stop])
