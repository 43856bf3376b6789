"""Where a unit has a verb or phrase that reports, and who its subject is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import QuoteRules, SayingVerb, VerbForm
from beleg.text import Span

# second: "Sie sagte, …"; inverted: "…, sagte sie"; last: "weil sie sagte, …", "wie sie sagte"
Place = Literal["second", "inverted", "last"]

_PARTS_TO_PARTICLE = 4
_PARTS_OF_SUBJECT = 5  # a name, its appositions and relative clauses


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that reports, in its clause.

    items: the words of the cue, in order. at: the finite verb.
    first, stop: the items of its clause; stop is where what it governs may begin.
    part: the part the clause ends in. left: the first part of the clause.
    """

    verb: SayingVerb
    items: tuple[int, ...]
    at: int
    first: int
    stop: int
    left: int
    part: int
    place: Place
    passive: bool


def find_cues(unit: Unit, rules: QuoteRules) -> list[Cue]:
    """The cues of a unit by place; of several readings of a verb the most telling one."""
    found: list[Cue] = []
    used: set[int] = set()
    for at in range(unit.body):
        forms = rules.forms.get(unit.low[at])
        if not forms or at in used or unit.kind[at] not in "wN" or (unit.kind[at] == "N" and at):
            continue
        if unit.low[at] in rules.classes["determiner"] and unit.kind[at + 1 : at + 2] == ["N"]:
            continue  # "meine Großmutter" is not "er meine"
        for form in forms:
            cue = _read(unit, at, form, rules)
            if cue is not None:
                found.append(cue)
                used.update(cue.items)
                break
    return found


def _read(unit: Unit, at: int, form: VerbForm, rules: QuoteRules) -> Cue | None:
    """The form as a cue, or None if its particle, its words or its auxiliary are missing."""
    verb = form.verb
    k = unit.part_of[at]
    part = unit.parts[k]
    items = [at]
    end_part = k
    finite = at
    passive = False
    if form.shape == "infinitive" and verb.particle and rules.has_mark(unit.low[at]):
        return None
    if form.shape == "finite" and verb.particle:
        particle = _particle(unit, at, verb.particle, rules)
        if particle < 0:
            return None
        items.append(particle)
        end_part = unit.part_of[particle]
    helper = _helper(unit, at, k, rules)
    if form.shape in ("participle", "infinitive") or (
        helper >= 0 and _final(unit, at) and unit.low[at].endswith(("t", "en"))
    ):
        if helper < 0 or (
            form.shape == "infinitive"
            and unit.low[helper] not in rules.classes["modal"]
            and unit.low[helper] not in rules.classes["modality-verb"]
        ):
            return None
        finite = helper
        items.append(helper)
        if unit.low[helper] in rules.classes["modality-verb"]:
            if unit.low[at - 1] not in rules.classes["infinitive-mark"]:
                return None
            items.append(at - 1)
        passive = unit.low[helper] in rules.classes["passive"] and form.shape != "infinitive"
        if at + 1 < part.stop and unit.low[at + 1] in rules.classes["passive-participle"]:
            items.append(at + 1)
            passive = True
    elif (at and unit.low[at - 1] in rules.classes["infinitive-mark"]) or _attribute(
        unit, at, rules
    ):
        return None
    if _first_person(unit, finite, rules):
        return None
    if verb.words:
        words = _words(unit, part.first, unit.parts[end_part].stop, verb.words, rules)
        if words is None:
            return None
        items.extend(words)
    items.extend(_correlate(unit, finite, unit.parts[end_part].stop, rules))
    return _placed(unit, verb, tuple(sorted(set(items))), finite, k, end_part, passive)


def _first_person(unit: Unit, finite: int, rules: QuoteRules) -> bool:
    """ "Ich glaube": the writer's or a quoted speaker's own words, not a report."""
    near = unit.low[max(finite - 1, 0) : finite + 2]
    return any(word in rules.classes["first-person"] for word in near)


def _particle(unit: Unit, at: int, particle: str, rules: QuoteRules) -> int:
    """The particle at the end of this part or one soon after; -1 if there is none."""
    k = unit.part_of[at]
    for part in unit.parts[k : k + _PARTS_TO_PARTICLE]:
        for back in range(1, 3):
            last = part.stop - back
            if (
                last > at
                and unit.low[last] == particle
                and (
                    back == 1
                    or unit.kind[last + 1] in "QB"
                    or unit.low[last + 1] in rules.classes["coordinator"]
                )
            ):
                return last
        for place in range(max(at + 1, part.first), part.stop - 1):
            if unit.low[place] == particle and unit.low[place + 1] in rules.classes["coordinator"]:
                return place
    return -1


def _final(unit: Unit, at: int) -> bool:
    part = unit.parts[unit.part_of[at]]
    return at == part.stop - 1 or (at == part.stop - 2 and unit.kind[at + 1] == "w")


