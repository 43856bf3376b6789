"""Fetched addresses lead nowhere inside (server-side request forgery): nothing is connected to."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from api_samples import Caller
from web_samples import mark_of

from beleg.intake import fetch_connection
from beleg.intake.fetch_address import SocketAddress


class Outside:
    """Names that resolve to what a test says; whatever is connected to is kept, and answered."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, list[str]] = {}
        self.connected: list[str] = []
        self.sockets: list[socket.socket] = []
        self.answer = b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n"
        self._resolve = socket.getaddrinfo
        patch.setattr(socket, "getaddrinfo", self._look_up)
        patch.setattr(fetch_connection, "open_place", self._open)

    def _look_up(self, host: Any, *more: Any, **options: Any) -> Any:
        if host not in self.names:
            return self._resolve(host, *more, **options)
        found = self.names[host]
        ip = found.pop(0) if len(found) > 1 else found[0]
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (ip, more[0], 0, 0)[: 4 if ":" in ip else 2])]

    def _open(self, place: SocketAddress, seconds: float) -> socket.socket:
        self.connected.append(str(place.sockaddr[0]))
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        theirs.sendall(self.answer)
        theirs.shutdown(socket.SHUT_WR)
        self.sockets += (ours, theirs)
        return ours

    def close(self) -> None:
        for one in self.sockets:
            one.close()


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    made = Outside(monkeypatch)
    yield made
    made.close()


def by_page(api: Caller, url: str) -> None:
    mark = mark_of(api.browser.get("/add").text)
    answer = api.browser.post("/add/address", data={"csrf": mark, "address": url})
    if answer.status_code != 422:
        assert answer.status_code == 303, answer.text
        ended(api, answer.headers["location"].rpartition("/")[2])


def by_call(api: Caller, url: str) -> None:
    answer = api.call("POST", "/articles/fetch", json={"url": url})
    if answer.status_code != 422:
        assert answer.status_code == 202, answer.text
        ended(api, answer.json()["id"])


def ended(api: Caller, job: str) -> dict[str, Any]:
    end = time.monotonic() + 60
    while True:
        found: dict[str, Any] = api.get(f"/jobs/{job}")
        if found["state"] in ("done", "failed"):
            assert all(one["outcome"] == "failed" for one in found["results"])
            return found
        assert time.monotonic() < end
        time.sleep(0.01)


WAYS = pytest.mark.parametrize("way", [by_page, by_call])
INSIDE = [
    "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0177.0.0.1/",
    "http://0x7f.1/", "http://127.1/", "http://0/", "http://10.0.0.7/", "http://172.16.0.1/",
    "http://192.168.0.1/", "http://100.64.0.1/", "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/", "http://0xA9FEA9FE/", "http://0251.0376.0251.0376/",
    "http://[::1]/", "http://[::]/", "http://[fd00::1]/", "http://[fe80::1]/",
    "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::7f00:1]/",
    "http://inside.example/", "http://cloud.example/", "http://six.example/",
    "http://public.example@127.0.0.1/", "http://127.0.0.1#@public.example/",
    "http://public.example:22/", "file:///etc/passwd", "file://localhost/etc/passwd",
    "gopher://127.0.0.1/", "ftp://public.example/", "dict://127.0.0.1:11211/", "/etc/passwd", "-",
]  # fmt: skip


@WAYS
def test_what_lies_inside_is_never_connected_to(
    api: Caller, outside: Outside, way: Callable[[Caller, str], None]
) -> None:
    outside.names = {
        "inside.example": ["10.1.2.3"],
        "cloud.example": ["169.254.169.254"],
        "six.example": ["fd00::7"],
        "public.example": ["93.184.215.14"],
    }
    for url in INSIDE:
        way(api, url)
        assert outside.connected == [], url
    way(api, "http://public.example/")
    assert set(outside.connected) == {"93.184.215.14"}


@WAYS
@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "//10.0.0.1/",
        "http://inside.example/", "http://2130706433/", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_a_redirect_leads_nowhere_inside(
    api: Caller, outside: Outside, way: Callable[[Caller, str], None], target: str
) -> None:
    outside.names = {"public.example": ["93.184.215.14"], "inside.example": ["10.1.2.3"]}
    head = f"HTTP/1.1 302 Elsewhere\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
    outside.answer = head.encode()
    way(api, "http://public.example/")
    assert outside.connected == ["93.184.215.14"]


@WAYS
def test_a_name_that_changes_meanwhile_leads_nowhere_inside(
    api: Caller, outside: Outside, way: Callable[[Caller, str], None]
) -> None:
    outside.names = {"turning.example": ["93.184.215.14", "127.0.0.1"]}
    outside.answer = b"HTTP/1.1 302 Elsewhere\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    way(api, "http://turning.example/")
    assert outside.connected == ["93.184.215.14"]


@WAYS
def test_the_entries_of_a_feed_lead_nowhere_inside(
    api: Caller, outside: Outside, way: Callable[[Caller, str], None]
) -> None:
    outside.names = {"public.example": ["93.184.215.14"]}
    links = ("http://127.0.0.1/a", "http://169.254.169.254/", "file:///etc/passwd", "http://[::1]/")
    items = "".join(f"<item><title>a</title><link>{link}</link></item>" for link in links)
    feed = f"<rss version='2.0'><channel><title>a</title>{items}</channel></rss>".encode()
    outside.answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(feed), feed)
    )
    way(api, "http://public.example/feed")
    assert outside.connected == ["93.184.215.14"]
