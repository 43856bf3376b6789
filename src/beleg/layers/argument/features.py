"""What a sentence shows of being a claim or a reason: its words, its place, its neighbours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from beleg.layers.argument.reading import Unit
from beleg.rules.connective_rules import ConnectiveRules

_SOBER = -1.0  # logit of the register; who argues less draws conclusions only with connectives
_SHORT, _LONG = 8, 25  # words
_EDGE = 2  # sentences at each end of a text
_COMMAS = 3
_OF_NEXT = frozenset(["evaluative", "duty", "reason", "past"])
_OF_LAST = frozenset(["evaluative", "duty"])


def features(
    number: int, units: Sequence[Unit], rules: ConnectiveRules, *, given: bool, drawn: bool
) -> dict[str, float]:
    """The traits of the sentence with this place in `units`, most of them 0 or 1.

    given, drawn: whether a connective makes a part of it a reason, or a conclusion.
    """
    unit = units[number]
    words = unit.words[: unit.limit]
    register = min(max(unit.register, _SOBER), 0.0)
    found = {"bias": 1.0, "given": float(given), "drawn": float(drawn), "register": register}
    found.update(dict.fromkeys(_traits(words, rules), 1.0))
    if words:
        found.update(dict.fromkeys(rules.first_traits.get(words[0], ()), 1.0))
    found.update(_form(unit, words, rules))
    last = units[number - 1] if number else None
    after = units[number + 1] if number + 1 < len(units) else None
    found.update(_place(number, units, last, after))
    if last is not None:
        found["after-question"] = float(last.question)
        found.update({f"after-{n}": 1.0 for n in _traits(last.words, rules) & _OF_LAST})
    if after is not None:
        found["before-question"] = float(after.question)
        found.update({f"before-{n}": 1.0 for n in _traits(after.words, rules) & _OF_NEXT})
        first = rules.first_traits.get(after.words[0], ())
        found.update({f"before-{name}": 1.0 for name in first})
    return found


def score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logit; traits without a weight count nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def _traits(words: Sequence[str], rules: ConnectiveRules) -> set[str]:
    return {name for word in words for name in rules.traits.get(word, ())}


def _form(unit: Unit, words: Sequence[str], rules: ConnectiveRules) -> dict[str, float]:
    tokens = unit.sentence.tokens[1 : unit.limit]
    count = max(len(words), 1)
    return {
        "length": math.log(count) / 3,
        "short": float(count < _SHORT),
        "long": float(count > _LONG),
        "digits": float(any(word[0].isdigit() for word in words)),
        "capitals": sum(token.text[0].isupper() for token in tokens) / count,
        "quoting": float(any(q is not None and q is not unit.voice for q in unit.quotes)),
        "preterite": float(any(map(rules.shapes["preterite"].fullmatch, words))),
        "participle": float(any(map(rules.shapes["participle"].fullmatch, words))),
        "colon": float(":" in words),
        "dash": float("-" in words or "–" in words),
        "commas": min(words.count(","), _COMMAS) / _COMMAS,
    }


def _place(
    number: int, units: Sequence[Unit], last: Unit | None, after: Unit | None
) -> dict[str, float]:
    paragraph = units[number].sentence.paragraph
    return {
        "opens-paragraph": float(last is None or last.sentence.paragraph != paragraph),
        "closes-paragraph": float(after is None or after.sentence.paragraph != paragraph),
        "opens-text": float(number < _EDGE),
        "closes-text": float(number >= len(units) - _EDGE),
        "place": number / max(1, len(units) - 1),
    }
