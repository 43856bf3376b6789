"""Which addresses are asked, and which never."""

from __future__ import annotations

import ipaddress
import socket
import threading
from typing import Any

import pytest

from beleg.errors import FetchFailed, FetchRefused
from beleg.intake.fetch_address import joined, may_be_asked, parse_address, resolve, shown

PUBLIC_IPS = [
    "93.184.215.14",
    "2606:2800:21f:cb07::1",
    "::ffff:93.184.215.14",
    "64:ff9b::5db8:d70e",
]
PRIVATE_IPS = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "100.64.0.1", "::1", "fc00::1", "fd12:3456::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::c0a8:101",
]  # fmt: skip
NEVER_ASKED_IPS = [
    "0.0.0.0", "169.254.169.254", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::",
    "2002:5db8:d70e::", "::127.0.0.1", "::5db8:d70e", "64:ff9b:1::1", "100::1", "3fff::1",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "::ffff:0.0.0.0", "4000::1",
]  # fmt: skip


@pytest.mark.parametrize("ip", PUBLIC_IPS)
def test_public_addresses_are_asked(ip: str) -> None:
    assert may_be_asked(ipaddress.ip_address(ip), allow_private=False)


@pytest.mark.parametrize("ip", PRIVATE_IPS)
def test_private_addresses_are_asked_only_where_allowed(ip: str) -> None:
    assert not may_be_asked(ipaddress.ip_address(ip), allow_private=False)
    assert may_be_asked(ipaddress.ip_address(ip), allow_private=True)


@pytest.mark.parametrize("ip", NEVER_ASKED_IPS)
def test_other_addresses_are_never_asked(ip: str) -> None:
    assert not may_be_asked(ipaddress.ip_address(ip), allow_private=False)
    assert not may_be_asked(ipaddress.ip_address(ip), allow_private=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "127.1", "0", "localhost",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]",
    ],
)  # fmt: skip
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    address = parse_address(f"http://{host}/", allow_private=False)
    with pytest.raises(FetchRefused, match=r"not a public address\. .*allow private"):
        resolve(address, allow_private=False, seconds=5)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "zeitung.example",
        "//zeitung.example/a",
        "file:///etc/passwd",
        "gopher://zeitung.example/",
        "ftp://zeitung.example/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:zeitung.example",
        "http:///a",
        "http://",
        "http://exa mple/",
        "http://zeitung.example\\@127.0.0.1/",
        "http://zeitung.example/a\r\nHost: innen",
        "http://zeitung.example:99999/",
        "http://zeitung.example:x/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://zeitung.example/" + "a" * 2_000,
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_looked_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "getaddrinfo")
    for allow_private in (False, True):
        with pytest.raises(FetchRefused):
            parse_address(url, allow_private=allow_private)


@pytest.mark.parametrize("user", ["anna:geheim@", "anna@", "127.0.0.1:80@", "a@b:geheim@"])
def test_credentials_are_refused_and_not_repeated(user: str) -> None:
    with pytest.raises(FetchRefused) as raised:
        parse_address(f"http://{user}zeitung.example/", allow_private=True)
    assert raised.value.where == "http://…@zeitung.example/"
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 8000, 9200])
def test_ports_of_other_services_are_refused_unless_private_ones_are_allowed(port: int) -> None:
    with pytest.raises(FetchRefused, match=f"port {port}"):
        parse_address(f"http://zeitung.example:{port}/", allow_private=False)
    assert parse_address(f"http://zeitung.example:{port}/", allow_private=True).port == port


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "normal"),
    [
        ("https://Zeitung.Example", "zeitung.example", 443, "/", "https://zeitung.example/"),
        (
            " http://zeitung.example:8080/a/../b?c=ü&d#Teil ",
            "zeitung.example", 8080, "/b?c=%C3%BC&d", "http://zeitung.example:8080/b?c=%C3%BC&d",
        ),
        ("http://bücher.example/ä", "xn--bcher-kva.example", 80, "/%C3%A4",
         "http://xn--bcher-kva.example/%C3%A4"),
        ("http://[2606:2800::1]:443/", "2606:2800::1", 443, "/", "http://[2606:2800::1]:443/"),
    ],
)  # fmt: skip
def test_address_is_taken_apart_once(
    url: str, host: str, port: int, target: str, normal: str
) -> None:
    address = parse_address(url, allow_private=False)
    assert (address.host, address.port, address.target) == (host, port, target)
    assert address.url == normal
    assert parse_address(normal, allow_private=False) == address


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.1"):
        resolve(
            parse_address("http://a.example/", allow_private=False), allow_private=False, seconds=5
        )


def test_lookup_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def never(*_: Any, **__: Any) -> list[Any]:
        release.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    with pytest.raises(FetchFailed, match="no answer on where"):
        resolve(
            parse_address("http://a.example/", allow_private=False),
            allow_private=False,
            seconds=0.1,
        )
    release.set()


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example", "gibt-es-nicht.invalid"])
def test_host_that_does_not_exist(host: str) -> None:
    address = parse_address(f"http://{host}/", allow_private=False)
    with pytest.raises(FetchFailed):
        resolve(address, allow_private=False, seconds=20)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("b", "https://a.example/x/b"),
        ("/b", "https://a.example/b"),
        ("//b.example/c", "https://b.example/c"),
        (" http://b.example/c\n", "http://b.example/c"),
        ("mailto:a@b.example", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("b c", None),
    ],
)
def test_links_are_joined_to_web_addresses_or_to_nothing(link: str, address: str | None) -> None:
    assert joined("https://a.example/x/y", link) == address


def test_shown_address_is_short_and_on_one_line() -> None:
    line = shown("http://a.example/\n\x1b[31m" + "x" * 1_000)
    assert len(line) == 200
    assert line.isprintable()
