"""Opening a ledger, reading it and changing it.

Reading needs a connection, `with ledger.read() as db`; changing needs a `Change`, which knows who
changes what and why: `with ledger.change(who="anna", why="Tippfehler") as change`. A change is one
transaction: all of it is kept, with its rows in the history, or nothing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from beleg.errors import ExtraMissing, LedgerBroken, LedgerUnreachable
from beleg.ledger import schema
from beleg.messages import Message

Clock = Callable[[], datetime]
_PATIENCE_SECONDS = 30  # a writer waits so long for another one
# PostgreSQL reckons with discs that turn, on which looking a few rows up costs more than going
# through all: words would be compared row by row instead of being looked up in their index.
_POSTGRES_SETTINGS = "-c random_page_cost=1.1"


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction: its connection, who makes it, why, and when (UTC)."""

    db: Connection
    who: str
    why: str
    at: datetime

    def note(
        self,
        action: str,
        subject: str,
        subject_id: int,
        *,
        article: int | None = None,
        before: Any = None,
        after: Any = None,
    ) -> None:
        """Writes to the history what was done to which row; before and after as plain JSON."""
        self.db.execute(
            insert(schema.history).values(
                at=self.at,
                who=self.who,
                why=self.why,
                action=action,
                subject=subject,
                subject_id=subject_id,
                article_id=article,
                before=before,
                after=after,
            )
        )


class Ledger:
    """A ledger that is open. Threads may share it; each block gets a connection of its own."""

    def __init__(self, engine: Engine, *, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock

    @property
    def postgres(self) -> bool:
        """Whether it is kept in PostgreSQL; otherwise in an SQLite file."""
        return self.engine.dialect.name == "postgresql"

    @property
    def place(self) -> str:
        """What `open_ledger` opens it by again, with the password if it has one."""
        url = self.engine.url
        return url.render_as_string(hide_password=False) if self.postgres else str(url.database)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with; what it sees is one state of the ledger.

        Raises LedgerUnreachable if the database is gone.
        """
        with self._reporting(), self.engine.connect() as db:
            if self.postgres:
                db = db.execution_options(isolation_level="REPEATABLE READ")
            else:
                db.execute(text("BEGIN"))
            yield db
            db.rollback()

    @contextmanager
    def change(self, *, who: str, why: str = "") -> Iterator[Change]:
        """A transaction to change with: kept at the end of the block, undone if it raises.

        Raises LedgerUnreachable if the database is gone, full or locked for too long.
        """
        with self._reporting(), self.engine.connect() as db:
            if not self.postgres:
                # Takes the lock at once: two writers wait for each other instead of failing
                # where the second one finds what it read to be out of date.
                db.execute(text("BEGIN IMMEDIATE"))
            try:
                yield Change(db, who, why, self.clock().astimezone(UTC))
            except BaseException:
                db.rollback()
                raise
            db.commit()

    def close(self) -> None:
        """Gives all connections back."""
        if not self.postgres:
            # SQLite chooses its indexes by what it counted; PostgreSQL counts by itself. Where
            # somebody is writing, another time will do (https://www.sqlite.org/lang_analyze.html).
            with suppress(DBAPIError), self.engine.connect() as db:
                db.execute(text("PRAGMA busy_timeout = 0"))
                db.execute(text("PRAGMA optimize"))
                db.commit()
        self.engine.dispose()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            found = _unreachable(self.engine.url, error)
            if found is None:
                raise
            raise found from error


def open_ledger(place: str | Path | None = None, *, clock: Clock | None = None) -> Ledger:
    """The ledger at `place`, made there on first use and brought up to this version's tables.

    place: a file, `postgresql://…`, or None for `ledger.db` in the user's data folder (or what
    the environment's BELEG_LEDGER names). clock: the time for entries; the system's by default.
    Raises LedgerUnreachable if it cannot be opened, LedgerBroken if it is no ledger or of a later
    version, ExtraMissing if PostgreSQL's driver is not installed.
    """
    from beleg.ledger.migrate import bring_up

    engine = _engine(place if place is not None else os.environ.get("BELEG_LEDGER"))
    ledger = Ledger(engine, clock=clock or _now)
    try:
        with ledger._reporting():
            bring_up(engine)
    except BaseException:
        ledger.close()
        raise
    return ledger


def default_place() -> Path:
    """The file that is used where none is named, in the platform's folder for users' data."""
    from platformdirs import user_data_path

    return user_data_path("beleg", appauthor=False) / "ledger.db"


def _now() -> datetime:
    return datetime.now(UTC)


def _engine(place: str | Path | None) -> Engine:
    if isinstance(place, str) and place.startswith(("postgresql:", "postgres:", "postgresql+")):
        return _postgres(place)
    if isinstance(place, str) and "://" in place:
        raise LedgerUnreachable(
            _shown(place), "not a place a ledger can be kept", "Name a file or postgresql://…"
        )
    return _sqlite(Path(place) if place is not None else default_place())


def _postgres(place: str) -> Engine:
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise LedgerUnreachable(
            "the ledger's address", "not a URL", "Write postgresql://user@host/database"
        ) from error
    try:
        import psycopg  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise ExtraMissing(
            _shown(place), "PostgreSQL's driver is not installed", 'pip install "beleg[postgres]"'
        ) from error
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_use_lifo=True,  # the few that suffice have prepared what is asked again and again
        pool_size=10,
        max_overflow=20,
        connect_args={"connect_timeout": 10, "options": _POSTGRES_SETTINGS},
    )


def _sqlite(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerUnreachable(
            str(path), f"its folder cannot be made ({error.strerror})", "Choose another place"
        ) from error
    if path.is_dir():
        raise LedgerUnreachable(str(path), "a folder, not a file", "Name a file in it")
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _PATIENCE_SECONDS},
        pool_size=10,
        max_overflow=20,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun by us, not by the driver
        for setting in (
            "journal_mode = WAL",
            "synchronous = NORMAL",  # with WAL: safe against a killed process
            "foreign_keys = ON",
            "cache_size = -65536",
            "mmap_size = 1073741824",
        ):
            connection.execute(f"PRAGMA {setting}")

    return engine


def _shown(place: object) -> str:
    """A place for messages: without the password."""
    try:
        return make_url(str(place)).render_as_string(hide_password=True)
    except ArgumentError:
        return str(place)


def _unreachable(url: URL, error: DBAPIError) -> LedgerUnreachable | LedgerBroken | None:
    """What a database's error means for the one who called; None for a fault of ours."""
    where = url.database if url.drivername == "sqlite" else url.render_as_string()
    cause = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason"
    lower = cause.lower()
    if "not a database" in lower or "malformed" in lower:
        what = Message("database_broken", cause, detail=cause)
        return LedgerBroken(str(where), what, "Restore a backup (beleg restore)")
    if "disk is full" in lower or "no space" in lower or "disk full" in lower:
        what = Message("disk_full", cause)
        return LedgerUnreachable(str(where), what, "Make room; nothing was half written")
    if "locked" in lower:
        what = Message("database_busy", cause)
        return LedgerUnreachable(str(where), what, "Another program is writing; try again")
    operational = type(error).__name__ in ("OperationalError", "InterfaceError")
    if operational or error.connection_invalidated:
        what = Message("database_gone", cause, detail=cause)
        return LedgerUnreachable(str(where), what, "Check that it can be reached and written")
    return None
