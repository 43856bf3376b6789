"""A forecast with everything on record about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from beleg.ledger import schema
from beleg.ledger.choices import Origin, Outcome
from beleg.ledger.forecasts.listing import ForecastEntry, entry


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionVersion:
    """A wording; made_by: "beleg" for the article's own words. Days inclusive, None where open."""

    version: int
    question: str
    condition: str | None
    earliest: date | None
    latest: date | None
    made_at: datetime
    made_by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenProbability:
    """How probable a version of the question is said to be; low and high are equal for a figure.

    scale, words: of a certainty word in the article.
    """

    version: int
    origin: Origin
    low: float
    high: float
    scale: str | None
    words: str | None
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a version of the question came out, and what was said against that.

    evidence: an http or https address, or empty.
    """

    id: int
    version: int
    outcome: Outcome
    evidence: str
    note: str
    made_at: datetime
    made_by: str
    disputed_at: datetime | None
    disputed_by: str | None
    disputed_why: str | None
    revoked_at: datetime | None
    revoked_by: str | None
    revoked_why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastDetail:
    """A forecast: its present state, and all wordings, probabilities, resolutions in order.

    chain: the voices by name, from the outermost to the holder; empty for the author's own.
    """

    entry: ForecastEntry
    chain: tuple[str, ...]
    wordings: tuple[QuestionVersion, ...]
    probabilities: tuple[GivenProbability, ...]
    resolutions: tuple[Resolution, ...]

    @property
    def resolution(self) -> Resolution | None:
        """The one that holds or is disputed; None where none was given or all are revoked."""
        standing = [one for one in self.resolutions if one.revoked_at is None]
        return standing[-1] if standing else None


def forecast(db: Connection, id_: int) -> ForecastDetail:
    """The forecast of that number. Raises LedgerMissing."""
    found = entry(db, id_)
    f = schema.forecasts.c
    chain = db.execute(select(f.chain).where(f.id == id_)).scalar_one()
    return ForecastDetail(
        entry=found,
        chain=tuple(chain),
        wordings=tuple(QuestionVersion(**row) for row in _of(db, schema.wordings, id_, "version")),
        probabilities=tuple(
            GivenProbability(**{key: value for key, value in row.items() if key != "id"})
            for row in _of(db, schema.probabilities, id_, "id")
        ),
        resolutions=tuple(Resolution(**row) for row in _of(db, schema.resolutions, id_, "id")),
    )


def _of(db: Connection, table: Table, id_: int, order: str) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name != "forecast_id"]
    query = select(*columns).where(table.c.forecast_id == id_).order_by(table.c[order])
    return [dict(row._mapping) for row in db.execute(query)]
