"""The words of the reports in German or English, read from translations/*.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

UI = Literal["de", "en"]
LANGUAGES: tuple[UI, ...] = get_args(UI)


class Words:
    """One language's table; keys are dotted, values are templates with {fields}."""

    def __init__(self, ui: str, table: dict[str, Any]) -> None:
        self.ui = ui
        self._entries = dict(_flatten(table))

    def say(self, key: str, **fields: object) -> str:
        """The template under `key` with its fields filled in. Raises KeyError if missing."""
        entry = self._entries[key]
        if not isinstance(entry, str):
            raise KeyError(f"{key} is a list")
        return entry.format(**fields)

    def count(self, key: str, number: int, shown: str | None = None) -> str:
        """The singular or plural template under `key`; `shown` replaces the figure."""
        one, many = self._entries[key]
        template: str = one if number == 1 else many
        return template.format(n=number if shown is None else shown)

    def pick(self, key: str, index: int) -> str:
        """The entry of the list under `key`, counted from 0."""
        entry: str = self._entries[key][index]
        return entry

    def has(self, key: str) -> bool:
        """Whether the table holds `key`."""
        return key in self._entries

    def nth(self, number: int) -> str:
        """The ordinal number in figures."""
        key = f"ordinal.{number}"
        return self.say(key if self.has(key) else "ordinal.other", n=number)

    @property
    def keys(self) -> frozenset[str]:
        """All keys of the table."""
        return frozenset(self._entries)


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    entries: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            entries += _flatten(value, f"{prefix}{key}.")
        else:
            entries.append((prefix + key, value))
    return entries


@cache
def words_of(ui: str) -> Words:
    """The table of "de" or "en". Raises ValueError for any other language."""
    if ui not in LANGUAGES:
        raise ValueError(f"reports speak {' or '.join(LANGUAGES)}, not {ui!r}")
    place = resources.files("beleg.report") / "translations" / f"{ui}.toml"
    return Words(ui, tomllib.loads(place.read_text(encoding="utf-8")))
