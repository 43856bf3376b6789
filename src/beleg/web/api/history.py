"""The history: what was done to the ledger, by whom and when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from beleg.ledger.history import HistoryEntry, HistoryFilter
from beleg.ledger.history import list_history as changes
from beleg.web.api.inputs import Label
from beleg.web.api.paging import Listing, Page, page_of
from beleg.web.numbers import Number
from beleg.web.state import Database
from beleg.web.visitors import Reading

router = APIRouter(prefix="/history", tags=["history"])


class WantedHistory(Listing):
    """Which changes are meant. subject: article, correction, person, forecast, check."""

    subject: Label | None = None
    subject_id: Number | None = None
    article: Number | None = None


@router.get("", summary="List changes, the last one first")
def list_history(
    who: Reading, db: Database, wanted: Annotated[WantedHistory, Query()]
) -> Page[HistoryEntry]:
    """Changes of accounts are shown to administrators only."""
    found = changes(
        db,
        HistoryFilter(**wanted.chosen()),
        accounts=who.may("admin"),
        limit=wanted.limit + 1,
        before=wanted.after,
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)
