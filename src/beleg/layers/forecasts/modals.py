"""Forecasts by a finite verb: modal verbs, the future, the passive that tells of the future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from beleg.layers.forecasts.clauses import Clause, clause_of, whole_clause
from beleg.layers.forecasts.reading import Reading
from beleg.layers.forecasts.scene import NEAR, Draft, Scene, tells_of_past, verb_first
from beleg.records import ForecastKind
from beleg.rules.forecast_rules import ForecastRules, Modal


def by_modal(scene: Scene, index: int, modal: Modal) -> Iterator[Draft]:
    """The clause of a modal verb or future auxiliary with its infinitive."""
    reading, rules = scene.reading, scene.rules
    if (not modal.indirect and scene.indirect(index)) or _is_infinitive(reading, index, rules):
        return
    clause = clause_of(reading, index, zu=modal.needs == "zu-infinitive", rules=rules)
    if clause is None or _is_passive_of(reading, index, clause, rules):
        yield from _passive(scene, index)
        return
    if clause.asks or verb_first(reading, index, clause) or scene.tense(clause.core) == "past":
        return
    later = scene.later(clause.core)
    if not later and (modal.timed or (clause.relative and modal.relative == "timed")):
        return
    if not later and _is_habit(scene, index):
        return
    if not modal.past and not scene.quoted(index) and _past_sentence(scene, index):
        return
    if not _excluded_verb(scene, clause, modal, later):
        yield Draft(
            clause.start, clause.stop, index, modal.kind, clause.core, clause.verb, modal=True
        )


def _is_infinitive(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """ "gebaut werden könnten", "konnte … gebaut werden": the infinitive of another modal verb."""
    if not reading.lower[index].endswith("en"):
        return False
    part = reading.parts[reading.part_of[index]]
    if part.finite and index == part.stop - 1 and part.finite[-1] < index:
        return True
    behind = part.opening == "main" and part.finite[0] < index and index > part.start
    if behind and reading.is_infinitive(index - 1, rules):
        return True  # "hätte kommen sollen und …"
    return index + 1 < len(reading.codes) and reading.codes[index + 1] == "F"


def _is_passive_of(reading: Reading, index: int, clause: Clause, rules: ForecastRules) -> bool:
    """ "wird übertragen": what looks like an infinitive is a participle."""
    classes = rules.classes
    if reading.lower[index] not in classes["becoming"] | classes["would"]:
        return False
    word = clause.verb
    like = rules.shapes["participle-like-infinitive"].match(reading.lower[word])
    return like is not None and reading.is_participle(word, rules)


def _excluded_verb(scene: Scene, clause: Clause, modal: Modal, later: bool) -> bool:
    """Whether the infinitive reports, supposes or asks instead of foretelling."""
    reading, classes = scene.reading, scene.rules.classes
    word, before = reading.lower[clause.verb], clause.verb - 1
    if word in classes["no-infinitive"]:
        return True
    if word not in classes["being"]:
        return False
    if reading.with_zu(before, scene.rules):
        return True  # "wird zu klären sein": a duty
    if reading.is_participle(before, scene.rules) or reading.lower[before] in classes["perfect"]:
        return not later  # "soll gestohlen haben", "wird gewesen sein"
    if modal.state == "timed":
        return not later
    if modal.state == "supposition":
        words = reading.lower[max(clause.start, clause.verb - NEAR) : clause.verb]
        return not later and not classes["supposition"].isdisjoint(words)
    return False


def _is_habit(scene: Scene, index: int) -> bool:
    """ "Oft sollen dort Züge halten": what goes on already."""
    classes = scene.rules.classes
    if scene.reading.lower[index] not in classes["shall"]:
        return False
    return not classes["habit"].isdisjoint(_near(scene.reading, index))


def _past_sentence(scene: Scene, index: int) -> bool:
    """Whether a preterite stands around: then "würde" tells of a past future."""
    number = scene.reading.part_of[index]
    parts = scene.reading.parts[max(0, number - 2) : number + 2]
    return any(tells_of_past(scene, part) for part in parts)


def _passive(scene: Scene, index: int) -> Iterator[Draft]:
    """ "wird am Freitag eröffnet": the passive of the present, or "wird größer".

    It tells of the future with a later time, in indirect speech ("werde"), behind "sonst", with
    a condition ("würde …, wenn"), or where the sentence before has told of the future.
    """
    reading, word = scene.reading, scene.reading.lower[index]
    classes = scene.rules.classes
    if word not in classes["becoming"] | classes["would"] or _is_infinitive(
        reading, index, scene.rules
    ):
        return
    number = reading.part_of[index]
    core = range(number, number + 1)
    clause = whole_clause(reading, index, scene.rules)
    if clause.asks or verb_first(reading, index, clause) or scene.tense(core) == "past":
        return
    kind: ForecastKind | None = "announcement"
    if word in classes["would"]:
        if not _condition_follows(scene, number):
            return
    elif _is_foretold(scene, index):
        kind = None
    elif not (_is_later(scene, index, core) or _takes_office(reading, index, classes)) and (
        clause.subordinate or not _goes_on(scene, index)
    ):
        return
    yield Draft(clause.start, clause.stop, index, kind, core, -1, modal=True)


def _is_later(scene: Scene, index: int, core: range) -> bool:
    """A time to come; one that holds now only without a word for the present."""
    if scene.tense(core) == "future":
        return True
    present = not scene.rules.classes["present-adverb"].isdisjoint(_near(scene.reading, index))
    return scene.later(core) and not present


def _takes_office(reading: Reading, index: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """ "wird neuer Trainer": in the present of news the office is still to be taken."""
    part = reading.parts[reading.part_of[index]]
    near = reading.lower[index + 1 : min(part.stop, index + 4)]
    return not classes["newcomer"].isdisjoint(near)


def _is_foretold(scene: Scene, index: int) -> bool:
    """ "sonst werden sie …", and "werde" in indirect speech without a word for the present."""
    reading, classes = scene.reading, scene.rules.classes
    if reading.lower[reading.parts[reading.part_of[index]].lead] in classes["otherwise"]:
        return True
    if reading.lower[index] not in classes["becoming-subjunctive"] or not scene.indirect(index):
        return False
    return classes["present-adverb"].isdisjoint(_near(reading, index))


def _goes_on(scene: Scene, index: int) -> bool:
    """A passive in the present behind a sentence that has told of the future."""
    reading = scene.reading
    part = reading.parts[reading.part_of[index]]
    if not scene.goes_on or not reading.is_participle(part.stop - 1, scene.rules):
        return False
    return scene.rules.classes["present-adverb"].isdisjoint(_near(reading, index))


def _near(reading: Reading, index: int) -> list[str]:
    part = reading.parts[reading.part_of[index]]
    return reading.lower[max(part.start, index - NEAR) : min(part.stop, index + NEAR)]


def _condition_follows(scene: Scene, number: int) -> bool:
    reading = scene.reading
    return any(
        reading.lower[part.lead] in scene.rules.classes["condition"]
        for part in reading.parts[number + 1 : number + 2]
    )
