"""Compiles the table of the timeline layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.rules.tables import read_table, rows_of, shapes_of, words_of

Relation = Literal[
    "after-previous", "before-previous", "before-next", "after-matrix", "before-matrix"
]
Side = Literal["until", "since", "before", "after"]
Aside = Literal[
    "attribute", "attribute-if-genitive", "comparison", "comparison-opener", "named-after-year", "head"
]  # fmt: skip
Shape = Literal[
    "inflected", "participle-attribute", "genitive", "superlative", "infinitive", "infinitive-end",
    "participle", "strong-participle", "superlative-attribute", "t-form", "en-form", "e-form",
]  # fmt: skip

CLASSES = (
    "determiner", "preposition", "coordinator", "subordinator", "maybe-subordinator",
    "subordinator-kept", "complement", "relative", "pronoun", "particle", "finite",
    "never-finite", "reported", "prefix", "infinitive-particle", "past", "before-time",
    "behind-time", "range-mark", "night-mark", "list-mark", "attribution", "past-or-participle",
    "norm", "infinitive-homograph", "genitive", "first-time",
)  # fmt: skip
# What a word of several classes counts as first; see layers/timeline/words.py for the codes.
_CODES = (
    ("determiner", "D"), ("relative", "D"), ("preposition", "R"), ("coordinator", "K"),
    ("pronoun", "p"), ("never-finite", "P"), ("past-or-participle", "E"), ("finite", "F"), ("past", "F"), ("particle", "x"),
    ("subordinator", "x"), ("maybe-subordinator", "x"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderWord:
    """A word or phrase that puts its clause before or after another one.

    words: its parts, in lower case. conjunction: it opens a clause with the verb last.
    past: it only orders clauses that tell of the past.
    reported: False if it means something else in reported speech ("danach" = demnach).
    never_before, never_after: words beside it that give it another meaning.
    """

    id: str
    words: tuple[str, ...]
    relation: Relation
    past: bool
    reported: bool
    never_before: frozenset[str]
    never_after: frozenset[str]

    @property
    def conjunction(self) -> bool:
        return self.relation.endswith("matrix")


@dataclass(frozen=True, slots=True)
class TimelineRules:
    """Everything the timeline layer takes from tables.

    classes: closed classes of words (see rules/de/timeline.toml).
    codes: the code of every word in a closed class.
    past, weak_endings, weak_except: finite forms that tell of the past; perfect: auxiliaries.
    order: order words by their first word, longer phrases first; openers: those of "zuerst".
    bounds: phrases before a time by their last word, with the side they mean.
    fillers: words that may stand between such a phrase and its time.
    disagree: relative pronouns with the openings of phrases they cannot refer to.
    asides: words by kind; shapes: what word forms look like.
    """

    classes: Mapping[str, frozenset[str]]
    codes: Mapping[str, str]
    past: frozenset[str]
    perfect: frozenset[str]
    weak_endings: tuple[str, ...]
    weak_except: frozenset[str]
    order: Mapping[str, tuple[OrderWord, ...]]
    openers: frozenset[str]
    bounds: Mapping[str, Side]
    fillers: frozenset[str]
    disagree: Mapping[str, frozenset[str]]
    asides: Mapping[str, frozenset[str]]
    shapes: Mapping[str, re.Pattern[str]]
    rows: tuple[Mapping[str, Any], ...]


@cache
def load_timeline_rules(language: str = "de") -> TimelineRules:
    """The compiled table of a language; compiled once.

    Raises RuleTableError if the table is missing or a row does not fit.
    """
    rows = tuple(read_table("timeline", language)["row"])
    classes = {name: words_of("timeline", rows, name, kind="class") for name in CLASSES}
    past, perfect, weak = _tense_forms(language)
    classes["past"] = past = (past | classes["past"]) - classes["never-finite"]
    order = _order_words(rows)
    return TimelineRules(
        classes=classes,
        codes=_codes(classes),
        past=past,
        perfect=perfect,
        weak_endings=tuple(weak["endings"]),
        weak_except=frozenset(weak["except"].split()),
        order=order,
        openers=frozenset(
            first
            for first, words in order.items()
            if any(word.relation == "before-next" for word in words)
        ),
        bounds=dict(_bounds(rows)),
        fillers=frozenset(
            word for row in rows_of(rows, "bound") for word in row.get("fillers", "").split()
        ),
        disagree={
            pronoun: frozenset(row["never"].split())
            for row in rows_of(rows, "agreement")
            for pronoun in row["words"].split()
        },
        asides={name: words_of("timeline", rows, name, kind="aside") for name in get_args(Aside)},
        shapes=shapes_of("timeline", rows, get_args(Shape)),
        rows=rows,
    )


def _codes(classes: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for name, code in _CODES:
        for word in classes[name]:
            codes.setdefault(word, code)
    return codes


def _tense_forms(
    language: str,
) -> tuple[frozenset[str], frozenset[str], Mapping[str, Any]]:
    forms: dict[str, set[str]] = {"past": set(), "perfect": set()}
    weak: Mapping[str, Any] = {}
    for row in read_table("tense", language)["row"]:
        if row["kind"] in forms:
            forms[row["kind"]].update(row["forms"].split())
        elif row["kind"] == "weak-past":
            weak = row
    return frozenset(forms["past"]), frozenset(forms["perfect"]), weak


def _order_words(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, tuple[OrderWord, ...]]:
    found: dict[str, list[OrderWord]] = {}
    for row in rows_of(rows, "order"):
        if row.get("relation") not in get_args(Relation):
            raise _row_error(row, "relation", get_args(Relation))
        for phrase in row["words"].split("|"):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append(
                OrderWord(
                    id=row["id"], words=words, relation=row["relation"],
                    past=row.get("past", False), reported=row.get("reported", True),
                    never_before=frozenset(row.get("never_before", "").split()),
                    never_after=frozenset(row.get("never_after", "").split()),
                )
            )  # fmt: skip
    return {
        first: tuple(sorted(words, key=lambda word: -len(word.words)))
        for first, words in found.items()
    }


def _bounds(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Side]]:
    for row in rows_of(rows, "bound"):
        if row.get("side") not in get_args(Side):
            raise _row_error(row, "side", get_args(Side))
        for word in row["words"].split():
            yield word, row["side"]


def _row_error(row: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> RuleTableError:
    return RuleTableError(
        f"timeline.toml, row {row['id']}: {name} {row.get(name)!r} is none of {choices}"
    )
