"""One process that answers requests on a socket (uvicorn), with as many threads as it needs."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

# uvicorn's own limit for headers is h11's: 64 KiB in all.
_GRACE_SECONDS = 15
_KEEP_ALIVE_SECONDS = 15
_MOST_CONNECTIONS = 500
_WAITING = 512  # connections that may wait to be taken


def server_of(
    app: FastAPI, *, proxies: Sequence[str], ready: Callable[[], None] | None = None
) -> uvicorn.Server:
    """A server of `app`; `should_exit` ends it.

    proxies: see `beleg.web.serve.serve`. ready: called when it begins to answer.
    """
    config = uvicorn.Config(
        app,
        workers=1,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        backlog=1,
    )
    return _Server(config, ready or (lambda: None))


def answer(server: uvicorn.Server, listener: socket.socket) -> None:
    """Answers what comes in until it is told to stop; what is under way then is finished."""
    # What is loaded by now stays: the garbage collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # asyncio takes as many connections at one go as it lets wait. Were that many, the first of
        # several processes that share a socket would take them all (see serve.listening_each): so
        # it is told of one, and the system of more.
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(_WAITING)
        self._ready()