def _helper(unit: Unit, at: int, k: int, rules: QuoteRules) -> int:
    """The auxiliary or modal verb that a participle or infinitive at `at` needs; -1 if none."""
    part = unit.parts[k]
    classes = rules.classes
    helpers = classes["auxiliary"] | classes["modal"] | classes["modality-verb"]
    if (
        at + 1 < part.stop
        and unit.low[at + 1] in helpers
        and unit.low[at + 1] not in rules.classes["passive-participle"]
    ):
        return at + 1
    if (
        at + 2 < part.stop
        and unit.low[at + 1] in classes["passive-participle"]
        and unit.low[at + 2] in helpers
    ):
        return at + 2
    for j in range(k, max(k - _PARTS_TO_PARTICLE, -1), -1):
        other = unit.parts[j]
        if j < k and other.opening in ("relative", "content", "question", "as", "conjunction"):
            continue
        for place in range(min(at, other.stop) - 1, other.first - 1, -1):
            if unit.low[place] in helpers and unit.low[place] not in classes["never-finite"]:
                return place
            if (
                unit.low[place] in rules.finite
                and unit.kind[place] == "w"
                and j == k
                and unit.low[place] not in classes["determiner"]
            ):
                return -1
        if other.finite:
            return -1
    return -1


def _attribute(unit: Unit, at: int, rules: QuoteRules) -> bool:
    """ "die geforderte Summe": an attribute, or part of a name in capitals."""
    before = unit.low[at - 1] if at else ""
    return (
        at + 1 < len(unit)
        and unit.kind[at + 1] == "N"
        and (before in rules.classes["determiner"] or before in rules.classes["oblique"])
        and before not in rules.classes["pronoun"]
    ) or (unit.low[at] in rules.classes["adverb"])


def _words(
    unit: Unit, first: int, stop: int, words: tuple[str, ...], rules: QuoteRules
) -> list[int] | None:
    """The items of a phrase's other words; an article may be another one or be missing."""
    found: list[int] = []
    for word in words:
        article = word in rules.classes["determiner"] or word in rules.classes["oblique"]
        place = next((at for at in range(first, stop) if unit.low[at] == word), -1)
        if place < 0 and not article:
            return None
        follows = next((w for w in words if w != word), "")
        if not article or (place >= 0 and unit.low[place + 1 : place + 2] == [follows]):
            found.append(place)
    return found


def _correlate(unit: Unit, first: int, stop: int, rules: QuoteRules) -> list[int]:
    """ "darauf" of "wies darauf hin", near the end of its clause."""
    near = range(max(first, stop - 4), stop)
    return [
        at for at in near if unit.low[at] in rules.classes["correlate"] and unit.kind[at] == "w"
    ][-1:]


def _placed(
    unit: Unit,
    verb: SayingVerb,
    items: tuple[int, ...],
    finite: int,
    k: int,
    end_part: int,
    passive: bool,
) -> Cue:
    """Fixes the clause around a cue: how far left its subject may stand, where it ends."""
    home = unit.part_of[finite]
    part = unit.parts[home]
    place: Place
    left = home
    inserted = home > 0 and unit.parts[0].opening == "as" and not unit.parts[0].finite
    if inserted and finite >= part.stop - 2 and not any(p.finite for p in unit.parts[:home]):
        place, left = "last", 0
    elif part.opening and finite >= part.stop - 3:
        place = "last"
    else:
        begin = part.head if part.coordinated else part.first
        place = "second"
        if finite == begin and home > 0 and not part.coordinated:
            main = _main_before(unit, home)
            if main:
                place = "inverted"
            else:
                left = 0 if home <= _PARTS_OF_SUBJECT else home - 1
        elif (
            0 < home <= _PARTS_OF_SUBJECT
            and not part.coordinated
            and not any(p.finite or p.opening or p.to_infinitive for p in unit.parts[:home])
        ):
            left = 0  # "Mark Muster, ein Sprecher der Werft sagte": the second comma is missing
    stop = unit.parts[max(end_part, k, home)].stop
    return Cue(
        verb,
        items,
        finite,
        unit.parts[left].first,
        stop,
        left,
        max(end_part, k, home),
        place,
        passive,
    )


def _main_before(unit: Unit, k: int) -> bool:
    """Whether the parts before are a whole clause, so that a verb first is an inserted frame."""
    first = unit.parts[0]
    if first.opening == "content":
        return True
    before = unit.parts[:k]
    if (
        any(
            unit.kind[i] == "Q" and unit.end[i] - unit.start[i] > 40
            for i in range(first.first, before[-1].stop)
        )
        and first.first == 0
        and unit.kind[0] == "Q"
    ):
        return True
    return any(p.finite and not p.opening for p in before) or (
        unit.kind[0] == "Q" and k == 1 and len(range(first.first, first.stop)) == 1
    )


def cue_spans(unit: Unit, items: tuple[int, ...]) -> tuple[Span, ...]:
    """The items as spans, neighbours joined."""
    spans: list[Span] = []
    last = -2
    for at in items:
        if at == last + 1:
            spans[-1] = Span(spans[-1].start, unit.end[at])
        else:
            spans.append(unit.span(at, at + 1))
        last = at
    return tuple(spans)
