"""Who asks, and what he may do: the dependencies that every route names one of.

`Reading` lets in whoever may read. `Editing` and `Administering` demand the role and, where the
request changes something, that it comes from one of our own pages (see `security.forms`). On a
page that is not public there is one visitor who may do everything: the one at the machine.

They are coroutines, as every dependency that need not wait for anything should be: a function is
sent to a thread, which costs more than what most of them do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.concurrency import run_in_threadpool

from beleg.web import feeds, sessions
from beleg.web.failure import Failure
from beleg.web.roles import ROLES, Role
from beleg.web.security import audit, forms
from beleg.web.security.rates import Buckets
from beleg.web.state import State, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks. account: null where there are no accounts; then the name is the system's."""

    name: str
    role: Role
    account: int | None

    def may(self, role: Role) -> bool:
        """Whether this role covers `role`: administrators edit, editors read."""
        return ROLES.index(self.role) >= ROLES.index(role)


async def visitor(request: Request) -> Visitor | None:
    """Who asks, from the session; None for nobody we know. Kept for the rest of the request."""
    state = state_of(request)
    if not hasattr(request.state, "visitor"):
        if state.settings.public:
            request.state.visitor = await run_in_threadpool(_found, request, state)
        else:
            request.state.visitor = Visitor(name=state.settings.user, role="admin", account=None)
    found: Visitor | None = request.state.visitor
    return found


def _found(request: Request, state: State) -> Visitor | None:
    session = sessions.current(state, request)
    if session is None:
        return None
    return Visitor(name=session.name, role=session.role, account=session.account)


Known = Annotated[Visitor | None, Depends(visitor)]


async def reading(request: Request, found: Known) -> Visitor:
    """Whoever may read. Raises Failure: 401 for strangers, 429 for too many requests."""
    if found is None:
        raise Failure(401)
    rates = state_of(request).common.account_rates
    if rates is not None:
        await run_in_threadpool(_take, rates, found.name)
    return found


def _take(rates: Buckets, name: str) -> None:
    if not rates.take(name):
        raise Failure(429, retry_after=rates.wait(name))


Reading = Annotated[Visitor, Depends(reading)]


async def _demand(request: Request, found: Visitor, role: Role) -> Visitor:
    if not found.may(role):
        told = state_of(request), request, "refused-role", found.name, request.url.path
        await run_in_threadpool(audit.record, *told)
        raise Failure(403, why="role")
    return found


async def from_our_page(request: Request, found: Known) -> None:
    """That a changing request comes from a page of ours. Raises Failure 403 otherwise."""
    await forms.check(request, None if found is None else found.name)


OurPage = Annotated[None, Depends(from_our_page)]


async def editing(request: Request, found: Reading, _: OurPage) -> Visitor:
    """Whoever may edit, from a page of ours. Raises Failure 401, 403 or 429."""
    return await _demand(request, found, "edit")


async def administering(request: Request, found: Reading, _: OurPage) -> Visitor:
    """Whoever may administer, from a page of ours. Raises Failure 401, 403 or 429."""
    return await _demand(request, found, "admin")


async def using_own_account(found: Reading, _: OurPage) -> Visitor:
    """Whoever has an account, from a page of ours. Raises Failure 401, 403, 404 or 429."""
    if found.account is None:
        raise Failure(404)
    return found


async def reading_feed(request: Request, token: Annotated[str, Path(max_length=200)]) -> Visitor:
    """Whoever has an account's secret address. Raises Failure: 404 for any other, 429."""
    state = state_of(request)
    holder = await run_in_threadpool(feeds.holder_of, state, request, token)
    if holder is None:
        raise Failure(404)
    found = Visitor(name=holder.name, role=holder.role, account=holder.account)
    return await reading(request, found)


FeedReading = Annotated[Visitor, Depends(reading_feed)]
Editing = Annotated[Visitor, Depends(editing)]
Administering = Annotated[Visitor, Depends(administering)]
OwnAccount = Annotated[Visitor, Depends(using_own_account)]
