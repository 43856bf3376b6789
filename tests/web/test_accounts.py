from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from web_samples import PASSWORD, TestClient, audited, enter, mark_of

from beleg.errors import LedgerMissing, LedgerRefused
from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.accounts import accounts as all_accounts
from beleg.web.accounts import add_account, disable, enable, set_password, set_role


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [
        ("reader", PASSWORD, "read"),
        ("READER", PASSWORD, "read"),
        ("", PASSWORD, "read"),
        ("a b", PASSWORD, "read"),
        ("-x", PASSWORD, "read"),
        ("x" * 65, PASSWORD, "read"),
        ("neu", "zu kurz", "read"),
        ("neu", "x" * 257, "read"),
        ("neu", "aaaaaaaaaaaaaaaaaa", "read"),
        ("schmidt", "Schmidt ist Schmidt", "read"),
        ("neu", PASSWORD, "owner"),
    ],
)
def test_unfit_names_passwords_and_roles_are_refused(
    ledger: Ledger, accounts: None, name: str, password: str, role: Any
) -> None:
    with pytest.raises(LedgerRefused), ledger.change(who="anna") as change:
        add_account(change, name, password, role)


def test_the_history_has_the_account_but_not_its_password(ledger: Ledger, accounts: None) -> None:
    with ledger.change(who="anna") as change:
        set_password(change, "reader", "ein ganz anderes")
        set_role(change, "reader", "edit")
    with ledger.read() as db:
        rows = db.execute(select(schema.history)).all()
    assert {row.subject for row in rows} == {"account"}
    assert [row.action for row in rows] == ["add", "add", "add", "password", "role"]
    assert (rows[-1].before, rows[-1].after) == ({"role": "read"}, {"role": "edit"})
    assert "argon2" not in str(rows)
    assert "anderes" not in str(rows)


@pytest.mark.parametrize("act", [lambda c: disable(c, "adminer"), lambda c: set_role(c, "adminer", "read")])  # fmt: skip
def test_the_last_administrator_stays(ledger: Ledger, accounts: None, act: Any) -> None:
    with pytest.raises(LedgerRefused, match="the last one"), ledger.change(who="anna") as change:
        act(change)
    with ledger.change(who="anna") as change:
        add_account(change, "zweite", PASSWORD, "admin")
        act(change)


def test_a_disabled_account_can_be_enabled(ledger: Ledger, accounts: None) -> None:
    with ledger.change(who="anna") as change:
        disable(change, "reader")
    with ledger.read() as db:
        states = {account.name: account.active for account in all_accounts(db, now=change.at)}
    assert states == {"adminer": True, "editer": True, "reader": False}
    with ledger.change(who="anna") as change:
        enable(change, "reader")
    with ledger.read() as db:
        assert all(account.active for account in all_accounts(db, now=change.at))


def test_an_unknown_account_is_missing(ledger: Ledger) -> None:
    with pytest.raises(LedgerMissing), ledger.change(who="anna") as change:
        disable(change, "nobody")


@pytest.mark.parametrize("name", ["reader", "editer"])
def test_others_do_not_see_the_accounts(public: TestClient, ledger: Ledger, name: str) -> None:
    enter(public, name)
    answer = public.get("/accounts")
    assert answer.status_code == 403
    assert "Das darf Ihr Konto nicht" in answer.text
    assert 'href="/accounts"' not in public.get("/").text
    assert audited(ledger)[-1] == ("refused-role", name)


def test_an_administrator_makes_and_changes_accounts(public: TestClient, ledger: Ledger) -> None:
    enter(public, "adminer")
    page = public.get("/accounts").text
    assert 'href="/accounts" aria-current="page"' in page
    mark = mark_of(page)

    def send(path: str, **fields: str) -> None:
        answer = public.post(f"/accounts/{path}", data={"csrf": mark, **fields})
        assert (answer.status_code, answer.headers["location"]) == (303, "/accounts")

    send("add", name="Neu", password=PASSWORD, role="read")
    assert "Das Konto neu ist angelegt." in public.get("/accounts").text
    send("role", name="neu", role="edit")
    send("password", name="neu", new_password="etwas ganz anderes")
    send("disable", name="neu")
    send("enable", name="neu")
    send("sessions/end", name="neu")
    assert [what for what, account in audited(ledger) if account == "neu"] == [
        "account-made", "account-role", "account-password", "account-disabled",
        "account-enabled", "sessions-ended",
    ]  # fmt: skip
    assert "gesperrt" in public.get("/accounts?ui=de").text
    assert enter(public, "neu", "etwas ganz anderes").status_code == 303


def test_a_refused_account_says_why_and_keeps_what_was_typed(public: TestClient) -> None:
    enter(public, "adminer")
    fields = {
        "csrf": mark_of(public.get("/accounts").text),
        "name": "<b>neu",
        "password": PASSWORD,
        "role": "edit",
        "back": "/accounts",
    }
    answer = public.post("/accounts/add", data=fields)
    assert answer.status_code == 422
    assert "1 bis 64 Buchstaben" in answer.text
    assert "&lt;b&gt;neu" in answer.text
    assert PASSWORD not in answer.text
    assert 'href="/accounts">Zum Eintrag' in answer.text
