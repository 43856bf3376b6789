"""Web addresses that may be asked, and the network addresses behind them.

A fetch must not become a way into the network of the machine it runs on (server-side request
forgery): what is checked here is the very network address that is then connected to.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urljoin

from beleg.errors import FetchFailed, FetchRefused
from beleg.messages import Message

MAX_ADDRESS_LENGTH = 2_000
# The ports of web servers. Others would let a page probe mail servers and databases.
PUBLIC_PORTS = frozenset((80, 443, 8080, 8443))
_MAX_SHOWN = 200
_PUBLIC = "Give the public http or https address of a page"
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\]")
_USER_INFO = re.compile(r"(//)[^/?#]*@")
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def _networks(*texts: str) -> tuple[_Network, ...]:
    return tuple(map(ipaddress.ip_network, texts))


# Source of the lists: IANA IPv4 and IPv6 Special-Purpose Address Registries. They stand here since
# `is_global` differs between the maintenance releases of one Python.
_PRIVATE = _networks(
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
    "::1/128", "fc00::/7",
)  # fmt: skip
_NOT_GLOBAL_4 = _networks(
    "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
)  # fmt: skip
# The only IPv6 addresses given out; without those that carry an IPv4 address (Teredo, 6to4).
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_GLOBAL_6 = _networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
# NAT64 (RFC 6052): how a network without IPv4 reaches the IPv4 address in the last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """An http(s) address taken apart once, so that what is checked is what is asked.

    url: normalised, the host in ASCII, without fragment. host: an IPv6 address has no brackets.
    target: path and query as they go into the request.
    """

    url: str
    secure: bool
    host: str
    port: int
    target: str


class SocketAddress(NamedTuple):
    """What getaddrinfo gives and a socket connects to; no name is left in it."""

    family: int
    sockaddr: tuple[Any, ...]


def parse_address(url: str, *, allow_private: bool) -> WebAddress:
    """The parts of an address. Raises FetchRefused for what no public page has.

    allow_private: any port will do, as a newsroom's own server may have one.
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    where = shown(url)
    text = url.strip()
    if len(text) > MAX_ADDRESS_LENGTH:
        most = MAX_ADDRESS_LENGTH
        what = Message("address_long", f"longer than {most} characters", most=most)
        raise FetchRefused(where, what, _PUBLIC)
    if not re.match(r"https?://", text, re.IGNORECASE) or _UNFIT.search(text):
        raise FetchRefused(where, Message("not_http", "not an http or https address"), _PUBLIC)
    try:
        parts = parse_url(text)
    except LocationParseError as error:
        what = Message("no_server", "not an address a server can have")
        raise FetchRefused(where, what, _PUBLIC) from error
    if parts.auth is not None:
        what = Message("address_password", "a name or password in the address")
        raise FetchRefused(where, what, "Leave it out")
    host = (parts.host or "").strip("[]")
    if not host or not host.isascii() or "%" in host:
        raise FetchRefused(where, Message("no_host", "without a host that can be asked"), _PUBLIC)
    secure = parts.scheme == "https"
    port = parts.port if parts.port is not None else (443 if secure else 80)
    if port not in PUBLIC_PORTS and not allow_private:
        what = Message("port", f"port {port}, which is not one of web pages", port=port)
        raise FetchRefused(where, what, _PUBLIC)
    return WebAddress(
        url=parts._replace(fragment=None, path=parts.path or "/").url,
        secure=secure,
        host=host,
        port=port,
        target=parts.request_uri,
    )


def resolve(
    address: WebAddress, *, allow_private: bool, seconds: float
) -> tuple[SocketAddress, ...]:
    """Every network address of the host, all of them checked.

    One that may not be asked among several is enough to refuse: no honest host mixes them.
    Raises FetchRefused, and FetchFailed if the host is unknown or the lookup takes longer than
    `seconds`.
    """
    found = []
    for family, _, _, _, sockaddr in _looked_up(address, seconds):
        ip = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
        if not may_be_asked(ip, allow_private=allow_private):
            raise FetchRefused(
                shown(address.url),
                Message("private", f"leads to {ip}, which is not a public address", ip=str(ip)),
                "Give a public address, or allow private ones if this one is meant",
            )
        found.append(SocketAddress(family, sockaddr))
    return tuple(found)


def may_be_asked(ip: _IP, *, allow_private: bool) -> bool:
    """Whether the address is of the public internet, or of a private network where allowed.

    Link-local addresses (among them the one where clouds give out keys), multicast, broadcast
    and reserved ones are never asked. What carries an IPv4 address is judged by that.
    """
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return may_be_asked(ip.ipv4_mapped, allow_private=allow_private)
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
            return may_be_asked(wrapped, allow_private=allow_private)
    if any(ip in network for network in _PRIVATE):
        return allow_private
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _NOT_GLOBAL_4)
    return ip in _GLOBAL_6 and not any(ip in network for network in _NOT_GLOBAL_6)


def joined(base: str, link: str) -> str | None:
    """The http(s) address that `link` means on the page `base`; None if it means none."""
    if len(link) > MAX_ADDRESS_LENGTH:
        return None
    try:
        address = urljoin(base, link.strip())
    except ValueError:
        return None
    fits = re.match(r"https?://[^\s/]", address, re.IGNORECASE) and not re.search(r"\s", address)
    return address if fits and len(address) <= MAX_ADDRESS_LENGTH else None


def shown(url: str) -> str:
    """The address as a message may show it: short, on one line, without a password."""
    line = _USER_INFO.sub(r"\1…@", "".join(c if c.isprintable() else "�" for c in url.strip()))
    return line if len(line) <= _MAX_SHOWN else line[: _MAX_SHOWN - 1] + "…"


def _looked_up(address: WebAddress, seconds: float) -> list[Any]:
    """getaddrinfo with an end: the system's resolver knows no time limit, so it gets a thread."""
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:  # ValueError: a label that no name can have
            answers.put(error)

    threading.Thread(target=look_up, name="beleg-lookup", daemon=True).start()
    where = shown(address.url)
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise FetchFailed(
            where,
            Message("lookup", f"no answer on where {address.host} is", host=address.host),
            "Try again later",
        ) from None
    if isinstance(answer, Exception) or not answer:
        cause = answer if isinstance(answer, Exception) else None
        raise FetchFailed(
            where,
            Message("unknown_host", f"there is no host {address.host}", host=address.host),
            "Check the address, and the network",
        ) from cause
    return answer
