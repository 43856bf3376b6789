"""Brings a ledger's tables to the version of this program, step by step (Alembic)."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from beleg.errors import LedgerBroken

# Two programs that open a new ledger at once: the second waits until the first has made it.
_LOCK = 0x62656C6567  # "beleg"


def bring_up(engine: Engine) -> None:
    """Runs the missing migrations. Raises LedgerBroken for a database that is no ledger of ours."""
    settings = config()
    wanted = newest()
    with engine.connect() as db:
        if revision(db) == wanted:
            return
        db.rollback()
        if engine.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        else:
            db.execute(text("BEGIN IMMEDIATE"))
        present = revision(db)
        if present != wanted:
            _check(engine, db, settings, present)
            settings.attributes["connection"] = db
            command.upgrade(settings, "head")
        db.commit()


def _check(engine: Engine, db: Connection, settings: Config, present: str | None) -> None:
    where = engine.url.render_as_string()
    if present is None:
        if inspect(db).has_table("articles"):
            raise LedgerBroken(where, "another program's database", "Name another place")
        return
    known = {step.revision for step in ScriptDirectory.from_config(settings).walk_revisions()}
    if present not in known:
        raise LedgerBroken(
            where, f"made by a later version of Beleg ({present})", "Install the newest Beleg"
        )


@cache
def newest() -> str:
    """The version of the tables that this program works with."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def revision(db: Connection) -> str | None:
    """The version of the tables in a database; None for one without."""
    return MigrationContext.configure(db).get_current_revision()


def config() -> Config:
    """Alembic's settings: the steps lie in the package, there is no file of its own."""
    settings = Config()
    settings.set_main_option("script_location", "beleg.ledger:migrations")
    settings.set_main_option("path_separator", "os")
    settings.set_main_option("file_template", "step_%%(rev)s_%%(slug)s")
    return settings
