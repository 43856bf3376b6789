"""What was changed, when, by whom and why."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from beleg.web.asked import AskedId, AskedNumber, AskedText, here
from beleg.web.histories import history, history_words
from beleg.web.navigation import Area
from beleg.web.state import Database
from beleg.web.templating import page
from beleg.web.visitors import Reading

AREA = Area(key="history", path="/history")
router = APIRouter()

_ON_A_PAGE = 100
SUBJECTS = ("article", "correction", "person", "forecast", "check")


@router.get("/history")
def changes(
    request: Request,
    _: Reading,
    db: Database,
    subject: AskedText = None,
    id_: AskedId = None,
    article: AskedNumber = None,
    who: AskedText = None,
    before: AskedNumber = None,
) -> HTMLResponse:
    """One page of changes, the last first. id_: of the subject."""
    found = history(
        db,
        subject=subject,
        id_=id_,
        article=article,
        who=who,
        limit=_ON_A_PAGE + 1,
        before=before,
    )
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "history.html.j2",
        entries=shown,
        subject=subject,
        id=id_,
        article=article,
        who=who or "",
        subjects=SUBJECTS,
        first=None if before is None else here(request, before=None),
        further=here(request, before=shown[-1].id) if len(found) > _ON_A_PAGE else None,
        **history_words(request),
    )
