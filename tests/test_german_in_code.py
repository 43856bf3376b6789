"""German stands in rule tables, translations, templates and tests, never in Python code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import beleg

SOURCE = Path(beleg.__file__).parent
# Articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs; none that is English, too.
FUNCTION_WORDS = """
der das den dem des ein eine einen einem einer eines kein keine dieser dieses jener
er sie es wir ihr ihre ihrer ihren sein seine seiner seinen sich ihm ihn ihnen
ab auf aus bei beim bis durch für gegen gegenüber im mit nach nahe ohne seit über um
unter vom von vor wegen zu zum zur zwischen aufgrund laut
aber da dann dass daß denn doch falls obwohl oder sondern sowie sodass trotz und weil wenn
weshalb wie wo ob zumal
bist ist sind waren wird wurde wurden werden worden gewesen habe haben hatte hatten
kann können konnte konnten muss musste soll sollte wollen dürfte dürfen gibt
auch bereits damals damit dafür daher eben einst erst etwa genannt gestern heute hier jetzt
jahre jahr monat uhr morgen nicht nichts noch nur schon sehr viel wenig wohl zwar
"""
_WORDS = frozenset(FUNCTION_WORDS.split())
GERMAN_LETTER = re.compile(r"[äöüßÄÖÜ]")
# Where a German word or letter has to stand in code: file, a part of the text, and why.
ALLOWED = {
    ("intake/encoding.py", "äöüÄÖÜß"): "letters that tell a wrong decoding from a right one",
    ("text/tokens.py", "a-zäöüß"): "the small letters of German, in a pattern",
    ("text/tokens.py", "Haupt- und Nebenstraße"): "an example in a comment of a pattern",
    ("layers/chains/source_phrases.py", "A-ZÄÖÜ"): "the capitals of German, in a pattern",
    ("rules/checklist_rules.py", "A-ZÄÖÜ"): "the capitals of German, in a pattern",
    ("web/pages/reading.py", "ä"): "letters that names of files have in another spelling",
    ("web/pages/reading.py", "ö"): "the same",
    ("web/pages/reading.py", "ü"): "the same",
    ("web/pages/reading.py", "ß"): "the same",
    ("rules/wording_forms.py", "ß"): "old, new and Swiss spelling are folded into one",
}


class Literal(NamedTuple):
    """A text in the code that is no docstring."""

    file: str
    line: int
    text: str


@cache
def literals() -> tuple[Literal, ...]:
    return tuple(_literals())


def _literals() -> Iterator[Literal]:
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node) for node in _docstrings(tree)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docstrings
            ):
                yield Literal(path.relative_to(SOURCE).as_posix(), node.lineno, node.value)


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Texts that stand alone as a statement, as documentation does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def is_german(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return GERMAN_LETTER.search(text) is not None or not _WORDS.isdisjoint(words)


def allowed(literal: Literal) -> bool:
    return any(literal.file == file and part in literal.text for file, part in ALLOWED)


def test_no_text_in_code_is_german() -> None:
    found = [one for one in literals() if is_german(one.text) and not allowed(one)]
    assert not found, "\n".join(f"{one.file}:{one.line}: {one.text!r}" for one in found)


@pytest.mark.parametrize(("file", "part"), ALLOWED)
def test_an_exception_is_still_needed(file: str, part: str) -> None:
    assert any(one.file == file and part in one.text and is_german(one.text) for one in literals())


@pytest.mark.parametrize("text", ["größe", "und", r"\b(?:aus|vom)\b", "vor allem"])
def test_german_is_seen(text: str) -> None:
    assert is_german(text)


@pytest.mark.parametrize("text", ["reason-clause", "no row has the class", "de.time.year", "en"])
def test_english_and_names_are_not_taken_for_german(text: str) -> None:
    assert not is_german(text)
