"""An article ready to be shown; what takes long, the report's body, is kept for the next time.

A change of an article raises its `rev`, so what is kept under one `rev` never goes stale.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from fastapi import FastAPI
from markupsafe import Markup
from sqlalchemy import Connection

from beleg.ledger.correcting import Corrected, Correction, apply_corrections
from beleg.ledger.corrections import analysis_of, corrections_of
from beleg.records import Analysis
from beleg.report.html import to_html_body
from beleg.report.words import words_of
from beleg.web.reading.records import Row, rows_of

_MOST_BYTES = 48_000_000  # a body of 400 words takes some 20 kB, packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with what people said about it; corrections: those in force, by number."""

    corrected: Corrected
    corrections: Mapping[int, Correction]
    rows: tuple[Row, ...]


class Bodies:
    """The bodies of one ledger's articles that were asked for last, packed (zlib).

    Making one takes ten times as long as unpacking it.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._kept: OrderedDict[tuple[int, int, str], tuple[bytes, bytes]] = OrderedDict()
        self._most = most_bytes
        self._size = 0
        self._lock = Lock()

    def get(self, article_id: int, rev: int, ui: str) -> tuple[Markup, Markup] | None:
        """The body of the article as it was at that `rev`; None if it is not kept."""
        key = (article_id, rev, ui)
        with self._lock:
            parts = self._kept.get(key)
            if parts is None:
                return None
            self._kept.move_to_end(key)
        return _unpacked(parts[0]), _unpacked(parts[1])

    def put(self, article_id: int, rev: int, ui: str, body: tuple[Markup, Markup]) -> None:
        """Keeps a body; those that were not asked for the longest time make room."""
        parts = (_packed(body[0]), _packed(body[1]))
        with self._lock:
            old = self._kept.pop((article_id, rev, ui), (b"", b""))
            self._kept[article_id, rev, ui] = parts
            self._size += _size(parts) - _size(old)
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= _size(gone)


def reading_of(db: Connection, article_id: int, ui: str) -> Reading:
    """The article as `db` sees it. Raises LedgerMissing."""
    written = corrections_of(db, article_id)
    corrected = apply_corrections(analysis_of(db, article_id), written)
    corrections = {correction.id: correction for correction in written}
    return Reading(
        corrected=corrected,
        corrections=corrections,
        rows=rows_of(corrected, corrections, words_of(ui)),
    )


def body_of(
    app: FastAPI, article_id: int, rev: int, analysis: Analysis, ui: str
) -> tuple[Markup, Markup]:
    """The report of an article that has that `rev`, in two parts with the panel between."""
    if not hasattr(app.state, "bodies"):
        app.state.bodies = Bodies()
    bodies: Bodies = app.state.bodies
    body = bodies.get(article_id, rev, ui)
    if body is None:
        body = to_html_body(analysis, ui=ui, verdicts=f"/checks?article={article_id}")
        bodies.put(article_id, rev, ui, body)
    return body


def _packed(part: Markup) -> bytes:
    return zlib.compress(part.encode("utf-8"), 1)


def _unpacked(part: bytes) -> Markup:
    return Markup(zlib.decompress(part).decode("utf-8"))  # noqa: S704 - as it was put in


def _size(parts: tuple[bytes, bytes]) -> int:
    return len(parts[0]) + len(parts[1])
