"""Rows to standard output: a table for the terminal, JSON lines, or CSV."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from beleg.cli.talking import put, talk

if TYPE_CHECKING:
    from beleg.report.words import Words

Row = Mapping[str, Any]
_GAP = "  "
_WIDEST = 40  # code points of a column that is not the last
_LEAST = 20  # of the last one, however narrow the terminal


def rows_of(entries: Sequence[Any]) -> list[Row]:
    """Dataclasses as rows."""
    return [asdict(entry) for entry in entries]


def columns_of(entry: type) -> tuple[str, ...]:
    """The names of a dataclass' fields."""
    return tuple(field.name for field in fields(entry))


def put_rows(
    rows: Sequence[Row], columns: Sequence[str], *, shown: Sequence[str], kind: str, ui: str
) -> None:
    """Prints rows. columns: all there are, for CSV; shown: those of the table in the terminal.

    The last column shown takes what room is left; on a terminal it is cut there, elsewhere not.
    """
    if kind == "json":
        import msgspec

        put("".join(msgspec.json.encode(row).decode("utf-8") + "\n" for row in rows))
    elif kind == "csv":
        from beleg.report.csv_cells import rows_as_csv

        cells = [[_cell(row[name]) for name in columns] for row in rows]
        put(rows_as_csv(columns, cells, header=True))
    elif rows:
        put(_table(rows, shown, words_of(ui)))
    else:
        talk("nothing found")


@cache
def words_of(ui: str) -> Words:
    """The words of the tables in German or English."""
    from beleg.report.words import Words

    place = resources.files("beleg.cli") / "translations" / f"{ui}.toml"
    return Words(ui, tomllib.loads(place.read_text(encoding="utf-8")))


def _table(rows: Sequence[Row], shown: Sequence[str], words: Words) -> str:
    from beleg.report.safe import one_line

    lines = [[words.say(f"column.{name}") for name in shown]]
    lines += [[one_line(_words(row[name], words)) for name in shown] for row in rows]
    widths = [min(max(map(len, column)), _WIDEST) for column in zip(*lines, strict=True)]
    room = sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    widths[-1] = sys.maxsize
    if sys.stdout.isatty():
        widths[-1] = max(shutil.get_terminal_size().columns - room, _LEAST)
    return "".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    *first, last = [
        cell if len(cell) <= width else cell[: width - 1] + "…"
        for cell, width in zip(cells, widths, strict=True)
    ]
    return (
        _GAP.join([*(c.ljust(w) for c, w in zip(first, widths, strict=False)), last]).rstrip()
        + "\n"
    )


def _words(value: object, words: Words) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.3f}".replace(".", words.say("decimal"))
    text = str(value)
    return words.say(f"value.{text}") if words.has(f"value.{text}") else text


def _cell(value: object) -> str | int | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    import msgspec

    return msgspec.json.encode(value).decode("utf-8")
