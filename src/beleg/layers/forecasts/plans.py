"""Forecasts by a predicate ("ist geplant", "steht bevor") or by a time still to come."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.layers.forecasts.clauses import whole_clause
from beleg.layers.forecasts.reading import NEAR, Part, Reading, opens_with_verb, tells_of_past
from beleg.layers.forecasts.scene import Draft, Scene, verb_first
from beleg.layers.forecasts.windows import When, is_ahead, when, word_before
from beleg.records import ForecastKind, TimeExpression
from beleg.rules.forecast_rules import ForecastRules, Partner


def partnered(scene: Scene, index: int, partner: Partner) -> Iterator[Draft]:
    """The clause of a predicate, particle or bare verb, with the finite verb it wants."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    part = reading.parts[number]
    near = range(max(part.start, index - NEAR), min(part.stop, index + NEAR))
    words = {reading.lower[i] for i in near}
    beside = next((i for i in near if reading.lower[i] in partner.beside), -1)
    if (partner.beside and beside < 0) or not partner.never.isdisjoint(words):
        return
    between = range(min(beside, index), max(beside, index)) if beside >= 0 else range(0)
    adverbs = rules.classes["adverb-joiner"]
    if any(reading.codes[i] == "K" and reading.lower[i] not in adverbs for i in between):
        return  # "als befürchtet und wird": of two clauses
    if partner.place == "last" and index < part.stop - 1:
        return
    if partner.place == "finite" and any(reading.with_zu(i, rules) for i in near if i > index):
        return  # "droht zu brechen" is a modal verb's business
    finite = beside if beside >= 0 else index
    clause = whole_clause(reading, finite, rules)
    core = range(number, number + 1)
    if clause.asks or verb_first(reading, finite, clause) or scene.tense(core) == "past":
        return
    yield Draft(clause.start, clause.stop, index, partner.kind, core, -1, modal=False)


