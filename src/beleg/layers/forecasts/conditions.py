"""The condition a forecast hangs on, and how sure its words say it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from beleg.layers.forecasts.reading import Reading, opens_with_verb
from beleg.layers.forecasts.scene import Draft, Scene
from beleg.records import Certainty
from beleg.rules.forecast_rules import ForecastRules, Scale
from beleg.text.article import Span

_PHRASE_LONGEST = 12  # tokens of a condition without a verb ("ohne die neue Brücke")
_CLAUSE_LONGEST = 60  # tokens of a condition that are looked at
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_NEGATION_REACH = 14  # characters before a certainty word


@dataclass(frozen=True, slots=True)
class Condition:
    """Where a condition is stated; clause: with a verb of its own ("wenn …"), no phrase.

    unreal: told as not fulfilled ("Wäre er gekommen, …"), so that nothing follows from it.
    """

    span: Span
    clause: bool
    unreal: bool


def condition_of(text: str, scene: Scene, draft: Draft) -> Condition | None:
    """The clause or phrase that states the condition; behind "sonst" the clause or sentence before."""
    reading, rules = scene.reading, scene.rules
    clause = _clause(reading, draft, rules)
    if clause is not None:
        return Condition(_span(reading, *clause), True, _is_unreal(reading, clause, rules))
    phrase = _phrase(text, reading, draft, rules)
    if phrase is not None:
        return Condition(_span(reading, *phrase), False, False)
    first = reading.parts[reading.part_of[draft.start]]
    if scene.before is not None and reading.lower[first.lead] in rules.classes["otherwise"]:
        return Condition(scene.before, True, False)
    return None


def _is_unreal(reading: Reading, clause: tuple[int, int], rules: ForecastRules) -> bool:
    """A Konjunktiv II of the pluperfect: "hätte" or "wäre" with a participle."""
    start, stop = clause[0], min(clause[1], clause[0] + _CLAUSE_LONGEST)
    if rules.classes["unreal-past"].isdisjoint(reading.lower[start:stop]):
        return False
    return any(reading.is_participle(index, rules) for index in range(start, stop))


def _clause(reading: Reading, draft: Draft, rules: ForecastRules) -> tuple[int, int] | None:
    parts = reading.parts
    first = reading.part_of[draft.start]
    last = reading.part_of[draft.stop - 1]
    if first < 0 or last < 0:
        return None
    for number in (last + 1, first - 1, first - 2, *range(first, min(last + 1, first + 4))):
        if not 0 <= number < len(parts) or _apart(reading, number, first, last):
            continue
        if number < first and parts[first].opening == "infinitive":
            continue  # "Kommt der, der versprach, alles zu geben, …"
        part = parts[number]
        word = reading.lower[part.lead]
        if part.lead > part.start and reading.lower[part.lead - 1] in rules.classes["concession"]:
            continue  # "auch wenn"
        idle = part.stop - part.lead == 2 and reading.lower[part.lead + 1] in rules.classes["idle"]
        if part.opening == "sub" and word in rules.classes["condition"] and not idle:
            return part.lead, part.stop
        verb_first = part.lead in part.finite and word in rules.classes["condition-verb"]
        if number == first - 1 and opens_with_verb(reading, number, draft.start, rules):
            return part.lead, part.stop
        if verb_first and (number < first or number == last + 1):
            return part.lead, part.stop
    if reading.lower[parts[first].lead] in rules.classes["otherwise"] and first:
        before = parts[first - 1]
        return before.start, before.stop
    return None


def _apart(reading: Reading, number: int, first: int, last: int) -> bool:
    """Whether a colon or semicolon stands between the part and the forecast."""
    border = reading.parts[number].start - 1 if number > last else reading.parts[number].stop
    return not first <= number <= last and reading.lower[border][0] in ":;"


def _phrase(
    text: str, reading: Reading, draft: Draft, rules: ForecastRules
) -> tuple[int, int] | None:
    begin = reading.tokens[draft.start].start
    found = rules.condition_phrase.search(text, begin, reading.tokens[draft.stop - 1].end)
    if found is None or found[0].lower() in rules.classes["otherwise"]:
        return None
    unreal = draft.kind == "conditional" or reading.lower[draft.cue] in rules.classes["would"]
    if not unreal and found[0].lower() in rules.classes["condition-if-unreal"]:
        return None
    index = next(i for i in range(draft.start, draft.stop) if reading.tokens[i].end > found.start())
    stop = index + 1
    while stop < min(draft.stop, index + _PHRASE_LONGEST) and reading.codes[stop] not in ",F":
        stop += 1
        if reading.codes[stop - 1] == "N" and (
            stop >= len(reading.codes) or reading.codes[stop] not in "NRDA"
        ):
            break
    return index, stop


def certainty_of(text: str, place: Span, scale: Scale, rules: ForecastRules) -> Certainty | None:
    """The first word in `place` that the scale gives a range; a negated one has none."""
    pattern, ranges = rules.scales[scale]
    for found in pattern.finditer(text, place.start, place.end):
        before = _WORD_BEFORE.search(text[max(0, found.start() - _NEGATION_REACH) : found.start()])
        if before is not None and before[1].lower() in rules.classes["negation"]:
            continue
        low, high = ranges[" ".join(found[0].lower().split())]
        return Certainty(span=Span(*found.span()), low=low, high=high, scale=scale)
    return None


def _span(reading: Reading, start: int, stop: int) -> Span:
    return Span(reading.tokens[start].start, reading.tokens[stop - 1].end)
