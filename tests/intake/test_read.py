"""Files, standard input, bytes and strings: one article or one clear error."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from intake_samples import ARTICLE, docx, page, pdf, printed

from beleg.errors import (
    DocumentUnreadable,
    EncodingBroken,
    InputEmpty,
    InputIsFolder,
    InputMissing,
    InputNotText,
    InputTooLarge,
)
from beleg.intake import article_from_bytes, article_from_text, read_article

DAY = date(2024, 3, 5)


def test_file_gives_an_article_named_after_it(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    article = read_article(path)
    assert (article.text, article.source) == (ARTICLE, str(path))
    assert (article.published, article.published_given) == (None, False)


def test_dash_reads_standard_input() -> None:
    article = read_article("-", stdin=io.BytesIO(ARTICLE.encode("cp1252")))
    assert (article.text, article.source) == (ARTICLE, "-")


def test_given_day_wins_over_metadata() -> None:
    markdown = f"---\ndate: 2024-03-04\n---\n{ARTICLE}".encode()
    from_metadata = article_from_bytes(markdown, source="a.md")
    assert (from_metadata.published, from_metadata.published_given) == (date(2024, 3, 4), False)
    given = article_from_bytes(markdown, source="a.md", published=DAY)
    assert (given.published, given.published_given) == (DAY, True)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_a_newline(newline: str) -> None:
    text = newline.join(["Überschrift", "", "Erster Satz.", "Zweiter Satz."])
    expected = "Überschrift\n\nErster Satz.\nZweiter Satz."
    assert article_from_text(text).text == expected
    assert article_from_bytes(text.encode("utf-8-sig"), source="a.txt").text == expected


def test_text_is_otherwise_left_as_it_is() -> None:
    text = "  Ein\u00a0Satz \u00adohne  Ordnung\u2028mit A\u0308 und 👩‍👧.\t\n\n\n"
    assert article_from_text(text).text == text
    assert article_from_bytes(text.encode(), source="a.txt").text == text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (page(f"<p>{ARTICLE}</p>").encode(), "a.html"),
        (page(f"<p>{ARTICLE}</p>").encode(), "a.txt"),
        (page(f"<p>{ARTICLE}</p>").encode("utf-16"), "-"),
        (b"<!-- gespeichert -->\n" + page(f"<p>{ARTICLE}</p>").encode(), "-"),
        (f"<p>{ARTICLE}</p><p>Ende.</p>".encode(), "-"),
        (f"---\ntitle: Streit\n---\n{ARTICLE}".encode(), "-"),
        (f"*{ARTICLE}*".encode(), "a.MD"),
        (docx(ARTICLE), "-"),
        (pdf(printed([ARTICLE])), "a.txt"),
    ],
    ids=["html", "html in txt", "html utf-16", "comment", "fragment", "yaml", "md", "docx", "pdf"],
)
def test_kind_is_seen_by_content_or_name(data: bytes, name: str) -> None:
    text = article_from_bytes(data, source=name).text
    assert text.startswith("Der Stadtrat von Neustadt")
    assert "<" not in text
    assert "*" not in text


def test_plain_text_about_markup_stays_plain() -> None:
    text = "Das Tag <p> öffnet einen Absatz. # Das ist *kein* Markdown."
    assert article_from_bytes(text.encode(), source="-").text == text


def test_kind_can_be_given() -> None:
    assert article_from_bytes(b"Ein *Wort* hier.", source="-", kind="markdown").text == (
        "Ein Wort hier."
    )


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-8", "utf-8"),
        ("latin2", "latin2"),
    ],
)
def test_charset_of_the_page_is_honoured(charset: str, encoding: str) -> None:
    html = page("<p>Čapek und Müller kamen.</p>".replace("Č", "Č" if charset == "latin2" else "C"))
    data = html.replace("utf-8", charset).encode(encoding)
    assert "apek und Müller kamen." in article_from_bytes(data, source="a.html").text


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match=r"fehlt\.txt: there is no such file\. Check the name"):
        read_article(tmp_path / "fehlt.txt")


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "nicht/da/\ud800"])
def test_impossible_name_is_a_missing_file(name: str) -> None:
    with pytest.raises(InputMissing):
        read_article(name)


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(InputIsFolder, match="one by one"):
        read_article(tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", "\ufeff".encode(), b"... --- !", "\u200b\n".encode()]
)
@pytest.mark.parametrize("name", ["-", "a.txt", "a.md", "a.html"])
def test_nothing_to_read(data: bytes, name: str) -> None:
    with pytest.raises(InputEmpty):
        article_from_bytes(data, source=name)


def test_empty_string() -> None:
    with pytest.raises(InputEmpty, match="<text>"):
        article_from_text(" \n")


def test_size_limit_holds_for_files_streams_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "gross.txt"
    path.write_bytes(b"Wort " * 200)
    with pytest.raises(InputTooLarge, match="larger than 999 bytes"):
        read_article(path, max_bytes=999)
    with pytest.raises(InputTooLarge, match="larger than 999 bytes"):
        read_article("-", stdin=io.BytesIO(b"Wort " * 200), max_bytes=999)
    with pytest.raises(InputTooLarge, match="larger than 999 bytes"):
        article_from_bytes(b"Wort " * 200, source="-", max_bytes=999)
    assert len(read_article(path, max_bytes=1000).text) == 1000


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
        (b"\xff\xd8\xff\xe0JFIF", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"{\\rtf1\\ansi Hallo}", "an RTF file"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
        (b"PK\x03\x04 abgeschnitten", "an archive"),
        (b'<?xml version="1.0"?><rss><item>Hallo</item></rss>', "XML other than XHTML"),
        (bytes(1000), "binary data"),
    ],
)
def test_other_kinds_of_file_are_named(data: bytes, what: str) -> None:
    with pytest.raises(InputNotText, match=what):
        article_from_bytes(data, source="datei")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_name_promises_a_document_the_content_is_not(name: str) -> None:
    with pytest.raises(DocumentUnreadable, match="is damaged"):
        article_from_bytes(ARTICLE.encode(), source=name)


def test_strings_no_file_can_hold() -> None:
    with pytest.raises(InputNotText, match="NUL at character 4"):
        article_from_text("Ein \0 Text")
    with pytest.raises(EncodingBroken, match=r"surrogate U\+D83D\) at 4"):
        article_from_text("Ein \ud83d Text")


def test_same_input_gives_the_same_article() -> None:
    data = page(f"<h1>Streit</h1><p>{ARTICLE}</p>").encode()
    assert article_from_bytes(data, source="a") == article_from_bytes(data, source="a")
