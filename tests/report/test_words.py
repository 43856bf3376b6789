from __future__ import annotations

import string
import tomllib
from importlib import resources
from typing import Any

import pytest

from beleg.report.words import words_of


def templates(ui: str) -> dict[str, list[str]]:
    """All templates of a language by dotted key, lists kept as lists."""
    place = resources.files("beleg.report") / "translations" / f"{ui}.toml"
    found: dict[str, list[str]] = {}

    def walk(table: dict[str, Any], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                found[prefix + key] = value if isinstance(value, list) else [value]

    walk(tomllib.loads(place.read_text(encoding="utf-8")), "")
    return found


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


# The figures of ordinal numbers follow each language's own grammar.
DE, EN = (
    {key: value for key, value in templates(ui).items() if not key.startswith("ordinal.")}
    for ui in ("de", "en")
)


def test_both_languages_have_the_same_keys() -> None:
    assert DE.keys() == EN.keys()


def test_both_languages_fill_in_the_same_fields() -> None:
    german, english = (
        {key: [fields(template) for template in templates] for key, templates in found.items()}
        for found in (DE, EN)
    )
    assert german == english


@pytest.mark.parametrize(
    ("number", "german", "english"),
    [(1, "1.", "1st"), (2, "2.", "2nd"), (11, "11.", "11th"), (20, "20.", "20th"), (21, "21.", "21st"), (52, "52.", "52nd")],
)  # fmt: skip
def test_ordinal_numbers(number: int, german: str, english: str) -> None:
    assert (words_of("de").nth(number), words_of("en").nth(number)) == (german, english)


def test_english_ordinals_of_all_calendar_weeks() -> None:
    for number in range(1, 54):
        last, teens = number % 10, 11 <= number % 100 <= 13
        ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
        assert words_of("en").nth(number) == f"{number}{ending}"


def test_count_takes_the_singular_for_one_only() -> None:
    words = words_of("de")
    assert words.count("count.times", 1) == "1 Zeitangabe"
    assert words.count("count.times", 0) == "0 Zeitangaben"


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de or en, not 'fr'"):
        words_of("fr")
