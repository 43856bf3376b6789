"""The secret address of the calendar: for programs that cannot log in, and for nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from board_samples import enter as put_in
from board_samples import port
from icalendar import Calendar
from sqlalchemy import select, update
from web_samples import NOW, PUBLIC, Clock, TestClient, audited, enter, mark_of

from beleg.ledger import schema
from beleg.ledger.store import Ledger
from beleg.web.accounts import disable, enable, set_password
from beleg.web.app import create_app
from beleg.web.settings import WebSettings


def made(browser: TestClient) -> str:
    """A new address of the calendar, without the server's name."""
    mark = mark_of(browser.get("/account").text)
    page = browser.post("/account/calendar", data={"csrf": mark})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    found = re.search(rf'value="{PUBLIC}(/calendar/[\w-]{{43}}\.ics\?ui=de)"', page.text)
    assert found, page.text
    return found[1]


@pytest.fixture
def address(public: TestClient, ledger: Ledger) -> str:
    """The address of the account "reader", who is logged out again; there is one forecast."""
    put_in(ledger, port())
    enter(public, "reader")
    new = made(public)
    public.cookies.clear()
    return new


def test_a_program_without_a_session_reads_the_deadlines(public: TestClient, address: str) -> None:
    answer = public.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "set-cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.content)
    assert calendar["NAME"] == "Beleg: Fristen"
    (event,) = calendar.walk("VEVENT")
    assert str(event["URL"]).startswith(f"{PUBLIC}/forecasts/")


def test_it_is_in_the_language_of_the_page_it_was_made_on(public: TestClient) -> None:
    enter(public, "reader")
    mark = mark_of(public.get("/account?ui=en").text)
    page = public.post("/account/calendar", data={"csrf": mark}).text
    found = re.search(r"/calendar/[\w-]+\.ics\?ui=en", page)
    assert found
    assert b"Beleg: deadlines" in public.get(found[0]).content


def test_the_calendar_can_be_narrowed(public: TestClient, address: str) -> None:
    assert b"VEVENT" not in public.get(f"{address}&topic=Brücken").content


def test_the_address_opens_nothing_else(public: TestClient, address: str) -> None:
    token = address.removeprefix("/calendar/").partition(".")[0]
    assert public.get(address).status_code == 200
    for name in ("__Host-beleg", "beleg_session"):
        public.cookies.set(name, token)
        assert public.get("/forecasts").headers["location"].startswith("/login")
        assert public.get("/api/v1/articles").status_code == 401
        public.cookies.clear()
    for method in ("POST", "PUT", "DELETE"):
        assert public.request(method, address).status_code == 405


def test_the_ledger_keeps_no_token_and_the_page_shows_it_once(
    public: TestClient, ledger: Ledger, address: str
) -> None:
    token = address.removeprefix("/calendar/").partition(".")[0]
    with ledger.read() as db:
        tables = schema.metadata.sorted_tables
        kept = str([db.execute(select(table)).all() for table in tables])
    assert token not in kept
    enter(public, "reader")
    shown = public.get("/account").text
    assert token not in shown
    assert "Ihre Adresse gilt seit" in shown


def _other_letter(address: str) -> str:
    return f"{address[:20]}{'y' if address[20] == 'x' else 'x'}{address[21:]}"


@pytest.mark.parametrize(
    "wrong",
    [
        _other_letter,
        lambda address: address.replace(".ics", "A.ics"),
        lambda address: f"/calendar/{'x' * 43}.ics",
        lambda address: f"/calendar/{'x' * 150}.ics",
        lambda address: "/calendar/%00%F0.ics",
        lambda address: "/calendar/' OR 1=1 --.ics",
    ],
)
def test_a_wrong_address_is_none(
    public: TestClient, ledger: Ledger, address: str, wrong: Callable[[str], str]
) -> None:
    answer = public.get(wrong(address))
    assert answer.status_code == 404
    assert b"VCALENDAR" not in answer.content
    assert audited(ledger)[-1] == ("feed-refused", None)


