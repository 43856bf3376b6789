"""Compiles the table of the people layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.spelling import Pairs, Spelling
from beleg.rules.tables import read_table, rows_of
from beleg.rules.timeline_rules import load_timeline_rules

Means = Literal["person", "group", "organisation", "outlet", "document", "report", "statement"]
Sense = Literal["definite", "demonstrative", "indefinite", "negative", "possessive"]
PronounSense = Literal[
    "personal", "demonstrative", "relative", "possessive", "reflexive", "first", "both", "nobody"
]

_GENDERS = ("m", "f", "n")
_PREFIX_SHORTEST = 3  # letters before the last part of a compound
_WORD_LONGEST = 60
_CACHE_LIMIT = 20_000  # distinct words; beyond it hostile text would fill the memory


@dataclass(frozen=True, slots=True)
class Reading:
    """What a noun form can be.

    lemma: with the first parts of the compound, in the masculine ("innenminister").
    gender: m, f or n; p for the plural. generic: stands for anybody of its gender.
    bare: a plural that has no article ("Angestellte", but "die Angestellten").
    adjectival: it is inflected like an adjective. body: a group that acts as one.
    """

    lemma: str
    means: Means
    gender: str
    generic: bool
    bare: bool = False
    adjectival: bool = False
    body: bool = False


@dataclass(frozen=True, slots=True)
class Determiner:
    """What opens a noun phrase; features: gender or p, then the case ("mn", "pd")."""

    sense: Sense
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """Everything the people layer takes from tables (see rules/de/people.toml).

    nouns: readings of every form, for whole words and for ends of compounds; whole: forms that
        are no ends of compounds; never: words that only look like a compound.
    kin: for a noun those that can stand for it. makers: first parts of "-angaben", longest first.
    pronouns: genders a form agrees with, by sense. given: gender by given name.
    titles: gender by title, "" where it has none. plural, singular: finite verb forms.
    links, genitives: what goes on with a noun phrase ("von", "der"); no_adjectives: words that
        only look inflected like adjectives; no_surnames: capitalised words behind a given name;
        particles: small words inside of names ("von"); no_verbs: words that only end like verbs;
        origins: parts of adjectives that tell where somebody is from ("isch").
    adjectives: endings; towns: those of adjectives from towns; ages: parts of words for an age.
    states: names of states, with and without the -s of the genitive.
    joining: conjunctions. subjects: personal pronouns that are subjects and mean persons.
    """

    nouns: Mapping[str, tuple[Reading, ...]]
    whole: frozenset[str]
    never: frozenset[str]
    kin: Mapping[str, frozenset[str]]
    makers: tuple[tuple[str, Means], ...]
    determiners: Mapping[str, Determiner]
    pronouns: Mapping[PronounSense, Mapping[str, frozenset[str]]]
    adverbs: frozenset[str]
    media: frozenset[str]
    media_parts: frozenset[str]
    media_endings: tuple[str, ...]
    given: Mapping[str, str]
    titles: Mapping[str, str]
    plural: frozenset[str]
    plural_endings: tuple[str, ...]
    singular: frozenset[str]
    singular_endings: tuple[str, ...]
    prepositions: frozenset[str]
    links: frozenset[str]
    genitives: frozenset[str]
    no_adjectives: frozenset[str]
    no_surnames: frozenset[str]
    no_verbs: frozenset[str]
    origins: tuple[str, ...]
    adjectives: tuple[str, ...]
    towns: tuple[str, ...]
    ages: tuple[str, ...]
    joining: frozenset[str]
    subjects: frozenset[str]
    particles: frozenset[str]
    states: frozenset[str]
    spelling: Spelling
    rows: tuple[Mapping[str, Any], ...]
    longest: int
    _known: dict[str, tuple[Reading, ...]] = field(default_factory=dict)

    def readings(self, word: str, *, named: bool = False) -> tuple[Reading, ...]:
        """What a capitalised word can be; empty if it is no noun of the table.

        named: somebody is called so in this article; names are no compounds ("Steffan").
        """
        if named and word.lower() not in self.nouns:
            return ()
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def is_state(self, word: str) -> bool:
        """Whether a word is the name of a state."""
        return word in self.states

    def _look_up(self, word: str) -> tuple[Reading, ...]:
        lower = word.lower()
        part = word.rpartition("-")[2] if word[:1].isdigit() else word
        noun = part[:1].isupper()
        if lower in self.never or not noun or len(word) > _WORD_LONGEST:
            return ()
        if lower in self.nouns or lower in self.given:
            return self.nouns.get(lower, ())
        joint = max(lower.rfind("-"), lower.rfind("‑")) + 1
        if joint and lower[joint:] in self.nouns:
            return _compound(lower[:joint], self.nouns[lower[joint:]])
        first = max(_PREFIX_SHORTEST, len(lower) - self.longest)
        for start in range(first, len(lower) - 2):
            end = lower[start:]
            if end in self.nouns and end not in self.whole:
                return _compound(lower[:start], self.nouns[end])
        return ()


def _compound(prefix: str, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    return tuple(replace(reading, lemma=prefix + reading.lemma) for reading in readings)


@cache
def load_people_rules(language: str = "de") -> PeopleRules:
    """The compiled table of a language; compiled once.

    Raises RuleTableError if the table is missing or a row does not fit.
    """
    rows = tuple(read_table("people", language)["row"])
    nouns, whole = _nouns(rows)
    verbs = {row["number"]: row for row in rows_of(rows, "verb")}
    (parts,) = rows_of(rows, "media-part")
    return PeopleRules(
        nouns=nouns, whole=whole, never=_words(rows, "not"), kin=_kin(rows), makers=_makers(rows),
        determiners={
            form: Determiner(_checked(row, "sense", get_args(Sense)), frozenset(cases.split()))
            for row in rows_of(rows, "determiner") for form, cases in row["forms"].items()
        },
        pronouns=_pronouns(rows), adverbs=_words(rows, "adverb"),
        media=frozenset(
            " ".join(name.split()) for row in rows_of(rows, "media") for name in row["words"].split("|")
        ),
        media_parts=frozenset(parts["words"].split()),
        media_endings=tuple(parts["endings"].split()),
        given={name: row["gender"] for row in rows_of(rows, "given") for name in row["words"].split()},
        titles={
            title: "" if gender == "any" else gender
            for row in rows_of(rows, "title") for gender in ("m", "f", "any")
            for title in row[gender].split()
        },
        plural=frozenset(verbs["p"]["words"].split()),
        plural_endings=tuple(verbs["p"]["endings"].split()),
        singular=frozenset(verbs["s"]["words"].split()),
        singular_endings=tuple(verbs["s"]["endings"].split()),
        prepositions=load_timeline_rules(language).classes["preposition"],
        links=_words(rows, "link"), genitives=_words(rows, "genitive"),
        no_adjectives=_words(rows, "no-adjective"), no_surnames=_words(rows, "no-surname"),
        particles=_words(rows, "particle"), no_verbs=_words(rows, "no-verb"),
        origins=tuple(sorted(_words(rows, "origin"))),
        adjectives=tuple(sorted(_words(rows, "adjective"))), towns=tuple(_words(rows, "town")),
        ages=tuple(_words(rows, "age")), joining=_words(rows, "joining"),
        subjects=_words(rows, "subject"),
        states=frozenset(n + s for n in _words(rows, "state") for s in ("", "s")),
        spelling=_spelling(rows), rows=rows, longest=max(map(len, nouns)),
    )  # fmt: skip


def _words(rows: Sequence[Mapping[str, Any]], kind: str) -> frozenset[str]:
    return frozenset(word for row in rows_of(rows, kind) for word in row["words"].split())


def _checked(row: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> Any:
    if row.get(name) not in choices:
        raise RuleTableError(
            f"people.toml, row {row['id']}: {name} {row.get(name)!r} is none of {choices}"
        )
    return row[name]


def _nouns(
    rows: Sequence[Mapping[str, Any]],
) -> tuple[dict[str, tuple[Reading, ...]], frozenset[str]]:
    forms = {row["form"]: row for row in rows_of(rows, "form")}
    found: dict[str, list[Reading]] = {}
    whole: set[str] = set()
    # The generic reading of a noun must win over the plain one, so it is put in first.
    for row in sorted(rows_of(rows, "noun"), key=lambda row: not row.get("generic", False)):
        means = _checked(row, "means", get_args(Means))
        form = forms[_checked(row, "form", tuple(forms))]
        for lemma in row["words"].split():
            for word, gender, bare in _inflected(lemma, form):
                kept: Means = "group" if means == "person" and gender == "p" else means
                known = found.setdefault(word, [])
                if not any(r.gender == gender for r in known):
                    generic = row.get("generic", False)
                    body = row.get("body", False)
                    known.append(Reading(lemma, kept, gender, generic, bare, "bare" in form, body))
                if row.get("whole", False):
                    whole.add(word)
    singular_first = {
        word: tuple(sorted(readings, key=lambda reading: reading.gender == "p"))
        for word, readings in found.items()
    }
    return singular_first, frozenset(whole)


def _inflected(lemma: str, form: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The forms of a noun with their gender, p for the plural, and whether that has no article."""
    stem = lemma.removesuffix(form.get("cut", ""))
    for gender in _GENDERS:
        for number in ("s", "p"):
            for ending in form.get(gender + number, "").split():
                yield stem + ending.replace("-", ""), gender if number == "s" else "p", False
    for ending in form.get("bare", "").split():
        yield stem + ending, "p", True


