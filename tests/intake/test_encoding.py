"""Bytes in the encodings German texts come in, and bytes that fit none."""

from __future__ import annotations

import codecs

import pytest

from beleg.errors import EncodingBroken, InputNotText
from beleg.intake.encoding import declared_charset, decode

SHORT_TEXTS = [
    "Über München scheint die Sonne – schön.",
    "Größe: groß",
    "„Spaß“, sagte er.",
    "»Nein«, rief Zoë.",
    "Die Kosten liegen bei 5 € – „viel zu hoch“, so André Müller…",
    "Das ist ein Satz ohne Umlaute, aber mit „Anführung“.",
    "Er sagte: „Das wär’s.“",
    "25 °C in Neustadt, § 5 Absatz 2",
    "ÖVP und FPÖ: „Ä“",
    "Im „.example“-Netz",
]


@pytest.mark.parametrize("text", SHORT_TEXTS)
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_short_german_text_survives_every_usual_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), where="x") == text


@pytest.mark.parametrize("text", ["Größe: groß", "Müller aß „viel“ Käse.", "Straße nach Köln"])
@pytest.mark.parametrize("encoding", ["iso8859-15", "cp850", "mac-roman"])
def test_unix_dos_and_macintosh_files_are_told_apart(text: str, encoding: str) -> None:
    data = text.encode(encoding, "replace")
    assert decode(data, where="x") == data.decode(encoding)


@pytest.mark.parametrize(
    "mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_BE + "\ufeff".encode("utf-16-be")]
)
def test_only_the_first_mark_is_taken_away(mark: bytes) -> None:
    encoding = "utf-8" if mark == codecs.BOM_UTF8 else "utf-16-be"
    expected = "Straße" if mark == codecs.BOM_UTF8 else "\ufeffStraße"
    assert decode(mark + "Straße".encode(encoding), where="x") == expected


def test_other_scripts_are_left_to_the_library() -> None:
    text = "Привет, как дела? Сегодня хорошая погода, и мы идём гулять в парк."
    assert decode(text.encode("cp1251"), where="x") == text


@pytest.mark.parametrize(
    ("data", "position"),
    [
        ("Die Größe".encode()[:7], 6),  # cut inside ö
        ("Größe und ".encode() + "Größe".encode("cp1252"), 14),  # two encodings in one file
        ("Er sagte „".encode()[:-1], 9),  # cut inside „
        ("für".encode() + b"\xff und mehr", 4),
        (codecs.BOM_UTF8 + b"gr\xf6\xdfer", 5),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8a\x00", 4),
    ],
)
def test_broken_bytes_are_named_with_their_position(data: bytes, position: int) -> None:
    with pytest.raises(
        EncodingBroken, match=rf"^x: not valid .* at byte {position}\. Save the file"
    ):
        decode(data, where="x")


@pytest.mark.parametrize(
    "data",
    [b"Text\x00mit Nullbyte", bytes(range(256)) * 4, b"\x01\x02\x03 kurz", b"\x7fELF\x02\x01\x01"],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(InputNotText, match="binary data"):
        decode(data, where="x")


def test_declared_charset_decides_where_utf_8_does_not_fit() -> None:
    data = "Žižkov a Česko".encode("cp1250")
    assert decode(data, where="x", declared="cp1250") == "Žižkov a Česko"


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    assert decode("Größe".encode(), where="x", declared="cp1252") == "Größe"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ISO-8859-1", "cp1252"),
        (" windows-1252 ", "cp1252"),
        ("UTF-8", "utf-8"),
        ("iso-8859-15", "iso8859-15"),
        ("utf-7", None),
        ("rot13", None),
        ("zlib", None),
        ("no-such-charset", None),
        ("a\x00b", None),
    ],
)
def test_only_text_encodings_can_be_declared(label: str, name: str | None) -> None:
    assert declared_charset(label) == name
