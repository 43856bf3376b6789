"""Whatever the bytes are: an article or an IntakeError, within the time limit."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_samples import ARTICLE, docx, page, pdf, printed

from beleg.errors import IntakeError
from beleg.intake import article_from_bytes, article_from_text
from beleg.text.article import Article

NAMES = ["-", "a.txt", "a.md", "a.html", "a.pdf", "a.docx"]
SEEDS = {
    "a.html": page(f"<article><h1>Streit</h1><p>{ARTICLE}</p><ul><li>a</ul></article>").encode(),
    "a.md": f"---\ntitle: Streit\ndate: 2024-03-05\n---\n# Kopf\n\n{ARTICLE}\n\n- a\n".encode(),
    "a.pdf": pdf(printed([ARTICLE[:70], ARTICLE[70:]])),
    "a.docx": docx("Streit", ARTICLE, "* a"),
}
LIMIT = 0.5  # seconds of parsing in this test, instead of MAX_SECONDS
SECONDS = 15.0  # with what a single call into C may take beyond it, on a busy machine


def article_or_error(data: bytes, name: str) -> Article | None:
    """The article, if the bytes give one; any other exception than IntakeError fails the test."""
    try:
        article = article_from_bytes(data, source=name)
    except IntakeError as raised:
        error: IntakeError | None = raised
    else:
        error = None
    if error is not None:
        assert error.where == name
        assert error.what
        assert error.remedy
        return None
    assert article.text.strip()
    article.text.encode("utf-8")  # no half characters
    assert "\0" not in article.text
    assert "\r" not in article.text
    return article


@settings(max_examples=3 * settings().max_examples)
@given(data=st.binary(max_size=2_000), name=st.sampled_from(NAMES))
def test_random_bytes(data: bytes, name: str) -> None:
    article_or_error(data, name)


@settings(max_examples=3 * settings().max_examples)
@given(text=st.text(max_size=500), name=st.sampled_from(NAMES[:4]))
def test_random_text_in_utf_8(text: str, name: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    article = article_or_error(data, name)
    if article is not None and name == "a.txt" and article.text.lstrip()[:1] not in ("<", "-"):
        expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        assert article.text == expected


@settings(max_examples=3 * settings().max_examples)
@given(
    name=st.sampled_from(sorted(SEEDS)),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=8)),
        min_size=1,
        max_size=8,
    ),
)
def test_damaged_documents(name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    data = SEEDS[name]
    for place, length, put in cuts:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    article_or_error(data, name)


@settings(max_examples=2 * settings().max_examples)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_random_strings(text: str) -> None:
    try:
        article = article_from_text(text)
    except IntakeError:
        return
    assert article.id.startswith("sha256:")


MILLION = 1_000_000
HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "one long line": lambda: ("a.txt", b"Wort " * 980_000),
    "one long word": lambda: ("a.txt", b"a" * 4_900_000),
    "one long line in Windows-1252": lambda: ("a.txt", "für ".encode("cp1252") * MILLION),
    "one long paragraph in HTML": lambda: ("a.html", b"<html><body><p>" + b"Wort " * 950_000),
    "100,000 divs deep": lambda: ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"Text"),
    "250 divs deep": lambda: ("a.html", b"<html><body>" + b"<div>" * 240 + b"Ein Text steht hier."),
    "formatting in formatting": lambda: ("a.html", b"<html><p>" + b"<b><i>" * 100 + b"Ein Text."),
    "a million elements": lambda: ("a.html", b"<html><body>" + b"<p>a" * MILLION),
    "40,000 paragraphs": lambda: ("a.html", b"<html><body>" + b"<p>Ein Satz steht hier." * 40_000),
    "a million attributes": lambda: ("a.html", b"<html><p " + b"a b=c " * 500_000 + b">Text"),
    "attributes that hide": lambda: ("a.html", b"<html><p " + b"a='>' " * 500_000 + b">Text"),
    "tags that never end": lambda: ("a.html", b"<html>" + b"<a b=\"<a b='" * 400_000),
    "comments that never end": lambda: ("a.html", b"<html><!--" + b"<!--" * MILLION),
    "only angle brackets": lambda: ("a.html", b"<" * 4_900_000),
    "deep JSON-LD": lambda: (
        "a.html",
        b"<html><script type='application/ld+json'>"
        + b'{"a":' * 900_000
        + b"</script><p>Ein Text.",
    ),
    "half dates": lambda: ("a.html", b"<html><p class=date>" + b"1.1.2" * 900_000),
    "nested tables": lambda: ("a.html", b"<html>" + b"<table><tr><td>" * 80 + b"Ein Text."),
    "entities of entities": lambda: (
        "a.html",
        b'<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><html><p>Ein Text &b; hier.',
    ),
    "Markdown brackets": lambda: ("a.md", b"[" * 300_000 + b"a"),
    "Markdown stars": lambda: ("a.md", b"*a **b " * 300_000),
    "Markdown quotations": lambda: ("a.md", b"> " * 200_000 + b"a"),
    "Markdown lists": lambda: ("a.md", b"".join(b" " * n + b"- a\n" for n in range(1_500))),
    "Markdown backticks": lambda: ("a.md", b"".join(b"`" * n + b" a " for n in range(2_000))),
    "half front matter": lambda: ("a.md", b"---\na: b\n" * 500_000),
    "preamble that never ends": lambda: ("-", b"<?xml " * 800_000),
}


# The interrupt may land in hypothesis' callback of the garbage collector, which drops it with
# this warning; the next one half a second later does the work.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beleg.intake.read.MAX_SECONDS", LIMIT)
    source, data = HOSTILE[name]()
    start = time.monotonic()
    article_or_error(data, source)
    assert time.monotonic() - start < SECONDS


def test_short_nesting_is_read() -> None:
    source, data = HOSTILE["formatting in formatting"]()
    article = article_or_error(data, source)
    assert article is not None
    assert article.text == "Ein Text."
