"""Writes the next step of the ledger's tables: what beleg.ledger.schema has and the last step not.

    python docs/make_migration.py "what changes"

Full-text tables and triggers are not compared; add them to the file by hand, for both databases.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from beleg.ledger.migrate import config


def main() -> None:
    """Compares a fresh ledger with the tables and writes the file."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'ledger.db'}")
        settings = config()
        with engine.connect() as db:
            settings.attributes["connection"] = db
            command.upgrade(settings, "head")
            number = len(list(_versions().glob("[0-9]*.py"))) + 1
            command.revision(settings, sys.argv[1], autogenerate=True, rev_id=f"{number:04}")


def _versions() -> Path:
    import beleg.ledger.migrations.versions as place

    return Path(next(iter(place.__path__)))


if __name__ == "__main__":
    main()
