"""Finds the numbers in a sentence that can be compared with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from beleg.rules.checklist_rules import FigureRules
from beleg.text import Sentence, Span, Token

# 212, 4.200, 2,5, 10-15; not 14:30, 2:1 or 3. (an ordinal keeps its stop).
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,15}){0,5}(?:[-–]\d{1,15})?")
_DECIMAL = re.compile(r"\d{1,15},\d{1,15}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SPELLED = (
    13  # newspapers write numbers up to twelve in letters (Duden, K 87): those alone say little
)
_TO_NOUN = 2  # words between a number and its noun


def find_figures(sentence: Sentence, times: Sequence[Span], rules: FigureRules) -> Iterator[Span]:
    """The numbers that are figures, in order; times: places of time expressions, in order."""
    tokens = sentence.tokens
    at = 0
    for number, token in enumerate(tokens):
        while at < len(times) and times[at].end <= token.start:
            at += 1
        if at < len(times) and times[at].start < token.end:
            continue
        if _is_figure(tokens, number, rules):
            yield Span(token.start, token.end)


def _is_figure(tokens: Sequence[Token], number: int, rules: FigureRules) -> bool:
    word = tokens[number].text
    if word[0].isdigit():
        return _NUMBER.fullmatch(word) is not None and _counts(tokens, number, rules)
    value = rules.numbers.get(word.lower())
    after = _word(tokens, number + 1)
    if value is None:
        return word.lower() in rules.words["part"] and after in rules.words["fraction"]
    if after in rules.words["unit"] or after in rules.words["fraction"]:
        return True
    return not isinstance(value, str) and value >= _SPELLED and _before_noun(tokens, number, rules)


def _counts(tokens: Sequence[Token], number: int, rules: FigureRules) -> bool:
    """Whether digits say how many or how much."""
    words, word = rules.words, tokens[number].text
    before, after = _word(tokens, number - 1), _word(tokens, number + 1)
    if before in words["label"] or f"{_word(tokens, number - 2)} {before}" in words["label"]:
        return False
    if after in words["unit"] or after in words["sign"] or before in words["sign"]:
        return True
    if _YEAR.fullmatch(word):
        return False
    return _DECIMAL.fullmatch(word) is not None or _before_noun(tokens, number, rules)


def _before_noun(tokens: Sequence[Token], number: int, rules: FigureRules) -> bool:
    for place in range(number + 1, number + 2 + _TO_NOUN):
        word = _word(tokens, place)
        if word[:1].isupper():
            return len(word) > 1
        if word in rules.words["no-attribute"] or not rules.attribute.fullmatch(word):
            return False
    return False


def _word(tokens: Sequence[Token], number: int) -> str:
    return tokens[number].text if 0 <= number < len(tokens) else ""