def test_a_revoked_address_is_none(public: TestClient, ledger: Ledger, address: str) -> None:
    enter(public, "reader")
    mark = mark_of(public.get("/account").text)
    answer = public.post("/account/calendar/end", data={"csrf": mark})
    assert "gilt nicht mehr" in public.get(answer.headers["location"]).text
    assert public.get(address).status_code == 404
    assert ("feed-ended", "reader") in audited(ledger)


def test_a_new_address_ends_the_one_before(public: TestClient, address: str) -> None:
    enter(public, "reader")
    new = made(public)
    assert new != address
    assert [public.get(one).status_code for one in (address, new)] == [404, 200]


def test_administrators_revoke_the_address_of_others(public: TestClient, address: str) -> None:
    enter(public, "adminer")
    page = public.get("/accounts").text
    assert page.count('action="/accounts/calendar/end"') == 1
    public.post("/accounts/calendar/end", data={"csrf": mark_of(page), "name": "reader"})
    assert public.get(address).status_code == 404
    assert "/accounts/calendar/end" not in public.get("/accounts").text


def test_others_revoke_nobodys_address(public: TestClient, address: str) -> None:
    enter(public, "editer")
    fields = {"csrf": mark_of(public.get("/account").text), "name": "reader"}
    assert public.post("/accounts/calendar/end", data=fields).status_code == 403
    public.post("/account/calendar/end", data=fields)
    assert public.get(address).status_code == 200


def test_a_disabled_accounts_address_is_none_and_stays_so(
    public: TestClient, ledger: Ledger, address: str
) -> None:
    with ledger.change(who="anna") as change:
        disable(change, "reader")
    assert public.get(address).status_code == 404
    with ledger.change(who="anna") as change:
        enable(change, "reader")
    assert public.get(address).status_code == 404


def test_an_account_that_is_not_active_reads_nothing_even_with_an_address(
    public: TestClient, ledger: Ledger, address: str
) -> None:
    with ledger.change(who="anna") as change:
        change.db.execute(update(schema.accounts).values(active=False))
    assert public.get(address).status_code == 404


def test_another_password_leaves_the_address(
    public: TestClient, ledger: Ledger, address: str
) -> None:
    with ledger.change(who="anna") as change:
        set_password(change, "reader", "ein ganz anderes")
    assert public.get(address).status_code == 200


def test_making_one_takes_our_own_form_and_an_account(public: TestClient) -> None:
    assert public.post("/account/calendar").status_code == 401
    enter(public, "reader")
    assert public.post("/account/calendar", data={"csrf": "x"}).status_code == 403


def test_uses_are_written_down_once_a_day(
    public: TestClient, ledger: Ledger, address: str, clock: Clock
) -> None:
    for hours in (0, 1, 22, 2, 1):
        clock.move(timedelta(hours=hours))
        assert public.get(address).status_code == 200
    assert audited(ledger).count(("feed-read", "reader")) == 2
    with ledger.read() as db:
        used = db.scalar(select(schema.calendar_feeds.c.used_at))
    assert used == NOW + timedelta(hours=25)
    assert ("feed-made", "reader") in audited(ledger)


def test_a_flood_of_wrong_addresses_is_no_flood_of_entries(
    public: TestClient, ledger: Ledger, address: str
) -> None:
    for number in range(20):
        assert public.get(f"/calendar/{number}.ics").status_code == 404
    assert 1 <= audited(ledger).count(("feed-refused", None)) <= 6


@pytest.mark.parametrize("wrong", [False, True])
def test_who_comes_too_often_has_to_wait(ledger: Ledger, accounts: None, wrong: bool) -> None:
    app = create_app(ledger, WebSettings(public=True, rate=0.001, burst=30))
    with TestClient(app, base_url=PUBLIC, follow_redirects=False) as browser:
        enter(browser, "reader")
        address: Any = "/calendar/x.ics" if wrong else made(browser)
        answers = [browser.get(address) for _ in range(40)]
    assert answers[0].status_code == (404 if wrong else 200)
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
