"""Reads the rule tables of a language.

A table is a TOML file `rules/<language>/<name>.toml` of `[[row]]` entries, or
`rules/<name>.toml` where it holds for all languages. Every row has an `id` (unique over all tables), a
`source` (a grammar, a standard, a corpus count) and, with words in it, examples that are its tests.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from beleg.errors import RuleTableError


@cache
def read_table(name: str, language: str | None = "de") -> dict[str, Any]:
    """The parsed table; language: None for one of all languages. Read-only: the result is shared.

    Raises RuleTableError if the table is missing, is not TOML, or a row lacks id or source.
    """
    place = f"rules/{language}/{name}.toml" if language else f"rules/{name}.toml"
    try:
        text = (resources.files("beleg") / place).read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError as error:
        raise RuleTableError(f"{place}: there is no such table") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleTableError(f"{place}: not valid TOML ({error})") from error
    for number, row in enumerate(table.get("row", ()), start=1):
        for field in ("id", "source"):
            if not row.get(field):
                raise RuleTableError(f"{place}: row {number} ({row.get('id', '?')}) has no {field}")
    return table


def rows_of(rows: Iterable[Mapping[str, Any]], *kinds: str) -> Iterator[Mapping[str, Any]]:
    """The rows of these kinds, in order."""
    return (row for row in rows if row["kind"] in kinds)


def words_of(
    table: str,
    rows: Sequence[Mapping[str, Any]],
    name: str,
    *,
    kind: str = "class",
    separator: str | None = None,
) -> frozenset[str]:
    """The words of all rows of the kind that have the class `name`.

    separator: between the words, white space unless told. Raises RuleTableError if no row has it.
    """
    found = [row["words"].split(separator) for row in rows_of(rows, kind) if row["class"] == name]
    if not found:
        raise RuleTableError(f"{table}.toml: no row of kind {kind!r} has the class {name!r}")
    return frozenset(word for words in found for word in words)


def shapes_of(
    table: str, rows: Sequence[Mapping[str, Any]], names: Collection[str]
) -> dict[str, re.Pattern[str]]:
    """The patterns of the rows of kind "shape" by their class; white space in them does not count.

    Raises RuleTableError if one cannot be read, or one of `names` is missing.
    """
    shapes: dict[str, re.Pattern[str]] = {}
    for row in rows_of(rows, "shape"):
        try:
            shapes[row["class"]] = re.compile("".join(row["pattern"].split()))
        except re.error as error:
            raise RuleTableError(f"{table}.toml, row {row['id']}: pattern: {error}") from error
    missing = sorted(set(names) - shapes.keys())
    if missing:
        raise RuleTableError(f"{table}.toml: no row of kind 'shape' has the class {missing[0]!r}")
    return shapes


def check_choices(
    table: str, row: Mapping[str, Any], choices: Iterable[tuple[str, Any, Collection[Any]]]
) -> None:
    """Raises RuleTableError if a field, given as (name, value, allowed), has another value."""
    for name, value, allowed in choices:
        if value not in allowed:
            raise RuleTableError(
                f"{table}.toml, row {row['id']}: {name} {value!r} is none of {tuple(allowed)}"
            )
