"""PDF to running text. Needs the extra `files` (pypdf)."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from beleg.errors import BelegError, DocumentUnreadable, ExtraMissing, InputEmpty, InputTooLarge
from beleg.intake.extracted import (
    Block,
    Extracted,
    join_blocks,
    plausible_author,
    plausible_title,
    web_address,
)
from beleg.intake.lines import Line, paragraphs, without_page_frames
from beleg.messages import Message

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 100
MAX_STREAM_BYTES = 20_000_000
_MAX_LETTERS = 5_000_000
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB06: "st"}
_SOFT_HYPHEN = ("\u00ad", b"\xfe\xff\x00\xad")
# Browsers print the address and "page/pages" below a page, and the time above it.
_PRINTED_ADDRESS = re.compile(r"((?:https?|file)://\S+) \d+/\d+")
_PRINTED_TIME = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d{2}\b.*")


def read_pdf(data: bytes, *, where: str) -> Extracted:
    """Text and plausible metadata of a PDF: lines joined to paragraphs, page frames left out.

    The dates in a PDF say when the file was made, not when the article appeared, so they are
    not read. Raises ExtraMissing, DocumentUnreadable (damaged, protected), InputTooLarge
    (too many pages) and InputEmpty (no text: scanned).
    """
    try:
        import pypdf
    except ImportError as error:
        raise ExtraMissing(
            where,
            Message(
                "package_missing", "reading PDF needs another package", kind="PDF", extra="files"
            ),
            "Run: pip install 'beleg[files]'",
        ) from error
    limits = pypdf.Configuration(
        maximum_declared_stream_length=MAX_STREAM_BYTES,
        array_based_stream_maximum_output_length=MAX_STREAM_BYTES,
        lzw_maximum_output_length=MAX_STREAM_BYTES,
        run_length_maximum_output_length=MAX_STREAM_BYTES,
        zlib_maximum_output_length=MAX_STREAM_BYTES,
        stream_decoding_work_maximum_length=2 * MAX_STREAM_BYTES,
        page_tree_maximum_entries=10 * MAX_PAGES,
        xform_maximum_invocations_per_extraction=500,
        jbig2dec_binary=None,  # no other program is started
    )
    try:
        with pypdf.apply_configuration(limits):
            return _read(pypdf.PdfReader(io.BytesIO(data)), where)
    except BelegError:
        raise
    except Exception as error:  # pypdf: "broken PDF files might cause other Exceptions"
        cause = type(error).__name__
        what = f"the PDF is damaged ({cause})"
        raise DocumentUnreadable(
            where,
            Message("damaged", what, kind="PDF", cause=cause),
            "Save or download it again, or give the article as text",
        ) from error


def _read(reader: PdfReader, where: str) -> Extracted:
    if reader.is_encrypted:
        _unlock(reader, where)
    pages = len(reader.pages)
    if pages > MAX_PAGES:
        raise InputTooLarge(
            where,
            Message("pages", f"{pages} pages, more than {MAX_PAGES}", n=pages, most=MAX_PAGES),
            "Give only the pages of the article",
        )
    lines: list[Line] = []
    letters = 0
    for number, page in enumerate(reader.pages):
        lines += _page_lines(page, number)
        letters += sum(len(line.text) for line in lines if line.page == number)
        if letters > _MAX_LETTERS:
            raise InputTooLarge(
                where,
                Message("letters", f"more than {_MAX_LETTERS} letters", most=_MAX_LETTERS),
                "Give only the pages of the article",
            )
    lines, address = _without_print_marks(without_page_frames(lines))
    text = join_blocks(map(Block, paragraphs(lines)))
    if not any(character.isalpha() for character in text):
        raise InputEmpty(
            where,
            Message("pdf_pictures", "the PDF has no text, only pictures of it"),
            "Recognise the text first, for example with ocrmypdf",
        )
    metadata: Any = reader.metadata or {}
    return Extracted(
        text=text,
        title=plausible_title(metadata.get("/Title")),
        author=plausible_author(metadata.get("/Author")),
        url=address,
    )


def _unlock(reader: PdfReader, where: str) -> None:
    """Open a file that is only protected against changes: its password for reading is empty."""
    from pypdf.errors import DependencyError

    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        opened = False
    if not opened:
        raise DocumentUnreadable(
            where,
            Message("encrypted", "the PDF is encrypted"),
            "Save it without a password, or give the text",
        )


def _page_lines(page: PageObject, number: int) -> list[Line]:
    """The lines of a page in the order of its content."""
    collector = _LineCollector(number)
    page.extract_text(
        visitor_text=collector.add_text, visitor_operand_before=collector.before_operation
    )
    collector.end_line()
    return collector.lines


class _LineCollector:
    """Gathers what pypdf reports into lines, each at the place of its first letter."""

    def __init__(self, page: int) -> None:
        self.lines: list[Line] = []
        self._page = page
        self._words: list[str] = []
        self._place = (0.0, 0.0, 1.0)
        self._in_soft_hyphen = False

    def before_operation(self, operator: bytes, operands: Any, *_: Any) -> None:
        """Empty the glyph that Chromium draws for a soft hyphen inside a line: a blank."""
        if operator == b"BDC" and len(operands) > 1 and isinstance(operands[1], dict):
            self._in_soft_hyphen = operands[1].get("/ActualText") in _SOFT_HYPHEN
        elif operator == b"EMC":
            self._in_soft_hyphen = False
        elif operator == b"Tj" and self._in_soft_hyphen and operands:
            operands[0] = type(operands[0])()

    def add_text(
        self, text: str, outer: Sequence[float], inner: Sequence[float], _font: Any, size: float
    ) -> None:
        """A piece of text at the origin of the matrix `inner` within `outer`."""
        first, *others = text.split("\n")
        self._add_piece(first, outer, inner, size)
        for piece in others:
            self.end_line()
            self._add_piece(piece, outer, inner, size)

    def _add_piece(
        self, text: str, outer: Sequence[float], inner: Sequence[float], size: float
    ) -> None:
        if text.strip() and not self._words:
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            height = math.hypot(inner[2], inner[3]) * math.hypot(outer[2], outer[3])
            self._place = (x, y, abs(size) * height or 1.0)
        if self._words or text.strip():
            self._words.append(text)

    def end_line(self) -> None:
        """Close the line that is being gathered, if there is one."""
        text = " ".join("".join(self._words).translate(_LIGATURES).split())
        if text:
            self.lines.append(Line(text, self._page, *self._place))
        self._words.clear()


def _without_print_marks(lines: list[Line]) -> tuple[list[Line], str | None]:
    """The lines without a browser's print marks, and the address these give."""
    addresses = [match[1] for line in lines if (match := _PRINTED_ADDRESS.fullmatch(line.text))]
    if not addresses:
        return lines, None
    kept = [
        line
        for line in lines
        if not _PRINTED_ADDRESS.fullmatch(line.text) and not _PRINTED_TIME.fullmatch(line.text)
    ]
    return kept, web_address(addresses[0])
