"""What each token of a sentence can be in a clause: verb, noun, attribute, border.

There is no tagger here: closed classes come from the table, the rest from endings, capital
letters and whether a noun phrase is open. It is right often enough to tell whether a
stretch of text has a verb, and whether a time stands inside an attribute ("der am Montag
gewählte Rat").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from beleg.rules.timeline_rules import TimelineRules
from beleg.text.tokens import Token

# time; number; noun or name; determiner; preposition; coordinator; pronoun; particle; finite verb;
# weak past; -t verb or participle; -en verb; participle; infinitive with zu; attribute; other word;
# soft border; hard border; quotation mark
Code = Literal[
    "t", "#", "N", "D", "R", "K", "p", "x", "F", "w", "T", "E", "P", "I", "A", "a", ",", ";", "q"
]

QUOTES = "„“”‚‘’»«›‹\"'`´"
_CLOSERS = {
    "(": ")", "„": "“”\"", "‚": "‘’'", "»": "«", "«": "»", "›": "‹", "‹": "›", "“": "”“",
    "`": "'´`", "´": "'´`",
}  # fmt: skip
_SOFT = frozenset(",()[]{}–—/")
DASHES = frozenset(("-", "--", "–", "—"))
_HARD = frozenset(":;.!?…‽|•*")
_LONGEST_WORD = 60  # letters; longer ones are no German verb and need no look at their parts
_SHORTEST_WEAK_PAST = 5  # letters


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a sentence with their codes, as parallel lists.

    aside: whether each token stands in a noun phrase with a participle as attribute; what
    stands there tells of the noun, not of the clause.
    partner: for quotation marks and brackets the index of the other one, else -1.
    nouns: nouns before each token, one entry more than tokens.
    """

    tokens: Sequence[Token]
    lower: list[str]
    codes: list[Code]
    aside: list[bool]
    partner: list[int]
    nouns: list[int]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(slots=True)
class _Slot:
    """A noun phrase from its determiner or preposition on, until its noun comes."""

    start: int
    preposition: bool
    just_opened: bool = True
    participle: bool = False


@dataclass(slots=True)
class _Phrases:
    """The noun phrases open at a place; brackets interrupt them."""

    slots: list[_Slot] = field(default_factory=list)
    attributes: list[range] = field(default_factory=list)
    interrupted: list[list[_Slot]] = field(default_factory=list)

    def border(self, index: int, partner: int) -> None:
        if partner > index:
            self.interrupted.append(self.slots)
            self.slots = []
        elif partner >= 0 and self.interrupted:
            self.slots = self.interrupted.pop()
        else:
            self.slots.clear()

    def open(self, index: int, code: Code) -> None:
        if code == "D" and self.slots and self.slots[-1].just_opened:
            return
        self.slots.append(_Slot(index, code == "R"))

    def close(self, index: int, code: Code) -> None:
        """A noun closes the phrase; a time only what its preposition opened ("das 1923 erbaute Haus")."""
        if self.slots and (code == "N" or self.slots[-1].preposition):
            slot = self.slots.pop()
            if slot.participle:
                self.attributes.append(range(slot.start, index))

    def attribute(self, *, participle: bool) -> None:
        if self.slots:
            self.slots[-1].just_opened = False
            self.slots[-1].participle = self.slots[-1].participle or participle


def read_words(tokens: Sequence[Token], is_time: Sequence[bool], rules: TimelineRules) -> Words:
    """The codes of a sentence's tokens; `is_time` says which belong to a time expression."""
    lower = [_plain(token.text) for token in tokens]
    codes: list[Code] = []
    initial = True
    for index, token in enumerate(tokens):
        code: Code = "t" if is_time[index] else _code(token.text, lower, index, initial, rules)
        codes.append(code)
        if code == "q" or token.text in DASHES:
            initial = True
        elif code != ",":
            initial = code == ";"
    partner = _partners(codes, tokens)
    _soften_in_brackets(codes, partner)
    aside = _resolve_attributes(lower, codes, partner, rules)
    nouns = list(accumulate([code == "N" for code in codes], initial=0))
    return Words(tokens, lower, codes, aside, partner, nouns)


