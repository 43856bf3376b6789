"""Rows as CSV text: UTF-8, commas, RFC 4180 quoting, CRLF.

A cell that a spreadsheet would take for a formula (first sign = + - @, tab or carriage return)
gets an apostrophe in front; nothing else is changed but control characters, which are made
visible, and line breaks, which become spaces.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from beleg.report.safe import one_line

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None
Row = Sequence[Cell]


def rows_as_csv(columns: Sequence[str], rows: Iterable[Row], *, header: bool) -> str:
    """The table; header: whether the names of the columns come first."""
    out = io.StringIO()
    writer = csv.writer(out)
    if header:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    guard = "'" if value.startswith(_FORMULA_SIGNS) else ""
    line = one_line(value)
    if not guard and line.startswith(_FORMULA_SIGNS):
        guard = "'"
    return guard + line
