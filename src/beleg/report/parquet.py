"""Many analyses as Parquet: one table for each kind of record, for pandas, DuckDB and the like.

Needs the packages of the extra `exports` (pyarrow). The tables have the columns of the CSV tables,
typed: days as date32, offsets (code points) as int32, several of something as a list, places as a
list of start and end. Two more tables hold the articles and the people. The texts of the articles
are not in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from beleg.errors import ExtraMissing
from beleg.records import Analysis
from beleg.report.export_checks import check_exportable
from beleg.report.table_rows import TableRow, tables

ROWS_IN_MEMORY = 10_000  # of each table; so many make a row group
_NUMBERS = frozenset({"start", "end", "length"})
_SHARES = frozenset({"certainty_low", "certainty_high", "weight"})
_DAYS = frozenset({"earliest", "latest", "published"})
_PLACES = frozenset({"spans", "mentions"})
_LISTS: Mapping[str, frozenset[str]] = {
    "people": frozenset({"roles"}),
    "events": frozenset({"after"}),
    "quotes": frozenset({"speaker_words", "cue", "frame", "addressee", "chain"}),
    "argument": frozenset({"supports", "attacks", "cues"}),
    "checklist": frozenset({"why", "records"}),
}


def write_parquet(analyses: Iterable[Analysis], folder: Path, *, ui: str = "de") -> dict[str, int]:
    """Writes NAME.parquet for each table into the folder; returns the number of rows by name.

    The analyses are taken one by one and no more than ROWS_IN_MEMORY rows of a table are held.
    All tables are written or, if anything is raised, none; tables that stood there before stay
    until then. ui: language of the reasons in the table of times. The folder is made.

    Raises ExtraMissing without the extra `exports`, SpanOutsideText if an analysis does not fit its
    text, EncodingBroken for a text with half a character in it.
    """
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise ExtraMissing(
            "Parquet", "writing it needs another package", 'Run: pip install "beleg[exports]"'
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    kinds = tables(ui)
    with TemporaryDirectory(dir=folder, prefix=".parquet-") as parts:
        with ExitStack() as stack:
            sinks = {
                name: stack.enter_context(_Sink(pyarrow, Path(parts, name), name, columns))
                for name, (columns, _) in kinds.items()
            }
            for analysis in analyses:
                check_exportable(analysis)
                for name, (_, rows_of) in kinds.items():
                    for row in rows_of(analysis):
                        sinks[name].add(row)
        for name in kinds:
            Path(parts, name).replace(folder / f"{name}.parquet")
    return {name: sink.rows for name, sink in sinks.items()}


class _Sink:
    """One table on its way to its file."""

    def __init__(self, arrow: Any, path: Path, name: str, columns: tuple[str, ...]) -> None:
        self._arrow = arrow
        self._schema = arrow.schema([(column, _type(arrow, name, column)) for column in columns])
        self._writer = arrow.parquet.ParquetWriter(path, self._schema)
        self._held: list[TableRow] = []
        self.rows = 0

    def __enter__(self) -> _Sink:
        return self

    def __exit__(self, raised: object, *_: object) -> None:
        if raised is None:
            self._write()
        self._writer.close()

    def add(self, row: TableRow) -> None:
        """Takes a row, and writes a row group when there are enough."""
        self._held.append(row)
        self.rows += 1
        if len(self._held) >= ROWS_IN_MEMORY:
            self._write()

    def _write(self) -> None:
        if self._held:
            arrays = [
                self._arrow.array(values, type=field.type)
                for values, field in zip(zip(*self._held, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
            self._held.clear()


def _type(arrow: Any, table: str, column: str) -> Any:
    if column in _PLACES:
        return arrow.list_(arrow.struct([("start", arrow.int32()), ("end", arrow.int32())]))
    if column in _LISTS.get(table, ()):
        return arrow.list_(arrow.string())
    if column in _NUMBERS:
        return arrow.int32()
    if column in _DAYS:
        return arrow.date32()
    return arrow.float64() if column in _SHARES else arrow.string()
