"""The migrations make just the tables of the schema, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from beleg.errors import LedgerBroken, LedgerUnreachable
from beleg.ledger import schema
from beleg.ledger.checks import list_checks
from beleg.ledger.migrate import config, newest, revision
from beleg.ledger.store import Ledger, open_ledger

_NOT_COMPARED = ("article_words", "quotation_words", "person_words")


def test_migrations_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    with ledger.read() as db:
        assert compare_metadata(_context(db), schema.metadata) == []


def _context(db: Connection) -> MigrationContext:
    return MigrationContext.configure(
        db,
        opts={
            "compare_type": True,
            "include_name": lambda name, kind, _: (
                kind != "table" or not str(name).startswith(_NOT_COMPARED)
            ),
        },
    )


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database without any tables is."""
    if request.param == "sqlite":
        yield str(tmp_path / "old.db")
        return
    server: str = request.getfixturevalue("postgres")
    name = f"beleg_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name}")
    yield server.replace("/postgres?", f"/{name}?")
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(address: str, statement: str) -> None:
    engine = create_engine(_driven(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(statement))
    engine.dispose()


def _driven(place: str) -> str:
    if place.startswith("postgresql"):
        return place.replace("postgresql://", "postgresql+psycopg://")
    return f"sqlite:///{place}"


def test_a_ledger_of_the_first_version_is_brought_up_with_what_is_in_it(bare: str) -> None:
    engine = create_engine(_driven(bare))
    settings = config()
    with engine.begin() as db:
        settings.attributes["connection"] = db
        command.upgrade(settings, "0001")
        db.execute(text(_OLD_ARTICLE))
        for number, why in enumerate(("dated", "denied"), start=1):
            db.execute(text(_OLD_CHECK), {"start": number, "why": json.dumps([why])})
    engine.dispose()
    ledger = open_ledger(bare)
    with ledger.read() as db:
        assert [one.start for one in list_checks(db, why="denied")] == [2]
        assert db.execute(select(schema.articles.c.reckoned_id)).all() == [(None,)]
        assert compare_metadata(_context(db), schema.metadata) == []
        assert revision(db) == newest()
    ledger.close()


_OLD_ARTICLE = (
    "INSERT INTO articles (text_hash, basis, language, text, state, added_at, added_by, "
    "analysis_id, rev) VALUES ('sha256:1', 'given', 'de', 'Alt.', 'new', "
    "'2026-03-02 08:00:00.000000', 'anna', 0, 1)"
)
_OLD_CHECK = (
    'INSERT INTO checks (article_id, present, start, "end", why, records, weight, claim, state, '
    "note, rev) VALUES (1, true, :start, 4, :why, '[]', 0.5, 'x', 'open', '', 1)"
)


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
