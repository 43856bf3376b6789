"""Forecasts by a finite verb: modal verbs, the future, the passive that tells of the future."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from beleg.layers.forecasts.clauses import Clause, clause_of, whole_clause
from beleg.layers.forecasts.frames import frame_before
from beleg.layers.forecasts.reading import NEAR, Reading, tells_of_past
from beleg.layers.forecasts.scene import Draft, Scene, verb_first
from beleg.records import ForecastKind
from beleg.rules.forecast_rules import ForecastRules, Modal


def by_modal(scene: Scene, index: int, modal: Modal) -> Iterator[Draft]:
    """The clause of a modal verb or future auxiliary with its infinitive."""
    reading, rules = scene.reading, scene.rules
    if _is_infinitive(reading, index, rules):
        return
    plain = not modal.indirect and (modal.framed or scene.indirect(index))
    dated = scene.tense(range(reading.part_of[index], reading.part_of[index] + 1)) == "future"
    if plain and not (dated or frame_before(scene, reading.part_of[index])):
        return
    pending = modal.dated and not scene.quoted(index) and _is_pending(reading, index, rules)
    if modal.dated and not dated and not pending:
        return
    clause = clause_of(reading, index, zu=modal.needs == "marked-infinitive", rules=rules)
    if clause is None or _is_passive_of(reading, index, clause, rules):
        yield from _passive(scene, index)
        return
    if clause.asks or verb_first(reading, index, clause) or scene.tense(clause.core) == "past":
        return
    if _is_no_plan(scene, index, clause) or _was_expected(scene, index, clause):
        return
    later = scene.later(clause.core) or pending
    if not later and (modal.timed or (_is_told_aside(scene, index, clause, modal))):
        return
    if not later and _is_habit(scene, index):
        return
    if not modal.past and not scene.quoted(index) and _past_sentence(scene, index):
        return
    if not _excluded_verb(scene, clause, modal, later):
        yield Draft(
            clause.start, clause.stop, index, modal.kind, clause.core, clause.verb, modal=True
        )


def _is_pending(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """ "Nun muss das Gericht entscheiden", "… muss noch ausgehandelt werden": the next step."""
    return not rules.classes["pending"].isdisjoint(_near(reading, index))


def _is_infinitive(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """ "gebaut werden könnten", "konnte … gebaut werden", "zu werden": no finite form."""
    if index and reading.lower[index - 1] in rules.timeline.classes["infinitive-particle"]:
        return True
    if not rules.shapes["en-form"].match(reading.lower[index]):
        return False
    part = reading.parts[reading.part_of[index]]
    if index == part.stop - 1 and (part.opening == "part" or part.finite[-1] < index):
        return True  # "kann (nach Ostern) genutzt werden" as well
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


def _is_no_plan(scene: Scene, index: int, clause: Clause) -> bool:
    """Whether the clause states a condition, hearsay, a wish or a refusal to go on.

    "falls er kommen sollte", "soll gereist sein", "würde gern bleiben", "will nicht länger warten", "als
    würde es regnen", "könnte man meinen".
    """
    reading, classes = scene.reading, scene.rules.classes
    word, later = reading.lower[index], scene.tense(clause.core) == "future"
    opener = reading.lower[reading.parts[clause.core.start].lead]
    if clause.subordinate and opener in classes["condition"]:
        return True
    if index and reading.lower[index - 1] in classes["comparison"] and index <= clause.start + 1:
        return True
    if clause.subordinate and opener in classes["that"]:
        lead = reading.parts[clause.core.start].lead
        if lead and reading.lower[lead - 1] in classes["comparison"]:
            return True  # "zu schön, als dass es lange halten würde"
    hearsay = scene.rules.hearsay
    if word in hearsay.modals:
        return hearsay.reported_until(reading.lower, index) is not None
    near = reading.lower[max(clause.start, index - NEAR) : min(clause.stop, index + NEAR)]
    if not classes["anyone"].isdisjoint(near) and reading.lower[clause.verb] in classes["saying"]:
        return True
    if word in classes["would"]:
        return not classes["wish"].isdisjoint(near)
    weary = classes["weary"]
    return (
        not later
        and word in classes["wanting"]
        and any(no in classes["negation"] and on in weary for no, on in pairwise(near))
    )


def _was_expected(scene: Scene, index: int, clause: Clause) -> bool:
    """ "Er hatte damit gerechnet, dass sie kommen würde": the expectation itself is past."""
    reading, rules = scene.reading, scene.rules
    word = reading.lower[index]
    subjunctive = word in rules.classes["would"] or word in rules.classes["becoming-subjunctive"]
    number = reading.part_of[clause.start] - 1
    if not subjunctive or number < 0:
        return False
    part = reading.parts[number]
    near = range(max(part.start, part.stop - NEAR), part.stop)
    told = {reading.lower[i] for i in near}
    if told.isdisjoint(rules.classes["perfect"]):
        return False
    return any(
        not governing.past and reading.is_participle(i, rules)
        for i in near
        for governing in rules.governing.get(reading.lower[i], ())
    )


def _is_told_aside(scene: Scene, index: int, clause: Clause, modal: Modal) -> bool:
    """A relative clause tells what its noun is like, save "die gebaut werden soll"."""
    if not clause.relative or modal.relative != "timed":
        return False
    classes, verb = scene.rules.classes, scene.reading.lower[clause.verb]
    planned = scene.reading.lower[index] in classes["shall"]
    return not (planned and (verb in classes["becoming"] or verb in classes["act"]))


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
    return any(tells_of_past(scene.reading, part, scene.rules) for part in parts)


def _passive(scene: Scene, index: int) -> Iterator[Draft]:
    """ "wird am Freitag eröffnet": the passive of the present, or "wird größer".

    It tells of the future with a later time, behind "sonst", behind a verb of announcing or
    expecting ("kündigte an, die Halle werde geräumt"), with a condition ("würde …, wenn"), or
    as what is said to happen then where the sentence before has told of the future.
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
    most = _becomes_most(reading, index, scene.rules)
    office = _takes_office(reading, index, scene.rules)
    changes = not (_has_participle_near(reading, index, scene.rules) or office)
    kind: ForecastKind | None = None if changes else "announcement"
    if word in classes["would"]:
        if not _condition_follows(scene, number):
            return
    elif _is_foretold(scene, index):
        kind = None
    elif not (_is_later(scene, index, core) or office or most) and (
        clause.subordinate or not _goes_on(scene, index)
    ):
        return
    yield Draft(clause.start, clause.stop, index, kind, core, -1, modal=True)


