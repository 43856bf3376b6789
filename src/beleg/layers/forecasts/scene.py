"""A sentence with the times and voices around it, and a forecast drafted in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from beleg.layers.forecasts.clauses import Clause
from beleg.layers.forecasts.reading import Reading
from beleg.layers.forecasts.windows import Today, When, when, word_before
from beleg.records import ForecastKind, TimeExpression
from beleg.rules.forecast_rules import ForecastRules
from beleg.text.article import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A forecast in its sentence: tokens `[start, stop)`; kind None if still to be told.

    cue: index of the word that makes it one. core: the parts its own times stand in.
    modal: whether the clause has a modal or auxiliary of the future; verb: its infinitive or -1.
    """

    start: int
    stop: int
    cue: int
    kind: ForecastKind | None
    core: range
    verb: int
    modal: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what is known around it.

    times: those of the sentence with the index of their first token; places: by part when they
    lie; later_parts: with a time not before publication or a word for "soon"; indirect: whether a token
    stands in indirect speech; quoted: in any quotation; goes_on: the sentence before has a
    forecast; before: the sentence before, in the same paragraph.
    """

    reading: Reading
    times: Sequence[tuple[int, TimeExpression]]
    places: Mapping[int, set[When]]
    later_parts: frozenset[int]
    today: Today
    indirect: Callable[[int], bool]
    quoted: Callable[[int], bool]
    rules: ForecastRules
    goes_on: bool
    before: Span | None

    def tense(self, core: range) -> When | None:
        """When the times of these parts lie: a later one decides, then an earlier one."""
        found = {placed for number in core for placed in self.places.get(number, ())}
        return "future" if "future" in found else "past" if "past" in found else None

    def later(self, core: range) -> bool:
        """Whether a time of these parts lies not before publication, or a word says "soon"."""
        return any(number in self.later_parts for number in core)


def scene_of(
    reading: Reading,
    times: Sequence[tuple[int, TimeExpression]],
    today: Today,
    indirect: Callable[[int], bool],
    quoted: Callable[[int], bool],
    rules: ForecastRules,
    goes_on: bool,
    before: Span | None,
) -> Scene:
    """The scene of a sentence; every look at it afterwards is short."""
    places: dict[int, set[When]] = {}
    later = {
        number
        for number, word in zip(reading.part_of, reading.lower, strict=True)
        if word in rules.classes["future-adverb"]
    }
    for at, time in times:
        number, placed = reading.part_of[at], when(time, today)
        if placed != "past" and word_before(reading, at, rules.classes["as-of"]):
            later.add(number)
        if placed is None or (placed == "past" and time.rule.endswith("#last")):
            continue  # "am Samstag" was led astray by another verb of the sentence
        places.setdefault(number, set()).add(placed)
        vague = time.value.endswith("_REF") or time.type == "DURATION"
        if placed == "future" or (placed == "now" and not vague):
            later.add(number)
    return Scene(
        reading, times, places, frozenset(later), today, indirect, quoted, rules, goes_on, before
    )


def verb_first(reading: Reading, index: int, clause: Clause) -> bool:
    """A question or condition: the finite verb begins the sentence, or a quotation in it."""
    if clause.subordinate or clause.start != index:
        return False
    return all(reading.codes[i] in "qK" for i in range(max(0, index - 3), index)) and index <= 3
