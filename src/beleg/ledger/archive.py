"""The whole ledger as one file, and back: a ZIP archive with a JSON-lines file for each table.

It holds every row with its number, so that the ledger made from it is the same one, be it in
SQLite or PostgreSQL. Left out are open log-ins (`sessions`), and the word indexes, which are made
anew.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import msgspec
from sqlalchemy import Connection, LargeBinary, Table, func, insert, select, text

from beleg.errors import LedgerBroken, LedgerRefused
from beleg.ledger import schema, search
from beleg.ledger.migrate import newest, revision
from beleg.ledger.schema import Instant
from beleg.ledger.store import Ledger
from beleg.version import __version__

FORMAT = 1
_HEAD = "ledger.json"
_AT_ONCE = 500
_LONGEST_LINE = 600_000_000  # bytes; the analysis of the largest article, and some
# A fixed day, so that the same ledger gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


class Head(msgspec.Struct, forbid_unknown_fields=True):
    """What an archive says of itself: its format, the tables' version, and rows of each table."""

    format: int
    beleg: str
    revision: str
    rows: dict[str, int]


def write_archive(ledger: Ledger, path: Path) -> dict[str, int]:
    """Writes everything into a file, which is there whole or not at all; returns rows by table.

    The ledger can be used and changed meanwhile: the archive holds one state of it. Raises
    OSError if the file cannot be written, LedgerUnreachable.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with ledger.read() as db, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            rows = {table.name: _write_table(db, table, archive) for table in _tables()}
            head = Head(FORMAT, __version__, revision(db) or "", rows)
            archive.writestr(zipfile.ZipInfo(_HEAD, _DAY), msgspec.json.encode(head))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return rows


def read_archive(ledger: Ledger, path: Path) -> dict[str, int]:
    """Fills an empty ledger from an archive, all of it or nothing; returns rows by table.

    Raises LedgerRefused if the ledger is not empty, LedgerBroken if the file is no archive, is
    damaged or of another version, OSError if it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive, ledger.change(who="import") as change:
            head = _head(archive, path)
            _refuse_what_is_there(change.db)
            for table in _tables():
                count = _read_table(change.db, table, archive, path)
                if count != head.rows.get(table.name, 0):
                    raise _broken(path, f"{table.name} has {count} rows, not as many as it says")
            _index(change.db)
            if ledger.postgres:
                _go_on_counting(change.db)
    except (zipfile.BadZipFile, KeyError) as error:
        raise _broken(path, f"not a ledger's archive ({error})") from error
    return head.rows


def _tables() -> list[Table]:
    """In an order in which every row comes after those it names."""
    return [table for table in schema.metadata.sorted_tables if table is not schema.sessions]


def _write_table(db: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    count = 0
    rows = db.execution_options(yield_per=_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    with archive.open(zipfile.ZipInfo(f"{table.name}.jsonl", _DAY), "w", force_zip64=True) as file:
        for row in rows.mappings():
            values = {key: _plain(value) for key, value in row.items()}
            file.write(msgspec.json.encode(values, order="deterministic") + b"\n")
            count += 1
    return count


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _head(archive: zipfile.ZipFile, path: Path) -> Head:
    try:
        head = msgspec.json.decode(archive.read(_HEAD), type=Head)
    except msgspec.DecodeError as error:
        raise _broken(path, f"its head cannot be read ({error})") from error
    if head.format != FORMAT or head.revision != newest():
        raise LedgerBroken(
            str(path),
            f"made by Beleg {head.beleg}, whose tables are others (version {head.revision})",
            f"Import it with Beleg {head.beleg}, then open that ledger with this version",
        )
    return head


def _refuse_what_is_there(db: Connection) -> None:
    for table in _tables():
        if db.execute(select(table).limit(1)).first() is not None:
            raise LedgerRefused(
                "the ledger", "not empty", "Name a new one with --ledger; nothing was changed"
            )


def _read_table(db: Connection, table: Table, archive: zipfile.ZipFile, path: Path) -> int:
    count = 0
    with archive.open(f"{table.name}.jsonl") as file:
        for rows in _batches(_rows(table, file, path)):
            # What points at another row of the same table may come before it.
            db.execute(insert(table), rows)
            count += len(rows)
    return count


def _rows(table: Table, file: IO[bytes], path: Path) -> Iterator[dict[str, Any]]:
    names = {column.name for column in table.columns}
    with io.BufferedReader(file) as lines:  # type: ignore[type-var]
        number = 0
        while line := lines.readline(_LONGEST_LINE):
            number += 1
            try:
                row = msgspec.json.decode(line)
                if not isinstance(row, dict) or set(row) != names:
                    raise ValueError("other columns than the table")
                yield {name: _value(table, name, value) for name, value in row.items()}
            except (msgspec.DecodeError, ValueError, TypeError) as error:
                raise _broken(path, f"{table.name}, line {number}: {error}") from error


def _value(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if kind.python_type is date:
        return date.fromisoformat(value)
    return value


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _index(db: Connection) -> None:
    """Makes the word indexes anew."""
    a, q, p = schema.articles.c, schema.quotations.c, schema.people.c
    title = func.coalesce(a.title, "")
    for index, query in (
        ("article_words", select(a.id, title + "\n" + a.text).order_by(a.id)),
        ("quotation_words", select(q.id, q.text).order_by(q.id)),
        ("person_words", select(p.id, p.name).order_by(p.id)),
    ):
        last = 0
        while rows := db.execute(
            query.where(query.selected_columns[0] > last).limit(_AT_ONCE)
        ).all():
            search.put(db, index, [(row[0], row[1]) for row in rows])  # type: ignore[arg-type]
            last = rows[-1][0]


def _go_on_counting(db: Connection) -> None:
    """PostgreSQL does not see numbers that were given, not taken from its counters."""
    for table in _tables():
        if "id" in table.c:
            db.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608
                    f"GREATEST((SELECT max(id) FROM {table.name}), 1), "
                    f"(SELECT max(id) FROM {table.name}) IS NOT NULL)"
                )
            )


def _broken(path: Path, what: str) -> LedgerBroken:
    return LedgerBroken(str(path), what, "Use a file that beleg export --all wrote")
