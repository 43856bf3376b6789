"""Finds the cues of one sentence: their words, their label, what they govern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from beleg.layers.status.clauses import Clauses
from beleg.records import StatusLabel
from beleg.rules.status_rules import ClassName, StatusCue, StatusRules, VerbCue

_TO_PARTICLE = 25  # tokens from a finite verb to its particle
_WIDEST = 8  # tokens of a cue that is given as one stretch
_BESIDE = 3  # tokens between a negation and the cue it is shown with
_BEFORE_NOUN = 2  # tokens between a negation and the noun it belongs to
_TO_NOUN = 4  # tokens from an attribute to its noun
_TERMED: tuple[ClassName, ...] = ("holding", "term")
_LONGEST = 60  # letters; longer words are in no table


class Cue(NamedTuple):
    """Tokens `[first, stop)` that tell a status; at: the word it hangs on.

    governs: it may have a clause as its object; attribute: it belongs to the noun behind it.
    """

    first: int
    stop: int
    at: int
    label: StatusLabel
    governs: bool
    attribute: bool


def find_cues(clauses: Clauses, rules: StatusRules) -> list[Cue]:
    """The cues of a sentence in order; none shares a token with another."""
    found: list[Cue] = []
    taken = 0
    for at, word in enumerate(clauses.low):
        if at < taken or len(word) > _LONGEST or not word[0].isalpha():
            continue
        for cue in _readings(clauses, at, word, rules):
            if cue.first >= taken and not _foretells(clauses, cue, rules):
                found.append(cue)
                taken = max(cue.stop, at + 1)
                break
    return found


def _foretells(clauses: Clauses, cue: Cue, rules: StatusRules) -> bool:
    """ "Alles spricht dafür, dass sie gewinnen wird": of the future, so a forecast, no status."""
    if cue.label != "speculated" or not cue.governs:
        return False
    if _held_till(clauses, cue.at, rules):
        return True
    after = clauses.part_of[cue.stop - 1] + 1
    if after >= len(clauses.parts) or clauses.opener(after) not in rules.classes["complement"]:
        return False
    return _in_future(clauses, clauses.parts[after][0], rules)


def _held_till(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    """ "hält Neuwahlen bis zum Herbst für wahrscheinlich"."""
    words = {clauses.low[n] for n in clauses.around(at)}
    return not any(words.isdisjoint(rules.classes[name]) for name in _TERMED)


def _has_term(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    """Whether a word in the clause says that something is to come."""
    return not {clauses.low[n] for n in clauses.around(at)}.isdisjoint(rules.classes["term"])


def _readings(clauses: Clauses, at: int, word: str, rules: StatusRules) -> Iterator[Cue]:
    """What the word can be the cue of, the likeliest first."""
    for start in rules.starts.get(word, ()):
        cue = _from_start(clauses, at, start, rules)
        if cue is not None:
            yield cue
    if word in rules.hearsay.modals and not clauses.is_noun(at):
        end = rules.hearsay.reported_until(clauses.low, at)
        if end is not None or _says_what_is(clauses, at, rules):
            yield Cue(at, at + 1, at, "alleged", False, False)
    noun = clauses.tokens[at].text[0].isupper()
    if not clauses.is_noun(at):
        for form in rules.verbs.get(word, ()):
            cue = _from_verb(clauses, at, form, rules)
            if cue is not None:
                yield cue
    if noun and (entry := rules.noun(word)) is not None:
        cue = _from_noun(clauses, at, entry, rules)
        if cue is not None:
            yield cue


def _from_start(clauses: Clauses, at: int, cue: StatusCue, rules: StatusRules) -> Cue | None:
    stop = at + 1 + len(cue.words)
    if tuple(clauses.low[at + 1 : stop]) != cue.words:
        return None
    if cue.kind == "modal":
        return _from_modal(clauses, at, cue, rules)
    if cue.kind in ("adverb", "adjective") and clauses.is_noun(at):
        return None
    if cue.kind == "words" and _negated_before(clauses, at, cue, rules):
        return None
    if cue.kind == "adverb" and not _fits_adverb(clauses, at, cue, rules):
        return None
    if cue.needs == "attribute":
        return _from_attribute(clauses, at, cue)
    if not _company_fits(clauses, at, cue) or (
        cue.now and (_in_future(clauses, at, rules) or _held_till(clauses, at, rules))
    ):
        return None
    label, first = cue.label, at
    if cue.kind == "adverb" and (cue.needs or cue.label == "unconfirmed"):
        no = _negation(clauses, at, at - _BESIDE, rules)
        if no is not None:
            label, first = cue.negated, no
    attribute = cue.kind == "adjective" and _inflected(clauses, at, rules)
    governs = cue.kind == "words" or bool(cue.needs) or cue.label == "unconfirmed"
    return None if label is None else Cue(first, stop, at, label, governs, attribute)


def _negated_before(clauses: Clauses, at: int, cue: StatusCue, rules: StatusRules) -> bool:
    """ "kein Hinweis darauf"; words that begin with a negation have it in them."""
    own = clauses.low[at] in rules.classes["negation"]
    return (
        cue.label == "speculated" and not own and _negation(clauses, at, at - 1, rules) is not None
    )


def _inflected(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    """Whether an adjective with an ending stands before a noun."""
    return clauses.low[at][-1] in rules.ending_letters and _noun_behind(clauses, at) is not None


def _noun_behind(clauses: Clauses, at: int) -> int | None:
    for number in range(at + 1, min(len(clauses.low), at + 1 + _TO_NOUN)):
        text = clauses.tokens[number].text
        if not text[0].isalnum():
            return None
        if text[0].isupper():
            return number
    return None


def _from_attribute(clauses: Clauses, at: int, cue: StatusCue) -> Cue | None:
    noun = _noun_behind(clauses, at)
    if noun is None or cue.label is None or not clauses.low[noun].endswith(cue.only):
        return None
    return Cue(at, at + 1, at, cue.label, False, True)


def _fits_adverb(clauses: Clauses, at: int, cue: StatusCue, rules: StatusRules) -> bool:
    classes = rules.classes
    if at and clauses.low[at] in classes["graded"] and clauses.low[at - 1] in classes["degree"]:
        return False
    if cue.needs in ("predicate", "question"):
        clause = clauses.around(at)
        if not any(clauses.low[n] in classes["copula"] for n in clause):
            return False
    if cue.needs == "question":
        part = clauses.part_of[at]
        beside = [n for n in (part - 1, part, part + 1) if 0 <= n < len(clauses.parts)]
        asks = any(clauses.opener(n) in classes["question"] for n in beside)
        return asks or (at > 0 and clauses.low[at - 1] in classes["question"])
    return True


def _company_fits(clauses: Clauses, at: int, cue: StatusCue) -> bool:
    """Whether the clause has what the row wants there, and nothing it does not."""
    if not cue.unless and not cue.only:
        return True
    words = [clauses.low[n] for n in clauses.around(at) if n != at]
    if cue.unless and any(word.endswith(cue.unless) for word in words):
        return False
    return not cue.only or any(word.endswith(cue.only) for word in [*words, clauses.low[at]])


def _in_future(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    """Whether the clause has "werden" with an infinitive at its end."""
    clause = clauses.around(at)
    words = {clauses.low[n] for n in clause}
    if words.isdisjoint(rules.classes["future"]):
        return False
    last = clause.stop - 1
    if clauses.low[last] in rules.classes["future"]:
        last -= 1
    last = max(last, clause.start)
    word = clauses.low[last]
    if clauses.tokens[last].text[0].isupper() or not rules.shapes["infinitive"].fullmatch(word):
        return False
    if rules.shapes["strong-participle"].fullmatch(word) is not None:
        return word in rules.classes["infinitive"]
    return word not in rules.classes["passive-participle"]


def _from_modal(clauses: Clauses, at: int, cue: StatusCue, rules: StatusRules) -> Cue | None:
    """ "will … gewusst haben", "dürfte … gewesen sein"."""
    if clauses.is_noun(at) or cue.label is None:
        return None
    low = clauses.low
    # "Er will aus der Stadt stammen" is rare, "er könnte daher stammen" is not.
    closes = rules.hearsay.is_perfect if cue.label == "alleged" else rules.hearsay.closes
    if closes(low, at):
        return Cue(at, at + 1, at, cue.label, False, False)
    clause = clauses.around(at)
    if any(closes(low, end) for end in range(at + 3, clause.stop + 1)):
        return Cue(at, at + 1, at, cue.label, False, False)
    # What "dürfte" somebody be or have is supposed of the present, unless a term stands by.
    state = cue.needs == "state" and low[clause.stop - 1] in rules.hearsay.auxiliaries
    if state and not _has_term(clauses, at, rules):
        return Cue(at, at + 1, at, cue.label, False, False)
    return None


def _says_what_is(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    """ "Das Motiv soll Rache sein", "Laut Anna Muster soll er Geld haben": of a state that a noun
    names or that has a source "sollen" reports."""
    clause, hearsay = clauses.around(at), rules.hearsay
    last = clause.stop - 1
    verb = clauses.low[last]
    has = verb in hearsay.auxiliaries
    if last <= at or not (has or verb in rules.classes["lasting"]) or _has_term(clauses, at, rules):
        return False
    if any(clauses.low[n] in hearsay.named for n in clause):
        return True
    if not has or verb in hearsay.had or last < at + 3:
        return False
    amount = clauses.low[last - 2][0].isdigit()  # "sollen es 350 Stück sein"
    return clauses.is_noun(last - 1) and not amount


def _from_noun(clauses: Clauses, at: int, cue: StatusCue, rules: StatusRules) -> Cue | None:
    label, first = cue.label, at
    if not _company_fits(clauses, at, cue):
        return None
    if cue.needs == "content" and not _content(clauses, at, rules):
        return None
    no = _negation(clauses, at, at - _BEFORE_NOUN, rules)
    if no is None and cue.label in ("denied", "conceded") and _fails(clauses, at, rules):
        return None
    if no is not None:
        label, first = cue.negated, no
    return None if label is None else Cue(first, at + 1, at, label, True, False)


def _fails(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    """ "Ein Dementi gab es nicht"."""
    return any(clauses.low[n] in rules.classes["negation"] for n in clauses.joined(at) if n > at)


def _negation(clauses: Clauses, at: int, first: int, rules: StatusRules) -> int | None:
    """The negation right before `at`, from `first` on, in the same clause; None if there is none."""
    start = clauses.joined(at).start
    for number in range(at - 1, max(start, first) - 1, -1):
        if clauses.low[number] in rules.classes["negation"]:
            return None if clauses.low[number + 1] in rules.classes["only"] else number
    return None


def _from_verb(clauses: Clauses, at: int, form: VerbCue, rules: StatusRules) -> Cue | None:
    cue, low = form.cue, clauses.low
    last = at
    if form.shape == "finite" and cue.particle:
        last = _particle(clauses, at, cue.particle)
        if last < 0:
            return None
    if form.inflected and _noun_behind(clauses, at) is None:
        return None
    if not _company_fits(clauses, at, cue):
        return None
    if cue.needs == "content" and not _content(clauses, last, rules):
        return None
    if cue.real and _is_unreal(clauses, at, rules):
        return None
    beside = _companions(low, clauses.around(at), cue.words) if cue.words else at
    if beside is None:
        return None
    no = _negation_of_verb(clauses, at, rules)
    label = cue.label if no is None else cue.negated
    if label is None:
        return None
    first, stop = _extent(
        min(at, last, beside), max(at, last, beside + max(len(cue.words) - 1, 0)), at, no
    )
    return Cue(first, stop, at, label, True, form.inflected)


def _companions(low: list[str], clause: range, words: tuple[str, ...]) -> int | None:
    """Where the further words of a phrase begin in the clause; None if they are missing."""
    most = clause.stop - len(words)
    places = range(clause.start, most + 1)
    return next((n for n in places if tuple(low[n : n + len(words)]) == words), None)


def _particle(clauses: Clauses, at: int, particle: str) -> int:
    """The particle that ends this clause, one a little further, or right before ("fest steht").

    -1 if there is none.
    """
    if at and clauses.low[at - 1] == particle and clauses.parts[clauses.part_of[at]][0] == at - 1:
        return at - 1
    for number in range(at + 1, min(len(clauses.low), at + _TO_PARTICLE)):
        if clauses.low[number] == particle and clauses.ends_part(number):
            return number
        if clauses.low[number] in ";:.!?":
            break
    return -1


def _content(clauses: Clauses, last: int, rules: StatusRules) -> bool:
    """Whether a clause that tells what or who stands beside."""
    part = clauses.part_of[last]
    beside = [n for n in (part - 1, part + 1) if 0 <= n < len(clauses.parts)]
    return any(clauses.opener(n) in rules.classes["complement"] for n in beside)


def _is_unreal(clauses: Clauses, at: int, rules: StatusRules) -> bool:
    words = {clauses.low[n] for n in clauses.around(at)}
    unreal = words & rules.classes["unreal"]
    if not unreal:
        return False
    if not unreal <= rules.classes["aim"]:
        return True
    # "um das zu bestätigen" is an aim, "um acht" a time.
    return not rules.classes["infinitive-mark"].isdisjoint(words)


def _negation_of_verb(clauses: Clauses, at: int, rules: StatusRules) -> int | None:
    """The negation in the clause of the verb, the nearest one; None if there is none."""
    clause = clauses.joined(at)
    negation, only = rules.classes["negation"], rules.classes["only"]
    near = sorted((n for n in clause if clauses.low[n] in negation), key=lambda n: abs(n - at))
    for number in near:
        if number + 1 < len(clauses.low) and clauses.low[number + 1] in only:
            continue
        return number
    return None


def _extent(first: int, last: int, at: int, no: int | None) -> tuple[int, int]:
    """The tokens of the cue as one stretch; far parts and a far negation are left out."""
    if last - first >= _WIDEST:
        first = last = at
    if no is not None and no < first and first - no <= _BESIDE:
        first = no
    elif no is not None and no > last and no - first < _WIDEST:
        last = no
    return first, last + 1
