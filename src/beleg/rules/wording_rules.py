"""Compiles the tables of words that judge, hedge or heighten (rules/de/wording*.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
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

TABLES = (
    "wording",
    "wording-adjectives",
    "wording-nouns",
    "wording-verbs",
    "wording-phrases",
    "wording-idioms",
    "wording-colloquial",
)
WordKind = Literal["loaded", "hedge", "intensifier", "except"]
ClosedClass = Literal[
    "distance", "after-clause", "noun-maker", "noun-ending", "joint", "prefix", "infinitive-ending"
]
_KINDS = (*get_args(WordKind), *get_args(ClosedClass))
WordClass = Literal[
    "adjective", "adverb", "verb", "noun", "compound", "tail", "front", "pair", "phrase", "strong"
]
_REST = 3  # letters at least beside the known part of a compound
_CACHE_LIMIT = 50_000  # distinct words; beyond it hostile text would fill the memory
_BEFORE, _BEHIND = 14, 8  # words between a phrase and its verb, at most


class Entry(NamedTuple):
    """What a word is: its kind, the row it comes from, and what must stand before it.

    fronts: of the second part of a compound: the first parts it counts with, None for any.
    """

    kind: WordKind
    row: str
    fronts: frozenset[str] | None = None


class Phrase(NamedTuple):
    """A phrase: its words (folded; "x*" begins with x, "_" is any), and its verb, if it has one.

    verb: forms of which one must stand in the phrase's sentence not far away.
    """

    words: tuple[str, ...]
    verb: frozenset[str] | None
    kind: WordKind
    row: str


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
    phrases: by their first word and then by their second, "" where that is any word.
    classes: closed classes of words, folded. noun_endings: of adjectives used as nouns.
    """

    low: Words
    high: Words
    parted: dict[str, dict[str, Entry]]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
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
        starting = self.phrases.get(words[place])
        if starting is None:
            return None
        for phrase in starting.get(words[place + 1]) or starting.get("", ()):
            stop = place + len(phrase.words)
            if stop > len(words) or not all(map(_fits, phrase.words, words[place:stop])):
                continue
            if phrase.verb is None:
                return stop, phrase
            if stop < len(words) and words[stop] in phrase.verb:
                return stop + 1, phrase
            around = (*words[max(place - _BEFORE, 0) : place], *words[stop : stop + _BEHIND])
            if not phrase.verb.isdisjoint(around):
                return stop, phrase
        return None


def _fits(part: str, word: str) -> bool:
    return part in (word, "_") or (part[-1] == "*" and word.startswith(part[:-1]))


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
    phrases = _phrases(rows, strong)
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


def _phrases(
    rows: Iterable[Mapping[str, Any]], strong: Mapping[str, StrongForms]
) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """The phrases by their first two words, the longest first.

    Under every second word stand also the phrases of one word and its verb.

    "a/b" stands for either word; behind "+" stands the verb, or several with "/".
    """
    found: dict[str, dict[str, list[Phrase]]] = {}
    for row in rows:
        if row["class"] != "phrase":
            continue
        for written in " ".join(row["words"].split()).split("|"):
            words, _, verbs = written.strip().partition(" + ")
            forms = _forms_of_any(verbs, strong) if verbs else None
            for parts in product(*(part.split("/") for part in folded(words).split())):
                start = parts[:2]
                if (len(start) < 2 and forms is None) or "*" in "".join(start) or "_" in start:
                    raise RuleTableError(
                        f"row {row['id']}: {written.strip()!r} does not begin with two plain "
                        "words, nor is it one word with its verb"
                    )
                phrase = Phrase(parts, forms, row["kind"], row["id"])
                starting = found.setdefault(parts[0], {})
                starting.setdefault("".join(parts[1:2]), []).append(phrase)
    return {first: dict(_by_second(starting)) for first, starting in found.items()}


def _by_second(starting: Mapping[str, list[Phrase]]) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
    single = starting.get("", [])
    for second, phrases in starting.items():
        listed = phrases + single if second else phrases
        yield second, tuple(sorted(listed, key=lambda phrase: -len(phrase.words)))


def _forms_of_any(verbs: str, strong: Mapping[str, StrongForms]) -> frozenset[str]:
    forms: set[str] = set()
    for verb in verbs.split("/"):
        alone, parted = verb_forms(verb.replace(":", "|"), strong)
        forms |= {folded(form) for form in alone | parted}
    return frozenset(forms)
