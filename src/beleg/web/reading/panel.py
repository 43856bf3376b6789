"""The panel beside the text: what is known of the record that was chosen, and its forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection
from starlette.datastructures import FormData

from beleg.errors import LedgerMissing
from beleg.ledger.correcting import LAYERS, Correction, Layer
from beleg.ledger.correcting.kinds import Json
from beleg.ledger.person_suggestions import Suggestion, candidates
from beleg.ledger.persons import Link, links
from beleg.report.words import Words
from beleg.text.article import Span
from beleg.web.reading.blank import ADDED_LAYERS, blank
from beleg.web.reading.choices import Shown, shown_fields
from beleg.web.reading.history import words_of_correction
from beleg.web.reading.loaded import Reading
from beleg.web.reading.records import (
    UNTOUCHED,
    Row,
    State,
    record_at,
    state_of,
    words_of_record,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the address chooses: a record (layer and key), a layer to add to, or a correction."""

    layer: str | None = None
    key: str | None = None
    new: str | None = None
    start: int | None = None
    end: int | None = None
    correction: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """Who a person of the article is across articles, and who else it may be."""

    link: Link
    candidates: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the panel shows.

    of: "nothing" is chosen; a "record"; a "new" one; a "correction", whose record is not there
    any more. places: where the record stands. others: people it can be merged with.
    """

    of: Literal["nothing", "record", "new", "correction"]
    layer: Layer | None = None
    key: str = ""
    row: Row | None = None
    words: str = ""
    state: State = UNTOUCHED
    fields: tuple[Shown, ...] = ()
    correction: Correction | None = None
    others: tuple[tuple[str, str], ...] = ()
    across: Across | None = None


def panel_of(
    db: Connection,
    article_id: int,
    reading: Reading,
    chosen: Chosen,
    form: FormData | None,
    words: tuple[Words, Words],
) -> Panel:
    """The panel for what is chosen. form: what was typed and not written.

    words: the reports' and the pages'. Raises LedgerMissing for what is not there.
    """
    if chosen.correction is not None:
        return _correction(reading, chosen.correction)
    if chosen.new is not None:
        return _new(reading, chosen, form, words)
    if chosen.layer is not None and chosen.key is not None:
        return _record(db, article_id, reading, (chosen.layer, chosen.key), form, words)
    return Panel(of="nothing")


def _layer(name: str, layers: tuple[Layer, ...]) -> Layer:
    for layer in layers:
        if layer == name:
            return layer
    raise LedgerMissing(f"layer {name[:40]!r}", "no such layer", "Go by the list of records")


def _correction(reading: Reading, id_: int) -> Panel:
    correction = reading.corrections.get(id_)
    if correction is None:
        return Panel(of="nothing")
    return Panel(
        of="correction",
        layer=correction.layer,
        words=words_of_correction(
            reading.corrected.analysis, correction.layer, correction.before, correction.after
        ),
        correction=correction,
    )


def _new(
    reading: Reading, chosen: Chosen, form: FormData | None, words: tuple[Words, Words]
) -> Panel:
    layer = _layer(chosen.new or "", ADDED_LAYERS)
    analysis = reading.corrected.analysis
    span = None
    if chosen.start is not None and chosen.end is not None:
        length = len(analysis.document.text)
        if 0 <= chosen.start < chosen.end <= length:
            span = Span(chosen.start, chosen.end)
    report, pages = words
    record = blank(layer, analysis, span)
    return Panel(
        of="new",
        layer=layer,
        words=words_of_record(analysis, layer, record) if span else "",
        fields=shown_fields(layer, record, analysis, form, report=report, pages=pages),
    )


def _record(
    db: Connection,
    article_id: int,
    reading: Reading,
    name: tuple[str, str],
    form: FormData | None,
    words: tuple[Words, Words],
) -> Panel:
    layer, key = _layer(name[0], LAYERS), name[1]
    analysis = reading.corrected.analysis
    record = record_at(analysis, layer, key)
    report, pages = words
    people = layer == "people"
    return Panel(
        of="record",
        layer=layer,
        key=key,
        row=next((row for row in reading.rows if (row.layer, row.key) == (layer, key)), None),
        words=words_of_record(analysis, layer, record),
        state=state_of(reading.corrected, reading.corrections, layer, key),
        fields=shown_fields(
            layer,
            record,
            analysis,
            form,
            before=_before(reading, layer, key),
            report=report,
            pages=pages,
        ),
        others=tuple((p.id, p.name) for p in analysis.people if p.id != key) if people else (),
        across=_across(db, article_id, key) if people else None,
    )


def _before(reading: Reading, layer: Layer, key: str) -> Json | None:
    """The record as the machine had it, where a person corrected that."""
    mark = reading.corrected.marks.get((layer, key))
    if mark is None:
        return None
    said = (reading.corrections[number] for number in mark.corrections)
    return next((c.before for c in said if c.action == "correct" and c.layer == layer), None)


def _across(db: Connection, article_id: int, local: str) -> Across | None:
    link = next((link for link in links(db, article_id) if link.local == local), None)
    if link is None:
        return None
    found = candidates(db, link.name, link.kind)
    return Across(link=link, candidates=tuple(one for one in found if one.id != link.person))
