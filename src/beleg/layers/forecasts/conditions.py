"""The condition a forecast hangs on, and how sure its words say it is."""

from __future__ import annotations

import re

from beleg.layers.forecasts.reading import Reading
from beleg.layers.forecasts.scene import Draft
from beleg.records import Certainty
from beleg.rules.forecast_rules import ForecastRules, Scale
from beleg.text.article import Span

_PHRASE_LONGEST = 12  # tokens of a condition without a verb ("ohne die neue Brücke")
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_NEGATION_REACH = 14  # characters before a certainty word


def condition_of(text: str, reading: Reading, draft: Draft, rules: ForecastRules) -> Span | None:
    """The clause or phrase that states the condition, if the sentence has one."""
    return _clause(reading, draft, rules) or _phrase(text, reading, draft, rules)


def _clause(reading: Reading, draft: Draft, rules: ForecastRules) -> Span | None:
    parts = reading.parts
    first = reading.part_of[draft.start]
    last = reading.part_of[draft.stop - 1]
    if first < 0 or last < 0:
        return None
    for number in (last + 1, first - 1, first - 2, *range(first, min(last + 1, first + 4))):
        if not 0 <= number < len(parts) or _apart(reading, number, first, last):
            continue
        part = parts[number]
        word = reading.lower[part.lead]
        if part.opening == "sub" and word in rules.classes["condition"]:
            return _span(reading, part.lead, part.stop)
        verb_first = part.lead in part.finite and word in rules.classes["condition-verb"]
        if number < first and verb_first:
            return _span(reading, part.lead, part.stop)
    if reading.lower[parts[first].lead] in rules.classes["otherwise"] and first:
        before = parts[first - 1]
        return _span(reading, before.start, before.stop)
    return None


def _apart(reading: Reading, number: int, first: int, last: int) -> bool:
    """Whether a colon or semicolon stands between the part and the forecast."""
    border = reading.parts[number].start - 1 if number > last else reading.parts[number].stop
    return not first <= number <= last and reading.lower[border][0] in ":;"


def _phrase(text: str, reading: Reading, draft: Draft, rules: ForecastRules) -> Span | None:
    begin = reading.tokens[draft.start].start
    found = rules.condition_phrase.search(text, begin, reading.tokens[draft.stop - 1].end)
    if found is None or found[0].lower() in rules.classes["otherwise"]:
        return None
    unreal = reading.lower[draft.cue] in rules.classes["would"]
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
    return _span(reading, index, stop)


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