def _kin(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, frozenset[str]]:
    kin: dict[str, set[str]] = {}
    for row in rows_of(rows, "kin"):
        words = row["words"].split()
        for word in words:
            kin.setdefault(word, set()).update(words)
    return {word: frozenset(words) for word, words in kin.items()}


def _makers(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Means], ...]:
    found = [
        (word, means)
        for row in rows_of(rows, "maker")
        for means in get_args(Means)
        for word in row.get(means, "").split()
    ]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def _pronouns(
    rows: Sequence[Mapping[str, Any]],
) -> Mapping[PronounSense, Mapping[str, frozenset[str]]]:
    found: dict[PronounSense, dict[str, frozenset[str]]] = {}
    for row in rows_of(rows, "pronoun"):
        forms = found.setdefault(_checked(row, "sense", get_args(PronounSense)), {})
        forms.update((form, frozenset(genders.split())) for form, genders in row["forms"].items())
    for sense in get_args(PronounSense):
        if sense not in found:
            raise RuleTableError(f"people.toml: no row of kind 'pronoun' has the sense {sense!r}")
    return found


def _spelling(rows: Sequence[Mapping[str, Any]]) -> Spelling:
    schemes: dict[str, Pairs] = {}
    for row in rows_of(rows, "letters"):
        pairs = []
        for pair in row["pairs"].split():
            old, mark, new = pair.partition("=")
            if not (old and mark and new):
                raise RuleTableError(f"people.toml, row {row['id']}: {pair!r} is no pair old=new")
            pairs.append((old, new))
        schemes[row["scheme"]] = tuple(pairs)
    both = schemes.pop("both", ())
    return Spelling(tuple(schemes.values()), both)
