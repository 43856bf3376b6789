from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update
from web_samples import PASSWORD, Clock, TestClient, audited, enter, mark_of

from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.accounts import disable, set_password, set_role
from beleg.web.security import passwords
from beleg.web.security.logins import PAIR

COOKIE = "__Host-beleg"


def test_strangers_are_sent_to_the_door_and_on_to_where_they_wanted(public: TestClient) -> None:
    answer = public.get("/?before=9")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/%3Fbefore%3D9")
    page = public.get(answer.headers["location"]).text
    fields = {"csrf": mark_of(page), "name": "reader", "password": PASSWORD, "next": "/?before=9"}
    assert public.post("/login", data=fields).headers["location"] == "/?before=9"
    assert "<bdi>reader</bdi>" in public.get("/account").text


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "", "x"]
)
def test_nobody_is_sent_to_a_foreign_page(public: TestClient, target: str) -> None:
    mark = mark_of(public.get("/login").text)
    fields = {"csrf": mark, "name": "reader", "password": PASSWORD, "next": target}
    assert public.post("/login", data=fields).headers["location"] == "/"


def test_the_cookie_is_kept_from_scripts_and_from_plain_http(public: TestClient) -> None:
    cookie = enter(public, "reader").headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for attribute in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_the_ledger_keeps_no_token(public: TestClient, ledger: Ledger) -> None:
    enter(public, "reader")
    token = public.cookies[COOKIE]
    with ledger.read() as db:
        kept = db.execute(select(schema.sessions)).one()
    assert token not in str(kept)
    assert len(kept.token_hash) == 64


def test_log_in_gives_a_new_token_and_ends_the_old_one(public: TestClient) -> None:
    enter(public, "reader")
    old = public.cookies[COOKIE]
    mark = mark_of(public.get("/account").text)
    fields = {"csrf": mark, "name": "reader", "password": PASSWORD}
    public.post("/login", data=fields)
    assert public.cookies[COOKIE] != old
    public.cookies.clear()
    public.cookies.set(COOKIE, old)
    assert public.get("/").status_code == 303