def _plain(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFC", word.replace("\u00ad", ""))
    return word.lower()


def _code(text: str, lower: Sequence[str], index: int, initial: bool, rules: TimelineRules) -> Code:
    word = lower[index]
    first, particles = text[0], rules.classes["infinitive-particle"]
    if not first.isalnum():
        return _mark(text)
    if first.isdigit():
        return "#"
    if first.isupper() and not initial:
        return "N"
    if index and lower[index - 1] in particles and rules.shapes["infinitive-end"].search(word):
        return "I"
    known = rules.codes.get(word)
    if known is not None:
        return known  # type: ignore[return-value]
    if first.isupper():
        return "N"
    if len(word) > _LONGEST_WORD:
        return "a"
    return _open(word, rules)


def _mark(text: str) -> Code:
    first = text[0]
    if first in QUOTES:
        return "q"
    if first in _SOFT or text in DASHES:
        return ","
    return ";" if first in _HARD else "x"


def _open(word: str, rules: TimelineRules) -> Code:
    """The code of a lower-case word that is in no list."""
    shapes, prefixes = rules.shapes, rules.classes["prefix"]
    split = shapes["infinitive"].match(word)
    if split and split["prefix"] in prefixes:
        return "I"
    if shapes["strong-participle"].match(word):
        return "P"
    if _is_weak_past(word, rules):
        return "w"
    if _has_strong_past(word, rules):
        return "F"
    if shapes["participle"].match(word):
        return "P"
    if shapes["t-form"].match(word):
        return "T"
    return "E" if shapes["en-form"].match(word) else "a"


def _is_weak_past(word: str, rules: TimelineRules) -> bool:
    return (
        word.endswith(rules.weak_endings)
        and len(word) >= _SHORTEST_WEAK_PAST
        and word not in rules.weak_except
        and not rules.shapes["superlative"].search(word)
    )


def _has_strong_past(word: str, rules: TimelineRules) -> bool:
    """ "zurücktrat", "ankamen": a verb particle and a known form, as in subordinate clauses."""
    prefixes = rules.classes["prefix"]
    return any(
        word[:cut] in prefixes and word[cut:] in rules.past
        for cut in range(2, min(9, len(word) - 1))
    )


def _resolve_attributes(
    lower: Sequence[str], codes: list[Code], partner: Sequence[int], rules: TimelineRules
) -> list[bool]:
    """Mark attributes before nouns in `codes`; the tokens of phrases with participles among them."""
    leads_to_noun = _leads_to_noun(lower, codes, rules.shapes["inflected"])
    participle = rules.shapes["participle-attribute"]
    phrases = _Phrases()
    for index, code in enumerate(codes):
        if code in ",;":
            phrases.border(index, partner[index])
        elif code in "DR":
            phrases.open(index, code)
        elif code in "Nt":
            if index == 0 or codes[index - 1] != code:
                phrases.close(index, code)
        elif leads_to_noun[index] and (code == "a" or phrases.slots):
            codes[index] = "A"
            dated = index > 0 and codes[index - 1] == "t"  # "der heute 49-jährige Maler"
            phrases.attribute(participle=dated or bool(participle.search(lower[index])))
        elif code in "Fw":
            phrases.slots.clear()
        elif phrases.slots:
            phrases.slots[-1].just_opened = False
    steps = [0] * (len(codes) + 1)
    for covered in phrases.attributes:
        steps[covered.start] += 1
        steps[covered.stop] -= 1
    return [depth > 0 for depth in accumulate(steps[:-1])]


def _leads_to_noun(
    lower: Sequence[str], codes: Sequence[Code], inflected: re.Pattern[str]
) -> list[bool]:
    """Whether each word is inflected like an adjective and stands before a noun."""
    result = [False] * len(codes)
    for index in range(len(codes) - 2, -1, -1):
        if codes[index] in "wTEPaI#" and inflected.search(lower[index]):
            after = codes[index + 1]
            joined = after == "K" and index + 2 < len(codes) and result[index + 2]
            result[index] = after in "Nt" or result[index + 1] or joined
    return result


def _partners(codes: Sequence[Code], tokens: Sequence[Token]) -> list[int]:
    """Pairs quotation marks and brackets; a mark like „ or ( opens, one that fits closes."""
    partner = [-1] * len(tokens)
    opened: list[int] = []
    for index, code in enumerate(codes):
        if code not in "q,":
            continue
        mark = tokens[index].text[0]
        if mark in "(„‚":
            opened.append(index)
        elif opened and _fits(tokens[opened[-1]].text[0], mark):
            other = opened.pop()
            partner[index], partner[other] = other, index
        elif code == "q":
            opened.append(index)
    return partner


def _soften_in_brackets(codes: list[Code], partner: Sequence[int]) -> None:
    """A stop or colon in brackets does not end the sentence around them."""
    depth = 0
    for index, other in enumerate(partner):
        if codes[index] == "," and other >= 0:
            depth += 1 if other > index else -1
        elif depth and codes[index] == ";":
            codes[index] = ","


def _fits(opening: str, mark: str) -> bool:
    return mark in _CLOSERS.get(opening, opening)
