"""What is to be verified, over all articles by weight, and the verdicts on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beleg.ledger import checks
from beleg.ledger.articles import outlets
from beleg.ledger.checks import STATES, State
from beleg.records import CheckReason
from beleg.report.claimreview import graph_of
from beleg.web.asked import AskedNumber, AskedText, OrEmpty, here, report_say
from beleg.web.claim_reviews import reviews
from beleg.web.flash import see_other
from beleg.web.histories import history_of_row
from beleg.web.kinds import CHECK_REASONS
from beleg.web.navigation import Area
from beleg.web.numbers import Id
from beleg.web.state import Database, Shared
from beleg.web.templating import page
from beleg.web.visitors import Editing, Reading

AREA = Area(key="checks", path="/checks")
router = APIRouter(prefix="/checks")

_ON_A_PAGE = 50
_EXPORTED = 500  # reviews in one file: each costs its article's analysis
Rev = Annotated[int, Form()]
FormText = Annotated[str, Form(max_length=10_000)]


@router.get("")
def board(
    request: Request,
    _: Reading,
    db: Database,
    state: Annotated[State, Query()] = "open",
    reason: Annotated[CheckReason | None, OrEmpty, Query()] = None,
    outlet: AskedText = None,
    article: AskedNumber = None,
    before: AskedNumber = None,
) -> HTMLResponse:
    """One page of the checks in a state, the heaviest first."""
    found = checks.list_checks(
        db,
        state,
        why=reason,
        outlet=outlet,
        article=article,
        limit=_ON_A_PAGE + 1,
        before=before,
    )
    shown = found[:_ON_A_PAGE]
    return page(
        request,
        "checks.html.j2",
        entries=shown,
        before=checks.times_checked(db, [entry.id for entry in shown]),
        state=state,
        tabs=[(one, here(request, state=one, before=None)) for one in STATES],
        reason=reason,
        reasons=CHECK_REASONS,
        outlet=outlet,
        outlets=outlets(db),
        article=article,
        report=report_say(request),
        first=None if before is None else here(request, before=None),
        further=here(request, before=shown[-1].id) if len(found) > _ON_A_PAGE else None,
    )


@router.get("/claimreview.json")
def claim_reviews(_: Reading, db: Database, article: AskedNumber = None) -> Response:
    """The last 500 verdicts, or those on one article, as ClaimReviews (JSON-LD)."""
    return Response(
        graph_of(reviews(db, article=article, limit=_EXPORTED), indent=1),
        media_type="application/ld+json",
        headers={"Content-Disposition": 'attachment; filename="claimreview.json"'},
    )


@router.get("/{check_id}")
def check(request: Request, _: Reading, db: Database, check_id: Id) -> HTMLResponse:
    """A statement to verify, with what was found on it and on the same words elsewhere."""
    entry = checks.check(db, check_id)
    return page(
        request,
        "check.html.j2",
        entry=entry,
        before=checks.checked_before(db, entry.article_id).get(check_id, ()),
        report=report_say(request),
        **history_of_row(request, db, "check", check_id),
    )


@router.post("/{check_id}/verdict")
def set_verdict(
    request: Request,
    who: Editing,
    shared: Shared,
    check_id: Id,
    rev: Rev,
    verdict: FormText,
    rating: Annotated[int | None, OrEmpty, Form()] = None,
    evidence: FormText = "",
    note: FormText = "",
) -> RedirectResponse:
    """What was found, in words and on the scale."""
    with shared.ledger.change(who=who.name) as change:
        checks.set_verdict(
            change, check_id, verdict, rating=rating, evidence=evidence, note=note, rev=rev
        )
    return see_other(request, f"/checks/{check_id}", said="check.saved")


@router.post("/{check_id}/drop")
def drop(
    request: Request, who: Editing, shared: Shared, check_id: Id, rev: Rev, why: FormText
) -> RedirectResponse:
    """Says that there is nothing to check, and why."""
    with shared.ledger.change(who=who.name) as change:
        checks.drop(change, check_id, why, rev=rev)
    return see_other(request, f"/checks/{check_id}", said="check.dropped_now")


@router.post("/{check_id}/reopen")
def reopen(
    request: Request, who: Editing, shared: Shared, check_id: Id, rev: Rev, why: FormText
) -> RedirectResponse:
    """Takes the verdict back, and says why."""
    with shared.ledger.change(who=who.name) as change:
        checks.reopen(change, check_id, why, rev=rev)
    return see_other(request, f"/checks/{check_id}", said="check.reopened_now")
