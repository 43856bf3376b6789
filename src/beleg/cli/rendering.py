"""An analysis in each of the formats, for files and for standard output."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from beleg.records import Analysis

Kind = Literal[
    "text", "html", "json", "csv", "claimreview",
    "timeml", "cas", "webannotation", "argdown", "parquet",
]  # fmt: skip
# The same as in report/csv.py, which `beleg --help` does not wait for; a test compares.
Table = Literal[
    "times", "events", "quotes", "status", "forecasts", "argument", "wording", "checklist"
]

TABLES: tuple[Table, ...] = get_args(Table)
_SUFFIXES: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
    ".jsonld": "claimreview",
    ".tml": "timeml",
    ".argdown": "argdown",
    ".zip": "cas",
}
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "text": (".txt",),
    "html": (".html",),
    "json": (".json",),
    "csv": tuple(f".{table}.csv" for table in TABLES),
    "claimreview": (".claimreview.jsonld",),
    "timeml": (".tml",),
    "cas": (".cas.zip",),
    "webannotation": (".annotations.jsonld",),
    "argdown": (".argdown",),
    "parquet": (),
}
# Several of these, one after the other, would be no document of the kind.
ONE_A_FILE: frozenset[Kind] = frozenset({"html", "timeml", "argdown"})
BINARY: frozenset[Kind] = frozenset({"cas", "parquet"})
_WIDEST_TEXT = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How an analysis is put out; tables: of the format "csv"."""

    kind: Kind
    tables: tuple[Table, ...] = ("times",)
    ui: str = "de"


def kind_of(output: str | None) -> Kind:
    """The format that the name of the output file stands for."""
    return _SUFFIXES.get(Path(output).suffix.lower(), "text") if output else "text"


def file_contents(analysis: Analysis, form: Form) -> list[str | bytes]:
    """The contents of the input's files, in the order of their endings."""
    if form.kind == "csv":
        return [_table(analysis, name, form, header=True) for name in form.tables]
    if form.kind == "cas":
        from beleg.report.uima_cas import to_cas_zip

        return [to_cas_zip(analysis)]
    if form.kind == "text":
        from beleg.report.terminal import to_terminal

        return [to_terminal(analysis, ui=form.ui)]
    return [_document(analysis, form, indent=2)]


def stream_text(analysis: Analysis, form: Form, *, first: bool) -> str:
    """The report for standard output, where several stand one after the other."""
    if form.kind == "csv":
        return _table(analysis, form.tables[0], form, header=first)
    if form.kind != "text":
        return _document(analysis, form, indent=None)
    from beleg.report.terminal import to_terminal

    width = min(shutil.get_terminal_size().columns, _WIDEST_TEXT)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = to_terminal(analysis, ui=form.ui, width=width, colour=colour)
    return text if first else f"\n{'─' * width}\n\n{text}"


def _document(analysis: Analysis, form: Form, *, indent: int | None) -> str:
    """The report as one document; JSON on one line unless `indent` is given."""
    if form.kind == "html":
        from beleg.report.html import to_html

        return to_html(analysis, ui=form.ui)
    if form.kind == "timeml":
        from beleg.report.timeml import to_timeml

        return to_timeml(analysis)
    if form.kind == "argdown":
        from beleg.report.argdown import to_argdown

        return to_argdown(analysis)
    if form.kind == "claimreview":
        from beleg.report.claimreview import to_claimreview

        return to_claimreview(analysis, indent=indent) + "\n"
    if form.kind == "webannotation":
        from beleg.report.web_annotation import to_web_annotation

        return to_web_annotation(analysis, indent=indent) + "\n"
    return analysis.to_json(indent=indent) + "\n"


def _table(analysis: Analysis, name: Table, form: Form, *, header: bool) -> str:
    """The CSV table of that name."""
    from beleg.report.csv import table_csv

    return table_csv(analysis, name, ui=form.ui, header=header)
