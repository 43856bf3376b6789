"""Finds the forecasts of one sentence: by modal verbs, plans, governing verbs, later times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from beleg.layers.forecasts.clauses import (
    Clause,
    clause_of,
    complement_after,
    main_start,
    whole_clause,
)
from beleg.layers.forecasts.reading import Reading
from beleg.layers.forecasts.windows import Today, When, when
from beleg.records import ForecastKind, TimeExpression
from beleg.rules.forecast_rules import ForecastRules, Governing, Modal

_NEAR = 25  # tokens between a verb and its particle, a predicate and its auxiliary


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
    stands in indirect speech; quoted: in any quotation.
    """

    reading: Reading
    times: Sequence[tuple[int, TimeExpression]]
    places: Mapping[int, set[When]]
    later_parts: frozenset[int]
    today: Today
    indirect: Callable[[int], bool]
    quoted: Callable[[int], bool]
    rules: ForecastRules

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
        if placed is None:
            continue
        places.setdefault(number, set()).add(placed)
        vague = time.value.endswith("_REF") or time.type == "DURATION"
        if placed == "future" or (placed == "now" and not vague):
            later.add(number)
    return Scene(reading, times, places, frozenset(later), today, indirect, quoted, rules)


def find_drafts(scene: Scene) -> Iterator[Draft]:
    """The forecasts of a sentence, in any order; they may overlap."""
    reading, rules = scene.reading, scene.rules
    for index, word in enumerate(reading.lower):
        if reading.codes[index] == "N":
            noun = rules.nouns.get(reading.tokens[index].text)
            if noun is not None:
                yield from _complement(scene, index, noun)
            continue
        if reading.part_of[index] < 0:
            continue
        modal = rules.modals.get(word)
        if modal is not None:
            yield from _modal(scene, index, modal)
        if word in rules.predicates or word in rules.particles or word in rules.bare:
            yield from _partnered(scene, index, word)
        for governing in rules.governing.get(word, ()):
            yield from _governed(scene, index, governing)
    yield from _timed(scene)


def _modal(scene: Scene, index: int, modal: Modal) -> Iterator[Draft]:
    reading, rules = scene.reading, scene.rules
    if not modal.indirect and scene.indirect(index):
        return
    clause = clause_of(reading, index, zu=modal.needs == "zu-infinitive", rules=rules)
    if clause is None:
        yield from _passive(scene, index)
        return
    if clause.asks or _verb_first(reading, index, clause):
        return
    later = scene.later(clause.core)
    if not later and (modal.timed or (clause.relative and modal.relative == "timed")):
        return
    if scene.tense(clause.core) == "past":
        return
    if modal.past is False and not scene.quoted(index) and _tells_of_past(scene, index):
        return
    if _excluded_verb(scene, clause, modal, later):
        return
    yield Draft(
        clause.start, clause.stop, index, modal.kind, clause.core, clause.verb, modal=True
    )  # fmt: skip


def _excluded_verb(scene: Scene, clause: Clause, modal: Modal, later: bool) -> bool:
    """Whether the infinitive reports, supposes or asks instead of foretelling."""
    reading, rules = scene.reading, scene.rules
    word = reading.lower[clause.verb]
    if word in rules.classes["no-infinitive"]:
        return True
    if word not in ("sein", "haben"):
        return False
    before = clause.verb - 1
    if reading.is_participle(before) or reading.lower[before] == "worden":
        return not later  # "soll gestohlen haben", "wird gewesen sein"
    if modal.state == "timed":
        return not later
    if modal.state == "supposition":
        words = reading.lower[max(clause.start, clause.verb - _NEAR) : clause.verb]
        return not later and not rules.classes["supposition"].isdisjoint(words)
    return False


def _passive(scene: Scene, index: int) -> Iterator[Draft]:
    """ "wird am Freitag eröffnet": the present of the passive or of becoming, with a later time."""
    reading = scene.reading
    if reading.lower[index] not in ("wird", "werden", "werde"):
        return
    core = range(reading.part_of[index], reading.part_of[index] + 1)
    clause = whole_clause(reading, index, scene.rules)
    if not scene.later(core) or clause.asks or _verb_first(reading, index, clause):
        return
    if scene.tense(core) != "past":
        yield Draft(clause.start, clause.stop, index, "announcement", core, -1, modal=True)


