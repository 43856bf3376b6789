"""Reads the rule tables of a language.

A table is a TOML file `rules/<language>/<name>.toml` of `[[row]]` entries. Every row has
an `id` (unique over all tables), a `source` (a grammar, a standard, a corpus count) and
examples that are its tests.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from beleg.errors import RuleTableError


@cache
def read_table(name: str, language: str = "de") -> dict[str, Any]:
    """The parsed table. Treat it as read-only: the result is shared.

    Raises RuleTableError if the table is missing, is not TOML, or a row lacks id or source.
    """
    place = f"rules/{language}/{name}.toml"
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
