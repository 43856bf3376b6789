"""Cuts the clause that a connective governs, and the one that it is joined to."""

from __future__ import annotations

from beleg.layers.argument.reading import Unit
from beleg.rules.connective_rules import ConnectiveRules

_FAR = 80  # tokens that a clause is followed; longer ones are cut there
_ASIDE = 12  # tokens of a bracket that a clause goes on behind
_BREAKS = frozenset([";", ":", "–", "—", "(", ")", "..."])


def opens(unit: Unit, place: int, rules: ConnectiveRules) -> bool:
    """Whether the phrase at `place` is the first of its sentence, but for "und", "vor allem"."""
    openers = rules.classes["opener"]
    return place <= 3 and all(
        word in openers or not word[0].isalnum() for word in unit.words[:place]
    )


def follows_mark(unit: Unit, place: int, rules: ConnectiveRules) -> bool:
    """Whether a comma or dash stands before the phrase, up to three particles between."""
    for before in range(place - 1, max(place - 5, -1), -1):
        word = unit.words[before]
        if word == "," or word in _BREAKS:
            return True
        if word not in rules.classes["opener"]:
            return False
    return False


def before_matrix(unit: Unit, start: int, rules: ConnectiveRules) -> int:
    """The comma behind an opening clause: before the finite verb, or before "dann", else the first.

    -1 if there is none near enough.
    """
    first = -1
    for place in range(start, min(start + _FAR, unit.limit - 1)):
        if unit.words[place] == ":":
            return place
        if unit.words[place] != ",":
            continue
        after = unit.words[place + 1]
        if after in rules.finite or after in rules.classes["answer"]:
            return place
        first = place if first < 0 else first
    return first


def clause_stop(unit: Unit, start: int, rules: ConnectiveRules) -> int:
    """Where the closing clause from `start` on ends: at a break, before a verb, at the end."""
    behind = start  # the bracket that is passed over
    for place in range(start, min(start + _FAR, unit.limit)):
        word = unit.words[place]
        if place < behind:
            continue
        if word == "(" and ")" in unit.words[place : min(place + _ASIDE, unit.limit - 1)]:
            behind = unit.words.index(")", place) + 1
            continue
        if word in _BREAKS:
            return place
        if word == "," and unit.words[place + 1 : place + 2]:
            after = unit.words[place + 1]
            if after in rules.finite or after in rules.classes["own-statement"]:
                return place
            if " ".join(unit.words[place + 1 : place + 3]) in rules.classes["result-opener"]:
                return place
    return min(unit.limit, start + _FAR)


def clause_start(unit: Unit, stop: int, rules: ConnectiveRules) -> int:
    """Where the clause before `stop` begins: behind a break, ", und", ", dass", or at the start."""
    begins = rules.classes["joining"] | rules.classes["complement"]
    aside = 0  # brackets that are open, as read backwards
    for place in range(stop - 1, max(stop - _FAR, 0), -1):
        word = unit.words[place]
        if word == ")" or aside:
            aside += (word == ")") - (word == "(")
            continue
        if word in _BREAKS:
            return place + 1
        if unit.words[place - 1] == "," and word in begins:
            return place + 1
    return max(stop - _FAR, 0)


def mark_before(unit: Unit, place: int) -> int:
    """The comma or dash that `follows_mark` saw."""
    while place > 0 and unit.words[place] != "," and unit.words[place] not in _BREAKS:
        place -= 1
    return place


def complement_after(unit: Unit, start: int, rules: ConnectiveRules) -> int:
    """The word behind ", dass" within a few words from `start`, or -1."""
    for place in range(start, min(start + 8, unit.limit - 1)):
        if unit.words[place] in rules.classes["complement"] and unit.words[place - 1] == ",":
            return place + 1
    return -1
