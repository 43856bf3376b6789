"""Forecasts by a governing word: "kündigte an, …", "die Gefahr, dass …", "erwartet einen …"."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.layers.forecasts.clauses import (
    Clause,
    complement_after,
    infinitive_start,
    main_start,
    whole_clause,
)
from beleg.layers.forecasts.reading import NEAR, Reading, tells_of_past
from beleg.layers.forecasts.scene import Draft, Scene
from beleg.rules.forecast_rules import ForecastRules, Governing

_FROM_END = 6  # tokens of its part that may follow a word whose complement is a clause
_WANTED = 3  # tokens behind a verb in which it says of whom something is wanted
_PARTS_ON = 4  # parts behind a verb in which its particle or object may stand


def governed(scene: Scene, index: int, governing: Governing) -> Iterator[Draft]:
    """The complement of a verb or adjective: a clause, an infinitive or a noun phrase."""
    particle = -1
    if governing.reflexive and not _is_reflexive(scene, index):
        return
    if governing.particle:
        particle = _particle(scene.reading, index, governing.particle, far=bool(governing.object))
        if particle < 0:
            return
    if not governing.past and _is_past(scene, index):
        return
    if governing.past and _is_pluperfect(scene, index):
        return
    found = list(complement(scene, max(particle, index), governing))
    if (
        not found
        and main_start(scene.reading, index, scene.rules) == index
        and scene.reading.part_of[index]
    ):
        found = list(_framed(scene, index, governing))
    if found:
        yield from found
    elif governing.object and not _has_clause(scene, max(particle, index)):
        yield from _object(scene, index, particle, governing)


def _framed(scene: Scene, index: int, governing: Governing) -> Iterator[Draft]:
    """ "Die Halle wird geräumt, kündigte die Werft an": the clause before the verb."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index] - 1
    part = reading.parts[number]
    if reading.lower[part.stop] != "," or part.opening != "main" or not part.finite:
        return
    core = range(number, number + 1)
    words = {reading.lower[i] for i in part.finite[:NEAR]}
    if scene.tense(core) == "past" or tells_of_past(reading, part, rules):
        return
    if not (rules.classes["perfect"] | rules.classes["state"]).isdisjoint(words):
        return
    clause = whole_clause(reading, part.finite[0], rules)
    if not clause.asks and clause.stop <= index:
        yield Draft(
            clause.start, clause.stop, part.finite[0], governing.kind, core, -1, modal=False
        )


def _has_clause(scene: Scene, index: int) -> bool:
    """Whether a dass-clause or infinitive follows, which then is what the verb governs."""
    reading = scene.reading
    clause = complement_after(reading, reading.part_of[index], scene.rules, next_only=True)
    if clause is None or _is_joined(reading, index):
        return False
    behind = index == reading.parts[reading.part_of[index]].stop - 1
    return behind or reading.parts[clause.core.start].opening == "sub"


def intended(scene: Scene, index: int) -> Iterator[Draft]:
    """ "…, bald gehen zu wollen": an infinitive with "zu wollen", whatever governs it."""
    reading = scene.reading
    number = reading.part_of[index]
    part = reading.parts[number]
    if part.opening != "infinitive" or index < part.stop - 1 or not number:
        return
    before = reading.parts[number - 1]
    words = reading.lower[max(before.start, before.stop - NEAR) : before.stop]
    if not scene.rules.classes["accusing"].isdisjoint(words):
        return  # "wirft ihr vor, ihn zwingen zu wollen"
    if reading.with_zu(index, scene.rules) and scene.tense(range(number, number + 1)) != "past":
        first = infinitive_start(reading, number, 1)
        core, start = range(first, number + 1), reading.parts[first].lead
        yield Draft(start, part.stop, index, "announcement", core, index - 2, modal=True)


