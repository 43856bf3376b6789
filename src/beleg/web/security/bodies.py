"""Bodies of requests: cut off where they are too large, too slow or too deep.

Nothing is read whole first: what arrives is counted, and the one who reads it gets an exception
in place of the next piece.
"""

from __future__ import annotations

import asyncio
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beleg.web.error_pages import answer
from beleg.web.failure import Failure
from beleg.web.settings import WebSettings
from beleg.web.state import state_of

_TELLING = re.compile(rb'[][{}"\\]')


class Bodies:
    """Raises Failure 413, 408 or 422 (why "depth") from `receive`, for whoever reads the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        settings = state_of(HTTPConnection(scope)).settings
        body = _Body(receive, Headers(scope=scope), settings)
        if body.announced > settings.max_body:
            refusal = answer(Request(scope), 413, extra={"Connection": "close"})
            await refusal(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and not body.read:
                # Nobody will read the rest, so it need not come.
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self._app(scope, body.receive, sending)


class _Body:
    """One request's body as it arrives. read: whether all of it is here."""

    def __init__(self, receive: Receive, headers: Headers, settings: WebSettings) -> None:
        self._receive = receive
        self._settings = settings
        self._size = 0
        self._deadline: float | None = None
        json = "json" in headers.get("content-type", "").lower()
        self._depth = JsonDepth(settings.json_depth) if json else None
        length = headers.get("content-length", "0")
        self.announced = int(length) if length.isdecimal() else 0
        self.read = self.announced == 0 and "transfer-encoding" not in headers

    async def receive(self) -> Message:
        if self.read:
            return await self._receive()  # what follows is only whether the browser is still there
        if self._deadline is None:
            self._deadline = time.monotonic() + self._settings.upload_seconds
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()):
                message = await self._receive()
        except TimeoutError:
            raise Failure(408) from None
        self._check(message)
        return message

    def _check(self, message: Message) -> None:
        if message["type"] != "http.request":
            return
        piece = message.get("body", b"")
        self._size += len(piece)
        if self._size > self._settings.max_body:
            raise Failure(413)
        if self._depth is not None:
            self._depth.feed(piece)
        self.read = not message.get("more_body", False)


class JsonDepth:
    """How deep a JSON text goes, told piece by piece. Raises Failure 422 beyond `limit`."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._level = 0
        self._quoted = False
        self._escaped_at: int | None = None
        self._seen = 0

    def feed(self, piece: bytes) -> None:
        """The next piece; may end anywhere, in a string or after a backslash."""
        for found in _TELLING.finditer(piece):
            self._take(found.group(), self._seen + found.start())
        self._seen += len(piece)
        if self._level > self._limit:
            raise Failure(422, why="depth")

    def _take(self, sign: bytes, place: int) -> None:
        if self._quoted:
            if self._escaped_at == place:
                return
            if sign == b"\\":
                self._escaped_at = place + 1
            elif sign == b'"':
                self._quoted = False
        elif sign == b'"':
            self._quoted = True
        elif sign in b"[{":
            self._level += 1
            if self._level > self._limit:
                raise Failure(422, why="depth")
        elif sign in b"]}":
            self._level -= 1
