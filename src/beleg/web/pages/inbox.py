"""The inbox: the articles of the ledger, the latest added first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection, select
from starlette.responses import HTMLResponse

from beleg.ledger import schema
from beleg.web.navigation import Area
from beleg.web.state import Database
from beleg.web.templating import page
from beleg.web.visitors import Reading

AREA = Area(key="inbox", path="/")
router = APIRouter()

_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as the list shows it. earliest, latest: days between which it appeared."""

    id: int
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    earliest: date | None
    latest: date | None
    state: str
    added_at: datetime
    added_by: str


def entries(db: Connection, *, before: int | None, limit: int) -> tuple[Entry, ...]:
    """Up to `limit` articles whose number is below `before`, the latest added first."""
    table = schema.articles.c
    columns = [table[name] for name in Entry.__dataclass_fields__]
    query = select(*columns).order_by(table.id.desc()).limit(limit)
    if before is not None:
        query = query.where(table.id < before)
    return tuple(Entry(**row) for row in db.execute(query).mappings())


@router.get("/")
def inbox(
    request: Request,
    _: Reading,
    db: Database,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HTMLResponse:
    """One page of the inbox. before: the number of the article that the page before ended with."""
    found = entries(db, before=before, limit=_ON_A_PAGE + 1)
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "inbox.html.j2",
        entries=shown,
        first=before is None,
        further=shown[-1].id if len(found) > _ON_A_PAGE else None,
    )
