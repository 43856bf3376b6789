"""The tense of a clause, from its verb forms (rules/de/tense.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from beleg.rules.atoms import Atoms
from beleg.rules.time_rules import TenseTable

Tense = Literal["past", "present", "future"]

_FULL_SENTENCE = 5  # words; shorter ones are headings and entries


def clause_tense(
    atoms: Atoms, clause: range, table: TenseTable, determiners: frozenset[str]
) -> Tense | None:
    """Past, future or present, or None where no verb form tells.

    A finite past form decides; then a participle with haben/sein (unless it announces, "ist
    geplant", or says how things will stand, "ist am Samstag gesperrt"); then forms that point
    ahead; then plain present.
    """
    verbs = [index for index in clause if _may_be_verb(atoms, index)]
    words = [atoms.lower[index] for index in verbs]
    if any(word in table.forms["past"] for word in words) or any(
        _weak_past(atoms, index, table, determiners) and not _has_other(atoms, index, clause, table)
        for index in verbs
    ):
        return "past"
    participles = [word for word in words if _participle(word, table)]
    ahead = _announces(words, table) or _stands(words, table)
    auxiliary = any(word in table.forms["perfect"] for word in words)
    if auxiliary and participles and not ahead and table.participle["passive"].isdisjoint(words):
        return "past"
    if ahead or any(word in table.forms["future"] for word in words):
        return "future"
    if any(word in table.forms["present"] for word in words):
        return "present"
    return None


def _announces(words: Sequence[str], table: TenseTable) -> bool:
    """ "ist geplant", "hat für Samstag angekündigt", but not "hat am Samstag angekündigt"."""
    done = not table.forms["having"].isdisjoint(words) and table.forms["aim"].isdisjoint(words)
    return not done and not table.participle["planned"].isdisjoint(words)


def _stands(words: Sequence[str], table: TenseTable) -> bool:
    """ "ist am Samstag gesperrt", but not "ist am Samstag gesperrt worden"."""
    is_so = not table.forms["being"].isdisjoint(words) and table.forms["done"].isdisjoint(words)
    return is_so and not table.participle["states"].isdisjoint(words)


def _may_be_verb(atoms: Atoms, index: int) -> bool:
    raw = atoms.raw[index]
    return raw[0].islower() or atoms.is_initial(index)


def _weak_past(atoms: Atoms, index: int, table: TenseTable, determiners: frozenset[str]) -> bool:
    """ "sagte", "forderten"; not "die verletzte Frau", "heute", "ersten"."""
    word = atoms.lower[index]
    if len(word) < 5 or not word.endswith(table.weak_endings) or word in table.weak_except:
        return False
    if word.endswith(table.weak_except_endings):
        return False
    noun_next = index + 1 < len(atoms) and atoms.raw[index + 1][0].isupper()
    return not (noun_next and index > 0 and atoms.lower[index - 1] in determiners)


def _has_other(atoms: Atoms, index: int, clause: range, table: TenseTable) -> bool:
    """Whether another word of the clause is its finite verb ("geht pleite"); one behind "und"
    may be of a clause of its own. Forms on -en may be infinitives ("forderte zu kommen")."""
    for step in (1, -1):
        at = index + step
        while at in clause and atoms.lower[at] not in table.forms["joiner"]:
            if atoms.lower[at] in table.forms["finite"] and _may_be_verb(atoms, at):
                return True
            at += step
    return False


def _participle(word: str, table: TenseTable) -> bool:
    rules = table.participle
    if len(word) < 5 or word in rules["except"]:
        return False
    if word.endswith(rules["also"]):
        return True
    return word.startswith(rules["prefixes"]) and word.endswith(rules["endings"])


def clause_around(
    atoms: Atoms, first: int, stop: int, sentence: range, boundaries: frozenset[str]
) -> range:
    """The atoms of the clause around `[first, stop)`: from comma to comma in its sentence."""
    start, end = first, stop
    while start > sentence.start and atoms.lower[start - 1] not in boundaries:
        start -= 1
    while end < sentence.stop and atoms.lower[end] not in boundaries:
        end += 1
    return range(start, end)


def tense_of(
    atoms: Atoms,
    first: int,
    stop: int,
    sentence: range,
    *,
    table: TenseTable,
    boundaries: frozenset[str],
    determiners: frozenset[str],
) -> Tense | None:
    """The tense of the clause around an expression, else of its neighbours in the sentence."""
    clause = clause_around(atoms, first, stop, sentence, boundaries)
    tense = clause_tense(atoms, clause, table, determiners)
    if tense is not None:
        return tense
    for other in _neighbours(atoms, clause, sentence, boundaries):
        tense = clause_tense(atoms, other, table, determiners)
        if tense is not None:
            return tense
    return _by_default(atoms, sentence, table)


def _by_default(atoms: Atoms, sentence: range, table: TenseTable) -> Tense | None:
    """A sentence with a verb and no past form is in the present; a fragment has no tense.

    Any lower-case word on -t may be the verb, save those the table lists as none.
    """
    words = [atoms.raw[index] for index in sentence if atoms.raw[index][0].isalpha()]
    verb = any(
        word.endswith("t") and len(word) > 3 and word not in table.forms["no-verb"]
        for word in words
        if word[0].islower()
    )
    return "present" if verb and len(words) >= _FULL_SENTENCE else None


def _neighbours(
    atoms: Atoms, clause: range, sentence: range, boundaries: frozenset[str]
) -> Sequence[range]:
    """The clauses of the sentence after and before, the nearer ones first."""
    found: list[range] = []
    after, before = clause.stop + 1, clause.start - 1
    while after < sentence.stop or before > sentence.start:
        if after < sentence.stop:
            part = clause_around(atoms, after, after, sentence, boundaries)
            found.append(part)
            after = part.stop + 1
        if before > sentence.start:
            part = clause_around(atoms, before, before, sentence, boundaries)
            found.append(part)
            before = part.start - 1
        if len(found) > 6:
            break
    return found
