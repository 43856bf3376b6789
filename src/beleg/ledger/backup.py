"""A copy of a ledger that can be put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from beleg.errors import LedgerBroken, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.archive import read_archive, write_archive
from beleg.ledger.store import Ledger, open_ledger

_SQLITE = b"SQLite format 3\0"


def back_up(ledger: Ledger, path: Path) -> None:
    """Copies a ledger into a file while it is in use: for SQLite a database, else an archive.

    The file is there whole or not at all. Raises LedgerRefused if there is one already, OSError.
    """
    if path.exists():
        raise LedgerRefused(str(path), "there is a file of that name", "Name another")
    if ledger.postgres:
        write_archive(ledger, path)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        source = str(ledger.engine.url.database)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def restore(path: Path, place: str | Path) -> None:
    """Makes the ledger at `place` from a backup or an archive; there must be none, or an empty one.

    Raises LedgerRefused if something is in it, LedgerBroken if the file is damaged, OSError.
    """
    with path.open("rb") as file:
        is_database = file.read(len(_SQLITE)) == _SQLITE
    ledger = open_ledger(place)
    try:
        if not is_database:
            read_archive(ledger, path)
            return
        _check(path)
        if ledger.postgres:
            # From one kind of database to the other by way of the archive.
            raise LedgerRefused(
                str(path),
                "an SQLite ledger cannot be put into PostgreSQL as it is",
                "Use beleg export --all with it, then beleg import",
            )
        with ledger.read() as db:
            if db.execute(select(schema.history.c.id).limit(1)).first() is not None:
                raise LedgerRefused(str(place), "not empty", "Name a new place")
        target = Path(str(ledger.engine.url.database))
    finally:
        ledger.close()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    shutil.copyfile(path, part)
    for rest in ("-wal", "-shm"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    part.replace(target)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            (found,) = db.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise LedgerBroken(str(path), f"damaged ({found})", "Use another backup")
