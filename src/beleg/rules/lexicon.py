"""Word classes: which words a pattern's `<class>` stands for, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from beleg.errors import RuleTableError

Value = int | float | str
_CACHE_LIMIT = 50_000  # distinct words; beyond it hostile text would fill the memory


class Lexicon:
    """Looks up the classes of an atom.

    Rows of a word table have `class`, `forms` (meaning → words separated by blanks),
    optionally `endings` (inflection, appended to each word) and `case` ("lower": the
    capitalised word counts only where a sentence begins; "upper": only capitalised).
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._words: dict[str, list[tuple[str, Value, str]]] = {}
        self._cache: dict[str, dict[str, Value]] = {}
        self._cache_initial: dict[str, dict[str, Value]] = {}
        for row in rows:
            self._add_row(row)

    def _add_row(self, row: Mapping[str, Any]) -> None:
        case = row.get("case", "any")
        for meaning, words in row["forms"].items():
            value = _value(meaning)
            for word in words.split():
                for ending in row.get("endings", ("",)):
                    self._words.setdefault(word + ending, []).append((row["class"], value, case))
        for word, meaning in row.get("yes", {}).items():
            if not any(c == row["class"] and v == meaning for c, v, _ in self._words.get(word, ())):
                raise RuleTableError(f"{row['id']}: {word!r} does not mean {meaning!r}")

    def add(self, word: str, word_class: str, value: Value, case: str = "any") -> None:
        """Add one word made by composition (number words, compounds)."""
        self._words.setdefault(word, []).append((word_class, value, case))

    def words(self, word_class: str) -> dict[str, Value]:
        """All words of a class with their meanings."""
        return {
            word: value
            for word, entries in self._words.items()
            for c, value, _ in entries
            if c == word_class
        }

    def classes(self, raw: str, lower: str, *, initial: bool) -> dict[str, Value]:
        """The classes of a word, each with its meaning; empty for most words."""
        cache = self._cache_initial if initial else self._cache
        known = cache.get(raw)
        if known is None:
            if len(cache) > _CACHE_LIMIT:
                cache.clear()
            known = cache[raw] = self._look_up(raw, lower, initial)
        return known

    def _look_up(self, raw: str, lower: str, initial: bool) -> dict[str, Value]:
        if lower[0] in "0123456789":
            return _digit_classes(lower)
        capital = raw[0] != lower[0]
        shouted = len(raw) > 1 and raw.isupper()
        return {
            word_class: value
            for word_class, value, case in self._words.get(lower, ())
            if case == "any"
            or shouted
            or (case == "lower" and (initial or not capital))
            or (case == "upper" and capital)
        }


def _value(meaning: str) -> Value:
    try:
        return int(meaning)
    except ValueError:
        pass
    try:
        return float(meaning)
    except ValueError:
        return meaning


def _digit_classes(digits: str) -> dict[str, Value]:
    """Classes of a run of digits: by length and range, as calendars and clocks allow."""
    length = len(digits)
    if length > 6:
        return {}
    number = int(digits)
    classes: dict[str, Value] = {}
    if not (length > 1 and digits[0] == "0"):
        classes["num"] = number
    if length <= 2:
        if 1 <= number <= 31:
            classes["day"] = number
        if 1 <= number <= 12:
            classes["mon"] = number
            if length == 2:
                classes["mon2"] = number
        if number <= 24:
            classes["hour"] = number
        if 1 <= number <= 53:
            classes["kw"] = number
        if length == 2:
            classes["yy"] = number
            if number <= 59:
                classes["min"] = number
    if length == 4 and 1000 <= number <= 2199:
        classes["year"] = number
    if length <= 4 and number >= 1:
        classes["anyyear"] = number
    if length >= 2 and number % 10 == 0 and (length in {2, 4}):
        classes["decade"] = number
    return classes
