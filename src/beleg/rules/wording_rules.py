"""Compiles the table of words that judge, hedge or heighten (rules/de/wording.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.tables import read_table

WordKind = Literal["loaded", "hedge", "intensifier", "distance", "except"]
WordClass = Literal["adjective", "verb", "adverb", "noun", "phrase"]
_COMPOUND = 2  # letters at least before the second part of a compound


@dataclass(slots=True)
class Patterns:
    """Words of one kind: whole ones, beginnings and endings, with the ids of their rows."""

    whole: dict[str, str] = field(default_factory=dict)
    beginnings: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    lengths: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())

    def add(self, pattern: str, row: str) -> None:
        """Take a word of the table; "*" stands for the rest."""
        if pattern.startswith("*"):
            self.endings[pattern.strip("*")] = row
            if pattern.endswith("*"):  # of a noun: its plural and genitive
                self.endings.update(dict.fromkeys([pattern.strip("*") + e for e in _NOUN], row))
        elif pattern.endswith("*"):
            self.beginnings[pattern[:-1]] = row
        else:
            self.whole[pattern] = row

    def close(self) -> None:
        """Settle which lengths are to be looked up."""
        self.lengths = (
            tuple(sorted({len(part) for part in self.beginnings})),
            tuple(sorted({len(part) for part in self.endings})),
        )

    def find(self, word: str) -> str | None:
        """The id of the row that has the word, or None. Time grows with the table's lengths only."""
        if word in self.whole:
            return self.whole[word]
        for length in self.lengths[0]:
            if length > len(word):
                break
            if (row := self.beginnings.get(word[:length])) is not None:
                return row
        for length in self.lengths[1]:
            if length + _COMPOUND > len(word):
                break
            if (row := self.endings.get(word[-length:])) is not None:
                return row
        return None


_NOUN = ("e", "en", "n", "s", "es", "er", "ern")


@dataclass(frozen=True, slots=True)
class WordingRules:
    """The words by kind and case, and the phrases by their first word.

    low, high: patterns of words that begin in lower case, and with a capital (both kept in
    lower case).
    """

    low: Mapping[WordKind, Patterns]
    high: Mapping[WordKind, Patterns]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], WordKind, str], ...]]

    def word(self, kind: WordKind, text: str) -> str | None:
        """The id of the row of that kind that has the word as written in a text, or None."""
        patterns = self.high if text[:1].isupper() else self.low
        return patterns[kind].find(text.lower())

    def phrase(self, words: Sequence[str], place: int) -> tuple[int, WordKind, str] | None:
        """How many words (lower case) the longest phrase at `place` has, its kind and row."""
        for phrase, kind, row in self.phrases.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase), kind, row
        return None


@cache
def load_wording_rules(language: str = "de") -> WordingRules:
    """The table, compiled once. Raises RuleTableError if a row has no such kind or class."""
    low: dict[WordKind, Patterns] = {kind: Patterns() for kind in get_args(WordKind)}
    high: dict[WordKind, Patterns] = {kind: Patterns() for kind in get_args(WordKind)}
    phrases: dict[str, list[tuple[tuple[str, ...], WordKind, str]]] = {}
    for row in read_table("wording", language)["row"]:
        _check(row)
        kind: WordKind = row["kind"]
        for words in _words(row):
            if " " in words:
                parts = tuple(words.split())
                phrases.setdefault(parts[0], []).append((parts, kind, row["id"]))
            else:
                (high if row["class"] == "noun" else low)[kind].add(words, row["id"])
    for patterns in [*low.values(), *high.values()]:
        patterns.close()
    longest_first = {
        first: tuple(sorted(found, key=lambda phrase: -len(phrase[0])))
        for first, found in phrases.items()
    }
    return WordingRules(low, high, longest_first)


def _check(row: Mapping[str, Any]) -> None:
    for name, allowed in (("kind", get_args(WordKind)), ("class", get_args(WordClass))):
        if row.get(name) not in allowed:
            raise RuleTableError(
                f"wording.toml: {row['id']}: {name} {row.get(name)!r} is none of {allowed}"
            )


def _words(row: Mapping[str, Any]) -> Iterator[str]:
    for words in " ".join(row["words"].split()).split("|"):
        if words.strip():
            yield words.strip().lower()
