"""Commands to the PostgreSQL server of the tests, past the ledger."""

from __future__ import annotations

from sqlalchemy import create_engine, text


def named(address: str, database: str) -> str:
    """The address of another database of the same server."""
    return address.replace("/postgres?", f"/{database}?")


def run(address: str, *commands: str) -> None:
    """Runs each command outside of a transaction."""
    engine = create_engine(
        address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as db:
        for command in commands:
            db.execute(text(command))
    engine.dispose()
