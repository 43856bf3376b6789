"""Compiles the table of words that report (rules/de/quotes.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from beleg.rules.tables import check_choices, read_table, rows_of, words_of
from beleg.rules.verb_forms import (
    Shape,
    StrongForms,
    forms_of,
    split_verb,
    strong_verbs,
    subjunctive_of,
)

Takes = Literal["clause", "infinitive", "direct", "label", "object", "quoted", "inserted"]
Medium = Literal["speech", "thought", "writing", "SW", "ST", "TW"]
CLASSES = (
    "subjunctive", "subjunctive-second", "determiner", "oblique", "genitive", "pronoun",
    "preposition", "attributive", "adverb", "correlate", "conjunction", "question",
    "subordinator", "relative", "coordinator", "auxiliary", "passive", "modal", "hearsay",
    "perfect-infinitive", "object-pronoun", "nominative", "sentence-pronoun", "name-particle",
    "adverb-ending", "plural-ending", "first-person", "prefix", "verb-prefix",
    "manner-ending", "never-finite", "victim", "agent",
    "place-named", "addressee-mark", "dative", "label-mark", "specific", "source-ending",
    "infinitive-mark", "passive-participle", "qualifier", "modality-verb", "behind-measure",
    "attribute-ending", "oblique-ending", "weak-past-ending", "superlative-ending",
    "so-called", "impersonal", "not-holding", "as", "plural-article",
)  # fmt: skip
_FUNCTION_WORDS = (
    "determiner", "oblique", "genitive", "pronoun", "preposition", "attributive", "adverb",
    "conjunction", "question", "subordinator", "relative", "coordinator", "auxiliary", "modal",
)  # fmt: skip
ATTRIBUTIONS = (
    "before",
    "before-if-source",
    "after",
    "after-if-source",
    "consequence",
    "relative",
    "so",
)
_LONGEST_PARTICLE = 12  # letters of a particle with the mark behind it
_LONGEST_WEISE = 8  # letters of "beweise", "ausweise"
_KINDS = ("verb", "phrase", "noun", "source", "attribution", "strong", "subjunctive", "class")


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingVerb:
    """A verb or a phrase around one, with what it governs.

    particle: what a finite main-clause form leaves at the end of its clause, or "".
    words: the other words of a phrase, lower case, in order.
    """

    id: str
    verb: str
    medium: Medium
    takes: frozenset[Takes]
    particle: str
    words: tuple[str, ...]


class VerbForm(NamedTuple):
    """One form of a verb that reports."""

    verb: SayingVerb
    shape: Shape


@dataclass(frozen=True, slots=True)
class QuoteRules:
    """Everything the rules of the quotation layer take from tables.

    forms: the verbs that a word form can belong to; phrases first, as they say more.
    nouns, sources: medium by noun; sources make "nach" an attribution.
    attributions: medium by word, for each class of attribution.
    subjunctive: forms that are Konjunktiv I; classes["subjunctive-second"] has Konjunktiv II.
    endings: the classes that are ends of words, as `str.endswith` takes them.
    function_words: articles, prepositions and the like, which a capital does not make nouns.
    finite: forms that are finite for sure or nearly so; never_finite: words on -t that are none.
    """

    forms: Mapping[str, tuple[VerbForm, ...]]
    nouns: Mapping[str, Medium]
    sources: Mapping[str, Medium]
    attributions: Mapping[str, Mapping[str, Medium]]
    subjunctive: frozenset[str]
    finite: frozenset[str]
    never_finite: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[str, ...]]
    function_words: frozenset[str]
    rows: tuple[Mapping[str, Any], ...]

    def has_mark(self, word: str) -> bool:
        """Whether "zu" stands in the word, as it does in infinitives of separable verbs."""
        return any(mark in word for mark in self.classes["infinitive-mark"])

    def is_marked(self, word: str) -> bool:
        """Whether the word is an infinitive with "zu" behind its particle ("anzugeben")."""
        if not word.endswith("n"):
            return False
        near = word[: min(len(word) - 3, _LONGEST_PARTICLE)]
        return any(
            near[: found.start()] in self.classes["prefix"]
            for mark in self.classes["infinitive-mark"]
            for found in re.finditer(f"(?={mark})", near)
        )


@cache
def load_quote_rules(language: str = "de") -> QuoteRules:
    """The compiled table of a language; compiled once.

    Raises RuleTableError if the table is missing or a row does not fit.
    """
    rows = tuple(read_table("quotes", language)["row"])
    for row in rows:
        _check(row)
    strong = strong_verbs(" | ".join(row["forms"] for row in rows_of(rows, "strong")))
    classes = {name: words_of("quotes", rows, name) for name in CLASSES}
    forms = _verb_forms(rows, strong)
    subjunctive = classes["subjunctive"] | _subjunctives(rows, strong)
    return QuoteRules(
        forms=forms,
        nouns=_media(rows_of(rows, "noun")),
        sources=_media(rows_of(rows, "source")),
        attributions={
            name: _media(row for row in rows_of(rows, "attribution") if row["class"] == name)
            for name in ATTRIBUTIONS
        },
        subjunctive=subjunctive,
        finite=_finite(language, strong, classes, forms) | subjunctive,
        never_finite=frozenset(
            word
            for row in rows_of(read_table("tense", language)["row"], "no-verb")
            for word in row["forms"].split()
        ),
        classes=classes,
        endings={
            name: tuple(sorted(classes[name])) for name in CLASSES if name.endswith("-ending")
        },
        function_words=frozenset().union(*(classes[name] for name in _FUNCTION_WORDS)),
        rows=rows,
    )


def _check(row: Mapping[str, Any]) -> None:
    """Raises RuleTableError if a field of the row has a value that means nothing."""
    choices: list[tuple[str, Any, Sequence[str]]] = [("kind", row.get("kind"), _KINDS)]
    if row.get("kind") == "class":
        choices.append(("class", row.get("class"), CLASSES))
    elif row.get("kind") == "attribution":
        choices.append(("class", row.get("class"), ATTRIBUTIONS))
    if "medium" in row or row.get("kind") in ("verb", "phrase", "noun", "source", "attribution"):
        choices.append(("medium", row.get("medium"), get_args(Medium)))
    if row.get("kind") in ("verb", "phrase"):
        choices.extend(("takes", part, get_args(Takes)) for part in row.get("takes", "").split())
    check_choices("quotes", row, choices)


def _media(rows: Iterator[Mapping[str, Any]]) -> dict[str, Medium]:
    return {word: row["medium"] for row in rows for word in row["words"].split()}


def _verb_forms(
    rows: Sequence[Mapping[str, Any]], strong: Mapping[str, StrongForms]
) -> dict[str, tuple[VerbForm, ...]]:
    verbs: dict[tuple[str, tuple[str, ...]], SayingVerb] = {}
    for row in rows:
        if row["kind"] not in ("verb", "phrase"):
            continue
        # " | " stands between phrases, "|" in a verb.
        phrases = " ".join(row["verbs"].split()).split(" | " if row["kind"] == "phrase" else None)
        for phrase in phrases:
            *words, verb = phrase.split() if row["kind"] == "phrase" else (phrase,)
            key = (verb, tuple(words))
            before = verbs.get(key)
            verbs[key] = SayingVerb(
                id=before.id if before else row["id"],
                verb=verb,
                medium=before.medium if before else row["medium"],
                takes=frozenset(row["takes"].split()) | (before.takes if before else frozenset()),
                particle=split_verb(verb)[0],
                words=tuple(words),
            )
    found: dict[str, list[VerbForm]] = {}
    for verb_entry in verbs.values():
        for form, shape in forms_of(verb_entry.verb, strong).items():
            found.setdefault(form, []).append(VerbForm(verb_entry, shape))
    return {form: tuple(sorted(entries, key=_weight)) for form, entries in found.items()}


def _weight(form: VerbForm) -> tuple[int, bool]:
    """Phrases before verbs with a particle before plain verbs."""
    return -len(form.verb.words), not form.verb.particle


def _subjunctives(
    rows: Sequence[Mapping[str, Any]], strong: Mapping[str, StrongForms]
) -> frozenset[str]:
    verbs = {verb for row in rows_of(rows, "subjunctive") for verb in row["verbs"].split()}
    stems = {subjunctive_of(verb) for verb in (verbs | strong.keys())}
    prefixes = words_of("quotes", rows, "prefix") | words_of("quotes", rows, "verb-prefix")
    prefixed = {prefix + subjunctive_of(verb) for prefix in prefixes for verb in strong}
    never = {word for row in rows_of(rows, "subjunctive") for word in row.get("never", "").split()}
    endings = tuple(words_of("quotes", rows, "manner-ending"))
    # "teilweise", "ausnahmsweise" are no verbs.
    adverbs = {form for form in prefixed if form.endswith(endings) and len(form) > _LONGEST_WEISE}
    return frozenset((stems | prefixed) - never - adverbs - words_of("quotes", rows, "determiner"))


def _finite(
    language: str,
    strong: Mapping[str, StrongForms],
    classes: Mapping[str, frozenset[str]],
    forms: Mapping[str, tuple[VerbForm, ...]],
) -> frozenset[str]:
    found = set(classes["modal"] | classes["auxiliary"] | classes["subjunctive-second"])
    for row in read_table("tense", language)["row"]:
        if row["kind"] in ("past", "present", "future"):
            found.update(row["forms"].split())
    for verb in strong.values():
        found.update(verb.finite)
    found.update(
        form
        for form, entries in forms.items()
        if any(entry.shape in ("finite", "joined") for entry in entries)
    )
    return frozenset(found - classes["never-finite"])