@pytest.mark.parametrize("name", ["reader", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    public: TestClient, name: str
) -> None:
    answer = enter(public, name, "nicht das richtige")
    assert answer.status_code == 422
    assert "Name und Passwort gehören nicht zusammen." in answer.text
    assert COOKIE not in public.cookies


def test_an_unknown_name_costs_the_same_work(
    public: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = PasswordHasher.verify

    def counting(hasher: PasswordHasher, kept: str, password: str) -> Any:
        checked.append(kept)
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    enter(public, "reader", "nicht das richtige")
    enter(public, "nobody", "nicht das richtige")
    assert len(checked) == 2
    assert (
        checked[0].rpartition("$")[0].rpartition("$")[0]
        == (checked[1].rpartition("$")[0].rpartition("$")[0])
    )


def test_an_unknown_name_is_not_written_down(public: TestClient, ledger: Ledger) -> None:
    enter(public, "mein geheimes passwort", "x")
    assert all("geheim" not in str(account) for _, account in audited(ledger))


def test_the_audit_log_tells_what_happened(public: TestClient, ledger: Ledger) -> None:
    enter(public, "reader", "nicht das richtige")
    enter(public, "reader")
    public.post("/logout", data={"csrf": mark_of(public.get("/account").text)})
    assert audited(ledger)[3:] == [
        (what, "reader")
        for what in (
            "log-in-tried", "log-in-failed", "log-in-tried", "password-right", "log-in", "log-out",
        )
    ]  # fmt: skip


def test_failures_make_one_wait_longer_and_longer(public: TestClient, clock: Clock) -> None:
    for _ in range(PAIR.free):
        assert enter(public, "reader", "falsch").status_code == 422
    for wait in (1, 2, 4, 8):
        answer = enter(public, "reader")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, str(wait))
        clock.move(timedelta(seconds=wait))
        assert enter(public, "reader", "falsch").status_code == 422


def test_after_the_wait_the_right_password_opens_and_resets(
    public: TestClient, clock: Clock
) -> None:
    for _ in range(PAIR.free):
        enter(public, "reader", "falsch")
    clock.move(timedelta(seconds=1))
    assert enter(public, "reader").status_code == 303
    assert enter(public, "reader", "falsch").status_code == 422
    assert enter(public, "reader").status_code == 303


def test_an_address_that_tries_many_accounts_has_to_wait(public: TestClient) -> None:
    statuses = [enter(public, f"nobody{number}", "x").status_code for number in range(21)]
    assert statuses == [422] * 20 + [429]


def test_a_session_ends_after_its_last_use(public: TestClient, clock: Clock) -> None:
    enter(public, "reader")
    for _ in range(3):
        clock.move(timedelta(hours=7, minutes=59))
        assert public.get("/").status_code == 200
    clock.move(timedelta(hours=8, minutes=1))
    assert public.get("/").status_code == 303


def test_a_session_ends_at_last_however_much_it_is_used(public: TestClient, clock: Clock) -> None:
    enter(public, "reader")
    hours = 0
    while public.get("/").status_code == 200:
        clock.move(timedelta(hours=6))
        hours += 6
    assert hours == 7 * 24


def test_reading_writes_a_session_only_now_and_then(
    public: TestClient, clock: Clock, ledger: Ledger
) -> None:
    def expiry() -> object:
        with ledger.read() as db:
            return db.scalar(select(schema.sessions.c.expires_at))

    enter(public, "reader")
    before = expiry()
    clock.move(timedelta(minutes=4))
    public.get("/")
    assert expiry() == before
    clock.move(timedelta(minutes=2))
    public.get("/")
    assert expiry() != before


def test_log_out_ends_the_session_itself(public: TestClient) -> None:
    enter(public, "reader")
    token = public.cookies[COOKIE]
    answer = public.post("/logout", data={"csrf": mark_of(public.get("/account").text)})
    assert answer.status_code == 303
    assert COOKIE not in public.cookies
    public.cookies.set(COOKIE, token)
    assert public.get("/").status_code == 303


@pytest.mark.parametrize(
    "act",
    [
        lambda change: disable(change, "reader"),
        lambda change: set_role(change, "reader", "edit"),
        lambda change: set_password(change, "reader", "ein anderes Passwort"),
    ],
    ids=["disabled", "role", "password"],
)
def test_a_change_of_the_account_ends_its_sessions(
    public: TestClient, ledger: Ledger, act: Any
) -> None:
    enter(public, "reader")
    with ledger.change(who="anna") as change:
        act(change)
    assert public.get("/").status_code == 303


def test_a_disabled_account_does_not_open(public: TestClient, ledger: Ledger) -> None:
    with ledger.change(who="anna") as change:
        disable(change, "reader")
    assert enter(public, "reader").status_code == 422


def test_log_out_everywhere_ends_the_sessions_of_all_browsers(
    public: TestClient, ledger: Ledger
) -> None:
    enter(public, "reader")
    other = public.cookies[COOKIE]
    public.cookies.clear()
    enter(public, "reader")
    mark = mark_of(public.get("/account").text)
    public.post("/account/sessions/end", data={"csrf": mark})
    with ledger.read() as db:
        assert db.scalar(select(func.count()).select_from(schema.sessions)) == 0
    public.cookies.set(COOKIE, other)
    assert public.get("/").status_code == 303


def test_one_changes_ones_own_password(public: TestClient) -> None:
    enter(public, "reader")
    fields = {
        "csrf": mark_of(public.get("/account").text),
        "password": PASSWORD,
        "new_password": "ganz neue Wörter hier",
    }
    assert public.post("/account/password", data=fields).status_code == 303
    assert "Das Passwort ist geändert" in public.get("/account").text
    assert "Das Passwort ist geändert" not in public.get("/account").text
    assert enter(public, "reader").status_code == 422
    assert enter(public, "reader", "ganz neue Wörter hier").status_code == 303


def test_the_old_password_is_asked_for(public: TestClient) -> None:
    enter(public, "reader")
    mark = mark_of(public.get("/account").text)
    fields = {"csrf": mark, "password": "falsch", "new_password": "ganz neue Wörter hier"}
    answer = public.post("/account/password", data=fields)
    assert answer.status_code == 422
    assert "ganz neue" not in answer.text
    assert enter(public, "reader").status_code == 303


def test_a_hash_with_old_parameters_is_made_anew_at_log_in(
    public: TestClient, ledger: Ledger
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    table = schema.accounts
    with ledger.change(who="anna") as change:
        change.db.execute(update(table).where(table.c.name == "reader").values(password_hash=weak))
    assert enter(public, "reader").status_code == 303
    with ledger.read() as db:
        kept = db.scalar(select(table.c.password_hash).where(table.c.name == "reader"))
    assert kept is not None
    assert "m=64," in kept
    assert enter(public, "reader").status_code == 303


def test_a_password_that_is_changed_meanwhile_opens_nothing(
    public: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = passwords.right

    def changing(password: str, kept: str | None) -> bool:
        found = right(password, kept)
        with ledger.change(who="anna") as change:
            set_password(change, "reader", "ein anderes Passwort")
        return found

    monkeypatch.setattr(passwords, "right", changing)
    assert enter(public, "reader").status_code == 422
    assert COOKIE not in public.cookies
