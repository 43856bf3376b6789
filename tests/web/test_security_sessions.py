"""Guessing passwords, finding out accounts, and taking over sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from web_samples import PASSWORD, PUBLIC, Clock, TestClient, enter, mark_of

from beleg.ledger.store import Ledger
from beleg.web.accounts import disable

COOKIE = "__Host-beleg"


def at(app: Any, address: str) -> TestClient:
    """A browser that comes from that address."""
    return TestClient(app, base_url=PUBLIC, follow_redirects=False, client=(address, 40000))


def test_one_account_tried_from_many_addresses_slows_them_but_does_not_lock_its_owner_out(
    public: TestClient, clock: Clock
) -> None:
    for number in range(50):
        browser = at(public.app, f"198.51.100.{number}")
        assert enter(browser, "reader", "falsch").status_code == 422
    waits = []
    for number in range(50, 58):
        answer = enter(at(public.app, f"198.51.100.{number}"), "reader", "falsch")
        assert answer.status_code == 429
        waits.append(int(answer.headers["retry-after"]))
        clock.move(timedelta(seconds=waits[-1]))
        assert enter(at(public.app, f"203.0.113.{number}"), "reader", "falsch").status_code == 422
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    clock.move(timedelta(seconds=30))
    assert enter(at(public.app, "192.0.2.1"), "reader").status_code == 303


def test_an_address_does_not_become_another_by_saying_so(public: TestClient) -> None:
    mark = mark_of(public.get("/login").text)
    statuses = []
    for number in range(6):
        headers = {"x-forwarded-for": f"198.51.100.{number}", "x-real-ip": "198.51.100.9"}
        fields = {"csrf": mark, "name": "reader", "password": "falsch"}
        statuses.append(public.post("/login", data=fields, headers=headers).status_code)
    assert statuses == [422] * 5 + [429]


def test_answers_do_not_tell_which_accounts_there_are(public: TestClient, ledger: Ledger) -> None:
    with ledger.change(who="anna") as change:
        disable(change, "editer")
    told = []
    for number, name in enumerate(("reader", "editer", "nobody")):
        browser = at(public.app, f"198.51.100.{number}")
        answers = [enter(browser, name, "falsch") for _ in range(7)]
        told.append([
            (
                answer.status_code,
                answer.headers.get("retry-after"),
                answer.text.replace(name, "…").replace(marks(answer.text), "…"),
            )
            for answer in answers
        ])  # fmt: skip
    assert told[0] == told[1] == told[2]
    assert [status for status, _, _ in told[0]] == [422] * 5 + [429] * 2


def marks(page: str) -> str:
    return mark_of(page) if 'name="csrf"' in page else "\0"


def test_a_session_that_somebody_else_chose_is_never_opened(public: TestClient) -> None:
    chosen = "x" * 43
    public.cookies.set(COOKIE, chosen, domain="beleg.example", path="/")
    mark = mark_of(public.get("/login").text)
    fields = {"csrf": mark, "name": "reader", "password": PASSWORD}
    answer = public.post("/login", data=fields)
    assert answer.status_code == 303
    given = answer.headers["set-cookie"].partition(";")[0].partition("=")[2]
    assert given
    assert given != chosen
    other = at(public.app, "198.51.100.1")
    other.cookies.set(COOKIE, chosen)
    assert other.get("/").status_code == 303


def test_another_password_ends_the_sessions_of_all_other_browsers(public: TestClient) -> None:
    thief = at(public.app, "198.51.100.1")
    enter(thief, "reader")
    assert thief.get("/").status_code == 200
    enter(public, "reader")
    old = public.cookies[COOKIE]
    fields = {
        "csrf": mark_of(public.get("/account").text),
        "password": PASSWORD,
        "new_password": "ganz neue Wörter hier",
    }
    assert public.post("/account/password", data=fields).status_code == 303
    assert public.get("/").status_code == 200
    assert public.cookies[COOKIE] != old
    assert thief.get("/").status_code == 303
    assert thief.get("/api/v1/articles").status_code == 401


def test_every_cookie_of_a_public_ledger_is_kept_from_plain_http(public: TestClient) -> None:
    given = [public.get("/login").headers["set-cookie"], enter(public, "reader").headers["set-cookie"]]  # fmt: skip
    mark = mark_of(public.get("/account").text)
    given += public.post("/logout", data={"csrf": mark}).headers.get_list("set-cookie")
    assert len(given) >= 4
    for cookie in given:
        assert "Secure" in cookie, cookie
        assert "HttpOnly" in cookie, cookie
        assert "samesite=lax" in cookie.lower() or "samesite=strict" in cookie.lower(), cookie
        assert "domain" not in cookie.lower()
