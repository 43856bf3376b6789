"""`beleg people`: who is whom across articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beleg.cli.listing import columns_of, put_rows, rows_of
from beleg.cli.opened import opened
from beleg.cli.options import LEDGER, LIMIT, UI, WHO, lines_as
from beleg.cli.talking import talk, talk_of_more
from beleg.errors import LedgerMissing, LedgerRefused

if TYPE_CHECKING:
    from sqlalchemy import Connection


@click.group()
def people() -> None:
    """Find people and organisations across articles, and say who is the same."""


@people.command("find")
@click.argument("words", metavar="[NAME]...", nargs=-1)
@LIMIT
@lines_as()
@UI
@LEDGER
def find_(words: tuple[str, ...], limit: int, kind: str, ui: str, ledger: str | None) -> None:
    """List people with these words in their name, or all."""
    with opened(ledger) as book, book.read() as db:
        list_people(db, " ".join(words) or None, limit=limit, kind=kind, ui=ui)


@people.command()
@click.argument("number", type=int)
@click.argument("into", type=int)
@click.option("--why", default="", help="For the history.")
@WHO
@LEDGER
def merge(number: int, into: int, why: str, who: str, ledger: str | None) -> None:
    """Say that person NUMBER is the same as INTO, whose name it gets."""
    from beleg.ledger.person_changes import merge_people

    with opened(ledger) as book, book.change(who=who, why=why) as change:
        merge_people(change, number, into)
    talk(f"person {number} is the same as {into}")


@people.command()
@click.argument("number", type=int)
@click.option("--why", default="", help="For the history.")
@WHO
@LEDGER
def undo(number: int, why: str, who: str, ledger: str | None) -> None:
    """Take back that person NUMBER was merged into another one."""
    from beleg.ledger.person_changes import undo_merge

    with opened(ledger) as book, book.change(who=who, why=why) as change:
        undo_merge(change, number)
    talk(f"person {number} stands alone again")


def list_people(db: Connection, name: str | None, *, limit: int, kind: str, ui: str) -> None:
    """Prints those whose name has these words, or all."""
    from beleg.ledger.persons import PersonEntry, find_people

    found = find_people(db, name, limit=limit + 1)
    shown = ("id", "kind", "articles", "quotations", "name")
    put_rows(rows_of(found[:limit]), columns_of(PersonEntry), shown=shown, kind=kind, ui=ui)
    talk_of_more(len(found) > limit, limit)


def number_of(db: Connection, whom: str) -> int:
    """The number across articles of somebody given by number or name.

    Raises LedgerMissing for nobody, LedgerRefused where several have the name.
    """
    from beleg.ledger.persons import find_people, person

    if whom.isdecimal():
        return person(db, int(whom)).id
    found = find_people(db, whom, limit=10)
    same = [one for one in found if one.name.casefold() == whom.casefold()] or found
    if not same:
        raise LedgerMissing(whom, "nobody of that name", "See beleg people find")
    if len(same) > 1:
        told = ", ".join(f"{one.id} {one.name}" for one in same)
        raise LedgerRefused(whom, f"several are called so ({told})", "Give the number")
    return same[0].id
