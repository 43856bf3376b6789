"""DOCX files: text in order, tracked changes, properties, damage and limits."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime

import pytest
from intake_samples import ARTICLE, docx, part, with_part

from beleg.errors import DocumentUnreadable, ExtraMissing, InputEmpty, InputTooLarge
from beleg.intake.word import MAX_ENTRIES, MAX_UNPACKED_BYTES, is_word_file, read_word

BODY = "word/document.xml"


def text_of(data: bytes) -> str:
    return read_word(data, where="a.docx").text


def with_body(markup: str) -> bytes:
    """A document whose only paragraph has this content."""
    data = docx("PLATZ")
    body = part(data, BODY).decode().replace("<w:r><w:t>PLATZ</w:t></w:r>", markup)
    return with_part(data, BODY, body.encode())


def test_paragraphs_and_lists_in_order() -> None:
    data = docx("Streit um die Brücke", ARTICLE, "* eins", "* zwei", "", "Ende.")
    assert text_of(data) == f"Streit um die Brücke\n\n{ARTICLE}\n\neins\nzwei\n\nEnde."


def test_table_rows_are_lines() -> None:
    import docx as python_docx

    document = python_docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Jahr", "Kosten", "2023", "3 Mio."), strict=True):
        cell.text = text
    document.add_paragraph("Ende.")
    buffer = io.BytesIO()
    document.save(buffer)
    assert text_of(buffer.getvalue()) == "Jahr | Kosten\n2023 | 3 Mio.\n\nEnde."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<w:ins><w:r><w:t>neu</w:t></w:r></w:ins>", "neu"),
        ("<w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>alt</w:delText></w:r></w:del>", "a"),
        ("<w:hyperlink><w:r><w:t>Verweis</w:t></w:r></w:hyperlink>", "Verweis"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b\nc"),
        ("<w:r><w:t>Neben</w:t><w:softHyphen/><w:t>weg</w:t></w:r>", "Nebenweg"),
        ("<w:r><w:t>EU</w:t><w:noBreakHyphen/><w:t>weit</w:t></w:r>", "EU-weit"),
        ("<w:sdt><w:sdtContent><w:r><w:t>Feld</w:t></w:r></w:sdtContent></w:sdt>", "Feld"),
        ("<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>b</w:t></w:r>", "b"),
    ],
)
def test_runs_of_a_paragraph(markup: str, text: str) -> None:
    assert text_of(with_body(markup)) == text


@pytest.mark.parametrize(
    ("created", "modified", "published"),
    [
        (datetime(2024, 3, 5, 9), datetime(2024, 3, 5, 11), date(2024, 3, 5)),
        (datetime(2024, 3, 5, 9), datetime(2024, 3, 5, 9), None),  # made by a program
        (datetime(2013, 12, 23, 23, 15), datetime(2024, 3, 5, 9), None),  # from a template
        (datetime(2024, 3, 5, 9), datetime(2024, 3, 4, 9), None),
    ],
)
def test_day_counts_if_written_within_it(
    created: datetime, modified: datetime, published: date | None
) -> None:
    data = docx(ARTICLE, created=created, modified=modified)
    assert read_word(data, where="a.docx").published == published


def test_only_plausible_properties_count() -> None:
    read = read_word(docx(ARTICLE, title="Streit um die Brücke", author="Maria Muster"), where="a")
    assert (read.title, read.author) == ("Streit um die Brücke", "Maria Muster")
    read = read_word(docx(ARTICLE), where="a")
    assert (read.title, read.author) == (None, None)


def test_document_without_text() -> None:
    with pytest.raises(InputEmpty, match="no text"):
        text_of(docx(""))


@pytest.mark.parametrize("data", [b"PK\x03\x04 abgeschnitten", docx(ARTICLE)[:2000], b""])
def test_damage_is_named(data: bytes) -> None:
    with pytest.raises(DocumentUnreadable, match="the DOCX file is damaged"):
        text_of(data)


def with_entities(levels: int, used: str) -> bytes:
    """A document that declares entities of entities, and one that names a file."""
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels + 1))
    declared = f'<!DOCTYPE b [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{nested}]>'
    data = docx("PLATZ")
    body = part(data, BODY).decode().replace("PLATZ", f"Text {used}")
    return with_part(data, BODY, body.replace("<w:document", declared + "<w:document", 1).encode())


@pytest.mark.parametrize("used", ["&l3;", "&f;"])
def test_entities_are_not_expanded(used: str) -> None:
    assert text_of(with_entities(3, used)) == "Text"


def test_entities_of_entities_are_refused() -> None:
    with pytest.raises(DocumentUnreadable):
        text_of(with_entities(9, "&l9;"))


def test_unpacked_size_is_limited() -> None:
    bomb = with_part(docx(ARTICLE), "word/media/a.bin", bytes(MAX_UNPACKED_BYTES))
    assert len(bomb) < 200_000
    with pytest.raises(InputTooLarge, match="unpacks to"):
        text_of(bomb)


def test_number_of_files_is_limited() -> None:
    buffer = io.BytesIO(docx(ARTICLE))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(MAX_ENTRIES):
            archive.writestr(f"word/media/{number}", b"")
    with pytest.raises(InputTooLarge):
        text_of(buffer.getvalue())


def test_other_archives_are_no_word_files() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert not is_word_file(buffer.getvalue())
    assert is_word_file(docx(ARTICLE))


def test_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'beleg\[files\]'"):
        text_of(b"")