def expected(scene: Scene, index: int, kind: ForecastKind) -> Iterator[Draft]:
    """ "Sie tritt voraussichtlich an": the present tense with a word that makes it the future."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    part = reading.parts[number]
    if not part.finite or tells_of_past(reading, part, rules):
        return
    last, after = part.stop - 1, reading.lower[index + 1 : index + 2]
    if reading.is_infinitive(last, rules) and reading.with_zu(last, rules):
        return
    if after and rules.shapes["participle-attribute"].search(after[0]):
        return  # "künftig geltende Regeln"
    words = [reading.lower[i] for i in part.finite[:NEAR]]
    if any(word in rules.modals for word in words):
        return
    if not rules.classes["perfect"].isdisjoint(words) and _closes_with_participle(scene, part):
        return
    clause = whole_clause(reading, part.finite[0], rules)
    core = range(number, number + 1)
    if not clause.asks and not verb_first(reading, part.finite[0], clause):
        yield Draft(clause.start, clause.stop, index, kind, core, -1, modal=False)


def conditioned(scene: Scene) -> Iterator[Draft]:
    """ "Falls der Damm bricht, sinkt der Pegel": a main clause beside a case still open."""
    reading, rules = scene.reading, scene.rules
    parts = reading.parts
    for number, part in enumerate(parts):
        main = number - 1 if number else 1
        if main >= len(parts) or not _states_case(reading, number, rules):
            continue
        beside = parts[main]
        if beside.opening != "main" or tells_of_past(reading, beside, rules):
            continue
        if reading.lower[min(part.stop, beside.stop)] != ",":
            continue
        finite = beside.finite[0]
        clause = whole_clause(reading, finite, rules)
        core = range(main, main + 1)
        yield Draft(clause.start, clause.stop, finite, "conditional", core, -1, modal=False)


def otherwise(scene: Scene) -> Iterator[Draft]:
    """ "Er muss zahlen, sonst schließt die Werft": the present behind "sonst"."""
    reading, rules = scene.reading, scene.rules
    for number, part in enumerate(reading.parts):
        if part.opening != "main" or reading.lower[part.lead] not in rules.classes["otherwise"]:
            continue
        finite = part.finite[0]
        word = reading.lower[finite]
        if finite != part.lead + 1 or tells_of_past(reading, part, rules) or word in rules.modals:
            continue
        plain = word in rules.classes["state"] and word not in rules.classes["being-subjunctive"]
        if plain or word in rules.classes["past-auxiliary"]:
            continue  # "sonst ist alles gut"
        clause = whole_clause(reading, finite, rules)
        core = range(number, number + 1)
        yield Draft(clause.start, clause.stop, finite, "conditional", core, -1, modal=False)


def _states_case(reading: Reading, number: int, rules: ForecastRules) -> bool:
    """ "falls …", "sofern …", "sollte er …" and "bricht der Damm, …" with the verb first."""
    part = reading.parts[number]
    if part.opening == "sub":
        opens = part.lead == part.start or reading.codes[part.lead - 1] == "q"
        return opens and reading.lower[part.lead] in rules.classes["condition-sure"]
    return not number and opens_with_verb(reading, 0, reading.parts[1].start, rules)


def timed(scene: Scene) -> Iterator[Draft]:
    """ "Die Messe beginnt am Freitag": the present tense with a later time."""
    reading = scene.reading
    for at, time in scene.times:
        number = reading.part_of[at]
        dated = time.type in ("DATE", "TIME") or is_ahead(time, scene.today)
        if number < 0 or not dated:
            continue
        part = reading.parts[number]
        if time.value.endswith("_REF") and (time.value, part.opening) != ("FUTURE_REF", "main"):
            continue
        placed = when(time, scene.today)
        if part.opening not in ("main", "rel") or not part.finite or not _is_due(time, placed):
            continue
        today = placed == "now"
        finite = part.finite[0]
        if not _is_anchor(scene, at) or not _plain_present(scene, part, at, today):
            continue
        if today and finite > at and time.type == "DATE":
            continue  # "heute" before its verb is more often "nowadays"
        clause = whole_clause(reading, finite, scene.rules)
        if not clause.asks and not verb_first(reading, finite, clause):
            core = range(number, number + 1)
            kind = _kind_of_present(scene, part)
            yield Draft(clause.start, clause.stop, finite, kind, core, -1, modal=False)


def _kind_of_present(scene: Scene, part: Part) -> ForecastKind:
    """ "rechnet am Montag mit Sturm", "am Montag regnet es" are predictions, the rest schedules."""
    rules = scene.rules
    for index in part.finite[:NEAR]:
        word = scene.reading.lower[index]
        plain = [
            governing.kind for governing in rules.governing.get(word, ()) if not governing.particle
        ]
        if plain:
            return plain[0]
        stem = word[:-1] if word.endswith("t") else word
        if not rules.classes["quantity"].isdisjoint((word, stem + "en", stem + "n")):
            return "prediction"
    return "announcement"


def _is_due(time: TimeExpression, placed: When | None) -> bool:
    """A time after publication, or on that very day."""
    return placed == "future" or (placed == "now" and time.earliest == time.latest)


def _is_anchor(scene: Scene, at: int) -> bool:
    """Whether a time stands by itself in its clause, not in a noun phrase ("der am 9. Mai …")."""
    reading, rules = scene.reading, scene.rules
    before = reading.lower[max(0, at - 2) : at + 1]
    if at and reading.lower[at - 1] in rules.classes["in-time"]:
        before.pop()  # "in der nächsten Woche": the time's own article
    if not rules.classes["no-anchor"].isdisjoint(before):
        return False
    phrase = at > 2 and reading.codes[at - 2] == "D" and reading.codes[at - 1] == "N"
    if phrase and reading.lower[at - 3] in rules.classes["no-anchor"]:
        return False  # "für die Saison 2024"
    after = at
    while after < len(reading.codes) and reading.codes[after] == "t":
        after += 1
    attribute = rules.shapes["participle-attribute"]
    behind = range(after, min(after + 2, len(reading.codes)))
    return not any(reading.codes[i] == "a" and attribute.search(reading.lower[i]) for i in behind)


def _closes_with_participle(scene: Scene, part: Part) -> bool:
    """Whether one ends the part, or one of the next two, over which a perfect may stretch."""
    reading = scene.reading
    first = reading.part_of[part.start]
    for other in reading.parts[first : first + 3]:
        last = range(max(other.start, other.stop - 2), other.stop)
        if any(reading.is_participle(index, scene.rules) for index in last):
            return True
    return False


def _plain_present(scene: Scene, part: Part, at: int, today: bool) -> bool:
    """No past, no perfect, no duty; of the day itself, an event and no state.

    at: the time's first token: what must or may be done from then on is a rule announced.
    """
    rules = scene.rules
    if tells_of_past(scene.reading, part, scene.rules):
        return False
    words = [scene.reading.lower[index] for index in part.finite[:NEAR]]
    if not rules.classes["perfect"].isdisjoint(words) and (
        today or _closes_with_participle(scene, part)
    ):
        return False
    from_then = not today and word_before(scene.reading, at, rules.classes["from"])
    if not from_then and not rules.timeline.classes["norm"].isdisjoint(words):
        return False
    if any(word in rules.modals for word in words):
        return False
    return not today or rules.classes["state"].isdisjoint(words)
