"""The verdicts of the ledger as ClaimReviews."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from beleg.ledger.checks import CheckEntry, last_checked
from beleg.ledger.corrections import effective
from beleg.report.claimreview import Verdict, reviews_of
from beleg.text.article import Span


def reviews(db: Connection, *, article: int | None, limit: int) -> list[dict[str, Any]]:
    """The checks with a verdict as ClaimReviews, the last checked first."""
    by_article: dict[int, list[CheckEntry]] = {}
    for one in last_checked(db, article=article, limit=limit):
        by_article.setdefault(one.article_id, []).append(one)
    return [
        review
        for id_, found in by_article.items()
        for review in reviews_of(effective(db, id_).analysis, [_verdict(one) for one in found])
    ]


def _verdict(one: CheckEntry) -> Verdict:
    return Verdict(
        span=Span(one.start, one.end),
        words=one.verdict or "",
        rating=one.rating,
        evidence=one.evidence,
        note=one.note,
        by=one.checked_by,
        on=one.checked_at.date() if one.checked_at else None,
    )
