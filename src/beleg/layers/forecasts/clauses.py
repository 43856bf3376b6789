"""Where the clause of a forecasting verb begins and ends, and where a complement does."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.layers.forecasts.reading import Part, Reading, last_word, tells_of_past
from beleg.rules.forecast_rules import ForecastRules

_REACH = 6  # parts of a sentence that a clause may span to either side
_TOKENS = 60  # tokens between a finite verb and its infinitive; longer brackets are no prose


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `[start, stop)` of a clause.

    subordinate: a conjunction or relative pronoun opens it; relative, asks: of these kinds.
    verb: index of the infinitive that ends it, or -1.
    core: the parts that hold its finite verb and its infinitive.
    """

    start: int
    stop: int
    verb: int
    subordinate: bool
    relative: bool
    asks: bool
    core: range


def clause_of(reading: Reading, finite: int, *, zu: bool, rules: ForecastRules) -> Clause | None:
    """The clause of a finite verb with its infinitive, or None where it has no infinitive."""
    number = reading.part_of[finite]
    part = reading.parts[number]
    last = last_word(reading, part)
    before = finite - 1
    if finite == last and before >= part.start and reading.is_infinitive(before, rules):
        opener = _opener_before(reading, number)
        if opener is not None and reading.with_zu(before, rules) == zu:
            return _subordinate(reading, opener, number, finite, before)
    verb = _verb_behind(reading, finite, zu, rules)
    if verb < 0 and not zu:
        verb = _verb_before(reading, part, finite, rules)
    if verb < 0 or (part.opening in ("sub", "rel", "asks") and finite < last - 1):
        return None
    start = main_start(reading, finite, rules)
    ends_in = reading.part_of[verb]
    stop = _stop(reading, max(verb, finite), ends_in, rules)
    return Clause(
        start, stop, verb, subordinate=False, relative=False, asks=False,
        core=range(number, ends_in + 1),
    )  # fmt: skip


def whole_clause(reading: Reading, index: int, rules: ForecastRules) -> Clause:
    """The clause around a word, whatever its verb."""
    number = reading.part_of[index]
    opener = _opener_before(reading, number)
    part = reading.parts[number]
    if opener is not None:
        return _subordinate(reading, opener, number, part.finite[-1] if part.finite else index, -1)
    finite = next((i for i in part.finite), index)
    start = main_start(reading, finite, rules)
    stop = _stop(reading, max(index, finite), number, rules)
    return Clause(
        start, stop, -1, subordinate=False, relative=False, asks=False,
        core=range(number, number + 1),
    )  # fmt: skip


def main_start(reading: Reading, finite: int, rules: ForecastRules) -> int:
    """Where a clause with the verb second begins: with what stands before the verb."""
    number = reading.part_of[finite]
    part = reading.parts[number]
    joined = _joined_at(reading, part, finite)
    if joined is not None:
        return joined
    start = _skip_joiners(reading, part.start, finite)
    if start < finite:
        return start
    if number and _is_subject(reading, number - 1):
        subject = reading.parts[number - 1]
        return _skip_joiners(reading, subject.start, subject.stop)
    crossed = False
    for earlier in range(number - 1, max(-1, number - 1 - _REACH), -1):
        other = reading.parts[earlier]
        if _hard_border(reading, other.stop):
            return start
        if other.opening in ("sub", "asks", "main", "infinitive"):
            crossed = True  # "das Haus, und es ist alt, wird verkauft"
            continue
        if other.opening == "part":
            opens = rules.shapes["finite"].match(reading.lower[other.lead])
            if not earlier and opens and other.stop - other.start > 1:
                return start  # "Bricht der Damm, müsste …"
            before = reading.parts[earlier - 1] if earlier else None
            if (
                before is None
                or _hard_border(reading, before.stop)
                or (not crossed and before.opening != "part")
            ):
                return _skip_joiners(reading, other.start, other.stop - 1)
    return start


def _is_subject(reading: Reading, number: int) -> bool:
    """ "Wer kommt, wird am Freitag entschieden": a question that begins the sentence."""
    part = reading.parts[number]
    begins = number == 0 or _hard_border(reading, part.start - 1)
    return begins and part.opening == "asks" and reading.lower[part.stop] == ","


