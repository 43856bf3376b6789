"""From connectives to relations: which words are given for which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from beleg.layers.argument.clauses import (
    before_matrix,
    clause_start,
    clause_stop,
    complement_after,
    follows_mark,
    mark_before,
    opens,
)
from beleg.layers.argument.counted import grounds, is_counted, precedent, reasons, said
from beleg.layers.argument.reading import Unit
from beleg.layers.argument.statements import (
    Found,
    Place,
    Reading,
    Relation,
    before,
    piece,
    relation,
    statement,
)
from beleg.records import ArgumentRole
from beleg.rules.connective_rules import ConnectiveKind, ConnectiveRules

_TURN_WITHIN = 5  # tokens from the comma to "aber"
_CORRELATE = 20  # tokens between "deshalb" and its "weil"
_LIST_MARKS = frozenset((",", "(", "–"))
_CAUSES: frozenset[ConnectiveKind] = frozenset(["reason-phrase", "result-clause"])
_PRECEDENT_WITHIN = 8  # sentences from counted reasons to "ein Vorbild"
_MOST = 30  # connectives of one sentence; what has more is no prose, and would cost time


def find_relations(units: Sequence[Unit], rules: ConnectiveRules) -> Iterator[Relation]:
    """What connectives relate, in the order of the text."""
    read = Reading(units, rules)
    drawn: tuple[int, Found] | None = None  # the last counted or inferred conclusion, and where
    for unit in units:
        for place in islice(_places(unit, rules), _MOST):
            kind = place.phrase.kind
            if kind == "precedent":
                near = drawn is not None and unit.number - drawn[0] <= _PRECEDENT_WITHIN
                yield from precedent(place, read, drawn[1] if drawn and near else None)
            elif kind not in _CAUSES or not _tells_event(place, rules):
                yield from _HANDLERS[kind](place, read)
            if kind == "reasons" and (found := said(unit, place.stop, rules)) is not None:
                drawn = unit.number, found


def _places(unit: Unit, rules: ConnectiveRules) -> Iterator[Place]:
    """The phrases in a sentence that relate statements."""
    for number in range(len(unit.words)):
        for phrase in rules.at(unit.words, number):
            if phrase.kind not in _RELATING or (phrase.in_opinion and not unit.argues):
                continue
            if not phrase.at_start or opens(unit, number, rules):
                yield Place(unit, number, number + len(phrase.words), phrase)


def _tells_event(place: Place, rules: ConnectiveRules) -> bool:
    """Whether the sentence reports, in nobody's words, something that has come about."""
    unit = place.unit
    if unit.argues or unit.quotes[place.start] is not unit.voice:
        return False
    begin = (
        place.stop
        if place.phrase.kind == "result-clause"
        else clause_start(unit, place.start, rules)
    )
    told = unit.words[begin : unit.limit]
    if not told or not rules.classes["telling"].isdisjoint(told):
        return bool(told)
    if rules.shapes["participle-end"].fullmatch(told[-1]) is None:
        return False
    return not rules.classes["perfect-auxiliary"].isdisjoint(told)


