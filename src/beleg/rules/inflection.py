"""Compiles the table of endings and sound changes (rules/de/inflection.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from beleg.rules.tables import check_choices, read_table, rows_of, words_of

Kind = Literal["class", "noun", "umlaut"]
ClassName = Literal[
    "declined", "dropped-e", "dropped-e-behind-vowel", "vowel", "comparative", "superlative",
    "superlative-hissing", "hissing", "strong-noun", "singular", "umlauted", "umlauting",
    "no-umlaut", "wants-e", "inseparable", "participle-prefix", "infinitive-mark",
    "foreign-infinitive",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inflection:
    """Endings, prefixes and letters by class.

    nouns: in the order in which they are tried, how nouns end, with the endings they then take. umlauts: vowels and what they become.
    """

    classes: Mapping[ClassName, tuple[str, ...]]
    nouns: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    umlauts: Mapping[str, str]


@cache
def load_inflection(language: str = "de") -> Inflection:
    """The table, compiled once. Raises RuleTableError if a row does not fit or one is missing."""
    rows = read_table("inflection", language)["row"]
    for row in rows:
        choices = [("kind", row.get("kind"), get_args(Kind))]
        if row.get("kind") == "class":
            choices.append(("class", row.get("class"), get_args(ClassName)))
        check_choices("inflection", row, choices)
    known = {name: words_of("inflection", rows, name) for name in get_args(ClassName)}
    return Inflection(
        classes={name: tuple(sorted(words)) for name, words in known.items()},
        nouns=tuple(
            (tuple(row["ends"].split()), tuple(row["words"].split()))
            for row in rows_of(rows, "noun")
        ),
        umlauts=dict(
            pair.split("=") for row in rows_of(rows, "umlaut") for pair in row["words"].split()
        ),
    )
