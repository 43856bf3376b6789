"""Compiles the table of status cues (rules/de/status.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beleg.records import StatusLabel
from beleg.rules.hearsay_rules import HearsayRules, load_hearsay_rules
from beleg.rules.tables import check_choices, read_table, rows_of, shapes_of, words_of
from beleg.rules.verb_forms import Shape, StrongForms, forms_of, split_verb, strong_verbs

Kind = Literal["verb", "phrase", "adverb", "adjective", "noun", "words", "modal", "class", "shape"]
Needs = Literal["", "predicate", "question", "content", "attribute", "state"]
ClassName = Literal[
    "holding",
    "term",
    "lasting",
    "negation",
    "only",
    "unreal",
    "copula",
    "question",
    "complement",
    "future",
    "infinitive",
    "degree",
    "subjunctive",
    "joining",
    "manner",
    "graded",
    "aim",
    "infinitive-mark",
    "passive-participle",
    "adjective-ending",
]
WordShape = Literal["infinitive", "strong-participle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCue:
    """What a row says of its words.

    label: None where only the negated words are a cue; negated: None where they are none.
    words: further words, in a row: behind the first one ("words"), or anywhere in the clause of
    a verb ("phrase"). particle: what a finite form leaves at the end of its clause.
    unless, only: words in lower case that stand in the clause. The rest: see the table.
    """

    id: str
    kind: Kind
    label: StatusLabel | None
    negated: StatusLabel | None
    words: tuple[str, ...] = ()
    particle: str = ""
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    needs: Needs = ""
    real: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class VerbCue:
    """One form of a verb; inflected: its participle as an attribute ("der bestätigte Fall")."""

    cue: StatusCue
    shape: Shape
    inflected: bool


@dataclass(frozen=True, slots=True)
class StatusRules:
    """The cues by form, in lower case.

    starts: adverbs, adjectives, modals and rows of words, by the first word, longest first.
    ending_letters: what inflected adjectives end with. shapes: patterns of whole words.
    nouns: cues by form; as ends of compounds down to `shortest` letters, at most `longest`.
    """

    verbs: Mapping[str, tuple[VerbCue, ...]]
    starts: Mapping[str, tuple[StatusCue, ...]]
    nouns: Mapping[str, StatusCue]
    shortest: int
    longest: int
    classes: Mapping[ClassName, frozenset[str]]
    shapes: Mapping[str, re.Pattern[str]]
    ending_letters: frozenset[str]
    hearsay: HearsayRules
    rows: tuple[Mapping[str, Any], ...]

    def noun(self, word: str) -> StatusCue | None:
        """The cue that a noun is, or that ends a compound."""
        for length in range(min(len(word), self.longest), self.shortest - 1, -1):
            cue = self.nouns.get(word[-length:])
            if cue is not None:
                return cue
        return None


@cache
def load_status_rules(language: str = "de") -> StatusRules:
    """The table, compiled once. Raises RuleTableError if a row does not fit."""
    rows = tuple(read_table("status", language)["row"])
    for row in rows:
        _check(row)
    classes = {name: words_of("status", rows, name) for name in get_args(ClassName)}
    endings = classes["adjective-ending"]
    nouns = {word: _cue(row) for row in rows_of(rows, "noun") for word in row["words"].split()}
    return StatusRules(
        verbs=_verbs(rows, endings, language),
        starts=_starts(rows, endings),
        nouns=nouns,
        shortest=min(map(len, nouns)),
        longest=max(map(len, nouns)),
        classes=classes,
        shapes=shapes_of("status", rows, get_args(WordShape)),
        ending_letters=frozenset(ending[-1] for ending in endings),
        hearsay=load_hearsay_rules(language),
        rows=rows,
    )


def _check(row: Mapping[str, Any]) -> None:
    """Raises RuleTableError if a field of the row has a value that means nothing."""
    labels = (*get_args(StatusLabel), "none")
    choices = [
        ("kind", row.get("kind"), get_args(Kind)),
        ("needs", row.get("needs", ""), get_args(Needs)),
    ]
    if row.get("kind") == "class":
        choices.append(("class", row.get("class"), get_args(ClassName)))
    elif row.get("kind") == "shape":
        choices.append(("class", row.get("class"), get_args(WordShape)))
    else:
        choices.append(("label", row.get("label"), labels))
        choices.append(("negated", row.get("negated", "none"), labels))
    check_choices("status", row, choices)


def _cue(row: Mapping[str, Any], words: Sequence[str] = (), particle: str = "") -> StatusCue:
    label, negated = row["label"], row.get("negated", "none")
    return StatusCue(
        id=row["id"],
        kind=row["kind"],
        label=None if label == "none" else label,
        negated=None if negated == "none" else negated,
        words=tuple(words),
        particle=particle,
        unless=tuple(row.get("unless", "").split()),
        only=tuple(row.get("only", "").split()),
        needs=row.get("needs", ""),
        real=row.get("real", False),
        now=row.get("now", False),
    )


def _starts(
    rows: Sequence[Mapping[str, Any]], endings: frozenset[str]
) -> dict[str, tuple[StatusCue, ...]]:
    found: dict[str, list[StatusCue]] = {}
    for row in rows_of(rows, "adverb", "modal"):
        for word in row["words"].split():
            found.setdefault(word, []).append(_cue(row))
    for row in rows_of(rows, "adjective"):
        bare = [] if row.get("needs") == "attribute" else [""]
        for word in row["words"].split():
            for ending in (*bare, *endings):
                found.setdefault(word + ending, []).append(_cue(row))
    for row in rows_of(rows, "words"):
        for phrase in row["words"].lower().split("|"):
            first, *rest = phrase.split()
            found.setdefault(first, []).append(_cue(row, rest))
    return {
        word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in found.items()
    }


def _verbs(
    rows: Sequence[Mapping[str, Any]], endings: frozenset[str], language: str
) -> dict[str, tuple[VerbCue, ...]]:
    strong = _strong(language)
    found: dict[str, list[VerbCue]] = {}
    for row in rows_of(rows, "verb", "phrase"):
        separator = " | " if row["kind"] == "phrase" else None
        for entry in " ".join(row["verbs"].split()).split(separator):
            *words, verb = entry.split()
            cue = _cue(row, [word.lower() for word in words], split_verb(verb)[0])
            for form, shape in forms_of(verb, strong).items():
                found.setdefault(form, []).append(VerbCue(cue, shape, False))
                if shape == "participle" or form == _bare_participle(verb, strong):
                    for ending in endings:
                        found.setdefault(form + ending, []).append(VerbCue(cue, "participle", True))
    return {form: tuple(sorted(cues, key=_weight)) for form, cues in found.items()}


def _bare_participle(verb: str, strong: Mapping[str, StrongForms]) -> str:
    """The participle of a verb without a particle where it equals a finite form ("bestätigt")."""
    base = split_verb(verb)[1].replace("=", "")
    known = strong.get(base)
    stem = base[:-2] if base.endswith("en") else base[:-1]
    return known.participle if known else stem + ("et" if stem.endswith(("t", "d")) else "t")


def _weight(form: VerbCue) -> tuple[int, bool, bool]:
    """Phrases before verbs with a particle before plain verbs; attributes last."""
    return -len(form.cue.words), not form.cue.particle, form.inflected


def _strong(language: str) -> dict[str, StrongForms]:
    rows = (row for row in read_table("quotes", language)["row"] if row["kind"] == "strong")
    return strong_verbs(" | ".join(row["forms"] for row in rows))
