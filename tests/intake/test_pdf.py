"""PDF files: running text, page frames, protection, damage and limits."""

from __future__ import annotations

import io
import sys
import zlib

import pypdf
import pytest
from intake_samples import Printed, pdf, printed

from beleg.errors import DocumentUnreadable, ExtraMissing, InputEmpty, InputTooLarge
from beleg.intake.pdf import MAX_PAGES, read_pdf


def text_of(data: bytes) -> str:
    return read_pdf(data, where="a.pdf").text


def encrypted(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, owner_password="besitzerin", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


STORY = printed(
    [
        "Der Stadtrat von Neustadt hat am Dienstag bis in den späten Abend über die Stadt-",
        "brücke gestritten. „Wir brauchen sie“, sagte Bürgermeisterin Maria Muster. Die Haupt-",
        "und Nebenwege in Nordrhein-",
        "Westfalen seien überlastet.",
        "",
        "Am Ende entschied der Rat mit knapper Mehrheit.",
    ]
)


def test_lines_become_paragraphs() -> None:
    first, second = text_of(pdf(STORY)).split("\n\n")
    assert first.startswith("Der Stadtrat von Neustadt hat am Dienstag bis in den späten Abend")
    assert "über die Stadtbrücke gestritten. „Wir brauchen sie“, sagte" in first
    assert "Die Haupt- und Nebenwege" in first
    assert second == "Am Ende entschied der Rat mit knapper Mehrheit."


def test_headline_stands_apart() -> None:
    headline = Printed("Streit um die Brücke", y=740, size=18)
    assert text_of(pdf([headline, *STORY])).startswith("Streit um die Brücke\n\nDer Stadtrat")


def test_ligatures_are_letters() -> None:
    def glyph(data: bytes) -> bytes:
        return data.replace(b"/WinAnsiEncoding", b"<< /Differences [1 /fi] >>")

    assert text_of(glyph(pdf([Printed("\x01nden")]))) == "finden"


def test_pages_are_one_text_without_their_frames() -> None:
    pages = [
        [
            Printed("Neustädter Bote vom Dienstag", y=810, size=9),
            *printed(
                [f"Auf dieser Seite geht es lange um {word} und um", "nichts anderes als dies,"]
            ),
            *printed(["wie man es erwartet hätte,", f"und dann weiter um {word}"], top=660),
            Printed(str(number), x=300, y=30, size=9),
        ]
        for number, word in enumerate(("Brücken", "Bäder", "Wege"), start=1)
    ]
    text = text_of(pdf(*pages))
    assert "Bote" not in text
    assert not any(character.isdigit() for character in text)


def test_printed_web_page_gives_its_address_and_loses_the_print_marks() -> None:
    marks = [
        Printed("05.03.24, 14:30 Streit um die Brücke", y=825, size=8),
        Printed("https://bote.example/bruecke 1/1", y=15, size=8),
    ]
    read = read_pdf(pdf([marks[0], *STORY, marks[1]]), where="a.pdf")
    assert read.url == "https://bote.example/bruecke"
    assert "14:30" not in read.text
    assert "https" not in read.text


def test_soft_hyphen_drawn_by_chromium_is_no_blank() -> None:
    span = b"/Span << /ActualText <FEFF00AD> >> BDC ( ) Tj EMC 31 0 Td (stadt) Tj"
    data = pdf([Printed("Muster")]).replace(b"(Muster) Tj", b"(Muster) Tj " + span)
    assert text_of(data) == "Musterstadt"


@pytest.mark.parametrize(
    ("info", "title", "author"),
    [
        (
            {"Title": "Streit um die Stadt", "Author": "Maria Muster"},
            "Streit um die Stadt",
            "Maria Muster",
        ),
        ({"Title": "Microsoft Word - neu.doc", "Author": "mmuster"}, None, None),
        ({"CreationDate": "D:20240305143000"}, None, None),
    ],
)
def test_only_plausible_properties_count(
    info: dict[str, str], title: str | None, author: str | None
) -> None:
    read = read_pdf(pdf(STORY, info=info), where="a.pdf")
    assert (read.title, read.author, read.published) == (title, author, None)


def test_scan_has_no_text() -> None:
    with pytest.raises(InputEmpty, match=r"only pictures.*ocrmypdf"):
        text_of(pdf([]))


def test_password_is_needed() -> None:
    with pytest.raises(DocumentUnreadable, match=r"the PDF is encrypted\. Save it without"):
        text_of(encrypted(pdf(STORY), "geheim"))


def test_protection_against_changes_does_not_hinder_reading() -> None:
    assert "gestritten" in text_of(encrypted(pdf(STORY), ""))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7 Unsinn", pdf(STORY)[:200]])
def test_damage_is_named(data: bytes) -> None:
    with pytest.raises(DocumentUnreadable, match="the PDF is damaged"):
        text_of(data)


def test_too_many_pages() -> None:
    with pytest.raises(InputTooLarge, match=f"{MAX_PAGES + 1} pages"):
        text_of(pdf(*([STORY] * (MAX_PAGES + 1))))


def test_pages_that_contain_themselves_end() -> None:
    data = pdf(STORY).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    with pytest.raises((DocumentUnreadable, InputEmpty)):
        text_of(data)


def test_decompression_bomb_is_refused() -> None:
    bomb = zlib.compress(b"(Wort) Tj " * 20_000_000, 9)
    data = pdf([Printed("x")])
    start, end = data.index(b"<< /Length"), data.index(b"endstream")
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\n" % (len(bomb), bomb)
    with pytest.raises((DocumentUnreadable, InputEmpty)):
        text_of(data[:start] + stream + data[end:])


def test_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'beleg\[files\]'"):
        text_of(pdf(STORY))
