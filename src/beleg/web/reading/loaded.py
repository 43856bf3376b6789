"""An article ready to be shown: made once for every state it has been in, then kept for a while.

A change of an article raises its `rev`, so what is kept under one `rev` never goes stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from fastapi import FastAPI
from markupsafe import Markup
from sqlalchemy import Connection

from beleg.ledger.correcting import Corrected, Correction, apply_corrections
from beleg.ledger.corrections import analysis_of, corrections_of
from beleg.report.html import to_html_body
from beleg.report.words import words_of
from beleg.web.reading.records import Row, rows_of

_KEPT = 48  # of some 200 kB each


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with what people said about it.

    corrections: those in force, by number. body: the report, in two parts with the panel between.
    """

    corrected: Corrected
    corrections: Mapping[int, Correction]
    rows: tuple[Row, ...]
    body: tuple[Markup, Markup]


class Readings:
    """The latest readings of one ledger."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int, str], Reading] = OrderedDict()
        self._lock = Lock()

    def get(self, db: Connection, article_id: int, rev: int, ui: str) -> Reading:
        """The article as `db` sees it, where it has that `rev`. Raises LedgerMissing."""
        key = (article_id, rev, ui)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = _made(db, article_id, ui)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def readings_of(app: FastAPI) -> Readings:
    """Those of the application's ledger."""
    if not hasattr(app.state, "readings"):
        app.state.readings = Readings()
    kept: Readings = app.state.readings
    return kept


def _made(db: Connection, article_id: int, ui: str) -> Reading:
    written = corrections_of(db, article_id)
    corrected = apply_corrections(analysis_of(db, article_id), written)
    corrections = {correction.id: correction for correction in written}
    return Reading(
        corrected=corrected,
        corrections=corrections,
        rows=rows_of(corrected, corrections, words_of(ui)),
        body=to_html_body(corrected.analysis, ui=ui),
    )
