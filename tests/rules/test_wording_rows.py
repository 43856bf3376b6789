"""Every row of the wording tables keeps its examples, and the tables do not contradict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import pytest

from beleg.errors import RuleTableError
from beleg.layers.wording import find_wording
from beleg.rules import wording_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.tables import read_table
from beleg.rules.wording_forms import adjective_forms, folded, noun_forms, verb_forms
from beleg.rules.wording_rules import TABLES, ClosedClass, WordingRules, load_wording_rules
from beleg.text import segment
from beleg.text.marks import find_marked

RULES = load_wording_rules()
ROWS = [row for table in TABLES for row in read_table(table)["row"] if row["class"] != "strong"]
PHRASES = {"extreme"}  # first words of phrases that are excepted
CLOSED = get_args(ClosedClass)
JUDGING = ("loaded", "hedge", "intensifier")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_keeps_its_examples(row: Mapping[str, Any]) -> None:
    assert row["yes"] or (row["kind"], row["class"]) == ("except", "phrase")
    assert row["no"]
    for marked in row["yes"]:
        text = re.sub(r"[\[\]]", "", marked)
        assert re.findall(r"\[(.*?)\]", marked) == _found(row["kind"], text), marked
    for text in row["no"]:
        assert not _found(row["kind"], text), text


def _found(kind: str, text: str, rules: WordingRules = RULES) -> list[str]:
    words = re.findall(r"\w+", text)
    if kind == "distance":
        return [word for word in words if folded(word) in RULES.classes["distance"]]
    if kind == "except" and not PHRASES.intersection(words):
        entries = [(word, RULES.word(word, folded(word))) for word in words]
        return [word for word, entry in entries if entry and entry.kind == "except"]
    sentences = segment(text, segmentation_table())
    found = find_wording(sentences, (), find_marked(text, sentences), rules=rules)
    kinds = ("loaded",) if kind in CLOSED else (kind,)
    return [text[slice(*w.span)] for w in found if w.kind in kinds or kind == "except"]


@pytest.mark.parametrize("name", ["after-clause", "noun-maker", "joint"])
def test_a_class_matters_to_its_own_examples(name: ClosedClass) -> None:
    (row,) = (row for row in ROWS if row["kind"] == name)
    without = replace(RULES, classes={**RULES.classes, name: frozenset()})
    texts = [re.sub(r"[\[\]]", "", text) for text in row["yes"] + row["no"]]
    assert any(_found(name, text) != _found(name, text, without) for text in texts)


def test_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_no_word_stands_in_two_kinds_of_judging() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in ROWS:
        for word in row["words"].split("|" if row["class"] == "phrase" else None):
            if row["kind"] in JUDGING:
                key = ("noun" if word[0].isupper() else "other", word.strip())
                assert seen.setdefault(key, row["kind"]) == row["kind"], word


def test_every_word_of_the_tables_is_found_or_excepted() -> None:
    for row in ROWS:
        if row["class"] in ("adjective", "adverb", "noun", "compound") and row["kind"] in JUDGING:
            for word in row["words"].split():
                known = RULES.high if row["class"] in ("noun", "compound") else RULES.low
                bare = word.strip("*=")
                if word.endswith("+"):
                    bare = bare.removesuffix("+").removesuffix("e") + "en"
                before = "macht" if word.startswith("*") else ""
                assert known.find(folded(before + bare)), word


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("absurd", "absurdesten"),
        ("dumm", "dümmer"),
        ("edel", "edlen"),
        ("teuer", "teures"),
        ("finster", "finstere"),
        ("feige", "feiger"),
        ("satt+", "satte"),
    ],
)
def test_adjectives_are_inflected(word: str, form: str) -> None:
    assert form in set(adjective_forms(word))


def test_an_adjective_may_want_an_ending() -> None:
    assert "satt" not in set(adjective_forms("satt+"))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("luftschloss", "luftschlösser"),
        ("posse", "possen"),
        ("zugeständnis", "zugeständnisse"),
        ("schwätzer", "schwätzerinnen"),
        ("gerede", "geredes"),
        ("irrtum", "irrtümer"),
        ("traum", "träume"),
        ("hohn=", "hohns"),
    ],
)
def test_nouns_are_inflected(word: str, form: str) -> None:
    assert form in set(noun_forms(word))


def test_a_separable_verb_stands_together_or_apart() -> None:
    alone, parted = verb_forms("ein|knicken", {})
    assert {"einknicken", "einknickt", "einzuknicken", "eingeknickten", "einknickend"} <= alone
    assert {"knickt", "knickte", "knickten"} <= parted
    assert "knickt" not in alone


@pytest.mark.parametrize("field", ["kind", "class"])
def test_a_row_of_an_unknown_kind_or_class_is_refused(
    monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    load_wording_rules.cache_clear()
    row = {"id": "de.wording.wrong", "source": "none", "kind": "loaded", "class": "noun"}
    _replace_tables(monkeypatch, row | {field: "gossip", "words": "x"})
    with pytest.raises(RuleTableError, match=r"de\.wording\.wrong.*gossip"):
        load_wording_rules()
    load_wording_rules.cache_clear()


@pytest.mark.parametrize("phrase", ["allein", "auf* dem Weg", "a _ b"])
def test_a_phrase_that_does_not_begin_with_two_words_is_refused(
    monkeypatch: pytest.MonkeyPatch, phrase: str
) -> None:
    load_wording_rules.cache_clear()
    row = {"id": "de.wording.wrong", "source": "none", "kind": "loaded", "class": "phrase"}
    _replace_tables(monkeypatch, row | {"words": phrase})
    with pytest.raises(RuleTableError, match="two plain words"):
        load_wording_rules()
    load_wording_rules.cache_clear()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Im Vorstand sollen Köpfe bald rollen.", ["Köpfe"]),
        ("Jetzt müssen alle Farbe bekennen.", ["Farbe bekennen"]),
        ("Die Farbe an der Wand trocknet.", []),
    ],
)
def test_one_word_is_a_phrase_with_its_verb_only(text: str, found: list[str]) -> None:
    assert _found("loaded", text) == found


def test_tables_without_a_closed_class_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_wording_rules.cache_clear()
    row = {"id": "de.wording.ok", "source": "none", "kind": "loaded", "class": "noun"}
    _replace_tables(monkeypatch, row | {"words": "x"})
    with pytest.raises(RuleTableError, match="'distance'"):
        load_wording_rules()
    load_wording_rules.cache_clear()


def _replace_tables(monkeypatch: pytest.MonkeyPatch, row: Mapping[str, Any]) -> None:
    monkeypatch.setattr(
        wording_rules,
        "read_table",
        lambda name, language: {"row": [row]} if "wording" in name else read_table(name, language),
    )
