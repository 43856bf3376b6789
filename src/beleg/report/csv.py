"""Analyses as CSV: a table for each kind of record, one row for each record.

How cells are written: see csv_cells. Several of something stand in one cell with a separator
between, a quotation's places as "start-end".
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from beleg.records import Analysis
from beleg.report.csv_cells import Cell, rows_as_csv
from beleg.report.spans import check_spans
from beleg.report.table_rows import GAP, Value, tables
from beleg.report.voices import ARROW

Table = Literal[
    "times", "events", "quotes", "status", "forecasts", "argument", "wording", "checklist"
]
TABLES: tuple[Table, ...] = get_args(Table)
_IDS = " "
_WORDS = "; "
_BETWEEN = {
    **dict.fromkeys(("spans", "after", "supports", "attacks", "records"), _IDS),
    **dict.fromkeys(("cues", "why"), _WORDS),
    **dict.fromkeys(("speaker_words", "cue", "frame", "addressee"), GAP),
    "chain": ARROW,
}


def table_csv(analysis: Analysis, table: Table, *, ui: str = "de", header: bool = True) -> str:
    """The table of that name; `ui` is the language of what is explained in words.

    Raises SpanOutsideText if the analysis does not fit its text.
    """
    check_spans(analysis)
    columns, rows_of = tables(ui)[table]
    rows = (tuple(map(_as_cell, columns, row)) for row in rows_of(analysis))
    return rows_as_csv(columns, rows, header=header)


def _as_cell(column: str, value: Value) -> Cell:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float)):
        return value
    return _BETWEEN[column].join(
        one if isinstance(one, str) else f"{one['start']}-{one['end']}" for one in value
    )
