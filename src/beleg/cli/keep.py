"""`beleg backup`, `beleg restore` and `beleg import`."""

from __future__ import annotations

from pathlib import Path

import click

from beleg.cli.opened import opened
from beleg.cli.options import LEDGER
from beleg.cli.talking import talk

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@_FILE
@LEDGER
def backup(file: Path, ledger: str | None) -> None:
    """Copy the ledger into FILE while it is in use.

    Of an SQLite ledger it is a database, of one in PostgreSQL an archive; beleg restore
    takes both.
    """
    from beleg.ledger.backup import back_up

    with opened(ledger) as book:
        back_up(book, file)
    talk(f"{file} written")


@click.command()
@_FILE
@LEDGER
def restore(file: Path, ledger: str | None) -> None:
    """Make a ledger from the backup FILE, where there is none yet or an empty one."""
    from beleg.ledger import backup
    from beleg.ledger.store import default_place

    place = ledger or default_place()
    backup.restore(file, place)
    talk(f"{file} restored")


@click.command("import")
@_FILE
@LEDGER
def import_(file: Path, ledger: str | None) -> None:
    """Fill an empty ledger from FILE, written by beleg export --all."""
    from beleg.ledger.archive import read_archive

    with opened(ledger) as book:
        rows = read_archive(book, file)
    talk(f"{rows['articles']} articles, {sum(rows.values())} rows in all")
