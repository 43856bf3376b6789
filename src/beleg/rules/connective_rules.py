"""Compiles the table of connectives (rules/de/connectives.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.tables import check_choices, read_table, shapes_of, words_of

ConnectiveKind = Literal[
    "reason-clause", "reason-sentence", "reason-particle", "result-clause", "result-particle",
    "reason-phrase", "inference", "reason-noun", "reasons", "counter", "concession-clause",
    "concession-word", "turn", "condition-answer", "example", "grounds", "precedent",
    "trait",
]  # fmt: skip
ClassName = Literal[
    "joining", "opener", "own-statement", "result-opener", "complement", "answer", "lead",
    "grounds-opener", "already", "long-ago", "no-concession-behind", "telling",
    "perfect-auxiliary", "adverb-before-finite", "listing", "no-result-behind", "correlate",
    "noun-goes-on", "sentence-relative", "for-this", "condition",
]  # fmt: skip
Shape = Literal["preterite", "participle", "participle-end", "finite-end"]
_START = "start-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connective:
    """One phrase of the table.

    words: lower case; at_start: only as the first words of a sentence.
    in_opinion: only where the voice argues.
    """

    id: str
    kind: ConnectiveKind
    words: tuple[str, ...]
    at_start: bool
    in_opinion: bool


@dataclass(frozen=True, slots=True)
class ConnectiveRules:
    """The phrases by their first word, the longest first; and forms that are finite verbs.

    traits: the names of the traits that a word shows; first_traits: as first of a sentence.
    classes: closed classes of words; shapes: patterns of whole words.
    """

    phrases: Mapping[str, tuple[Connective, ...]]
    traits: Mapping[str, tuple[str, ...]]
    first_traits: Mapping[str, tuple[str, ...]]
    finite: frozenset[str]
    classes: Mapping[ClassName, frozenset[str]]
    shapes: Mapping[str, re.Pattern[str]]

    def at(self, words: Sequence[str], place: int) -> Iterator[Connective]:
        """The phrases that begin at `words[place]` (lower case): the longest of each kind."""
        seen: set[ConnectiveKind] = set()
        for phrase in self.phrases.get(words[place], ()):
            length = len(phrase.words)
            if phrase.kind not in seen and tuple(words[place : place + length]) == phrase.words:
                seen.add(phrase.kind)
                yield phrase


@cache
def load_connective_rules(language: str = "de") -> ConnectiveRules:
    """The table, compiled once. Raises RuleTableError if it names a kind that there is not."""
    phrases: dict[str, list[Connective]] = {}
    traits: dict[str, tuple[str, ...]] = {}
    first: dict[str, tuple[str, ...]] = {}
    rows = read_table("connectives", language)["row"]
    for row in rows:
        if _is_class(row):
            continue
        for phrase in _phrases(row):
            if phrase.kind == "trait":
                known = first if row["trait"].startswith(_START) else traits
                known[phrase.words[0]] = (*known.get(phrase.words[0], ()), row["trait"])
            else:
                phrases.setdefault(phrase.words[0], []).append(phrase)
    return ConnectiveRules(
        {
            word: tuple(sorted(found, key=lambda p: -len(p.words)))
            for word, found in phrases.items()
        },
        traits,
        first,
        load_quote_rules(language).finite,
        {name: words_of("connectives", rows, name, separator="|") for name in get_args(ClassName)},
        shapes_of("connectives", rows, get_args(Shape)),
    )


def _is_class(row: Mapping[str, Any]) -> bool:
    """Whether a row tells a class or shape of words. Raises RuleTableError if it is none known."""
    known = {"class": get_args(ClassName), "shape": get_args(Shape)}.get(row.get("kind", ""))
    if known is not None:
        check_choices("connectives", row, [("class", row.get("class"), known)])
    return known is not None


def _phrases(row: Mapping[str, Any]) -> Iterator[Connective]:
    if row.get("kind") not in get_args(ConnectiveKind):
        raise RuleTableError(f"connectives.toml: {row['id']}: there is no kind {row.get('kind')!r}")
    for words in " ".join(row["words"].split()).split("|"):
        yield Connective(
            id=row["id"],
            kind=row["kind"],
            words=tuple(words.split()),
            at_start=row.get("where") == "start",
            in_opinion=row.get("only") == "opinion",
        )