def _partnered(scene: Scene, index: int, word: str) -> Iterator[Draft]:
    reading, rules = scene.reading, scene.rules
    part = reading.parts[reading.part_of[index]]
    partner = rules.predicates.get(word) or rules.particles.get(word) or rules.bare[word]
    if word in rules.particles and index < part.stop - 1:
        return
    near = range(max(part.start, index - _NEAR), min(part.stop, index + _NEAR))
    words = [reading.lower[i] for i in near]
    beside = [i for i in near if reading.lower[i] in partner.beside]
    if (partner.beside and not beside) or not partner.never.isdisjoint(words):
        return
    finite = beside[0] if beside else index
    if word in rules.bare and any(reading.with_zu(i) for i in near if i > index):
        return
    if word in rules.predicates and not reading.is_participle(index):
        return
    clause = whole_clause(reading, finite, rules)
    if clause.asks or _verb_first(reading, finite, clause) or "worden" in words:
        return
    core = range(reading.part_of[index], reading.part_of[index] + 1)
    if scene.tense(core) != "past":
        yield Draft(clause.start, clause.stop, index, partner.kind, core, -1, modal=False)


def _governed(scene: Scene, index: int, governing: Governing) -> Iterator[Draft]:
    reading = scene.reading
    part = reading.parts[reading.part_of[index]]
    particle = -1
    if governing.particle:
        behind = range(index + 1, min(part.stop, index + _NEAR))
        particle = next((i for i in behind if reading.lower[i] == governing.particle), -1)
        if particle < 0 and not (governing.object is False or part.stop >= len(reading.lower)):
            particle = _particle_behind(reading, index, governing.particle)
        if particle < 0:
            return
    if not governing.past and _is_past(scene, index):
        return
    found = list(_complement(scene, particle if particle >= 0 else index, governing))
    if found:
        yield from found
    elif governing.object:
        yield from _object(scene, index, particle, governing)


def _particle_behind(reading: Reading, index: int, particle: str) -> int:
    """The particle at the end of a later part, where an insertion stands between."""
    number = reading.part_of[index]
    for part in reading.parts[number + 1 : number + 4]:
        if reading.lower[part.stop - 1] == particle:
            return part.stop - 1
    return -1


def _is_past(scene: Scene, index: int) -> bool:
    """A preterite or pluperfect: the expectation itself is told as past."""
    reading = scene.reading
    part = reading.parts[reading.part_of[index]]
    words = reading.lower[max(part.start, index - _NEAR) : min(part.stop, index + _NEAR)]
    return reading.codes[index] == "w" or any(
        word in ("hatte", "hatten", "war", "waren", "wurde", "wurden") for word in words
    )


def _complement(scene: Scene, index: int, governing: Governing) -> Iterator[Draft]:
    reading, rules = scene.reading, scene.rules
    clause = complement_after(reading, reading.part_of[index], rules)
    if clause is None or clause.start >= clause.stop:
        return
    part = reading.parts[reading.part_of[index]]
    if index < part.stop - 6 and governing.dynamic:
        return
    verbs = [
        reading.lower[i] for number in clause.core for i in reading.parts[number].finite[:8]
    ]
    if "hatte" in reading.lower[max(part.start, index - _NEAR) : index] and not governing.past:
        return
    if _told_as_past(scene, clause, verbs):
        return
    state = rules.classes["state"]
    if governing.dynamic and (not verbs or any(verb in state for verb in verbs)):
        return
    if scene.tense(clause.core) == "past":
        return
    yield Draft(
        clause.start, clause.stop, index, governing.kind, clause.core, -1, modal=False
    )  # fmt: skip


def _told_as_past(scene: Scene, clause: Clause, verbs: Sequence[str]) -> bool:
    """A complement in the preterite or perfect tells of what has happened."""
    reading, rules = scene.reading, scene.rules
    part = reading.parts[clause.core[-1]]
    if any(reading.codes[i] == "w" or reading.lower[i] in rules.timeline.past for i in part.finite[:8]):
        return True
    perfect = any(verb in rules.classes["perfect"] for verb in verbs)
    return perfect and reading.is_participle(part.stop - 2)


