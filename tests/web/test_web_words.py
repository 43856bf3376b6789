"""The words of the pages: both languages whole, and all that are used are there."""

from __future__ import annotations

import re
import string
import tomllib
from importlib import resources
from typing import Any

import pytest

from beleg.web.words import words_of

WEB = resources.files("beleg.web")


def templates(ui: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def walk(table: dict[str, Any], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                found[prefix + key] = value if isinstance(value, list) else [value]

    text = (WEB / "translations" / f"{ui}.toml").read_text(encoding="utf-8")
    walk(tomllib.loads(text), "")
    return found


DE, EN = templates("de"), templates("en")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert DE.keys() == EN.keys()


def test_both_languages_fill_in_the_same_fields() -> None:
    german, english = (
        {key: [fields(text) for text in texts] for key, texts in found.items()}
        for found in (DE, EN)
    )
    assert german == english


def test_all_words_that_templates_name_are_there() -> None:
    named = set()
    for place in (WEB / "templates").iterdir():
        text = place.read_text(encoding="utf-8")
        named |= set(re.findall(r"""(?:say|count)\('([\w.]+)'(?! ~)""", text))
    assert len(named) > 40
    assert named - DE.keys() == set()


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de or en, not 'fr'"):
        words_of("fr")
