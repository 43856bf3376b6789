"""Connections to network addresses that were checked, cut when their time is up."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from urllib3.connection import HTTPConnection, HTTPSConnection

from beleg.intake.fetch_address import SocketAddress, WebAddress

_Opener = Callable[[], socket.socket]


class _Connection(HTTPConnection):
    """Uses the socket it is given. urllib3's own would look the name up a second time, and a
    hostile name server could answer with a private address then (DNS rebinding)."""

    open_socket: _Opener

    def _new_conn(self) -> socket.socket:
        return self.open_socket()


class _SecureConnection(HTTPSConnection):
    """The same with TLS: the certificate must be valid for the host of the address."""

    open_socket: _Opener

    def _new_conn(self) -> socket.socket:
        return self.open_socket()


@contextlib.contextmanager
def connection_to(
    address: WebAddress, places: Sequence[SocketAddress], *, silence: float, ends: float
) -> Iterator[HTTPConnection]:
    """A connection that opens on the first request, to one of `places` and nowhere else.

    silence: seconds to wait for anything at all. ends: the time.monotonic() at which the
    connection is cut, whatever still drips in; reading then ends early or raises.
    No proxy is used.
    """
    with contextlib.ExitStack() as stack:

        def open_socket() -> socket.socket:
            opened = _first_open(places, silence=silence, ends=ends)
            stack.enter_context(_cut_at(opened, ends))
            return opened

        connection: _Connection | _SecureConnection
        if address.secure:
            connection = _SecureConnection(
                address.host,
                address.port,
                timeout=silence,
                ssl_context=ssl.create_default_context(),
                cert_reqs="CERT_REQUIRED",
            )
        else:
            connection = _Connection(address.host, address.port, timeout=silence)
        connection.open_socket = open_socket
        stack.callback(connection.close)
        yield connection


def _first_open(places: Sequence[SocketAddress], *, silence: float, ends: float) -> socket.socket:
    """A socket connected to the first of the places that answers. Raises OSError if none does."""
    failure = OSError("no address to connect to")
    for place in places:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up")
        try:
            return open_place(place, min(silence, left))
        except OSError as error:
            failure = error
    raise failure


def open_place(place: SocketAddress, seconds: float) -> socket.socket:
    """A socket connected to exactly this network address."""
    opened = socket.socket(place.family, socket.SOCK_STREAM)
    try:
        opened.settimeout(seconds)
        opened.connect(place.sockaddr)
    except BaseException:
        opened.close()
        raise
    return opened


@contextlib.contextmanager
def _cut_at(opened: socket.socket, ends: float) -> Iterator[None]:
    """Shut the connection down at `ends`; a read timeout alone never ends a drip of bytes.

    Works on a duplicate of the socket, since TLS takes the original over.
    """
    handle = opened.dup()

    def cut() -> None:
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(ends - time.monotonic(), 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        handle.close()