def _object(scene: Scene, index: int, particle: int, governing: Governing) -> Iterator[Draft]:
    """ "erwartet einen Gewinn": the noun phrase behind the finite verb."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    part = reading.parts[number]
    if part.opening in ("sub", "rel", "asks") or reading.is_participle(index) and _passive_near(
        reading, index
    ):
        return
    if reading.lower[part.stop - 1] != reading.lower[index] and reading.is_infinitive(index, rules):
        if reading.with_zu(index):
            return
    begin = main_start(reading, index, rules)
    stop = whole_clause(reading, index, rules).stop
    if particle >= 0:
        stop = particle if reading.part_of[particle] == number else stop
    start = index + 1
    if isinstance(governing.object, str):
        near = range(index + 1, min(part.stop, index + _NEAR))
        start = next((i for i in near if reading.lower[i] == governing.object), -1) + 1
        if not start:
            return
    elif particle > index and (reading.codes[begin] in "Rtx" or begin == index):
        start, stop = begin, particle + 1  # "Bis Mai sagt sie einen Anstieg voraus"
    else:
        start, stop = _behind_subject(reading, index, start, stop)
    while start < stop - 1 and reading.lower[start] in ("sich", "auch", "mit"):
        start += 1
    if start < stop and any(reading.codes[i] == "N" for i in range(start, min(stop, start + _NEAR))):
        core = range(reading.part_of[start] if reading.part_of[start] >= 0 else number, number + 1)
        core = range(min(core.start, number), max(number, reading.part_of[stop - 1]) + 1)
        yield Draft(start, stop, index, governing.kind, core, -1, modal=False)


def _behind_subject(reading: Reading, index: int, start: int, stop: int) -> tuple[int, int]:
    """ "erwartet die Chefin, Anna Muster, einen Gewinn": the last part, behind the apposition."""
    number = reading.part_of[index]
    parts = reading.parts
    after = [part for part in parts[number + 1 : number + 4] if part.opening == "part"]
    if len(after) >= 2 and after[0].start == parts[number].stop + 1:
        last = after[-1]
        if reading.codes[last.lead] in "DR":
            return last.start, last.stop
    return start, stop


def _passive_near(reading: Reading, index: int) -> bool:
    part = reading.parts[reading.part_of[index]]
    words = reading.lower[max(part.start, index - _NEAR) : min(part.stop, index + 4)]
    return any(word in ("wird", "werden", "wurde", "wurden", "worden", "hat", "haben") for word in words)


def _verb_first(reading: Reading, index: int, clause: Clause) -> bool:
    """A question or condition: the finite verb begins the sentence, or a quotation in it."""
    if clause.subordinate or clause.start != index:
        return False
    return all(reading.codes[i] in "qK" for i in range(max(0, index - 3), index)) and index <= 3


def _tells_of_past(scene: Scene, index: int) -> bool:
    """Whether a finite preterite stands in the sentence: then "würde" is a past future."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    for part in reading.parts[max(0, number - 2) : number + 2]:
        if any(
            reading.codes[i] == "w" or reading.lower[i] in rules.timeline.past for i in part.finite[:8]
        ):
            return True
    return False


def _timed(scene: Scene) -> Iterator[Draft]:
    """ "Die Messe beginnt am Freitag": the present tense with a later time."""
    reading, rules = scene.reading, scene.rules
    for at, time in scene.times:
        number = reading.part_of[at]
        if number < 0 or time.type not in ("DATE", "TIME") or time.value.endswith("_REF"):
            continue
        part = reading.parts[number]
        placed = when(time, scene.today)
        today = placed == "now" and time.earliest == time.latest
        if placed != "future" and not today:
            continue
        if part.opening in ("sub", "asks", "infinitive", "part") or not part.finite:
            continue
        if today and not part.finite[0] < at:
            continue
        if not _is_anchor(scene, at) or not _plain_present(scene, part.finite, today):
            continue
        clause = whole_clause(reading, part.finite[0], rules)
        core = range(number, number + 1)
        if not clause.asks and not _verb_first(reading, part.finite[0], clause):
            yield Draft(clause.start, clause.stop, part.finite[0], "announcement", core, -1, False)


def _is_anchor(scene: Scene, at: int) -> bool:
    """Whether a time stands by itself in its clause, not in a noun phrase."""
    reading, rules = scene.reading, scene.rules
    before = [reading.lower[i] for i in range(max(0, at - 2), at + 1)]
    if any(word in rules.classes["no-anchor"] for word in before):
        return False
    after = at
    while after < len(reading.codes) and reading.codes[after] == "t":
        after += 1
    behind = reading.lower[after : after + 3]
    return not any(word.endswith(("ten", "te", "enen", "ene", "nen", "nde", "nden")) for word in behind[:2])


def _plain_present(scene: Scene, finite: Sequence[int], today: bool) -> bool:
    reading, rules = scene.reading, scene.rules
    for index in finite[:8]:
        word = reading.lower[index]
        if reading.codes[index] == "w" or word in rules.timeline.past:
            return False
        if word in rules.classes["perfect"] or word in rules.modals:
            return False
        if today and word in rules.classes["state"]:
            return False
    return True
