"""The whole ledger out and in again is the same ledger."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from made import analysis_of
from sqlalchemy import Connection, select

from beleg.errors import LedgerBroken, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.archive import read_archive, write_archive
from beleg.ledger.article_changes import add_article, set_state
from beleg.ledger.articles import ArticleFilter, list_articles
from beleg.ledger.backup import back_up, restore
from beleg.ledger.person_changes import merge_people
from beleg.ledger.persons import find_people
from beleg.ledger.store import Ledger, open_ledger


def _fill(ledger: Ledger) -> None:
    for number in range(12):
        analysis = analysis_of(
            f"Nummer {number}: „Wir bauen“, sagt Erna Müller{number}. 🦉",
            people={f"Erna Müller{number}": "person"},
            said={"Wir bauen": f"Erna Müller{number}"},
            title=f"Titel {number}",
            published=date(2026, 1, 1 + number),
        )
        with ledger.change(who="anna", why="zum Üben") as change:
            add_article(change, analysis, source=f"{number}.txt")
    with ledger.change(who="anna") as change:
        set_state(change, 3, "done")
        merge_people(change, 1, 9)  # points at a row that comes later


def _rows(db: Connection) -> dict[str, list[object]]:
    return {
        table.name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key))]
        for table in schema.metadata.sorted_tables
    }


def test_a_ledger_read_from_its_archive_is_the_same_one(
    ledger: Ledger, tmp_path: Path, new_database: str
) -> None:
    _fill(ledger)
    write_archive(ledger, tmp_path / "one.zip")
    for place in (str(tmp_path / "second.db"), new_database if not ledger.postgres else None):
        if place is None:
            continue
        second = open_ledger(place)
        read_archive(second, tmp_path / "one.zip")
        with ledger.read() as db, second.read() as other:
            assert _rows(db) == _rows(other)
            found = list_articles(other, ArticleFilter(query="bauen titel"))
            assert len(found) == 12
            assert [one.name for one in find_people(other, "müller8")] == ["Erna Müller8"]
        write_archive(second, tmp_path / "two.zip")
        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
        # Numbers go on where they were.
        with second.change(who="b") as change:
            assert add_article(change, analysis_of("Ein neuer Text."), source="n").id == 13
        second.close()


def test_an_archive_is_not_read_into_a_ledger_that_holds_something(
    ledger: Ledger, tmp_path: Path
) -> None:
    _fill(ledger)
    write_archive(ledger, tmp_path / "one.zip")
    with ledger.read() as db:
        before = _rows(db)
    with pytest.raises(LedgerRefused, match="not empty"):
        read_archive(ledger, tmp_path / "one.zip")
    with ledger.read() as db:
        assert _rows(db) == before


def _rewritten(path: Path, name: str, data: bytes | None) -> Path:
    """A copy of an archive with one of its files replaced, or left out."""
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
            elif data is not None:
                new.writestr(item, data)
    return changed


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("ledger.json", b"{}", "head"),
        ("ledger.json", None, "not a ledger's archive"),
        ("articles.jsonl", b"", "0 rows"),
        ("articles.jsonl", b"{\n", "line 1"),
        ("articles.jsonl", b'{"id": 1}\n', "other columns"),
        ("history.jsonl", None, "not a ledger's archive"),
    ],
)
def test_a_damaged_archive_is_named_and_leaves_the_ledger_empty(
    place: str, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    source = open_ledger(tmp_path / "source.db")
    _fill(source)
    write_archive(source, tmp_path / "one.zip")
    source.close()
    damaged = _rewritten(tmp_path / "one.zip", name, data)
    ledger = open_ledger(place)
    with pytest.raises(LedgerBroken, match=words):
        read_archive(ledger, damaged)
    with ledger.read() as db:
        assert not any(_rows(db).values())
    ledger.close()


def test_a_backup_put_back_is_the_same_ledger(ledger: Ledger, tmp_path: Path) -> None:
    _fill(ledger)
    back_up(ledger, tmp_path / "backup")
    with pytest.raises(LedgerRefused, match="file of that name"):
        back_up(ledger, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again.db")
    again = open_ledger(tmp_path / "again.db")
    with ledger.read() as db, again.read() as other:
        assert _rows(db) == _rows(other)
    again.close()
    with pytest.raises(LedgerRefused, match="not empty"):
        restore(tmp_path / "backup", tmp_path / "again.db")


def test_a_damaged_backup_is_refused(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    _fill(ledger)
    back_up(ledger, tmp_path / "backup")
    ledger.close()
    data = bytearray((tmp_path / "backup").read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    (tmp_path / "backup").write_bytes(data)
    with pytest.raises(LedgerBroken, match="damaged"):
        restore(tmp_path / "backup", tmp_path / "again.db")
