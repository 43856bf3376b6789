"""DOCX to plain lines. Needs the extra `files` (python-docx)."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Container, Iterator
from datetime import date, datetime
from typing import Any

from beleg.errors import DocumentUnreadable, ExtraMissing, InputEmpty, InputTooLarge
from beleg.intake.extracted import (
    Block,
    Extracted,
    join_blocks,
    join_cells,
    plausible_author,
    plausible_title,
)
from beleg.messages import Message

MAX_UNPACKED_BYTES = 50_000_000
MAX_ENTRIES = 2_000
_MAIN_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted text, drawings, and what newer programs repeat for older ones.
_UNSEEN = frozenset(
    (
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}drawing",
        f"{_W}pict",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    )
)
_CONTAINERS = tuple(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo"))
_CHARACTERS = {
    f"{_W}tab": " ",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "",
}


def is_word_file(data: bytes) -> bool:
    """Whether a ZIP archive is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN_PART in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_word(data: bytes, *, where: str) -> Extracted:
    """Text of a DOCX file, with tracked changes accepted, and its plausible core properties.

    Raises ExtraMissing, DocumentUnreadable (damaged), InputTooLarge (unpacks to more than
    the limit) and InputEmpty.
    """
    try:
        import docx
    except ImportError as error:
        raise ExtraMissing(
            where,
            Message(
                "package_missing", "reading DOCX needs another package", kind="DOCX", extra="files"
            ),
            "Run: pip install 'beleg[files]'",
        ) from error
    try:
        _check_archive(data, where)
        document = docx.Document(io.BytesIO(data))
        list_styles = {
            style.style_id
            for style in document.styles
            if style.element.find(f"{_W}pPr/{_W}numPr") is not None
        }
        text = join_blocks(_blocks(document.element.body, list_styles, itertools.count()))
        properties = document.core_properties
        metadata = Extracted(
            text=text,
            title=plausible_title(properties.title),
            author=plausible_author(properties.author),
            published=_written_in_one_day(properties.created, properties.modified),
        )
    except (InputTooLarge, MemoryError):
        raise
    except Exception as error:  # python-docx: KeyError, ValueError, XMLSyntaxError, BadZipFile, …
        cause = type(error).__name__
        what = f"the DOCX file is damaged ({cause})"
        raise DocumentUnreadable(
            where,
            Message("damaged", what, kind="DOCX", cause=cause),
            "Open it in a word processor and save it again, or give the article as text",
        ) from error
    if not text:
        what = Message("document_empty", "the document has no text")
        raise InputEmpty(where, what, "Give a document with an article")
    return metadata


def _check_archive(data: bytes, where: str) -> None:
    """Refuse archives that unpack to more than a document needs; sizes are held by zipfile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or size > MAX_UNPACKED_BYTES:
        raise InputTooLarge(
            where,
            Message(
                "unpacks",
                f"unpacks to {len(entries)} files of {size} bytes",
                n=len(entries),
                size=size,
            ),
            "Remove the pictures, or give the article as text",
        )


def _blocks(element: Any, list_styles: Container[str], groups: Iterator[int]) -> Iterator[Block]:
    """Paragraphs and table rows in order; list items (numbered paragraphs) stay together."""
    group: int | None = None
    for child in element:
        if child.tag == f"{_W}p":
            if not _is_list_item(child, list_styles):
                group = None
            elif group is None:
                group = next(groups)
            yield Block(_text(child), group)
        elif child.tag == f"{_W}tbl":
            group, table = None, next(groups)
            for row in child.iterchildren(f"{_W}tr"):
                cells = row.iterchildren(f"{_W}tc")
                yield Block(
                    join_cells(" ".join(map(_text, cell.iter(f"{_W}p"))) for cell in cells), table
                )
        elif child.tag in _CONTAINERS:
            yield from _blocks(child, list_styles, groups)


def _is_list_item(paragraph: Any, list_styles: Container[str]) -> bool:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return False
    style = properties.find(f"{_W}pStyle")
    numbered = properties.find(f"{_W}numPr") is not None
    return numbered or (style is not None and style.get(f"{_W}val") in list_styles)


def _text(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _CHARACTERS:
            parts.append(_CHARACTERS[child.tag])
        elif child.tag not in _UNSEEN and child.tag != f"{_W}pPr":
            parts.append(_text(child))
    return "".join(parts)


def _written_in_one_day(created: datetime | None, modified: datetime | None) -> date | None:
    """The day of writing, if the text was begun and ended on it.

    A file without time between both was made by a program, and an older beginning is often
    that of a template; neither says when the article was written.
    """
    if created is None or modified is None or not created < modified:
        return None
    return created.date() if created.date() == modified.date() else None
