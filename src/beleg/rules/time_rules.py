"""Compiles the tables of the times layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from beleg.rules import number_words
from beleg.rules.lexicon import Lexicon
from beleg.rules.matcher import Matcher
from beleg.rules.tables import read_table

_MOST_LASTING = 100  # "hundertjährig"; larger numbers are written in digits


@dataclass(frozen=True, slots=True)
class TenseTable:
    """Verb forms by what they tell; see rules/de/tense.toml."""

    forms: Mapping[str, frozenset[str]]
    weak_endings: tuple[str, ...]
    weak_except: frozenset[str]
    weak_except_endings: tuple[str, ...]
    participle: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TimeRules:
    """Everything the times layer takes from tables.

    cues: (cue, where) → words. lists: words that join a list, and small words inside it.
    determiners: the articles, which tell adjectives from verbs.
    """

    lexicon: Lexicon
    matcher: Matcher
    tense: TenseTable
    cues: Mapping[tuple[str, str], frozenset[str]]
    lists: Mapping[str, frozenset[str]]
    rows: tuple[Mapping[str, Any], ...]
    determiners: frozenset[str]


def load_time_rules(language: str = "de") -> TimeRules:
    """The compiled tables of a language; compiled once."""
    return _compiled(language)


# Not on load_time_rules itself: its cache would tell load_time_rules() from load_time_rules("de").
@cache
def _compiled(language: str) -> TimeRules:
    lexicon = load_lexicon(language)
    table = read_table("times", language)
    cues = {
        (row["cue"], row["where"]): frozenset(row["words"].split())
        for row in read_table("time-context", language)["row"]
    }
    rows = tuple(
        {**row, "not_in_name": cues["opening", "name"]} if row.get("not_in_name") else row
        for row in (*read_table("holidays", language)["row"], *table["row"])
    )
    return TimeRules(
        lexicon=lexicon,
        matcher=Matcher(rows, lexicon, table["macros"]),
        tense=_tense(language),
        cues=cues,
        lists={name: frozenset(words.split()) for name, words in table["lists"].items()},
        rows=rows,
        determiners=frozenset(lexicon.words("det")),
    )


def load_lexicon(language: str = "de") -> Lexicon:
    """The word classes of the table, with number words and compounds composed."""
    lexicon = Lexicon(read_table("time-words", language)["row"])
    parts = read_table("number-words", language)["row"][0]
    numbers = dict(number_words.cardinals(parts))
    for word, number in numbers.items():
        lexicon.add(word, "num", number)
        if number <= 24:
            lexicon.add(word, "hourword", number)
    lexicon.add(parts["words"]["one"], "hourword", 1)
    for stem, number in number_words.ordinals(parts):
        for ending in parts["declined"].split():
            lexicon.add(stem + ending, "ord", number)
    _add_compounds(lexicon, read_table("time-compounds", language), numbers)
    return lexicon


def _add_compounds(lexicon: Lexicon, table: Mapping[str, Any], numbers: Mapping[str, int]) -> None:
    for row in table["row"]:
        match row["compose"]:
            case "weekday+daypart":
                for day, number in lexicon.words("weekday").items():
                    for part, words in row["forms"].items():
                        for word in words.split():
                            lexicon.add(day + word, "wddaypart", f"{number}-{part}")
            case "number+lasting":
                _add_lasting(lexicon, row, numbers)
            case "plural":
                for unit, words in row["forms"].items():
                    for word in words.split():
                        lexicon.add(word, "units", unit)


def _add_lasting(lexicon: Lexicon, row: Mapping[str, Any], numbers: Mapping[str, int]) -> None:
    """ "dreitägig" with its value; "tägig" alone for "3-tägig". Lower case: not "ein 20-Jähriger"."""
    small = {word: number for word, number in numbers.items() if number <= _MOST_LASTING}
    small[row["one"]] = 1
    for unit, stem in row["forms"].items():
        for ending in (*row["declined"].split(), ""):
            lexicon.add(stem + ending, row["unit_class"], unit, "lower")
            for word, number in small.items():
                value = row["values"][unit].replace("n", str(number))
                lexicon.add(word + stem + ending, row["class"], value, "lower")


def _tense(language: str) -> TenseTable:
    forms: dict[str, set[str]] = {}
    weak: Mapping[str, Any] = {}
    participle: Mapping[str, Any] = {}
    for row in read_table("tense", language)["row"]:
        match row["kind"]:
            case "weak-past":
                weak = row
            case "participle":
                participle = {
                    "prefixes": tuple(row["prefixes"]),
                    "endings": tuple(row["endings"]),
                    "also": tuple(row["also"]),
                    "planned": frozenset(row["planned"].split()),
                    "states": frozenset(row["states"].split()),
                    "except": frozenset(row["except"].split()),
                    "passive": frozenset(row["passive"].split()),
                }
            case kind:
                forms.setdefault(kind, set()).update(row["forms"].split())
    return TenseTable(
        forms={kind: frozenset(words) for kind, words in forms.items()},
        weak_endings=tuple(weak["endings"]),
        weak_except=frozenset(weak["except"].split()),
        weak_except_endings=tuple(weak["except_endings"]),
        participle=participle,
    )
