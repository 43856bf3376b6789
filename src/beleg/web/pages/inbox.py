"""The inbox: the articles of the ledger, the last added first, and how far one is with each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from beleg.ledger.article_changes import set_state
from beleg.ledger.articles import STATES, ArticleFilter, State, list_articles, outlets
from beleg.web.addresses import within
from beleg.web.asked import AskedDay, AskedNumber, AskedText, OrEmpty, here
from beleg.web.flash import see_other
from beleg.web.navigation import Area
from beleg.web.numbers import Id
from beleg.web.state import Database, Shared
from beleg.web.templating import page
from beleg.web.visitors import Editing, Reading

AREA = Area(key="inbox", path="/")
router = APIRouter()

_ON_A_PAGE = 50


@router.get("/")
def inbox(
    request: Request,
    _: Reading,
    db: Database,
    state: Annotated[State | None, OrEmpty, Query()] = None,
    outlet: AskedText = None,
    since: AskedDay = None,
    until: AskedDay = None,
    before: AskedNumber = None,
) -> HTMLResponse:
    """One page of the inbox. before: the number of the article that the page before ended with."""
    chosen = ArticleFilter(state=state, outlet=outlet, since=since, until=until)
    found = list_articles(db, chosen, limit=_ON_A_PAGE + 1, before=before)
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "inbox.html.j2",
        entries=shown,
        chosen=chosen,
        states=STATES,
        outlets=outlets(db),
        here=here(request),
        first=None if before is None else here(request, before=None),
        further=here(request, before=shown[-1].id) if len(found) > _ON_A_PAGE else None,
    )


@router.post("/inbox/{article_id}/state")
def say_state(
    request: Request,
    who: Editing,
    shared: Shared,
    article_id: Id,
    state: Annotated[State, Form()],
    rev: Annotated[int, Form()],
    back: Annotated[str, Form(max_length=2_000)] = "/",
) -> RedirectResponse:
    """Says how far one is with an article. back: the page to return to."""
    with shared.ledger.change(who=who.name) as change:
        set_state(change, article_id, state, rev=rev)
    return see_other(request, within(back), said=f"inbox.now_{state}")
