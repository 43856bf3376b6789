"""What is checked before anything else: the name we are asked by, and how often an address comes.

Without the first, a foreign page could let its own name point at this machine and read what is
here as if it were its own (DNS rebinding).
"""

from __future__ import annotations

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from beleg.web.error_pages import answer
from beleg.web.security import audit
from beleg.web.state import State, state_of

_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Door:
    """Refuses foreign names (421) and addresses that come too often (429)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        state = state_of(request)
        if not _ours(request, state):
            response = answer(request, 421)
        elif (wait := await self._wait(request, state)) is not None:
            response = answer(request, 429, extra={"Retry-After": str(wait)})
        else:
            await self._app(scope, receive, send)
            return
        await response(scope, receive, send)

    async def _wait(self, request: Request, state: State) -> int | None:
        """Seconds after which the address may come again; None if it may now."""
        address = audit.address_of(request)
        rates = state.common.address_rates
        if rates is None or rates.take(address):
            return None
        if state.common.entries.take(address):
            await run_in_threadpool(audit.record, state, request, "refused-rate", None)
        return rates.wait(address)


def _ours(request: Request, state: State) -> bool:
    host = request.headers.get("host", "").lower()
    settings = state.settings
    if not settings.public:
        return host in {f"{name}:{settings.port}" for name in _LOCAL} or (
            settings.port == 80 and host in _LOCAL
        )
    return not settings.hosts or _without_port(host) in settings.hosts


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
