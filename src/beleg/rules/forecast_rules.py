"""Compiles the tables of the forecasts layer: `forecasts.toml` and `certainty.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from beleg.errors import RuleTableError
from beleg.records import ForecastKind
from beleg.rules.hearsay_rules import HearsayRules, load_hearsay_rules
from beleg.rules.tables import read_table, rows_of, shapes_of, words_of
from beleg.rules.timeline_rules import TimelineRules, load_timeline_rules
from beleg.rules.verb_forms import StrongForms, forms_of, split_verb, strong_verbs

Scale = Literal["ipcc-de", "icd-203"]
Needs = Literal["infinitive", "marked-infinitive"]
CLASSES = (
    "act", "process", "impersonal", "present-adverb", "first-person", "future-adverb", "supposition", "state", "perfect", "no-infinitive",
    "demand", "condition", "condition-verb", "condition-phrase", "otherwise", "until", "from",
    "no-anchor", "attribution", "break", "not-verb", "becoming", "becoming-subjunctive", "would",
    "being", "shall", "that", "purpose", "comparison", "past-auxiliary", "participle-auxiliary",
    "object-opener", "negation", "it", "newcomer", "habit", "condition-if-unreal", "quantity", "wanting",
    "weary", "wish", "unspecific", "idle", "unreal-past", "before", "self", "belief", "correlate", "reflexive", "anyone", "saying", "had", "expectedly", "henceforth", "scheduled", "upcoming", "cancelled", "where", "adverb-joiner", "wanted-of", "accusing", "pending", "in-time", "accusative", "subject-pronoun", "being-subjunctive", "rather", "concession", "then", "condition-sure", "through", "onward", "able", "possible", "harm", "as-of", "some",
)  # fmt: skip
Shape = Literal[
    "infinitive", "marked-infinitive", "never-infinitive", "participle", "finite",
    "participle-like-infinitive", "participle-attribute", "en-form", "ten-form", "office", "superlative",
]  # fmt: skip
_PHRASES = (
    "condition-phrase",
    "condition-if-unreal",
)  # classes whose words are phrases between "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """A finite verb that makes a forecast together with an infinitive.

    kind: None where the layer tells it from the rest of the clause.
    relative: counts in a relative clause only with a time after publication, if "timed".
    timed: counts only with such a time anywhere. indirect: counts in indirect speech.
    framed: counts only behind a verb that announces, expects or warns, or with such a time.
    dated: the time must lie after the day of publication.
    state: "timed" if with "sein", "haben" it needs such a time, "supposition" if it only does
        beside a word that supposes. past: counts in a sentence that tells of the past.
    """

    id: str
    kind: ForecastKind | None
    needs: Needs
    relative: Literal["yes", "timed"]
    timed: bool
    indirect: bool
    framed: bool
    dated: bool
    state: Literal["timed", "supposition"] | None
    past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A word that makes a forecast beside one of the finite forms `beside`, never with `never`.

    place: where in its clause it stands: the finite verb itself, last, or anywhere.
    """

    id: str
    kind: ForecastKind
    place: Literal["finite", "last", "any"]
    beside: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Governing:
    """A verb or noun whose complement is forecast.

    particle: the particle of a separable verb, where the form lacks it, else "".
    past: it still forecasts in the preterite. object: its noun phrase is forecast as well;
    a word: only behind this preposition. infinitive: so is an infinitive with zu. dynamic: not
    if the complement tells of a state. timed: only if it has a time after publication.
    reflexive: only beside the reflexive pronoun. whole: with its subject where it has an object.
    """

    id: str
    kind: ForecastKind
    particle: str
    past: bool
    object: bool | str
    infinitive: bool
    dynamic: bool
    timed: bool
    reflexive: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class ForecastRules:
    """Everything the forecasts layer takes from tables.

    cues: the words in lower case without which, and without a noun of `nouns` or a time, a
    sentence has no forecast. modals, partners, governing: by the word in lower case; nouns: by the word as written.
    hearsay: tells a reporting "soll" from a plan.
    classes: closed classes of words; shapes: what word forms look like; timeline: the word
    classes of that table; scales: per scale the pattern of its words and their ranges.
    """

    cues: frozenset[str]
    modals: Mapping[str, Modal]
    partners: Mapping[str, Partner]
    governing: Mapping[str, Sequence[Governing]]
    nouns: Mapping[str, Governing]
    classes: Mapping[str, frozenset[str]]
    shapes: Mapping[str, re.Pattern[str]]
    condition_phrase: re.Pattern[str]
    timeline: TimelineRules
    hearsay: HearsayRules
    scales: Mapping[str, tuple[re.Pattern[str], Mapping[str, tuple[float, float]]]]
    rows: tuple[Mapping[str, Any], ...]


