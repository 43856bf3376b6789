"""Turns the table `language.toml` into what the language check takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from beleg.errors import RuleTableError
from beleg.rules.tables import read_table


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """Frequent closed-class words, in small letters.

    own: of the language Beleg reads. foreign: of each other language, by its code.
    apart: for each other language its words that the own one lacks, and the other way round,
    since a word of both languages says nothing about which of them it is.
    """

    own: frozenset[str]
    foreign: dict[str, frozenset[str]]
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = field(init=False)

    def __post_init__(self) -> None:
        apart = tuple((words - self.own, self.own - words) for words in self.foreign.values())
        object.__setattr__(self, "apart", apart)


@cache
def load_language_table(language: str = "de") -> LanguageTable:
    """The words of `language` and of those it is told from; the same object for every call.

    Raises RuleTableError if the table is missing or has no row for the language.
    """
    rows = read_table("language", language).get("row", ())
    words = {row["language"]: frozenset(row["words"].split()) for row in rows}
    own = words.pop(language, None)
    if own is None:
        raise RuleTableError(f"rules/{language}/language.toml: no row for {language!r}")
    return LanguageTable(own=own, foreign=words)
