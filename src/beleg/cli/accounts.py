"""`beleg accounts`: who may use the web application where it is public."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType

import click

from beleg.cli.listing import columns_of, put_rows, rows_of
from beleg.cli.opened import opened
from beleg.cli.options import LEDGER, UI, WHO, lines_as
from beleg.cli.talking import talk
from beleg.errors import ExtraMissing
from beleg.web.roles import ROLES, Role

_NAME = click.argument("name")
_ROLES = click.Choice(ROLES)


@click.group()
def accounts() -> None:
    """Say who may log in to the web application where it is public."""


@accounts.command("list")
@lines_as()
@UI
@LEDGER
def list_(kind: str, ui: str, ledger: str | None) -> None:
    """List the accounts."""
    book_of = _accounts()
    with opened(ledger) as book, book.read() as db:
        found = book_of.accounts(db, now=datetime.now(UTC))
    shown = ("role", "active", "sessions", "name")
    put_rows(rows_of(found), columns_of(book_of.Account), shown=shown, kind=kind, ui=ui)


@accounts.command()
@_NAME
@click.option("--role", type=_ROLES, default="edit", show_default=True, help="What it may do.")
@WHO
@LEDGER
def add(name: str, role: Role, who: str, ledger: str | None) -> None:
    """Make an account; asks for its password."""
    book_of = _accounts()
    password = _password()
    with opened(ledger) as book, book.change(who=who) as change:
        book_of.add_account(change, name, password, role)
    talk(f"account {name} made")


@accounts.command("role")
@_NAME
@click.argument("role", type=_ROLES)
@WHO
@LEDGER
def role_(name: str, role: Role, who: str, ledger: str | None) -> None:
    """Give an account another role."""
    book_of = _accounts()
    with opened(ledger) as book, book.change(who=who) as change:
        book_of.set_role(change, name, role)
    talk(f"account {name}: {role}")


@accounts.command()
@_NAME
@WHO
@LEDGER
def disable(name: str, who: str, ledger: str | None) -> None:
    """Keep an account from logging in; its name stays, since the history has it."""
    book_of = _accounts()
    with opened(ledger) as book, book.change(who=who) as change:
        book_of.disable(change, name)
    talk(f"account {name} disabled")


@accounts.command()
@_NAME
@WHO
@LEDGER
def enable(name: str, who: str, ledger: str | None) -> None:
    """Let a disabled account log in again."""
    book_of = _accounts()
    with opened(ledger) as book, book.change(who=who) as change:
        book_of.enable(change, name)
    talk(f"account {name} enabled")


@accounts.command("password")
@_NAME
@WHO
@LEDGER
def password_(name: str, who: str, ledger: str | None) -> None:
    """Give an account a new password, and end its sessions."""
    book_of = _accounts()
    password = _password()
    with opened(ledger) as book, book.change(who=who) as change:
        book_of.set_password(change, name, password)
    talk(f"account {name}: new password")


def _accounts() -> ModuleType:
    try:
        from beleg.web import accounts
    except ImportError as error:
        raise ExtraMissing(
            "beleg accounts", "the web packages are not installed", 'pip install "beleg[web]"'
        ) from error
    return accounts


def _password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password