@cache
def load_forecast_rules(language: str = "de") -> ForecastRules:
    """The compiled tables of a language; compiled once.

    Raises RuleTableError if a table is missing or a row does not fit.
    """
    rows = tuple(read_table("forecasts", language)["row"])
    for row in rows:
        _check(row)
    classes = {
        name: words_of("forecasts", rows, name, separator="|" if name in _PHRASES else None)
        for name in CLASSES
    }
    modals = {word: _modal(row) for row in rows_of(rows, "modal") for word in row["words"].split()}
    partners, governing = _partners(rows), _governing(rows, language, classes["reflexive"])
    others = (
        classes["expectedly"]
        | classes["henceforth"]
        | classes["otherwise"]
        | classes["condition-sure"]
    )
    return ForecastRules(
        cues=frozenset(modals) | frozenset(partners) | frozenset(governing) | others,
        modals=modals,
        partners=partners,
        governing=governing,
        nouns={
            word: _governs(row, "")
            for row in rows_of(rows, "noun")
            for word in row["words"].split()
        },
        classes=classes,
        shapes=shapes_of("forecasts", rows, get_args(Shape)),
        condition_phrase=_phrases(classes["condition-phrase"]),
        timeline=load_timeline_rules(language),
        hearsay=load_hearsay_rules(language),
        scales=_scales(read_table("certainty", language)["row"]),
        rows=rows,
    )


def _check(row: Mapping[str, Any]) -> None:
    kinds = ("modal", "partner", "governing", "noun", "class", "shape")
    if row.get("kind") not in kinds:
        raise RuleTableError(f"forecasts.toml: {row['id']}: kind is none of {kinds}")
    if row["kind"] == "class":
        if row.get("class") not in CLASSES:
            raise RuleTableError(f"forecasts.toml: {row['id']}: class is none of {CLASSES}")
        return
    if row["kind"] == "shape":
        return
    choices = (*get_args(ForecastKind), "auto")
    if row.get("as") not in choices:
        raise RuleTableError(f"forecasts.toml: {row['id']}: as is none of {choices}")
    if row["kind"] == "modal" and row.get("needs") not in get_args(Needs):
        raise RuleTableError(f"forecasts.toml: {row['id']}: needs is none of {get_args(Needs)}")


def _modal(row: Mapping[str, Any]) -> Modal:
    return Modal(
        id=row["id"],
        kind=None if row["as"] == "auto" else row["as"],
        needs=row["needs"],
        relative=row.get("relative", "yes"),
        timed=row.get("timed", False),
        indirect=row.get("indirect") != "no",
        framed=row.get("framed", False),
        dated=row.get("dated", False),
        state=row.get("state"),
        past=row.get("past") != "no",
    )


def _partners(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Partner]:
    return {
        word: Partner(
            id=row["id"],
            kind=row["as"],
            place=row["place"],
            beside=frozenset(row.get("with", "").split()),
            never=frozenset(row.get("never", "").split()),
        )
        for row in rows_of(rows, "partner")
        for word in row["words"].split()
    }


def _governing(
    rows: Sequence[Mapping[str, Any]], language: str, pronouns: frozenset[str]
) -> Mapping[str, Sequence[Governing]]:
    """By form; pronouns: those that the table writes before a reflexive verb."""
    strong = strong_verbs(
        " | ".join(
            row["forms"] for row in read_table("quotes", language)["row"] if row["kind"] == "strong"
        )
    )
    found: dict[str, list[Governing]] = {}
    for row in rows_of(rows, "governing"):
        for word in row.get("words", "").split():
            found.setdefault(word, []).append(_governs(row, ""))
        for verb in row["verbs"].split():
            for form, particle in _forms(verb.rpartition("_")[2], strong):
                reflexive = verb.partition("_")[0] in pronouns
                found.setdefault(form, []).append(_governs(row, particle, reflexive=reflexive))
    return found


def _forms(verb: str, strong: Mapping[str, StrongForms]) -> Iterator[tuple[str, str]]:
    """Each form, with the particle that stands apart from it."""
    particle, _ = split_verb(verb)
    for form, shape in forms_of(verb, strong).items():
        yield form, particle if shape == "finite" else ""


def _governs(row: Mapping[str, Any], particle: str, *, reflexive: bool = False) -> Governing:
    return Governing(
        id=row["id"],
        kind=row["as"],
        particle=particle,
        past=row.get("past", True),
        object=row.get("object", False),
        infinitive=row.get("infinitive", True),
        dynamic=row.get("dynamic", False),
        timed=row.get("timed", False),
        reflexive=reflexive,
        whole=row.get("whole", False),
    )


def _phrases(phrases: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    alternatives = "|".join(re.escape(p).replace(r"\ ", r"\s") for p in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _scales(
    rows: Sequence[Mapping[str, Any]],
) -> Mapping[str, tuple[re.Pattern[str], Mapping[str, tuple[float, float]]]]:
    ranges: dict[str, dict[str, tuple[float, float]]] = {name: {} for name in get_args(Scale)}
    for row in rows:
        if row["scale"] not in ranges:
            raise RuleTableError(f"certainty.toml: {row['id']}: there is no such scale")
        if not 0 <= row["low"] < row["high"] <= 1:
            raise RuleTableError(f"certainty.toml: {row['id']}: low and high are no range")
        for phrase in row["words"].split("|"):
            ranges[row["scale"]][phrase] = (row["low"], row["high"])
    return {name: (_phrases(frozenset(words)), words) for name, words in ranges.items()}
