"""Tells the times that date a noun, a name or a comparison instead of their clause."""

from __future__ import annotations

import re
from collections.abc import Collection

from beleg.layers.timeline.words import Words
from beleg.records import TimeExpression
from beleg.rules.timeline_rules import TimelineRules

_YEAR = re.compile(r"\d{4}")
_COMPARED_REACH = 3  # words between "als" and its time
_OPENER_REACH = 12  # tokens from "wie" at a border to its time
_NAME_REACH = 6  # tokens of a name before its year


class Asides:
    """Answers for the times of one sentence.

    leads: indexes of the tokens that open subordinate clauses.
    """

    def __init__(self, words: Words, leads: Collection[int], rules: TimelineRules) -> None:
        self._words = words
        self._leads = leads
        self._rules = rules
        self._named = tuple(rules.asides["named-after-year"])
        self._remarks = _bracketed(words) if _is_verbless(words) else ()

    def has(self, time: TimeExpression, first: int, stop: int) -> bool:
        """Whether the time with tokens `[first, stop)` does not place its clause."""
        return (
            self._words.aside[first]
            or self._is_attribute(first, stop)
            or self._is_compared(first)
            or self._is_adjective(first, stop)
            or self._is_last_time(first)
            or first in self._remarks
            or (_YEAR.fullmatch(time.value) is not None and self._is_year_aside(first, stop))
        )

    def _lower(self, at: int) -> str:
        return self._words.lower[at] if 0 <= at < len(self._words) else ""

    def _code(self, at: int) -> str:
        return self._words.codes[at] if 0 <= at < len(self._words) else ";"

    def _is_attribute(self, first: int, stop: int) -> bool:
        """ "der Brief vom 3. Mai", "die Ernte des Jahres"; not "fährt der Zug von Montag an"."""
        asides, classes = self._rules.asides, self._rules.classes
        if self._code(first - 1) == "N":
            opening = self._lower(first)
            if opening in asides["attribute-if-genitive"]:
                return self._rules.shapes["genitive"].search(self._lower(stop - 1)) is not None
            return opening in asides["attribute"]
        if self._code(first - 2) != "N" or self._lower(first - 1) not in asides["attribute"]:
            return False
        behind = self._lower(stop)
        if behind in classes["night-mark"]:  # "vom 3. auf den 4. Mai"
            return "t" not in self._words.codes[stop + 1 : stop + 3]
        return behind not in classes["behind-time"] | classes["range-mark"]

    def _is_compared(self, first: int) -> bool:
        """ "mehr als im Mai", "wie schon 2010"; a clause that "als" opens compares nothing."""
        at = first - 1
        while at >= max(0, first - _COMPARED_REACH):
            if self._lower(at) in self._rules.asides["comparison"]:
                return at not in self._leads
            if self._code(at) not in "RxD":
                break
            at -= 1
        return self._opens_with_comparison(first)

    def _opens_with_comparison(self, first: int) -> bool:
        """ "Wie zur WM der Herren im Jahr 2006 kam …": from the border on, without a verb."""
        for at in range(first - 1, max(-1, first - _OPENER_REACH), -1):
            if self._lower(at) in self._rules.asides["comparison-opener"]:
                border = at - 1 if self._code(at - 1) != "x" else at - 2  # "so wie …"
                return at not in self._leads and self._code(border) in ",;"
            if self._code(at) not in "RxDNAa#":
                return False
        return False

    def _is_last_time(self, first: int) -> bool:
        """ "erstmals seit 2005", "die größte Flut seit 2005": dates what happened before."""
        if self._rules.bounds.get(self._lower(first - 1)) != "since":
            return False
        if self._lower(first - 2) in self._rules.classes["first-time"]:
            return True
        superlative = self._rules.shapes["superlative-attribute"].search(self._lower(first - 3))
        return self._code(first - 2) == "N" and self._code(first - 3) == "A" and bool(superlative)

    def _is_adjective(self, first: int, stop: int) -> bool:
        """ "das gestrige Spiel"; "am gestrigen Abend" and "beim gestrigen Spiel" place."""
        text = self._words.tokens[first].text
        if stop - first != 1 or not text[0].islower() or self._code(stop) != "N":
            return False
        inflected = self._rules.shapes["inflected"].search(self._lower(first)) is not None
        return inflected and self._code(first - 1) == "D" and self._code(first - 2) != "R"

    def _is_year_aside(self, first: int, stop: int) -> bool:
        """ "WM 2006", "(1923)", "(1923–2001)"."""
        if stop - first != 1 or first == 0:
            return False
        if self._code(first - 1) == "N" and self._is_named(first - 1):
            return True
        before, after = self._lower(first - 1), self._lower(stop)
        dashes = ("–", "-", "/")
        opens = before == "(" and after in (")", ",", ";", *dashes)
        return opens or (after == ")" and before in dashes)

    def _is_named(self, at: int) -> bool:
        """ "WM 2006", "Meisterschaft der Frauen 2011": a noun that takes a year as its name."""
        for index in range(at, max(-1, at - _NAME_REACH), -1):
            if self._code(index) == "N" and self._lower(index).endswith(self._named):
                return True
            if self._code(index) not in "NDA":
                return False
        return False


def _is_verbless(words: Words) -> bool:
    return not any(code in "FwTEP" for code in words.codes)


def _bracketed(words: Words) -> frozenset[int]:
    """The tokens in brackets: "Mehr zum Thema (3.5.2020)"."""
    inside: set[int] = set()
    depth = 0
    for at, partner in enumerate(words.partner):
        if words.codes[at] == "," and partner >= 0:
            depth += 1 if partner > at else -1
        elif depth:
            inside.add(at)
    return frozenset(inside)