def complement(scene: Scene, index: int, governing: Governing) -> Iterator[Draft]:
    """The dass-clause or infinitive behind a word, unless it tells of the past or of a state."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    if governing.dynamic and index < reading.parts[number].stop - _FROM_END:
        return
    if governing.whole and index < reading.parts[number].stop - _FROM_END:
        return  # "plant einen Umbau mit dem Ziel, …"
    noun = reading.codes[index] == "N"
    if (noun and not _owns(reading, index, rules)) or (not noun and _is_joined(reading, index)):
        return
    clause = complement_after(reading, number, rules, next_only=noun)
    if clause is None or clause.start >= clause.stop or scene.tense(clause.core) == "past":
        return
    if reading.parts[clause.core[0]].opening == "infinitive" and not governing.infinitive:
        return
    if governing.timed and not scene.later(clause.core):
        return
    promised = governing.kind == "announcement"
    if _is_perfect_infinitive(reading, clause, rules) or (promised and _is_owed(scene, index)):
        return
    verbs = [reading.lower[i] for part in clause.core for i in reading.parts[part].finite[:NEAR]]
    if governing.dynamic and _tells_of_state(reading, clause, verbs, rules):
        return
    if not _told_as_past(scene, clause, verbs):
        yield Draft(clause.start, clause.stop, index, governing.kind, clause.core, -1, modal=False)


def _is_perfect_infinitive(reading: Reading, clause: Clause, rules: ForecastRules) -> bool:
    """ "…, sie umgebracht zu haben" tells of the past."""
    last = clause.stop - 1
    if reading.lower[last] not in rules.classes["being"] or not reading.with_zu(last, rules):
        return False
    return last - 2 < clause.start or reading.is_participle(last - 2, rules)


def _is_owed(scene: Scene, index: int) -> bool:
    """ "muss sich verpflichten, …": who has to promise has not promised."""
    reading, rules = scene.reading, scene.rules
    part = reading.parts[reading.part_of[index]]
    if index in part.finite[:NEAR] or not reading.is_infinitive(index, rules):
        return False
    norm = rules.timeline.classes["norm"]
    return any(reading.lower[i] in norm for i in part.finite[:NEAR])


def _is_joined(reading: Reading, index: int) -> bool:
    """ "versprach viel und schaffte es nie, …": the clause depends on a verb joined behind."""
    part = reading.parts[reading.part_of[index]]
    later = [i for i in part.finite[:NEAR] if i > index]
    return bool(later) and index in part.finite and "K" in reading.codes[index : later[0]]


def _owns(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """Whether the clause behind the part depends on this noun: it ends the part but for a few
    words, and no "damit" or "darauf" points to the clause from another word."""
    behind = range(index + 1, reading.parts[reading.part_of[index]].stop)
    return len(behind) <= _FROM_END and all(
        reading.lower[i] not in rules.classes["correlate"] for i in behind
    )


def _can_happen(reading: Reading, clause: Clause, verbs: list[str], rules: ForecastRules) -> bool:
    """ "dass ein Erfolg erreicht werden kann": a passive beside a modal verb tells of an event."""
    last = clause.stop - 1
    modal = reading.lower[last] in verbs and reading.lower[last] in rules.classes["able"]
    return modal and reading.lower[last - 1] in rules.classes["becoming"]


def _tells_of_state(
    reading: Reading, clause: Clause, verbs: list[str], rules: ForecastRules
) -> bool:
    """ "dass er reich ist", "recht zu haben"; "schlagen zu können" tells of an event."""
    states = rules.classes["state"]
    if verbs:
        return not states.isdisjoint(verbs) and not _can_happen(reading, clause, verbs, rules)
    last = clause.stop - 1
    if reading.codes[last] == "q":
        last -= 1
    if reading.parts[clause.core.start].opening != "infinitive":
        plural = rules.shapes["en-form"].match(reading.lower[last])
        return not plural or reading.codes[last] == "N" or reading.lower[last] in states
    word = reading.lower[last]
    if reading.is_infinitive(last - 2, rules) and reading.with_zu(last, rules):
        return reading.lower[last - 2] in states  # "schlagen zu können"
    return word in states or word in rules.classes["being"]


def _particle(reading: Reading, index: int, particle: str, *, far: bool) -> int:
    """The particle of a separable verb at the end of its clause, or -1.

    A same word elsewhere is a preposition. far: it may stand behind an insertion.
    """
    number = reading.part_of[index]
    for word in range(index + 1, min(reading.parts[number].stop, index + NEAR)):
        last = word + 1 == len(reading.codes) or reading.codes[word + 1] in ",qK"
        if last and reading.lower[word] == particle:
            return word
    if far:
        for part in reading.parts[number + 1 : number + _PARTS_ON]:
            if part.opening == "main":
                return -1  # another verb's particle
            if reading.lower[part.stop - 1] == particle:
                return part.stop - 1
    return -1


def _is_past(scene: Scene, index: int) -> bool:
    """A preterite or pluperfect: the expectation itself is told as past."""
    reading = scene.reading
    if reading.codes[index] == "w" or reading.lower[index] in scene.rules.timeline.past:
        return True
    part = reading.parts[reading.part_of[index]]
    words = reading.lower[max(part.start, index - NEAR) : min(part.stop, index + NEAR)]
    return not scene.rules.classes["past-auxiliary"].isdisjoint(words)


def _is_reflexive(scene: Scene, index: int) -> bool:
    """Whether the reflexive pronoun stands beside ("einigen" is a pronoun too)."""
    reading = scene.reading
    part = reading.parts[reading.part_of[index]]
    words = reading.lower[max(part.start, index - NEAR) : min(part.stop, index + NEAR)]
    return not scene.rules.classes["reflexive"].isdisjoint(words)


def _is_pluperfect(scene: Scene, index: int) -> bool:
    """ "hatte versprochen": what was promised then has been settled since."""
    reading = scene.reading
    if not reading.is_participle(index, scene.rules):
        return False
    part = reading.parts[reading.part_of[index]]
    words = reading.lower[max(part.start, index - NEAR) : min(part.stop, index + 2)]
    return not scene.rules.classes["had"].isdisjoint(words)


def _told_as_past(scene: Scene, clause: Clause, verbs: list[str]) -> bool:
    """A complement in the preterite or perfect tells of what has happened."""
    part = scene.reading.parts[clause.core[-1]]
    if tells_of_past(scene.reading, part, scene.rules):
        return True
    perfect = not scene.rules.classes["perfect"].isdisjoint(verbs)
    return perfect and scene.reading.is_participle(part.stop - 2, scene.rules)


def _object(scene: Scene, index: int, particle: int, governing: Governing) -> Iterator[Draft]:
    """ "erwartet einen Gewinn": the noun phrase behind the finite verb."""
    reading, rules = scene.reading, scene.rules
    number = reading.part_of[index]
    if _has_no_object(reading, index, rules) or _is_wanted(reading, index, governing, rules):
        return
    place = _object_place(reading, index, particle, governing, rules)
    if place is None:
        return
    start, stop = place
    if index < start:
        stop = _joined(reading, start, stop, rules)
    if governing.whole and start == index + 1:
        start = main_start(reading, index, rules)
    while start < stop - 1 and reading.lower[start] in rules.classes["object-opener"]:
        start += 1
    nouns = [i for i in range(start, min(stop, start + NEAR)) if reading.codes[i] == "N"]
    # "erwarten Verschiedenes" says nothing that could come true.
    if not rules.classes["unspecific"].issuperset(reading.lower[i] for i in nouns):
        last = max(number, reading.part_of[stop - 1])
        core = range(min(number, reading.part_of[start]) if start < index else number, last + 1)
        yield Draft(start, stop, index, governing.kind, core, -1, modal=False)


def _joined(reading: Reading, start: int, stop: int, rules: ForecastRules) -> int:
    """ "eine Halle und sucht Partner": where a second verb begins."""
    for index in range(start + 1, min(stop - 1, start + NEAR)):
        verb = reading.codes[index + 1] in "aF" and rules.shapes["finite"].match(
            reading.lower[index + 1]
        )
        if reading.codes[index] == "K" and verb and reading.codes[index - 1] in "Nt":
            return index
    return stop


def _has_no_object(reading: Reading, index: int, rules: ForecastRules) -> bool:
    """In subordinate clauses, in the passive and the perfect the object stands elsewhere."""
    part = reading.parts[reading.part_of[index]]
    if part.opening in ("sub", "rel", "asks") or reading.with_zu(index, rules):
        return True
    if not reading.is_participle(index, rules):
        return False
    words = reading.lower[max(part.start, index - NEAR) : min(part.stop, index + 4)]
    return not rules.classes["participle-auxiliary"].isdisjoint(words)


def _is_wanted(reading: Reading, index: int, governing: Governing, rules: ForecastRules) -> bool:
    """ "erwartet von der Werft eine Lösung": it is wanted of somebody."""
    near = reading.lower[index + 1 : index + 1 + _WANTED]
    return governing.kind == "prediction" and not rules.classes["wanted-of"].isdisjoint(near)


def _object_place(
    reading: Reading, index: int, particle: int, governing: Governing, rules: ForecastRules
) -> tuple[int, int] | None:
    """Tokens `[start, stop)` of the object; of the whole clause where its subject stands inside."""
    number = reading.part_of[index]
    part = reading.parts[number]
    begin = main_start(reading, index, rules)
    stop = whole_clause(reading, index, rules).stop
    if isinstance(governing.object, str):
        near = range(index + 1, min(part.stop, index + NEAR))
        before = next((i for i in near if reading.lower[i] == governing.object), -1)
        return (before + 1, stop) if 0 <= before < stop - 1 else None
    if begin < index and _object_first(reading, begin, index, rules):
        return begin, index
    subject_inside = reading.codes[begin] in "Rtx" or begin == index
    if particle > index:  # "Bis Mai sagt sie einen Anstieg voraus", "sieht einen Umbau … vor"
        return (begin, particle + 1) if subject_inside else (index + 1, particle)
    behind = _behind_apposition(reading, number)
    if behind is not None:
        return behind
    main_before = number > 0 and reading.parts[number - 1].opening == "main"
    if begin == index or (part.lead == index and main_before):
        return None  # ", erwartet das Amt": it frames what stands before
    start = begin if subject_inside else index + 1
    if subject_inside and begin < index:
        start = _behind_subject(reading, index, stop, rules) or start
    return (start, stop) if start < stop else None


def _object_first(reading: Reading, begin: int, index: int, rules: ForecastRules) -> bool:
    """ "Einen Gewinn erwartet die Werft", "Eine Änderung strebt sie an"."""
    if index < begin + 2 or index + 1 >= len(reading.codes):
        return False
    first, behind = reading.lower[begin], reading.lower[index + 1]
    pronoun = behind in rules.classes["subject-pronoun"]
    return first in rules.classes["accusative"] or (first in rules.classes["some"] and pronoun)


def _behind_subject(reading: Reading, index: int, stop: int, rules: ForecastRules) -> int | None:
    """ "Für Mai erwartet das Amt einen Sturm": the object's article, behind that of the subject."""
    nouns = 0
    for word in range(index + 1, min(stop, index + NEAR)):
        if reading.codes[word] == "N":
            nouns += 1
        elif reading.codes[word] == "D" and nouns and reading.lower[word] in rules.classes["some"]:
            return word
    return None


def _behind_apposition(reading: Reading, number: int) -> tuple[int, int] | None:
    """ "erwartet die Chefin, Anna Muster, einen Gewinn": the last part, behind the apposition."""
    parts = reading.parts[number + 1 : number + _PARTS_ON]
    after = [part for part in parts if part.opening == "part"]
    if len(after) < 2 or any(reading.lower[part.start - 1] != "," for part in after):
        return None
    last = after[-1]
    return (last.start, last.stop) if reading.codes[last.lead] in "DR" else None
