"""What every request of one application shares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.concurrency import contextmanager_in_threadpool
from sqlalchemy import Connection
from starlette.requests import HTTPConnection

from beleg.ledger.store import Ledger
from beleg.web.common import Common
from beleg.web.jobs import Jobs
from beleg.web.settings import WebSettings

# More at once only take the interpreter from each other: with 4 instead of 20, fifty people who wait
# for their pages get a tenth to a third more of them in the same time. And connections are always
# left to change with: a request that waits here holds neither a thread nor a connection.
_READERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The ledger, the settings, and what is shared with other processes of the same server."""

    ledger: Ledger
    settings: WebSettings
    common: Common

    def today(self) -> date:
        """The day in question, as the settings say or the ledger's clock shows."""
        if self.settings.today is not None:
            return self.settings.today()
        return self.ledger.clock().astimezone().date()


def state_of(request: HTTPConnection) -> State:
    """The state of the application that answers `request`."""
    return cast(State, request.app.state.beleg)


def jobs_of(request: HTTPConnection) -> Jobs:
    """The jobs of the application that answers `request`."""
    return state_of(request).common.jobs


async def _state(request: Request) -> State:
    return state_of(request)


Shared = Annotated[State, Depends(_state)]


async def reading_connection(request: Request) -> AsyncIterator[Connection]:
    """One connection that sees one state of the ledger, given back before the answer is sent."""
    async with contextmanager_in_threadpool(state_of(request).ledger.read()) as db:
        yield db


Database = Annotated[
    Connection, Depends(reading_connection, scope="function", max_concurrency=_READERS)
]


async def today(request: Request) -> date:
    """The day in question for what falls due."""
    return state_of(request).today()


Today = Annotated[date, Depends(today)]
