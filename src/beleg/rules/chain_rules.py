"""Compiles the table `chains.toml`: reliance, venue, reprint, nameless sources, kinds of sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.people_rules import PeopleRules, load_people_rules
from beleg.rules.tables import read_table

ChainKind = Literal[
    "reliance", "venue", "reprint", "work", "nameless", "hearsay",
    "record", "press", "title", "crowd", "body", "somebody", "several", "official", "said-by",
    "inside", "plural", "national", "vague", "particle", "one-of", "news", "institution", "human", "finding",
    "place", "in-it", "anybody", "epithet",
    "agency", "weak", "many", "genitive", "possessive", "by", "link",
]  # fmt: skip

_ANY_CASE = (
    "reliance",
    "venue",
    "hearsay",
    "somebody",
    "several",
    "official",
    "said-by",
    "inside",
    "national",
    "vague",
    "particle",
    "one-of",
    "in-it",
    "anybody",
)

# Letters that a "*" stands for: the rest of a word, or, between two words, what a separable
# verb has in its middle (up to ten words of the same clause).
_LONGEST = 60  # letters; longer words are in no table
_ENDING = r"\w*"
_MIDDLE = r"\b(?:\s+[^\s,;:.]+){0,10}?\s+"


@dataclass(frozen=True, slots=True)
class ChainRules:
    """One pattern for each kind; a match begins and ends with words.

    people: what nouns mean and what opens a noun phrase.
    """

    patterns: dict[ChainKind, re.Pattern[str]]
    people: PeopleRules

    def is_a(self, kind: ChainKind, word: str) -> bool:
        """Whether a word by itself is of the kind."""
        return len(word) <= _LONGEST and self.patterns[kind].fullmatch(word) is not None

    def find(self, kind: ChainKind, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match of a kind in `text[start:end]`."""
        return self.patterns[kind].search(text, start, end)


@cache
def load_chain_rules() -> ChainRules:
    """The table, compiled once. Raises RuleTableError if it names a kind that there is not."""
    words: dict[ChainKind, list[str]] = {kind: [] for kind in get_args(ChainKind)}
    for row in read_table("chains")["row"]:
        if row["kind"] not in words:
            raise RuleTableError(f"chains.toml: {row['id']}: there is no kind {row['kind']!r}")
        words[row["kind"]].extend(_phrases(row))
    patterns = {kind: _pattern(kind, found) for kind, found in words.items()}
    return ChainRules(patterns, load_people_rules())


def _phrases(row: dict[str, Any]) -> list[str]:
    return [phrase.strip() for phrase in " ".join(row["words"].split()).split("|")]


def _pattern(kind: ChainKind, phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    alternatives = "|".join(_phrase(p) for p in longest_first)
    flags = re.IGNORECASE if kind in _ANY_CASE else re.NOFLAG
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", flags)


def _phrase(phrase: str) -> str:
    words = re.escape(phrase).replace(r"\ ", r"\s+")
    words = re.sub(r"(?<=\w)\\\*(?=\w)", lambda _: _MIDDLE, words)
    return words.replace(r"\*", _ENDING)