def _is_later(scene: Scene, index: int, core: range) -> bool:
    """A time to come; one that holds now only without a word for the present."""
    if not scene.rules.classes["habit"].isdisjoint(_near(scene.reading, index)):
        return False
    if scene.tense(core) == "future":
        return True
    present = not scene.rules.classes["present-adverb"].isdisjoint(_near(scene.reading, index))
    return scene.later(core) and not present


def _takes_office(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """ "wird neuer Trainer": in the present of news the office is still to be taken."""
    part = reading.parts[reading.part_of[index]]
    near = range(index + 1, min(part.stop, index + NEAR))
    if reading.is_participle(part.stop - 1, rules):
        return False
    words = [reading.lower[i] for i in near]
    if part.opening == "main":
        words.append(reading.lower[part.lead])
    if not rules.classes["newcomer"].isdisjoint(words):
        return True
    office = rules.shapes["office"]
    return any(
        reading.codes[i] == "N" and office.match(reading.lower[i])
        for i in (index + 1, part.lead)
        if i < part.stop
    )


def _becomes_most(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """ "wird die stärkste Partei"."""
    if reading.codes[index + 1 : index + 3] not in (["D", "a"], ["D", "w"]):
        return False
    return rules.shapes["superlative"].match(reading.lower[index + 2]) is not None


def _has_participle_near(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """Whether the part is a passive; "wird kälter" tells of a change that nobody decides."""
    part = reading.parts[reading.part_of[index]]
    near = range(max(part.start, index - NEAR), min(part.stop, index + NEAR))
    return any(reading.is_participle(i, rules) for i in near)


def _is_foretold(scene: Scene, index: int) -> bool:
    """ "sonst werden sie …", "werde" behind a verb of announcing or expecting, and as a full verb.

    In indirect speech alone the passive "werde geräumt" stands for the plain present, "werde
    schwer" does not.
    """
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    if reading.lower[reading.parts[number].lead] in rules.classes["otherwise"]:
        return True
    if reading.lower[index] not in rules.classes["becoming-subjunctive"]:
        return False
    passive = _has_participle_near(reading, index, rules)
    return (not passive and scene.indirect(index)) or frame_before(scene, number) is not None


def _goes_on(scene: Scene, index: int) -> bool:
    """A present behind a sentence that has told of the future."""
    if not scene.goes_on or scene.indirect(index):
        return False
    present = scene.rules.classes["present-adverb"]
    return present.isdisjoint(_near(scene.reading, index))


def _near(reading: Reading, index: int) -> list[str]:
    part = reading.parts[reading.part_of[index]]
    return reading.lower[max(part.start, index - NEAR) : min(part.stop, index + NEAR)]


def _condition_follows(scene: Scene, number: int) -> bool:
    reading = scene.reading
    return any(
        reading.lower[part.lead] in scene.rules.classes["condition"]
        for part in reading.parts[number + 1 : number + 2]
    )
