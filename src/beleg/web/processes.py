"""Several processes that answer requests on one port; this one waits, and does the jobs.

Python runs on one processor at a time in each process. The jobs stay here, one after the other and
with one model in memory, and analysing does not hold up the pages.
"""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from typing import Any

import uvicorn

from beleg.errors import ServerFailed
from beleg.ledger.store import Clock, Ledger, open_ledger
from beleg.web.answering import answer, server_of
from beleg.web.app import create_app
from beleg.web.common import make_common, reach, share
from beleg.web.settings import WebSettings

_SHUTDOWN_SECONDS = 20
_PAUSE_SECONDS = 1  # before a process is replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one of the processes gets to know; all of it can be pickled."""

    place: str
    clock: Clock
    settings: WebSettings
    listener: socket.socket
    common: Any
    proxies: tuple[str, ...]


def serve_with(
    ledger: Ledger,
    settings: WebSettings,
    listeners: Sequence[socket.socket],
    *,
    proxies: Sequence[str],
) -> None:
    """Answers requests with one process for each socket until Ctrl-C or SIGTERM.

    A process that ends by itself is replaced; who asks meanwhile waits at its socket, which stays.
    Raises ServerFailed if one ends before it answers.
    """
    common = share(make_common(ledger, settings))
    missing = [
        _Part(
            place=ledger.place,
            clock=ledger.clock,
            settings=settings,
            listener=listener,
            common=common,
            proxies=tuple(proxies),
        )
        for listener in listeners
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    running: dict[BaseProcess, tuple[_Part, Event]] = {}
    try:
        while True:
            while missing:
                part = missing.pop()
                process, ready = _begun(part)
                running[process] = part, ready
            wait([process.sentinel for process in running])
            for process in [one for one in running if not one.is_alive()]:
                part, ready = running.pop(process)
                if not ready.is_set():
                    raise ServerFailed(process.exitcode)
                missing.append(part)
            time.sleep(_PAUSE_SECONDS)
    except KeyboardInterrupt:
        pass
    finally:
        _end(running)


def _begun(part: _Part) -> tuple[BaseProcess, Event]:
    # A new interpreter, not a copy of this one, whose threads a copy would lack.
    context = get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_work, args=(part, ready), name="beleg-serve")
    process.start()
    return process, ready


def _end(running: Iterable[BaseProcess]) -> None:
    for process in running:
        process.terminate()
    deadline = time.monotonic() + _SHUTDOWN_SECONDS
    for process in running:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()


def _work(part: _Part, ready: Event) -> None:
    """What one of the processes does."""
    # Ctrl-C reaches all of them; until the server listens to it, the parent's word ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ledger = open_ledger(part.place, clock=part.clock)
    app = create_app(ledger, part.settings, reach(part.common, part.settings))
    server = server_of(app, proxies=part.proxies, ready=ready.set)
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    answer(server, part.listener)
    ledger.close()


def _end_with_parent(server: uvicorn.Server) -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        server.should_exit = True
