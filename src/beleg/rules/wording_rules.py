"""Compiles the tables of words that judge, hedge or heighten (rules/de/wording*.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from beleg.errors import RuleTableError
from beleg.rules.tables import check_choices, read_table, rows_of
from beleg.rules.verb_forms import StrongForms, strong_verbs
from beleg.rules.wording_forms import (
    adjective_forms,
    folded,
    infinitive,
    noun_forms,
    verb_forms,
)
from beleg.rules.wording_phrases import Phrase, Phrases, WordKind, compile_phrases, find_phrase

TABLES = (
    "wording",
    "wording-adjectives",
    "wording-nouns",
    "wording-verbs",
    "wording-phrases",
    "wording-idioms",
    "wording-colloquial",
)
ClosedClass = Literal[
    "distance", "after-clause", "noun-maker", "noun-ending", "joint", "prefix", "infinitive-ending"
]
_KINDS = (*get_args(WordKind), *get_args(ClosedClass))
WordClass = Literal[
    "adjective", "adverb", "verb", "noun", "compound", "tail", "front", "pair", "phrase", "strong"
]
_REST = 3  # letters at least beside the known part of a compound
_CACHE_LIMIT = 50_000  # distinct words; beyond it hostile text would fill the memory


class Entry(NamedTuple):
    """What a word is: its kind, the row it comes from, and what must stand before it.

    fronts: of the second part of a compound: the first parts it counts with, None for any.
    """

    kind: WordKind
    row: str
    fronts: frozenset[str] | None = None


@dataclass(slots=True)
class Words:
    """Folded words, whole, or known by how they begin or end."""

    whole: dict[str, Entry] = field(default_factory=dict)
    fronts: dict[str, Entry] = field(default_factory=dict)
    tails: dict[str, Entry] = field(default_factory=dict)
    _lengths: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    _unknown: set[str] = field(default_factory=set)

    def close(self) -> None:
        """Settle which lengths are to be looked up, the longest first."""
        self._lengths = (
            tuple(sorted({len(part) for part in self.fronts}, reverse=True)),
            tuple(sorted({len(part) for part in self.tails}, reverse=True)),
        )

    def find(self, word: str) -> Entry | None:
        """What a folded word is, or None; the longest part that is known decides.

        The time it takes grows with the number of different lengths in the tables only.
        """
        if (entry := self.whole.get(word)) is not None or word in self._unknown:
            return entry
        entry = self._by_parts(word)
        if entry is None and len(self._unknown) < _CACHE_LIMIT:
            self._unknown.add(word)
        return entry

    def _by_parts(self, word: str) -> Entry | None:
        for length in self._lengths[1]:
            if length + _REST > len(word) or (entry := self.tails.get(word[-length:])) is None:
                continue
            if entry.fronts is None or word[:-length].rstrip("-") in entry.fronts:
                return entry
        for length in self._lengths[0]:
            if (entry := self.fronts.get(word[:length])) is not None and (
                entry.kind == "except" or length + _REST <= len(word)
            ):
                return entry
        return None


@dataclass(frozen=True, slots=True)
class WordingRules:
    """The words by kind and case, the phrases, and verbs that stand apart from their particle.

    low, high: words that begin in lower case, and with a capital (both kept folded).
    parted: finite forms, with what they are together with each particle.
    classes: closed classes of words, folded. noun_endings: of adjectives used as nouns.
    """

    low: Words
    high: Words
    parted: dict[str, dict[str, Entry]]
    phrases: Phrases
    classes: Mapping[ClosedClass, frozenset[str]]
    noun_endings: tuple[str, ...]

    def word(self, text: str, word: str, *, initial: bool = False) -> Entry | None:
        """What a word as written in a text is, or None.

        word: the same, folded. initial: whether it begins a sentence, which hides its case.
        """
        high = text[:1].isupper()
        entry = (self.high if high else self.low).find(word)
        if entry is None and high and initial:
            entry = self.low.find(word)
        return entry

    def phrase(self, words: Sequence[str], place: int) -> tuple[int, Phrase] | None:
        """The longest phrase at `place` of the folded words of a sentence, and where it ends."""
        return find_phrase(self.phrases, words, place)


@cache
def load_wording_rules(language: str = "de") -> WordingRules:
    """The tables, compiled once. Raises RuleTableError if a row has no such kind or class."""
    rows = [row for table in TABLES for row in read_table(table, language)["row"]]
    for row in rows:
        choices = [("class", row["class"], get_args(WordClass))]
        if row["class"] != "strong":
            choices.append(("kind", row["kind"], _KINDS))
        check_choices("wording", row, choices)
    strong = _strong_verbs(rows, language)
    phrases = compile_phrases(rows, strong)
    classes = {name: _closed(rows, name) for name in get_args(ClosedClass)}
    endings = tuple(sorted(classes["noun-ending"]))
    rules = WordingRules(Words(), Words(), {}, phrases, classes, endings)
    for row in sorted(rows, key=lambda row: row.get("kind") != "except"):  # exceptions go first
        if row.get("kind") not in classes:
            _ADDERS[row["class"]](rules, row, strong)
    rules.low.close()
    rules.high.close()
    return rules


def _closed(rows: Iterable[Mapping[str, Any]], name: ClosedClass) -> frozenset[str]:
    """The words of a closed class, adjectives in all their forms."""
    of_class = [row for row in rows if row.get("kind") == name]
    if not of_class:
        raise RuleTableError(f"wording.toml: no row is of the kind {name!r}")
    return frozenset(
        folded(form)
        for row in of_class
        for word in _words(row)
        for form in (adjective_forms(word) if row["class"] == "adjective" else [word])
    )


def _strong_verbs(rows: Iterable[Mapping[str, Any]], language: str) -> dict[str, StrongForms]:
    """Irregular verbs of the table of verbs of saying, and of this one."""
    of_saying = rows_of(read_table("quotes", language)["row"], "strong")
    own = (row for row in rows if row["class"] == "strong")
    return strong_verbs(" | ".join(row["forms"] for row in (*of_saying, *own)))


def _words(row: Mapping[str, Any], name: str = "words") -> Iterator[str]:
    return (word.lower() for word in row[name].split())


def _add_adjectives(rules: WordingRules, row: Mapping[str, Any], _: object) -> None:
    entry = Entry(row["kind"], row["id"])
    for word in _words(row):
        parts = rules.low.tails if word.startswith("*") else rules.low.whole
        for form in adjective_forms(word.removeprefix("*")):
            parts.setdefault(folded(form), entry)


def _add_adverbs(rules: WordingRules, row: Mapping[str, Any], _: object) -> None:
    for word in _words(row):
        rules.low.whole.setdefault(folded(word), Entry(row["kind"], row["id"]))


def _add_nouns(rules: WordingRules, row: Mapping[str, Any], _: object) -> None:
    """class noun: the word only; compound: also as second part; tail: only as second part."""
    entry = Entry(row["kind"], row["id"])
    for word in _words(row):
        for form in map(folded, noun_forms(word)):
            if row["class"] != "tail":
                rules.high.whole.setdefault(form, entry)
            if row["class"] != "noun":
                rules.high.tails.setdefault(form, entry)


def _add_fronts(rules: WordingRules, row: Mapping[str, Any], _: object) -> None:
    for word in _words(row):
        rules.high.fronts.setdefault(folded(word), Entry(row["kind"], row["id"]))


def _add_pairs(rules: WordingRules, row: Mapping[str, Any], _: object) -> None:
    """Compounds of any of the first parts with any of the second."""
    entry = Entry(row["kind"], row["id"], frozenset(map(folded, _words(row, "first"))))
    for word in _words(row):
        for form in map(folded, noun_forms(word)):
            rules.high.tails.setdefault(form, entry)


def _add_verbs(
    rules: WordingRules, row: Mapping[str, Any], strong: Mapping[str, StrongForms]
) -> None:
    entry = Entry(row["kind"], row["id"])
    for verb in _words(row):
        alone, parted = verb_forms(verb, strong)
        for form in map(folded, alone):
            rules.low.whole.setdefault(form, entry)
        for form in map(folded, parted):
            together = rules.parted.setdefault(form, {})
            together.setdefault(folded(verb.partition("|")[0]), entry)
        # "das Einknicken", but "Flöten" is more often the plural of a noun
        marked = verb.startswith(tuple(rules.classes["prefix"])) or verb.endswith(
            tuple(rules.classes["infinitive-ending"])
        )
        if "|" in verb or marked:
            for form in (infinitive(verb), infinitive(verb) + "s"):
                rules.high.whole.setdefault(folded(form), entry)


def _add_nothing(_: object, __: object, ___: object) -> None:
    """Of rows that are read apart from the others."""


_ADDERS: Mapping[str, Any] = {
    "adjective": _add_adjectives,
    "adverb": _add_adverbs,
    "verb": _add_verbs,
    "noun": _add_nouns,
    "compound": _add_nouns,
    "tail": _add_nouns,
    "front": _add_fronts,
    "pair": _add_pairs,
    "phrase": _add_nothing,
    "strong": _add_nothing,
}
