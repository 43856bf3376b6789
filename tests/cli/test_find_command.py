"""`beleg find`, `beleg people` and `beleg history`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from beleg.cli.listing import words_of
from beleg.ledger.articles import ArticleEntry

pytestmark = pytest.mark.model

Run = Callable[..., Result]


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_articles_are_found_by_words_in_any_form(run: Run) -> None:
    (found,) = rows(run("find", "fähren", "--format", "json"))
    assert found["title"].startswith("Fähre läuft vor Grauwick auf Grund")
    assert run("find", "--format", "json", "--", "fähre", "-grauwick").stdout == ""


def test_the_table_speaks_german_or_english(run: Run) -> None:
    assert run("find").stdout.splitlines()[0].split() == ["Nr.", "Tag", "Stand", "Medium", "Titel"]
    english = run("find", "--ui", "en").stdout.splitlines()
    assert english[0].split() == ["no.", "day", "state", "outlet", "title"]
    assert english[2].split()[:3] == ["1", "2025-03-14", "new"]


def test_csv_has_every_field_of_every_article(run: Run) -> None:
    result = run("find", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8"), newline="")))
    assert [row["id"] for row in found] == ["2", "1"]
    assert set(found[0]) == {field.name for field in fields(ArticleEntry)}


def test_nothing_found_is_said_and_no_failure(run: Run) -> None:
    result = run("find", "nilpferd")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "beleg: nothing found\n")


def test_a_list_that_is_cut_says_so(run: Run) -> None:
    result = run("find", "--limit", "1")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == "beleg: only the first 1 are shown; more with --limit\n"
    assert run("find", "--limit", "2").stderr == ""


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--since", "2025-01-01"], [1]),
        (["--until", "31.12.2024"], [2]),
        (["--outlet", "Kein Blatt"], []),
    ],
)
def test_options_narrow_what_is_found(run: Run, options: list[str], ids: list[int]) -> None:
    assert [row["id"] for row in rows(run("find", "--format", "json", *options))] == ids


def test_quotations_of_a_person_are_found_by_name_and_by_number(run: Run) -> None:
    everybody = rows(run("find", "--quotes", "--format", "json", "--limit", "1000"))
    named = next(row for row in everybody if row["person"] and " " in row["speaker"])
    by_number = run("find", "--quotes", "--person", str(named["person"]), "--format", "json")
    assert named in rows(by_number)
    people = rows(run("people", "find", "--format", "json", "--limit", "1000"))
    name = next(one["name"] for one in people if one["id"] == named["person"])
    by_name = run("find", "--quotes", "--person", name, "--format", "json")
    assert by_name.stdout == by_number.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["find", "--person", "Niemand Nirgends"], "nobody of that name"),
        (["find", "--person", "99999"], "not in the ledger"),
        (["find", "…"], "no word to look for"),
        (["people", "merge", "1", "99999"], "not in the ledger"),
        (["people", "undo", "1"], "not merged"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run: Run, arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_people_are_found_merged_and_parted_again(run: Run) -> None:
    first, second = rows(run("people", "find", "--format", "json"))[:2]
    one, other = str(first["id"]), str(second["id"])
    assert run("people", "merge", one, other, "--why", "Dieselbe", "--who", "bernd").exit_code == 0
    assert first["id"] not in [p["id"] for p in rows(run("people", "find", "--format", "json"))]
    (last,) = rows(run("history", "--limit", "1", "--format", "json"))
    assert (last["who"], last["why"], last["action"]) == ("bernd", "Dieselbe", "merge")
    assert run("people", "undo", one).exit_code == 0
    assert rows(run("people", "find", "--format", "json"))[:2] == [
        {**first, "rev": first["rev"] + 2},
        second,
    ]


def test_a_name_that_several_have_asks_for_the_number(run: Run, tmp_path: Path) -> None:
    shared = "Holmquist"
    other = tmp_path / "other.txt"
    other.write_text(
        f"Die Stadt wird den Hafen bauen, sagte Rudolf {shared} am Montag. Das werde teuer, sagte er.",
        encoding="utf-8",
    )
    assert run("add", str(other)).exit_code == 0
    result = run("find", "--person", shared)
    assert result.exit_code == 1
    assert "several are called so" in result.stderr
    assert "Give the number" in result.stderr


def test_people_take_words_only(run: Run) -> None:
    assert run("find", "--people", "anna", "--since", "2024-01-01").exit_code == 2
    found = run("find", "--people", "--limit", "2", "--format", "json")
    assert found.stdout == run("people", "find", "--limit", "2", "--format", "json").stdout


def test_history_of_an_article_names_who_added_it(run: Run) -> None:
    found = rows(run("history", "1", "--format", "json"))
    assert ("anna", "add", 1) in [(one["who"], one["action"], one["article"]) for one in found]
    assert {one["article"] for one in found} == {1}


def test_both_languages_have_the_same_words() -> None:
    assert words_of("de").keys == words_of("en").keys
