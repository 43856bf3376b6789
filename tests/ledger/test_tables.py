"""The migrations make just the tables of the schema, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, delete, text, update
from sqlalchemy.exc import DBAPIError

from beleg.errors import LedgerBroken, LedgerUnreachable
from beleg.ledger import schema
from beleg.ledger.store import Ledger, open_ledger

_NOT_COMPARED = ("article_words", "quotation_words", "person_words")


def test_migrations_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    with ledger.read() as db:
        context = MigrationContext.configure(
            db,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not str(name).startswith(_NOT_COMPARED)
                ),
            },
        )
        assert compare_metadata(context, schema.metadata) == []


@pytest.mark.parametrize("change_of", ["update", "delete"])
def test_the_history_only_grows(ledger: Ledger, change_of: str) -> None:
    with ledger.change(who="anna") as change:
        change.note("state", "article", 1)
    command = (
        update(schema.history).values(who="bernd")
        if change_of == "update"
        else delete(schema.history)
    )
    with pytest.raises(DBAPIError, match="only grows"), ledger.change(who="x") as change:
        change.db.execute(command)


def test_a_ledger_is_made_once_and_opened_again(tmp_path: Path) -> None:
    place = tmp_path / "folder that is not there" / "ledger.db"
    for _ in range(2):
        ledger = open_ledger(place)
        with ledger.change(who="anna") as change:
            change.note("state", "article", 1)
        ledger.close()
    ledger = open_ledger(place)
    with ledger.read() as db:
        assert len(db.execute(schema.history.select()).all()) == 2
    ledger.close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    engine = create_engine(f"sqlite:///{place}")
    with engine.begin() as db:
        db.execute(text("CREATE TABLE articles (x)"))
    with pytest.raises(LedgerBroken, match="another program"):
        open_ledger(place)
    with engine.begin() as db:
        assert db.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 1


def test_a_later_version_is_refused(ledger: Ledger, place: str) -> None:
    with ledger.change(who="x") as change:
        change.db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerBroken, match="later version"):
        open_ledger(place)


@pytest.mark.parametrize(
    ("place", "error", "words"),
    [
        ("mysql://somewhere/x", LedgerUnreachable, "not a place"),
        ("postgresql://nobody:geheim@127.0.0.1:1/x", LedgerUnreachable, "127.0.0.1"),
    ],
)
def test_a_place_that_cannot_be_reached_is_named_without_its_password(
    place: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        open_ledger(place)
    assert "geheim" not in str(caught.value)


def test_a_file_that_is_no_database_and_a_folder_are_named(tmp_path: Path) -> None:
    text_file = tmp_path / "text.db"
    text_file.write_text("Dies ist kein Kassenbuch, sondern ein Text. " * 50, encoding="utf-8")
    with pytest.raises(LedgerBroken, match="not a database"):
        open_ledger(text_file)
    with pytest.raises(LedgerUnreachable, match="folder"):
        open_ledger(tmp_path)
