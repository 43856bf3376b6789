"""Quotations across articles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from beleg.ledger import quotations
from beleg.ledger.quotations import QuotationEntry, QuotationFilter
from beleg.records import QuotationType, Sourcing
from beleg.web.api.inputs import Day, Line
from beleg.web.api.paging import Listing, Page, page_of
from beleg.web.numbers import Number
from beleg.web.state import Database
from beleg.web.visitors import Reading

router = APIRouter(prefix="/quotations", tags=["quotations"])


class WantedQuotations(Listing):
    """Which quotations are meant. query: words to look for. Days inclusive."""

    query: Line | None = None
    person: Number | None = None
    type: QuotationType | None = None
    sourcing: Sourcing | None = None
    outlet: Line | None = None
    since: Day | None = None
    until: Day | None = None


@router.get("", summary="List quotations, the last added first")
def list_quotations(
    _: Reading, db: Database, wanted: Annotated[WantedQuotations, Query()]
) -> Page[QuotationEntry]:
    """`start` and `end` count code points of the article's text."""
    found = quotations.list_quotations(
        db, QuotationFilter(**wanted.chosen()), limit=wanted.limit + 1, before=wanted.after
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)
