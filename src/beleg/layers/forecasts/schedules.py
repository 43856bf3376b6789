"""Forecasts by an appointment with a later time: "wurde für Montag angesetzt", "die für Montag
angesetzte Wahl"."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.layers.forecasts.clauses import whole_clause
from beleg.layers.forecasts.reading import NEAR, Reading
from beleg.layers.forecasts.scene import Draft, Scene
from beleg.layers.forecasts.windows import when
from beleg.rules.forecast_rules import ForecastRules

_PHRASE = 8  # tokens of a noun phrase before and behind a time in it
_ADJECTIVES = 3  # between the participle and its noun


def scheduled(scene: Scene) -> Iterator[Draft]:
    """The clause of a participle of scheduling in the passive or perfect, and noun phrases."""
    reading, rules = scene.reading, scene.rules
    if not scene.times or not rules.classes["cancelled"].isdisjoint(reading.lower):
        return
    for at, time in scene.times:
        number = reading.part_of[at]
        dated = time.type in ("DATE", "TIME") and not time.value.endswith("_REF")
        if number < 0 or not dated or when(time, scene.today) != "future":
            continue
        part = reading.parts[number]
        core = range(number, number + 1)
        near = range(max(part.start, at - NEAR), min(part.stop, at + NEAR))
        if any(reading.lower[i] in rules.classes["scheduled"] for i in near):
            before = reading.parts[number - 1] if number else part
            finite = next(iter(part.finite or before.finite), -1)
            if finite >= 0:
                start = whole_clause(reading, finite, rules).start
                stop = whole_clause(reading, at, rules).stop
                yield Draft(start, stop, finite, "announcement", core, -1, modal=False)
            continue
        phrase = _phrase_around(reading, at, rules)
        if phrase is not None:
            yield Draft(*phrase, at, "announcement", core, -1, modal=False)


def _phrase_around(reading: Reading, at: int, rules: ForecastRules) -> tuple[int, int] | None:
    """Tokens `[start, stop)` of "die für Montag angesetzte Wahl", "die geplante Wahl am Montag"."""
    codes, stop = reading.codes, len(reading.codes)
    after = at
    while after < stop and (codes[after] == "t" or reading.lower[after] == ","):
        after += 1
    if after < stop and _schedules(reading, after, rules):
        noun = next(
            (i for i in range(after, min(stop, after + _ADJECTIVES)) if codes[i] == "N"), -1
        )
        return (_phrase_start(reading, at), noun + 1) if noun >= 0 else None
    noun = next((i for i in range(at - 1, max(-1, at - _ADJECTIVES), -1) if codes[i] == "N"), -1)
    if noun < 1 or not _schedules(reading, noun - 1, rules) or codes[noun + 1] not in "Rt":
        return None
    return _phrase_start(reading, noun - 1), after


def _schedules(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """Whether a word is an attribute that says its noun is to come."""
    word = reading.lower[index]
    return reading.codes[index] in "aw" and any(
        word.startswith(stem) and len(word) - len(stem) <= 2  # "-e", "-en"
        for stem in rules.classes["scheduled"] | rules.classes["upcoming"]
    )


def _phrase_start(reading: Reading, index: int) -> int:
    """The determiner of the noun phrase, or the preposition of its time."""
    start = index
    for word in range(index - 1, max(-1, index - _PHRASE), -1):
        if reading.codes[word] == "D":
            return word
        if reading.codes[word] not in "Rxat#":
            break
        if reading.codes[word] == "R":
            start = word
    return start
