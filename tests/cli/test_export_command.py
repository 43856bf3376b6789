"""`beleg export`, `import`, `backup`, `restore` and `training-data`."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from beleg.ledger.corrections import correct, effective
from beleg.ledger.store import open_ledger
from beleg.records import Analysis

pytestmark = pytest.mark.model

Run = Callable[..., Result]


@pytest.fixture
def corrected(run: Run) -> Run:
    """In article 1, the first quotation was thought, not said."""
    ledger = open_ledger("ledger.db")
    with ledger.change(who="bernd") as change:
        quote = effective(change.db, 1).analysis.to_dict()["quotes"][0]
        after = {**quote, "medium": "thought"}
        correct(change, 1, layer="quotes", action="correct", before=quote, after=after, rev=None)
    ledger.close()
    return run


def test_an_export_has_the_corrections(corrected: Run) -> None:
    analysis = Analysis.from_json(corrected("export", "1", "--as", "json").stdout)
    assert [quote.medium for quote in analysis.quotes][:2] == ["thought", "speech"]
    untouched = Analysis.from_json(corrected("export", "2", "--as", "json").stdout)
    assert "thought" not in [quote.medium for quote in untouched.quotes]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", b"<!DOCTYPE"),
        ("r.json", b'{\n  "schema": 1'),
        ("r.csv", b"article,"),
        ("r.jsonld", b'{\n  "@context"'),
        ("r.tml", b"<?xml"),
        ("r.argdown", b"==="),
        ("r.zip", b"PK"),
        ("r.txt", "Fähre".encode()),
    ],
)
def test_the_ending_of_the_output_names_the_format(run: Run, name: str, begins: bytes) -> None:
    assert run("export", "1", "-o", name).exit_code == 0
    assert Path(name).read_bytes().lstrip().startswith(begins)


def test_a_folder_gets_a_file_named_after_the_article_or_all_tables(run: Run) -> None:
    assert run("export", "2", "--as", "csv", "-o", "out/").exit_code == 0
    assert len(list(Path("out").glob("article-2.*.csv"))) == 8
    assert run("export", "2", "--as", "parquet", "-o", "tables").exit_code == 0
    assert list(Path("tables").glob("*.parquet"))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["1", "--all"],
        ["--all"],
        ["--all", "-o", "x.zip", "--as", "json"],
        ["1", "--as", "cas"],
        ["1", "--as", "json", "--table", "quotes"],
        ["eins"],
    ],
)
def test_misuse_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run("export", *arguments).exit_code == 2


def test_an_unknown_article_is_said(run: Run) -> None:
    result = run("export", "77")
    assert result.exit_code == 1
    assert result.stderr.startswith("beleg: article 77: not in the ledger")


def test_a_whole_ledger_goes_through_an_archive_into_another(corrected: Run) -> None:
    assert corrected("export", "--all", "-o", "all.zip").stderr.startswith("beleg: all.zip: 2 art")
    assert corrected("import", "all.zip", "--ledger", "other.db").exit_code == 0
    for command in (("find",), ("find", "--quotes"), ("history",), ("forecasts",)):
        listed = (*command, "--format", "json", "--limit", "1000")
        before, after = corrected(*listed), corrected(*listed, "--ledger", "other.db")
        assert before.stdout
        lines = [map(json.loads, result.stdout.splitlines()) for result in (before, after)]
        assert list(lines[0]) == list(lines[1])
    again = corrected("import", "all.zip", "--ledger", "other.db")
    assert again.exit_code == 1
    assert "not empty" in again.stderr


def test_a_backup_is_restored(run: Run) -> None:
    assert run("backup", "copy.db").exit_code == 0
    assert run("restore", "copy.db", "--ledger", "other.db").exit_code == 0
    listed = run("find", "--format", "json").stdout
    assert run("find", "--format", "json", "--ledger", "other.db").stdout == listed
    for refused in (("backup", "copy.db"), ("restore", "copy.db")):
        assert run(*refused).exit_code == 1
    missing = run("restore", "gone.db", "--ledger", "third.db")
    assert (missing.exit_code, len(missing.stderr.splitlines())) == (1, 1)


def test_training_data_has_the_corrected_articles_only(corrected: Run) -> None:
    result = corrected("training-data")
    (line,) = result.stdout.splitlines()
    assert json.loads(line)
    assert result.stderr == "beleg: 1 corrected articles\n"
    assert corrected("training-data", "-o", "data.jsonl").exit_code == 0
    assert Path("data.jsonl").read_text(encoding="utf-8") == result.stdout
    assert corrected("training-data", "--as", "cas", "-o", "cas").exit_code == 0
    with zipfile.ZipFile("cas/article-1.cas.zip") as archive:
        assert archive.read("document.xmi").decode("utf-8").count('="thought"') == 1
    assert corrected("training-data", "--as", "cas").exit_code == 2
