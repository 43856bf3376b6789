"""Small documents made on the spot: pages, PDF and DOCX files about invented people and places."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, NamedTuple

ARTICLE = (
    "Der Stadtrat von Neustadt an der Aue hat am Dienstag über die Brücke gestritten. "
    "„Wir brauchen sie“, sagte Bürgermeisterin Maria Muster."
)


def page(body: str, *, head: str = "", lang: str = "de") -> str:
    """An HTML page around `body`."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}</body></html>"
    )


class Printed(NamedTuple):
    """A line of a PDF page: points from the left and the lower edge."""

    text: str
    x: float = 60
    y: float = 700
    size: float = 11


def printed(texts: Sequence[str], *, top: float = 700, x: float = 60) -> list[Printed]:
    """Lines one below the other, 14 points apart; an empty text leaves a gap."""
    return [Printed(text, x=x, y=top - 14 * row) for row, text in enumerate(texts) if text]


def pdf(*pages: Sequence[Printed], info: dict[str, str] | None = None) -> bytes:
    """A PDF with one content stream per page, in Helvetica and Windows-1252."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for lines in pages:
        content = b"".join(_show(line) for line in lines)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    fields = b" ".join(b"/%b (%b)" % (k.encode(), v.encode()) for k, v in (info or {}).items())
    objects.append(b"<< %b >>" % fields)
    return _assemble(objects)


def _show(line: Printed) -> bytes:
    text = (
        line.text.encode("cp1252")
        .replace(b"\\", rb"\\")
        .replace(b"(", rb"\(")
        .replace(b")", rb"\)")
    )
    place = f"{line.x:g} {line.y:g}".encode()
    return b"BT /F1 %d Tf %b Td (%b) Tj ET\n" % (line.size, place, text)


def _assemble(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)


def docx(*paragraphs: str, **properties: Any) -> bytes:
    """A DOCX file; a paragraph that begins with "* " is a list item."""
    import docx as python_docx

    document = python_docx.Document()
    for text in paragraphs:
        item = text.startswith("* ")
        document.add_paragraph(text.removeprefix("* "), style="List Bullet" if item else None)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The DOCX file `data` with another content of one of its parts, or with a part more."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a DOCX file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