def complement_after(
    reading: Reading, number: int, rules: ForecastRules, *, next_only: bool = False
) -> Clause | None:
    """The dass-clause or infinitive with zu that follows a part, as a forecast's span.

    next_only: nothing may stand between.
    """
    parts = reading.parts
    for following in range(number + 1, min(number + (2 if next_only else 4), len(parts))):
        part = parts[following]
        if _hard_border(reading, part.start - 1):
            return None
        word = reading.lower[part.lead]
        if part.opening == "sub" and word in rules.classes["that"]:
            end = _finish(reading, following)
            if (
                end + 1 < len(parts)
                and reading.lower[parts[end + 1].start] in rules.classes["rather"]
            ):
                end += 1
            stop = _stop(reading, parts[end].stop - 1, end, rules)
            return Clause(
                part.lead + 1, stop, -1, subordinate=True, relative=False, asks=False,
                core=range(following, end + 1),
            )  # fmt: skip
        if part.opening == "infinitive" and word not in rules.classes["purpose"]:
            stop = _stop(reading, part.stop - 1, following, rules)
            first = infinitive_start(reading, following, number + 1)
            if reading.lower[parts[first].lead] in rules.classes["purpose"]:
                return None
            return Clause(
                parts[first].start, stop, -1, subordinate=True, relative=False, asks=False,
                core=range(first, following + 1),
            )  # fmt: skip
        if part.opening in ("main", "sub"):
            return None
    return None


def infinitive_start(reading: Reading, number: int, earliest: int) -> int:
    """The part in which the group of an infinitive with zu begins, at or behind `earliest`.

    "der Liste (der mit dem Boot) beizutreten", "die Halle, die größte der Insel, zu räumen".
    """
    parts = reading.parts
    first = number
    while first > earliest:
        before = parts[first - 1]
        apposition = (
            first - 2 >= 0
            and reading.codes[parts[first - 2].stop - 1] == "N"
            and reading.codes[before.lead] in "DNx"
            and reading.lower[before.start - 1] == ","
        )
        if before.opening not in ("part", "rel") or _hard_border(reading, before.stop):
            break
        if before.opening == "part" and apposition and first - 1 == earliest:
            break  # "versprach Anna Muster, der Leiterin, zu gehen"
        first -= 1
    return first if first == number or parts[first].opening == "part" else number


def _subordinate(reading: Reading, opener: int, number: int, finite: int, verb: int) -> Clause:
    part = reading.parts[opener]
    relative, asks = part.opening == "rel", part.opening == "asks"
    start = part.lead + 1 if part.opening == "sub" else part.lead
    stop = max(reading.parts[number].stop, finite + 1)
    if number + 1 < len(reading.parts) and not _hard_border(reading, stop):
        following = reading.parts[number + 1]
        if following.opening in ("infinitive", "asks", "rel") and following.start == stop + 1:
            stop = following.stop  # "dass es schwer wird, sie zu verkaufen", "…, ob sie kommt"
    return Clause(
        min(start, finite), stop, verb, subordinate=True, relative=relative, asks=asks,
        core=range(opener, number + 1),
    )  # fmt: skip


def _opener_before(reading: Reading, number: int) -> int | None:
    """The part whose conjunction or relative pronoun opens the clause that ends in `number`."""
    parts = reading.parts
    for index in range(number, max(-1, number - _REACH), -1):
        part = parts[index]
        if part.opening in ("sub", "rel", "asks"):
            if index == number or not part.finite:
                return index
            if part.opening in ("rel", "asks"):
                continue  # an inserted clause with its own verb
            return None
        if part.opening == "main" and index != number:
            return None
    return None


def _finish(reading: Reading, number: int) -> int:
    """The part in which a subordinate clause that begins in `number` has its finite verb."""
    parts = reading.parts
    for index in range(number, min(number + _REACH, len(parts))):
        if parts[index].finite and (index == number or parts[index].opening != "rel"):
            return index
    return number


def _verb_behind(reading: Reading, finite: int, zu: bool, rules: ForecastRules) -> int:
    """The infinitive of a finite verb, in its part or behind insertions, or -1."""
    number = reading.part_of[finite]
    for index in range(number, min(number + _REACH, len(reading.parts))):
        part = reading.parts[index]
        if index > number:
            if part.opening in ("sub", "asks") or _hard_border(reading, part.start - 1):
                return -1
            if part.opening == "rel":
                continue
            if part.opening == "main" and not _resumes(reading, part, rules):
                return -1
        first = finite + 1 if index == number else part.start
        for word in range(first, min(part.stop, first + _TOKENS)):
            if not reading.is_infinitive(word, rules) or reading.with_zu(word, rules) != zu:
                continue
            if _closes(reading, word, part.stop, rules):
                while word + 1 < part.stop and reading.is_infinitive(word + 1, rules):
                    word += 1  # "gebaut werden können"
                return word
    return -1


