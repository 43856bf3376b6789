"""Which kind of document some bytes are: by their content first, then by the file's name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from beleg.errors import InputNotText
from beleg.intake.markdown import has_front_matter
from beleg.intake.word import is_word_file
from beleg.messages import Message

Kind = Literal["text", "markdown", "html", "pdf", "docx"]

_SUFFIXES: dict[str, Kind] = {
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_HEAD = 4_096
_PDF_HEAD = 1_024
_PICTURE = Message("picture", "a picture")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", Message("old_office", "an old Office file"), "Save it as DOCX"),
    (b"{\\rtf", Message("rtf", "an RTF file"), "Save it as DOCX or text"),
    (
        b"PK\x03\x04",
        Message("archive", "an archive or an Office file other than DOCX"),
        "Save it as DOCX or text",
    ),
    (b"\x1f\x8b", Message("compressed", "a compressed file"), "Unpack it first"),
    (b"\x89PNG", _PICTURE, "Recognise its text first"),
    (b"\xff\xd8\xff", _PICTURE, "Recognise its text first"),
    (b"GIF8", _PICTURE, "Recognise its text first"),
)
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|div|p|h1)\b)", re.IGNORECASE
)
_PREAMBLE = re.compile(r"\s*+(?:<\?xml[^>]*+>\s*+|<!--(?:[^-]++|-(?!->))*+-->\s*+)*+")
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml[^>]{0,100}?\bencoding)\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)


def packed_kind(data: bytes, *, where: str) -> Kind | None:
    """The kind of a file that is no plain text; None for text.

    Raises InputNotText for files of a known kind that Beleg does not read.
    """
    if data[:_PDF_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and is_word_file(data):
        return "docx"
    for mark, what, remedy in _FOREIGN:
        if data.startswith(mark):
            raise InputNotText(where, what, remedy)
    return None


def text_kind(text: str, *, where: str) -> Kind:
    """The kind of a decoded text. Raises InputNotText for XML other than XHTML."""
    preamble = _PREAMBLE.match(text, 0, _HEAD)
    start = preamble.end() if preamble else 0
    if _HTML_TAG.match(text, start):
        return "html"
    if has_front_matter(text):
        return "markdown"
    if preamble and "<?xml" in preamble[0]:
        what = Message("other_xml", "XML other than XHTML")
        raise InputNotText(where, what, "Give the article as text or HTML")
    return _SUFFIXES.get(PurePath(where).suffix.lower(), "text")


def declared_label(data: bytes) -> str | None:
    """The charset that an HTML page or XML declaration names."""
    found = _CHARSET.search(data, 0, _HEAD)
    return found[1].decode("ascii") if found else None
