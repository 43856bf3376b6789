"""Real servers on this machine for the tests of fetching, and an internet that leads to them."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from beleg.intake import fetch_connection
from beleg.intake.fetch_address import SocketAddress

Answer = Callable[[BaseHTTPRequestHandler], None]
PUBLIC = "93.184.215.14"


class Server(ThreadingHTTPServer):
    """Answers each path with its function, and keeps what it was asked."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The client may hang up whenever it likes."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append(self.path)
        self.server.times.append(time.monotonic())
        self.server.headers.append(dict(self.headers.items()))
        self.server.answers[self.path.partition("?")[0]](self)

    def log_message(self, *_: Any) -> None:
        """Nothing to standard error."""


def document(
    body: bytes, content_type: str | None = "text/html; charset=utf-8", **headers: str
) -> Answer:
    """A plain answer; a header's name is written with "_" for "-"."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if content_type is not None:
            handler.send_header("Content-Type", content_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(location: str, status: int = 302) -> Answer:
    return raw(f"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\n\r\n".encode())


def raw(*parts: bytes, again: bytes = b"", pause: float = 0.0) -> Answer:
    """These bytes, then `again` until the client hangs up, with a pause in seconds after each."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
        while again:
            handler.wfile.write(again)
            time.sleep(pause)

    return answer


@contextlib.contextmanager
def serving(answers: dict[str, Answer], *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(answers)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Internet:
    """Names that resolve to what the test says; public addresses lead to a local server."""

    def __init__(self, patch: pytest.MonkeyPatch, server: Server) -> None:
        self.names: dict[str, list[Sequence[str]]] = {}
        self.looked_up: list[str] = []
        self.connected: list[str] = []
        self._server = server
        patch.setattr(socket, "getaddrinfo", self._resolve)
        patch.setattr(fetch_connection, "open_place", self._open)

    def _resolve(self, host: str, port: int, **_: Any) -> list[Any]:
        self.looked_up.append(host)
        answers = self.names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    def _open(self, place: SocketAddress, seconds: float) -> socket.socket:
        self.connected.append(str(place.sockaddr[0]))
        opened = socket.socket()
        opened.settimeout(seconds)
        opened.connect(("127.0.0.1", self._server.port))
        return opened
