from __future__ import annotations

import pytest
from starlette.requests import Request

from beleg.web.security.audit import address_of


@pytest.mark.parametrize(
    ("given", "known_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "::1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_visitor_has_one_address_however_many_his_network_gives_him(
    given: str, known_as: str
) -> None:
    assert address_of(Request({"type": "http", "client": (given, 5)})) == known_as


def test_a_visitor_without_an_address_is_unknown() -> None:
    assert address_of(Request({"type": "http", "client": None})) == "unknown"
