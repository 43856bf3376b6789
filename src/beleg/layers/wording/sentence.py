"""Words and phrases of the tables in one sentence, whoever says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from beleg.records import WordingKind
from beleg.rules.wording_rules import WordingRules
from beleg.text import Token

_AWAY = 16  # words between a verb and its particle, at most
_CLAUSE_ENDS = frozenset(",.;:!?–()")
_BEGINS_AFTER = frozenset('„“”"»«›‹‚:–-')  # a capital behind them need not mean a noun


class Found(NamedTuple):
    """What tokens `first` up to but not including `stop` are."""

    first: int
    stop: int
    kind: WordingKind


def find_in_sentence(
    tokens: Sequence[Token], words: Sequence[str], rules: WordingRules
) -> Iterator[Found]:
    """The phrases and words, in order and apart from each other. words: the tokens, folded."""
    number = 0
    last = len(tokens) - 1
    while number <= last:
        stop = number + 1
        if number < last and (hit := rules.phrase(words, number)) is not None:
            stop, phrase = hit
            if phrase.kind != "except":
                yield Found(number, stop, phrase.kind)
        elif words[number][0].isalpha():
            kind = _kind_of(tokens, words, number, rules)
            if kind is not None:
                yield Found(number, stop, kind)
        number = stop


def _kind_of(
    tokens: Sequence[Token], words: Sequence[str], number: int, rules: WordingRules
) -> WordingKind | None:
    text, word = tokens[number].text, words[number]
    before = words[number - 1] if number else ""
    initial = not before or before in _BEGINS_AFTER
    # "Das Schlimmste", "nichts Gutes": an adjective used as a noun
    made = before in rules.classes["noun-maker"] and word.endswith(rules.noun_endings)
    entry = rules.word(text, word, initial=initial or made)
    if entry is None and (initial or text[0] == word[0]) and (parted := rules.parted.get(word)):
        entry = parted.get(_particle(words, number, rules))
    return None if entry is None or entry.kind == "except" else entry.kind


def _particle(words: Sequence[str], number: int, rules: WordingRules) -> str:
    """The last word of the clause that the verb is in, or "" if the clause goes on too long."""
    last, after = "", rules.classes["after-clause"]
    for word in words[number + 1 : number + 1 + _AWAY]:
        if word in _CLAUSE_ENDS or word in after:
            return last
        last = word
    return last if len(words) <= number + 1 + _AWAY else ""


def joined(found: Iterable[Found], words: Sequence[str], rules: WordingRules) -> Iterator[Found]:
    """Loaded words side by side as one, also over a joint ("elend und ratlos")."""
    held: Found | None = None
    for one in found:
        if held is not None and held.kind == one.kind == "loaded":
            gap = words[held.stop : one.first]
            if len(gap) <= 1 and all(w == "," or w in rules.classes["joint"] for w in gap):
                held = Found(held.first, one.stop, one.kind)
                continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
