"""One process that answers requests (uvicorn), with as many threads as it needs."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Sequence
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from beleg.web.handing import Taker

# uvicorn's own limit for headers is h11's: 64 KiB in all.
_GRACE_SECONDS = 15
_KEEP_ALIVE_SECONDS = 15
_MOST_CONNECTIONS = 500


def answer(app: FastAPI, source: socket.socket | Taker, *, proxies: Sequence[str]) -> None:
    """Answers requests to `app` until it is told to stop; what is under way then is finished.

    source: the socket that connections come to, or what another process gives them through; then
    it also stops when that process is gone. proxies: see `beleg.web.serve.serve`.
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
    )
    # What is loaded by now stays: the garbage collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    with suppress(KeyboardInterrupt):
        if isinstance(source, Taker):
            _GivenServer(config, source).run(sockets=[])
        else:
            uvicorn.Server(config).run(sockets=[source])


class _GivenServer(uvicorn.Server):
    """A server that is given its connections."""

    def __init__(self, config: uvicorn.Config, taker: Taker) -> None:
        super().__init__(config)
        self._taker = taker
        self._taken: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        asyncio.get_running_loop().add_reader(self._taker.end, self._take)
        self._taker.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().remove_reader(self._taker.end)
        self._taker.end.close()  # so that others get what comes now
        await super().shutdown(sockets)

    def _take(self) -> None:
        try:
            connection = self._taker.take()
        except EOFError:
            asyncio.get_running_loop().remove_reader(self._taker.end)
            self.should_exit = True
            return
        if connection is not None:
            # The event loop keeps no reference to its tasks.
            task = asyncio.create_task(self._begin(connection))
            self._taken.add(task)
            task.add_done_callback(self._taken.discard)

    async def _begin(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(self._protocol, connection)
        except OSError:  # the visitor has gone already
            connection.close()

    def _protocol(self) -> asyncio.Protocol:
        # As uvicorn.Server.startup makes it for the sockets it listens on.
        return self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )
