"""Every route says who may use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from web_samples import TestClient

from beleg.web.security.forms import SAFE
from beleg.web.visitors import (
    administering,
    editing,
    from_our_page,
    reading,
    reading_feed,
    using_own_account,
)

FEED = ("GET", "/calendar/{token}.ics")  # whoever has its token
OPEN = {("GET", "/login"), ("POST", "/login"), ("GET", "/static/{name}")}
OWN = {
    ("POST", "/logout"),
    ("POST", "/account/password"),
    ("POST", "/account/sessions/end"),
    ("POST", "/account/calendar"),
    ("POST", "/account/calendar/end"),
}


def demanded(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    for inner in dependant.dependencies:
        if inner.call is not None:
            yield inner.call
        yield from demanded(inner)


def routes(client: TestClient) -> dict[tuple[str, str], set[Callable[..., Any]]]:
    found = {}
    for context in iter_route_contexts(client.app.routes):  # type: ignore[attr-defined]
        for method in context.methods or ():
            found[method, str(context.path)] = set(demanded(context.dependant))
    return found


def test_every_route_but_the_door_asks_who_it_is(public: TestClient) -> None:
    found = routes(public)
    assert len(found) > 10
    strangers = {route for route, calls in found.items() if reading not in calls}
    assert strangers == {*OPEN, FEED}
    assert reading_feed in found[FEED]
    assert [route for route, calls in found.items() if reading_feed in calls] == [FEED]


def test_every_route_that_changes_something_demands_a_role_and_our_own_form(
    public: TestClient,
) -> None:
    changing = {route: calls for route, calls in routes(public).items() if route[0] not in SAFE}
    assert len(changing) > 8
    for route, calls in changing.items():
        assert from_our_page in calls, route
        if route in OWN:
            assert using_own_account in calls, route
        elif route not in OPEN:
            assert calls & {editing, administering}, route


def test_all_accounts_pages_are_for_administrators(public: TestClient) -> None:
    found = {route: calls for route, calls in routes(public).items() if "/accounts" in route[1]}
    assert found
    assert all(administering in calls for calls in found.values())


@pytest.mark.parametrize("path", ["/login", "/account", "/accounts", "/calendar/x.ics"])
def test_there_are_no_accounts_where_nobody_else_comes(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