def _reason_clause(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start, stop = place.unit, place.start, place.stop
    if unit.question:
        return
    quote = unit.quotes[start]
    after = unit.words[stop] if stop < unit.limit else ""
    classes = read.rules.classes
    if after in read.rules.finite and unit.words[stop - 1] in classes["adverb-before-finite"]:
        return
    role: ArgumentRole = "objection" if place.phrase.kind == "concession-clause" else "premise"
    if opens(unit, start, read.rules):
        comma = before_matrix(unit, stop, read.rules)
        if comma > 0:
            premise = piece(unit, stop, comma, quote)
            conclusion = piece(unit, comma + 1, clause_stop(unit, comma + 1, read.rules), quote)
            yield from relation(place, premise, conclusion, role)
        return
    if not follows_mark(unit, start, read.rules):
        return
    comma = mark_before(unit, start)
    premise = piece(unit, stop, clause_stop(unit, stop, read.rules), quote)
    conclusion = piece(unit, clause_start(unit, comma, read.rules), comma, quote)
    yield from relation(place, premise, conclusion, role)


def _reason_sentence(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start, stop = place.unit, place.start, place.stop
    quote = unit.quotes[start]
    if unit.question:
        return
    if start == 0 or not any(word[0].isalnum() for word in unit.words[:start]):
        premise = piece(unit, stop, unit.limit, quote)
        yield from relation(place, premise, before(place, read.units))
    elif unit.words[start - 1] == "," or follows_mark(unit, start, read.rules):
        comma = mark_before(unit, start)
        premise = piece(unit, stop, clause_stop(unit, stop, read.rules), quote)
        conclusion = piece(unit, clause_start(unit, comma, read.rules), comma, quote)
        yield from relation(place, premise, conclusion)


def _reason_particle(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start = place.unit, place.start
    if unit.question or (start and _lists(unit.words[start - 1], read)):
        return  # "zwei Städte, nämlich …"
    if is_counted(place, read):
        return
    premise = _sentence_without(place, read)
    yield from relation(place, premise, before(place, read.units))


def _lists(word: str, read: Reading) -> bool:
    return word in _LIST_MARKS or word in read.rules.classes["listing"]


def _sentence_without(place: Place, read: Reading) -> Found | None:
    """The sentence, without the phrase where that begins it; inside a quotation, that part."""
    unit = place.unit
    quote = unit.quotes[place.start]
    begin = place.stop if opens(unit, place.start, read.rules) else 0
    if quote is unit.voice:
        return piece(unit, begin, unit.limit)
    return piece(unit, begin, unit.limit, quote)


def _result_particle(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start, stop = place.unit, place.start, place.stop
    if unit.question or _is_correlate(unit, stop, read):
        return
    if start and unit.words[start - 1] in read.rules.classes["no-result-behind"]:
        return
    quote = unit.quotes[start]
    begin = clause_start(unit, start, read.rules)
    quote = None if quote is unit.voice else quote
    begun = complement_after(unit, stop, read.rules)
    if begin > 3:
        premise = piece(unit, clause_start(unit, begin - 2, read.rules), begin - 1, quote)
    else:
        premise = before(place, read.units)
    first = begun if begun > 0 else (stop if start <= begin + 1 else begin)
    conclusion = piece(unit, first, clause_stop(unit, max(first, stop), read.rules), quote)
    yield from relation(place, premise, conclusion)


def _is_correlate(unit: Unit, stop: int, read: Reading) -> bool:
    """ "deshalb …, weil", "insofern …, als": the reason is the clause behind."""
    behind, correlates = unit.words[stop : stop + _CORRELATE], read.rules.classes["correlate"]
    return any(mark == "," and word in correlates for mark, word in pairwise(behind))


def _result_clause(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start, stop = place.unit, place.start, place.stop
    if not start or unit.words[start - 1] != ",":
        return
    quote = unit.quotes[start]
    premise = piece(unit, clause_start(unit, start - 1, read.rules), start - 1, quote)
    conclusion = piece(unit, stop, clause_stop(unit, stop, read.rules), quote)
    yield from relation(place, premise, conclusion)


def _reason_phrase(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start, stop = place.unit, place.start, place.stop
    if not read.rules.classes["listing"].isdisjoint(unit.words[stop : stop + 1]):
        return  # "auf Grund und Boden"
    end = _phrase_stop(place, read)
    quote = unit.quotes[start]
    quote = None if quote is unit.voice else quote
    premise = unit.piece(start, end)
    begin = clause_start(unit, start, read.rules) if start else 0
    conclusion = piece(unit, begin, clause_stop(unit, stop, read.rules), quote)
    if premise is not None and conclusion is not None and len(conclusion.tokens) > len(premise):
        yield from relation(place, Found(unit, premise), conclusion)


def _phrase_stop(place: Place, read: Reading) -> int:
    """The end of the noun phrase behind a preposition: its noun, and genitives behind that."""
    unit = place.unit
    tokens = unit.sentence.tokens
    for number in range(place.stop, min(place.stop + 12, unit.limit)):
        if tokens[number].text[0].isupper():
            after = unit.words[number + 1] if number + 1 < unit.limit else ""
            if after not in read.rules.classes["noun-goes-on"]:
                return number + 1
        elif unit.words[number] == ",":
            return number
    return place.stop


def _inference(place: Place, read: Reading) -> Iterator[Relation]:
    unit, start, stop = place.unit, place.start, place.stop
    begin = complement_after(unit, stop, read.rules)
    if begin < 0 or unit.question:
        return
    quote = unit.quotes[begin]
    quote = None if quote is unit.voice else quote
    conclusion = piece(unit, begin, clause_stop(unit, begin, read.rules), quote)
    if place.phrase.in_opinion:
        premise = piece(unit, clause_start(unit, start, read.rules), start, quote)
        if premise is not None and len(premise.tokens) < 4:
            premise = before(place, read.units)
    elif (was := _was_before(unit, start, read)) > 0:
        premise = piece(unit, clause_start(unit, was, read.rules), was, quote)
    else:
        premise = before(place, read.units)
    yield from relation(place, premise, conclusion)


def _was_before(unit: Unit, place: int, read: Reading) -> int:
    """The comma of ", was …" shortly before, or -1."""
    relatives = read.rules.classes["sentence-relative"]
    for number in range(place - 1, max(place - 6, 0), -1):
        if unit.words[number] in relatives and unit.words[number - 1] == ",":
            return number - 1
    return -1


def _reason_noun(place: Place, read: Reading) -> Iterator[Relation]:
    unit, stop = place.unit, place.stop
    colon = unit.words[stop] == ":" if stop < unit.limit else False
    if colon:
        premise = piece(unit, stop + 1, unit.limit)
        conclusion = piece(unit, 0, stop)
        if conclusion is None:
            conclusion = before(place, read.units)
        yield from relation(place, premise, conclusion)
        return
    begin = complement_after(unit, stop, read.rules)
    if begin > 0 and not read.rules.classes["for-this"].isdisjoint(place.phrase.words):
        premise = piece(unit, begin, clause_stop(unit, begin, read.rules))
        yield from relation(place, premise, before(place, read.units))


def _concession_word(place: Place, read: Reading) -> Iterator[Relation]:
    """ "Zwar A. Aber B", "A zwar, B aber"."""
    unit, start = place.unit, place.start
    if unit.question or (
        start and unit.words[start - 1] in read.rules.classes["no-concession-behind"]
    ):
        return
    turn = _turn_inside(unit, place.stop, read)
    if turn > 0:
        premise = piece(unit, clause_start(unit, start, read.rules), turn)
        conclusion = piece(unit, turn + 1, clause_stop(unit, turn + 2, read.rules))
        yield from relation(place, premise, conclusion, "objection")
        return
    for later in read.units[unit.number + 1 : unit.number + 4]:
        if any(p.kind == "turn" for at in range(2) for p in read.rules.at(later.words, at)):
            conclusion = statement(later)
            if later.voice is unit.voice and not later.question:
                yield from relation(place, statement(unit), conclusion, "objection")
            return


def _turn_inside(unit: Unit, start: int, read: Reading) -> int:
    """The comma or dash before a clause that turns: with "aber" first, or shortly behind."""
    comma = -1
    for number in range(start, min(start + 60, unit.limit)):
        if unit.words[number] in (",", "–", "-", ";"):
            comma = number
        near = comma > 0 and number - comma <= _TURN_WITHIN
        if near and any(phrase.kind == "turn" for phrase in read.rules.at(unit.words, number)):
            return comma
    return -1


def _condition_answer(place: Place, read: Reading) -> Iterator[Relation]:
    """ "Wenn A, dann B", "Nimmt man A, dann B"."""
    unit, start = place.unit, place.start
    if unit.question or start < 4 or unit.words[start - 1] != ",":
        return
    rules, opener = read.rules, unit.words[0]
    first = 1 if opener in rules.classes["condition"] else 0
    if first or opener in rules.finite or rules.shapes["finite-end"].fullmatch(opener):
        premise = piece(unit, first, start - 1)
        yield from relation(place, premise, piece(unit, place.stop, unit.limit))


def _example(place: Place, read: Reading) -> Iterator[Relation]:
    if place.start <= 3 and not place.unit.question:
        yield from relation(place, statement(place.unit), before(place, read.units), "precedent")


_Handler = Callable[[Place, Reading], Iterator[Relation]]
_HANDLERS: Mapping[ConnectiveKind, _Handler] = {
    "reason-clause": _reason_clause,
    "concession-clause": _reason_clause,
    "reason-sentence": _reason_sentence,
    "reason-particle": _reason_particle,
    "result-particle": _result_particle,
    "result-clause": _result_clause,
    "reason-phrase": _reason_phrase,
    "inference": _inference,
    "reason-noun": _reason_noun,
    "reasons": reasons,
    "concession-word": _concession_word,
    "condition-answer": _condition_answer,
    "example": _example,
    "grounds": grounds,
}
_RELATING = frozenset([*_HANDLERS, "precedent"])
