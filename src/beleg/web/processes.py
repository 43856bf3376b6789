"""Several processes that answer requests; this one gives them the connections, and does the jobs.

Python runs on one processor at a time in each process. The jobs stay here, one after the other and
with one model in memory, and analysing does not hold up the pages.
"""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from beleg.errors import LedgerRefused, ServerFailed
from beleg.ledger.store import Clock, Ledger, open_ledger
from beleg.web.answering import answer
from beleg.web.app import create_app
from beleg.web.common import make_common, reach, share
from beleg.web.handing import Share, Taker, hand_out
from beleg.web.settings import WebSettings

_SHUTDOWN_SECONDS = 20
_PAUSE_SECONDS = 1  # when the system lends no more files


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What each of the processes gets to know; all of it can be pickled."""

    place: str
    clock: Clock
    settings: WebSettings
    common: Any
    proxies: tuple[str, ...]


def serve_with(
    ledger: Ledger,
    settings: WebSettings,
    listener: socket.socket,
    *,
    processes: int,
    proxies: Sequence[str],
) -> None:
    """Answers requests with so many processes until Ctrl-C or SIGTERM.

    A process that ends by itself is replaced; until one answers, who asks waits at the socket.
    Raises ServerFailed if one ends before it answers, LedgerRefused where the system cannot hand
    connections to other processes.
    """
    if not hasattr(socket, "send_fds"):
        raise LedgerRefused(
            f"--processes {processes}",
            "this system cannot hand connections to other processes",
            "Use --processes 1",
        )
    part = _Part(
        place=ledger.place,
        clock=ledger.clock,
        settings=settings,
        common=share(make_common(ledger, settings)),
        proxies=tuple(proxies),
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    listener.setblocking(False)
    running: dict[BaseProcess, Share] = {}
    try:
        while True:
            while len(running) < processes:
                _begin(part, running)
            _wait(listener, running)
            for process in [one for one in running if not one.is_alive()]:
                ended = running.pop(process)
                ended.end.close()
                if not ended.was_ready:
                    raise ServerFailed(process.exitcode)
    except KeyboardInterrupt:
        pass
    finally:
        _end(running)


def _begin(part: _Part, running: dict[BaseProcess, Share]) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        # A new interpreter, not a copy of this one, whose threads a copy would lack.
        process = get_context("spawn").Process(
            target=_work, args=(part, theirs), name="beleg-serve"
        )
        process.start()
    running[process] = Share(ours)


def _wait(listener: socket.socket, running: dict[BaseProcess, Share]) -> None:
    """Waits for something to happen, and does it; ends of processes are left to the caller."""
    shares = {one.end: one for one in running.values() if not one.gone}
    sources: list[Any] = [*shares, *(process.sentinel for process in running)]
    if any(one.takes for one in shares.values()):
        sources.append(listener)
    happened = wait(sources)
    for source in happened:
        if source in shares:
            shares[source].hear()
    if listener in happened:
        _hand_on(listener, shares.values())


def _hand_on(listener: socket.socket, shares: Iterable[Share]) -> None:
    try:
        connection, _ = listener.accept()
    except (BlockingIOError, ConnectionAbortedError):  # the visitor has gone already
        return
    except OSError:
        time.sleep(_PAUSE_SECONDS)
        return
    with connection:  # closed here; if nobody takes it, for good
        hand_out(connection, shares)


def _end(running: Iterable[BaseProcess]) -> None:
    for process in running:
        process.terminate()
    deadline = time.monotonic() + _SHUTDOWN_SECONDS
    for process in running:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()


def _work(part: _Part, end: socket.socket) -> None:
    """What one of the processes does."""
    # Ctrl-C reaches all of them; until the server listens to it, the parent's word ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ledger = open_ledger(part.place, clock=part.clock)
    app = create_app(ledger, part.settings, reach(part.common, part.settings))
    answer(app, Taker(end), proxies=part.proxies)
    ledger.close()
