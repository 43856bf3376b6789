"""Running the web application: where it may listen, and with how many processes."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from beleg.errors import ExtraMissing, LedgerRefused
from beleg.ledger.store import Ledger

_WAITING = 512  # connections that may wait to be taken


def serve(
    ledger: Ledger,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    public: bool = False,
    secure: bool = True,
    hosts: Sequence[str] = (),
    proxies: Sequence[str] = (),
    processes: int = 1,
) -> None:
    """Answers requests until it is told to stop; what is under way then is finished.

    public: others may come, with accounts; without it, only this machine. secure: with `public`,
    browsers come through https (a proxy in front does that); False is for trying it out on this
    machine alone. hosts: names it may be asked by, any if empty. proxies: addresses of proxies
    whose word on the visitor's address is taken (X-Forwarded-For). processes: so many answer, with
    one more beside them that adds articles; with one, it does everything.
    Raises LedgerRefused for an address that would let strangers in or cannot be listened on, and
    ExtraMissing where the web packages are not installed, ServerFailed if its processes fail.
    """
    check_address(host, public=public, secure=secure)
    try:
        import argon2  # noqa: F401 - only whether they are there
        import uvicorn  # noqa: F401

        from beleg.web.answering import answer
        from beleg.web.app import create_app
        from beleg.web.processes import serve_with
        from beleg.web.settings import WebSettings
    except ImportError as error:
        raise ExtraMissing(
            "beleg serve", "the web packages are not installed", 'pip install "beleg[web]"'
        ) from error
    settings = WebSettings(public=public, port=port, hosts=tuple(hosts), secure=secure)
    with _listening(host, port) as listener:
        if processes > 1:
            serve_with(ledger, settings, listener, processes=processes, proxies=proxies)
        else:
            answer(create_app(ledger, settings), listener, proxies=proxies)


def _listening(host: str, port: int) -> socket.socket:
    # uvicorn would end the whole program where this fails.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host.strip("[]"), port), family=family, backlog=_WAITING)
    except OSError as error:
        raise LedgerRefused(
            f"{host}:{port}", f"cannot be listened on ({error.strerror})", "Name another port"
        ) from error
    # asyncio does this only for sockets that name their protocol. Without it the end of an answer
    # waits until its beginning is acknowledged, which browsers put off: 40 ms for each.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def check_address(host: str, *, public: bool, secure: bool) -> None:
    """Raises LedgerRefused where listening on `host` would let strangers in unguarded."""
    if loopback(host):
        return
    if not public:
        raise LedgerRefused(
            host,
            "other machines could reach it, and nobody would have to log in",
            "Use 127.0.0.1, or --public with accounts",
        )
    if not secure:
        raise LedgerRefused(
            host,
            "passwords would cross the network in the clear",
            "Put a proxy with https in front, or listen on 127.0.0.1",
        )


def loopback(host: str) -> bool:
    """Whether only this machine can reach it by that name or number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
