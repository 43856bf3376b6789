"""Analyses as CSV: a table for each kind of record, one row for each record.

How cells are written: see csv_cells. All functions raise SpanOutsideText if the analysis does
not fit its text.
"""

from __future__ import annotations

from typing import Literal, get_args

from beleg.records import Analysis
from beleg.report.csv_cells import Cell, rows_as_csv
from beleg.report.csv_judged import JUDGED
from beleg.report.reasons import Reasons
from beleg.report.spans import check_spans
from beleg.report.voices import ARROW, Voices
from beleg.report.words import words_of

TIME_COLUMNS = (
    "article",
    "title",
    "id",
    "start",
    "end",
    "text",
    "type",
    "value",
    "mod",
    "earliest",
    "latest",
    "anchor",
    "rule",
    "reason",
)
EVENT_COLUMNS = (
    "article",
    "title",
    "id",
    "start",
    "end",
    "text",
    "time",
    "earliest",
    "latest",
    "after",
)
QUOTE_COLUMNS = (
    "article",
    "title",
    "id",
    "start",
    "end",
    "spans",
    "text",
    "type",
    "medium",
    "speaker",
    "speaker_name",
    "speaker_words",
    "unresolved",
    "cue",
    "frame",
    "addressee",
    "parent",
    "chain",
    "sourcing",
)

Table = Literal[
    "times", "events", "quotes", "status", "forecasts", "argument", "wording", "checklist"
]
TABLES: tuple[Table, ...] = get_args(Table)


def table_csv(analysis: Analysis, table: Table, *, ui: str = "de", header: bool = True) -> str:
    """The table of that name; `ui` is the language of what is explained in words."""
    if table == "times":
        return times_csv(analysis, ui=ui, header=header)
    if table == "events":
        return events_csv(analysis, header=header)
    if table == "quotes":
        return quotes_csv(analysis, header=header)
    check_spans(analysis)
    columns, rows_of = JUDGED[table]
    return rows_as_csv(columns, rows_of(analysis), header=header)


def times_csv(analysis: Analysis, *, ui: str = "de", header: bool = True) -> str:
    """The time expressions; `ui` is the language of the column "reason"."""
    check_spans(analysis)
    document = analysis.document
    reasons = Reasons(analysis, words_of(ui))
    rows: list[tuple[Cell, ...]] = [
        (
            document.id,
            document.title,
            time.id,
            time.span.start,
            time.span.end,
            document.text[time.span.start : time.span.end],
            time.type,
            time.value,
            time.mod,
            _iso(time.earliest),
            _iso(time.latest),
            time.anchor,
            time.rule,
            reasons.of(time).reason,
        )
        for time in analysis.times
    ]
    return rows_as_csv(TIME_COLUMNS, rows, header=header)


def events_csv(analysis: Analysis, *, header: bool = True) -> str:
    """The events; "after" lists ids of earlier events with spaces between."""
    check_spans(analysis)
    document = analysis.document
    rows: list[tuple[Cell, ...]] = [
        (
            document.id,
            document.title,
            event.id,
            event.span.start,
            event.span.end,
            document.text[event.span.start : event.span.end],
            event.time,
            _iso(event.earliest),
            _iso(event.latest),
            " ".join(event.after),
        )
        for event in analysis.events
    ]
    return rows_as_csv(EVENT_COLUMNS, rows, header=header)


def quotes_csv(analysis: Analysis, *, header: bool = True) -> str:
    """The quotations. A quotation in several places has " … " between them in "text".

    "start" and "end" are those of the whole, "spans" lists the places as "start-end" with
    blanks between; "chain" names the voices from the outermost to the speaker.
    """
    check_spans(analysis)
    document = analysis.document
    voices = Voices(analysis, words_of("en"))
    rows: list[tuple[Cell, ...]] = []
    for quote in analysis.quotes:
        speaker = quote.speaker
        places = sorted(quote.spans)
        rows.append(
            (
                document.id,
                document.title,
                quote.id,
                places[0].start if places else None,
                max(span.end for span in places) if places else None,
                " ".join(f"{span.start}-{span.end}" for span in places),
                voices.words_at(places),
                quote.type,
                quote.medium,
                speaker.person if speaker else None,
                voices.voices[speaker.person].name if speaker else None,
                voices.words_at(speaker.spans) if speaker else None,
                speaker.unresolved if speaker else None,
                voices.words_at(quote.cue),
                voices.words_at(quote.frame),
                voices.words_at(quote.addressee),
                quote.parent,
                ARROW.join(voices.voices[person].name for person in quote.chain),
                quote.sourcing,
            )
        )
    return rows_as_csv(QUOTE_COLUMNS, rows, header=header)


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
