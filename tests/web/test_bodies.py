"""Bodies that are too large, too slow or too deep, sent to a real server on loopback."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress

import pytest
from fastapi import APIRouter, FastAPI, Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from web_samples import running

from beleg.ledger.store import Ledger
from beleg.web.app import create_app
from beleg.web.failure import Failure
from beleg.web.security.bodies import JsonDepth
from beleg.web.settings import WebSettings
from beleg.web.visitors import Editing

MOST = 100_000
HEAD = "POST /api/take HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Beleg: 1\r\n"


def serving(ledger: Ledger, seconds: float) -> AbstractContextManager[int]:
    """A server that takes bodies of up to 100,000 bytes within so many seconds; gives its port."""
    router = APIRouter()

    @router.post("/api/take")
    async def take(request: Request, _: Editing) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    def make(number: int) -> FastAPI:
        settings = WebSettings(port=number, max_body=MOST, upload_seconds=seconds)
        app = create_app(ledger, settings)
        app.include_router(router)
        return app

    return running(make)


@pytest.fixture
def port(ledger: Ledger) -> Iterator[int]:
    """A server with time enough for a busy machine."""
    with serving(ledger, 30) as number:
        yield number


@pytest.fixture
def hasty(ledger: Ledger) -> Iterator[int]:
    """A server that waits for half a second."""
    with serving(ledger, 0.5) as number:
        yield number


def talk(port: int, head: str, send: Callable[[socket.socket], None]) -> tuple[str, bool]:
    """What the server answers, and whether it closes the connection then."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall((HEAD.format(port=port) + head + "\r\n").encode())
        # It may have hung up already; its answer is still there to read.
        with suppress(BrokenPipeError, ConnectionResetError):
            send(line)
        line.settimeout(2)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except TimeoutError:
            return answer.decode(), False
        except ConnectionResetError:
            pass
        return answer.decode(), True


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


def test_a_body_at_the_limit_is_taken(port: int) -> None:
    head = f"Content-Length: {MOST}\r\nConnection: close\r\n"
    answer, _ = talk(port, head, lambda line: line.sendall(b"x" * MOST))
    assert status(answer) == 200
    assert answer.endswith(str(MOST))


def test_a_length_over_the_limit_is_refused_before_anything_is_sent(port: int) -> None:
    answer, closed = talk(port, f"Content-Length: {MOST + 1}\r\n", lambda line: None)
    assert (status(answer), closed) == (413, True)
    assert json.loads(answer.rpartition("\r\n\r\n")[2])["status"] == 413


def test_a_body_that_does_not_say_its_length_is_cut_off(port: int) -> None:
    sent = 0

    def endless(line: socket.socket) -> None:
        nonlocal sent
        for _ in range(2000):
            line.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
            sent += 10_000

    answer, closed = talk(port, "Transfer-Encoding: chunked\r\n", endless)
    assert closed
    assert sent < 20_000_000
    if answer:  # lost where the server hung up while we were still sending
        assert status(answer) == 413


def test_a_slow_body_is_given_up(hasty: int) -> None:
    def trickle(line: socket.socket) -> None:
        for _ in range(9):
            line.sendall(b"x")
            time.sleep(0.1)

    began = time.monotonic()
    answer, closed = talk(hasty, "Content-Length: 1000\r\n", trickle)
    assert (status(answer), closed) == (408, True)
    assert time.monotonic() - began < 3


def test_a_body_that_nobody_reads_ends_the_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        head = f"POST /nothing HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 1000\r\n\r\n"
        line.sendall(head.encode())
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    assert status(answer.decode()) == 404


def test_deep_json_is_refused(port: int) -> None:
    body = b"[" * 5000 + b"]" * 5000
    head = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    answer, _ = talk(port, head, lambda line: line.sendall(body))
    assert status(answer) == 422


Tree = st.recursive(
    st.none() | st.booleans() | st.text(alphabet='[]{}"\\ä\n'),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('[{"\\'), inner, max_size=3)
    ),
)


def depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(inner, str) or not hasattr(inner, "__iter__"):
        return 0
    return 1 + max(map(depth, inner), default=0)


def feed(depths: JsonDepth, pieces: list[bytes]) -> None:
    for piece in pieces:
        depths.feed(piece)


@given(Tree, st.integers(1, 7))
def test_the_depth_is_that_of_the_value_however_it_is_cut(value: object, size: int) -> None:
    text = json.dumps(value, ensure_ascii=False).encode()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    enough, one_less = JsonDepth(depth(value)), JsonDepth(depth(value) - 1)
    feed(enough, pieces)
    with pytest.raises(Failure):
        feed(one_less, pieces)
