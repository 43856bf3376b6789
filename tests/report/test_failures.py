"""Why an input is not read: every condition has its words, with the same fields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import beleg
from beleg import errors
from beleg.errors import IntakeError, ModelError
from beleg.intake import article_from_bytes
from beleg.messages import Message
from beleg.report.failures import german, reason
from beleg.web.words import words_of

ROOT = Path(beleg.__file__).parent
PLACES = [
    *(ROOT / "intake").rglob("*.py"),
    *(ROOT / "layers").rglob("*.py"),
    *(ROOT / "text").rglob("*.py"),
    ROOT / "ledger" / "sources.py",
]
# Said by the commands and formats that need the packages, not of an input.
OF_INPUTS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, IntakeError)
}


def _calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    for place in PLACES:
        for node in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names:
                yield place, node


def _messages() -> dict[str, set[str]]:
    """The keys of all messages with the fields that every one of that key has."""
    found: dict[str, set[str]] = {}
    for place, call in _calls("Message"):
        key = ast.literal_eval(call.args[0])
        fields = {str(keyword.arg) for keyword in call.keywords}
        assert found.setdefault(key, fields) == fields, (place, key)
    return found


MESSAGES = _messages()


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_every_condition_is_said_in_german_with_its_fields(key: str) -> None:
    wanted = {field for _, field, _, _ in Formatter().parse(german()[key]) if field}
    assert wanted <= MESSAGES[key]


def test_no_words_are_kept_that_no_condition_has() -> None:
    assert german().keys() == MESSAGES.keys()


def test_pages_have_no_other_words_for_the_same_key() -> None:
    assert not [key for key in german() if words_of("de").has(f"refused.{key}")]


def test_no_input_fails_with_words_that_cannot_be_said_in_german() -> None:
    plain = [
        (place.name, call.lineno)
        for place, call in _calls(*OF_INPUTS)
        if isinstance(call.args[1], ast.Constant | ast.JoinedStr)
    ]
    assert plain == []


@pytest.mark.parametrize(
    ("data", "de", "en"),
    [
        (b"", "Darin ist kein Text. Geben Sie wenigstens einen Satz an.",
         "no text in it. Give a text of at least one sentence"),
        (b"GIF89a", "Das ist ein Bild. Lassen Sie seinen Text zuerst erkennen.",
         "a picture. Recognise its text first"),
        (b"Text" * 10, "Größer als 30 Byte.", "larger than 30 bytes. Give one article"),
    ],
)  # fmt: skip
def test_the_reason_comes_with_what_to_do(data: bytes, de: str, en: str) -> None:
    with pytest.raises(IntakeError) as caught:
        article_from_bytes(data, source="a.txt", max_bytes=30)
    assert reason(caught.value, "de").startswith(de)
    assert reason(caught.value, "en").startswith(en)
    assert str(caught.value) == f"a.txt: {reason(caught.value, 'en')}"


def test_what_has_no_other_words_is_said_in_english() -> None:
    assert reason(ModelError("model", ValueError("x")), "de").startswith("model: the encoder")
    unknown = IntakeError("a", Message("strange", "strange"), "Look")
    assert reason(unknown, "de") == "strange. Look"