def _verb_before(reading: Reading, part: Part, finite: int, rules: ForecastRules) -> int:
    """The infinitive before the finite verb ("Verkauft werden soll es", "Kommen werden alle"), or -1."""
    if part.opening != "main" or finite == part.stop - 1 or finite <= part.lead:
        return -1
    word = finite - 1
    if reading.lower[word] in rules.classes["becoming"]:
        return word if word == part.lead + 1 else -1
    known = reading.lower[word] in rules.classes["act"] | rules.classes["process"]
    return word if known and word == part.lead else -1


def _resumes(reading: Reading, part: Part, rules: ForecastRules) -> bool:
    """A part behind an insertion whose only "finite" verb is the infinitive at its end."""
    last = last_word(reading, part)
    return part.finite == [last] and reading.is_infinitive(last, rules)


def _closes(reading: Reading, word: int, stop: int, rules: ForecastRules) -> bool:
    """Whether a word can end the verb bracket: what follows begins something new."""
    after = word + 1
    if after >= stop:
        return True
    return (
        reading.codes[after] in "KRqDtpx"
        or reading.codes[after] == "F"
        or (
            reading.lower[after] in rules.classes["comparison"]
            or reading.is_infinitive(after, rules)
        )
    )


def _stop(reading: Reading, verb: int, number: int, rules: ForecastRules) -> int:
    """Where a clause that ends in part `number` ends with what depends on it."""
    part = reading.parts[number]
    for index in range(verb + 1, min(part.stop, verb + _TOKENS)):
        if reading.codes[index] == "K" and part.finite and part.finite[-1] > index:
            return index
    stop = part.stop
    for following in range(number + 1, min(number + _REACH, len(reading.parts))):
        part = reading.parts[following]
        word = reading.lower[part.lead]
        if _hard_border(reading, part.start - 1) or word in rules.classes["break"]:
            break
        if word in rules.classes["condition"] or _attributes(reading, part, rules):
            break
        if _enumerates(reading, part):
            stop = part.stop
            continue
        shared = part.opening == "part" and reading.is_infinitive(verb, rules)
        if shared and reading.is_infinitive(last_word(reading, part), rules):
            stop = part.stop  # "wird den Mai erreichen, den Juni aber nicht erleben"
            continue
        if part.opening not in ("rel", "sub", "asks", "infinitive"):
            break
        if part.opening == "rel" and _tells_of_before(reading, part, rules):
            break  # "wird ein Bild geben, das sie gemalt hat"
        stop = part.stop
    return stop


def _enumerates(reading: Reading, part: Part) -> bool:
    """ "planen Kuwait, Bahrain und Oman die Einführung": a list of names goes on."""
    if part.opening != "part" or part.start < 2 or reading.lower[part.start - 1] != ",":
        return False
    names = reading.codes[part.start - 2] == "N" == reading.codes[part.start]
    return names and "K" in reading.codes[part.start : part.start + 3]


def _tells_of_before(reading: Reading, part: Part, rules: ForecastRules) -> bool:
    """Whether a relative clause is in the preterite or perfect."""
    perfect = any(reading.lower[i] in rules.classes["perfect"] for i in part.finite[-1:])
    return tells_of_past(reading, part, rules) or (
        perfect and reading.is_participle(part.finite[-1] - 1, rules)
    )


def _attributes(reading: Reading, part: Part, rules: ForecastRules) -> bool:
    """ ", wie das Amt mitteilt": behind it a name or noun; not ", wie schnell es geht"."""
    if reading.lower[part.lead] not in rules.classes["attribution"]:
        return False
    return part.lead + 1 >= part.stop or reading.codes[part.lead + 1] in "NDpRt"


def _joined_at(reading: Reading, part: Part, finite: int) -> int | None:
    """ "X ist Y und wird Z": where the second of two joined clauses in a part begins."""
    for index in range(finite - 1, max(part.start, finite - _TOKENS), -1):
        if reading.codes[index] == "K" and part.finite and part.finite[0] < index:
            return index + 1
    return None


def _skip_joiners(reading: Reading, start: int, limit: int) -> int:
    while start < limit and reading.codes[start] in "Kq":
        start += 1
    return start


def _hard_border(reading: Reading, index: int) -> bool:
    """Whether the token is a border that no clause of ours crosses."""
    return 0 <= index < len(reading.codes) and reading.lower[index][0] in ":;.!?…"
