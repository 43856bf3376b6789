"""What people corrected, as training data to take away."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import Connection, Row, func, select
from starlette.responses import HTMLResponse, Response, StreamingResponse

from beleg.ledger import schema
from beleg.ledger.corrections import effective
from beleg.web.asked import AskedNumber, here
from beleg.web.state import Database, Shared
from beleg.web.templating import page
from beleg.web.training_lines import training_lines
from beleg.web.visitors import Reading

AREA = None  # part of the history
router = APIRouter(prefix="/corrections")

_ON_A_PAGE = 100
_IN_ZIP = 100  # articles in one file; further ones in the next
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@router.get("")
def overview(request: Request, _: Reading, db: Database, after: AskedNumber = None) -> HTMLResponse:
    """The articles that hold corrections, with how many."""
    found = _corrected(db, after=after, limit=_ON_A_PAGE + 1)
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "corrections.html.j2",
        articles=shown,
        after=after,
        first=None if after is None else here(request, after=None),
        further=here(request, after=shown[-1].id) if len(found) > _ON_A_PAGE else None,
    )


@router.get("/training.jsonl")
def training(_: Reading, state: Shared) -> StreamingResponse:
    """All of them, a line each, in the format that the quotations are trained on."""
    return StreamingResponse(
        training_lines(state.ledger),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="beleg-training.jsonl"'},
    )


@router.get("/cas.zip")
def cas(_: Reading, db: Database, after: AskedNumber = None) -> Response:
    """A ZIP file of ZIP files, one an article, each to be imported by INCEpTION; at most 100."""
    from beleg.report.uima_cas import to_cas_zip

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for row in _corrected(db, after=after, limit=_IN_ZIP):
            entry = zipfile.ZipInfo(f"article-{row.id}.zip", _ZIP_DATE)
            archive.writestr(entry, to_cas_zip(effective(db, row.id).analysis))
    return Response(
        out.getvalue(),
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="beleg-corrected.zip"'},
    )


def _corrected(db: Connection, *, after: int | None, limit: int) -> list[Row[Any]]:
    """Articles with corrections that stand, in the order of their numbers."""
    a, c = schema.articles.c, schema.corrections.c
    query = (
        select(a.id, a.title, a.outlet, a.day, func.count().label("corrections"))
        .join_from(schema.corrections, schema.articles, a.id == c.article_id)
        .where(c.revoked_at.is_(None))
        .group_by(a.id)
        .order_by(a.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(c.article_id > after)
    return list(db.execute(query))
