"""The checklists of all articles, with the verdicts on them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from beleg.ledger import articles, checks
from beleg.ledger.checks import CheckEntry, State
from beleg.records import CheckReason
from beleg.report.claimreview import graph_of
from beleg.web.api.inputs import Address, Changing, Limit, Line, Reason, Sent, Text
from beleg.web.api.paging import Listing, Page, page_of
from beleg.web.claim_reviews import reviews
from beleg.web.numbers import Id, Number
from beleg.web.state import Database, Shared
from beleg.web.visitors import Editing, Reading

router = APIRouter(tags=["checks"])


class WantedChecks(Listing):
    """Which checks are meant. reason: one that has to be among theirs."""

    state: State = "open"
    reason: CheckReason | None = None
    outlet: Line | None = None


class WantedReviews(Sent):
    """Which verdicts are meant: the last ones, or those on one article."""

    article: Number | None = None
    limit: Limit = 50


class CheckOfArticle(BaseModel):
    """A check, and the verdicts on the same words in other articles, the latest first."""

    check: CheckEntry
    before: tuple[CheckEntry, ...]


class Verdict(Changing):
    """verdict: in the checker's own words. rating: 1 (false) to 5 (true), null where none fits.

    evidence: an http or https address; without one the note needs at least three words.
    """

    verdict: Line
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    evidence: Address | None = None
    note: Text = ""


@router.get("/checks", summary="List checks, the heaviest first")
def list_checks(
    _: Reading, db: Database, wanted: Annotated[WantedChecks, Query()]
) -> Page[CheckEntry]:
    """The open ones, unless `state` names others."""
    found = checks.list_checks(
        db,
        wanted.state,
        why=wanted.reason,
        outlet=wanted.outlet,
        limit=wanted.limit + 1,
        before=wanted.after,
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)


@router.get(
    "/checks/claimreview",
    summary="Load the verdicts as ClaimReviews",
    response_class=Response,
    responses={200: {"content": {"application/ld+json": {"schema": {"type": "object"}}}}},
)
def claim_reviews(_: Reading, db: Database, wanted: Annotated[WantedReviews, Query()]) -> Response:
    """schema.org/ClaimReview (JSON-LD), the last checked first.

    Drafts of what is still to be checked: /articles/{article_id}/export/claimreview.
    """
    found = reviews(db, article=wanted.article, limit=wanted.limit)
    return Response(graph_of(found, indent=1), media_type="application/ld+json")


@router.get("/checks/{check_id}", summary="Read a check")
def check(_: Reading, db: Database, check_id: Id) -> CheckEntry:
    """With its verdict, if there is one."""
    return checks.check(db, check_id)


@router.get("/articles/{article_id}/checks", summary="List the checks of an article")
def checks_of(_: Reading, db: Database, article_id: Id) -> tuple[CheckOfArticle, ...]:
    """The heaviest first, with verdicts that others have got for the same words."""
    articles.article(db, article_id)
    before = checks.checked_before(db, article_id)
    return tuple(
        CheckOfArticle(check=one, before=before.get(one.id, ()))
        for one in checks.checks_of(db, article_id)
    )


@router.post("/checks/{check_id}/verdict", summary="Give a verdict, or revise it")
def set_verdict(who: Editing, state: Shared, check_id: Id, wanted: Verdict) -> CheckEntry:
    """The history keeps the verdict before."""
    with state.ledger.change(who=who.name) as change:
        checks.set_verdict(
            change,
            check_id,
            wanted.verdict,
            rating=wanted.rating,
            evidence=wanted.evidence,
            note=wanted.note,
            rev=wanted.rev,
        )
        return checks.check(change.db, check_id)


@router.post("/checks/{check_id}/drop", summary="Say that there is nothing to check")
def drop(who: Editing, state: Shared, check_id: Id, wanted: Reason) -> CheckEntry:
    """It can be opened again."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        checks.drop(change, check_id, wanted.why, rev=wanted.rev)
        return checks.check(change.db, check_id)


@router.post("/checks/{check_id}/reopen", summary="Take verdict or drop back")
def reopen(who: Editing, state: Shared, check_id: Id, wanted: Reason) -> CheckEntry:
    """The history keeps what was said."""
    with state.ledger.change(who=who.name, why=wanted.why) as change:
        checks.reopen(change, check_id, wanted.why, rev=wanted.rev)
        return checks.check(change.db, check_id)
