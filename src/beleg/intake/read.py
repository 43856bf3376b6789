"""Files, standard input, bytes and strings to articles.

What is done to a text here is all that is ever done to it: the byte order mark goes, every
line end becomes "\\n". Offsets count the code points of what is left, `Article.text`.
"""

from __future__ import annotations

import logging
import re
import sys
from datetime import date
from pathlib import Path
from typing import BinaryIO

from beleg.errors import (
    DocumentUnreadable,
    EncodingBroken,
    InputEmpty,
    InputIsFolder,
    InputMissing,
    InputNotText,
    InputTooLarge,
)
from beleg.intake.deadline import TimeUp, deadline
from beleg.intake.encoding import declared_charset, decode
from beleg.intake.extracted import Extracted
from beleg.intake.kinds import Kind, declared_label, packed_kind, text_kind
from beleg.messages import Message
from beleg.text.article import Article

MAX_BYTES = 5_000_000
MAX_SECONDS = 20.0
_SURROGATE = re.compile("[\ud800-\udfff]")
_QUIET = ("trafilatura", "htmldate", "courlan", "pypdf", "charset_normalizer")


def read_article(
    path: str | Path,
    *,
    published: date | None = None,
    max_bytes: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
) -> Article:
    """The article in a file; "-" reads standard input, or `stdin` if given.

    published: the day of publication as the caller knows it; wins over the file's metadata.
    Raises an IntakeError that says what is wrong with the input and what to do about it.
    """
    source = str(path)
    if source == "-":
        data = (stdin or sys.stdin.buffer).read(max_bytes + 1)
    else:
        data = _read_file(source, max_bytes)
    return article_from_bytes(data, source=source, published=published, max_bytes=max_bytes)


def article_from_bytes(
    data: bytes,
    *,
    source: str,
    kind: Kind | None = None,
    published: date | None = None,
    max_bytes: int = MAX_BYTES,
) -> Article:
    """The article in the content of a file.

    source: the name for messages; its suffix counts where the content leaves the kind open.
    Raises an IntakeError, as read_article does.
    """
    if len(data) > max_bytes:
        raise _too_large(source, max_bytes)
    kind = kind or packed_kind(data, where=source) or _kind_by_name(source)
    text = ""
    if kind not in ("pdf", "docx"):
        label = declared_label(data)
        text = decode(data, where=source, declared=declared_charset(label) if label else None)
        text = _checked(text, source)
        kind = kind or text_kind(text, where=source)
    return _article(_extract(kind, data, text, source), source, published)


def article_from_text(
    text: str, *, published: date | None = None, source: str = "<text>"
) -> Article:
    """The article in a string: plain text, taken as it is.

    Raises InputEmpty, InputNotText (NUL) and EncodingBroken (lone surrogates).
    """
    return _article(Extracted(text=_checked(text, source)), source, published)


def _read_file(source: str, max_bytes: int) -> bytes:
    path = Path(source)
    try:
        if path.is_dir():
            what = Message("is_folder", "a folder, not a file")
            raise InputIsFolder(source, what, "Give the files in it one by one")
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError as error:
        what = Message("no_file", "there is no such file")
        raise InputMissing(source, what, "Check the name") from error
    except ValueError as error:  # a NUL or a lone surrogate in the name
        what = Message("no_file_name", "not a name a file can have")
        raise InputMissing(source, what, "Check the name") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputMissing(
            source,
            Message("not_opened", f"cannot be opened ({reason})", reason=reason),
            "Check the name and who may read it",
        ) from error


def _too_large(source: str, max_bytes: int) -> InputTooLarge:
    return InputTooLarge(
        source,
        Message("larger", f"larger than {max_bytes} bytes", most=max_bytes),
        "Give one article at a time, or raise the limit",
    )


def _kind_by_name(source: str) -> Kind | None:
    """A name that promises a packed file, though the content is none: the reader will say so."""
    match Path(source).suffix.lower():
        case ".pdf":
            return "pdf"
        case ".docx":
            return "docx"
        case _:
            return None


def _checked(text: str, where: str) -> str:
    """The text as every offset will count it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        at = text.index("\0")
        what = Message("nul", f"a NUL at character {at}", at=at)
        raise InputNotText(where, what, "Remove it, or save the text again")
    surrogate = _SURROGATE.search(text)
    if surrogate:
        at = surrogate.start()
        said = f"half a character (surrogate U+{ord(surrogate[0]):04X}) at {at}"
        raise EncodingBroken(
            where,
            Message("half_character", said, at=at),
            "Decode the text as UTF-8 or UTF-16 before passing it on",
        )
    return text


def _extract(kind: Kind, data: bytes, text: str, where: str) -> Extracted:
    if kind == "text":
        return Extracted(text=text)
    for name in _QUIET:
        # Without a handler, Python would print these libraries' warnings to stderr.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        with deadline(MAX_SECONDS):
            return _extract_document(kind, data, text, where)
    except TimeUp as error:
        raise DocumentUnreadable(
            where,
            Message(
                "slow", f"not read within {MAX_SECONDS:.0f} seconds", seconds=f"{MAX_SECONDS:.0f}"
            ),
            "Give the article as text",
        ) from error
    except RecursionError as error:
        what = Message("nested", "nested too deeply")
        raise DocumentUnreadable(where, what, "Give the article as text") from error


def _extract_document(kind: Kind, data: bytes, text: str, where: str) -> Extracted:
    match kind:
        case "markdown":
            from beleg.intake.markdown import read_markdown

            return read_markdown(text, where=where)
        case "html":
            from beleg.intake.webpage import read_webpage

            return read_webpage(text, where=where)
        case "pdf":
            from beleg.intake.pdf import read_pdf

            return read_pdf(data, where=where)
        case _:
            from beleg.intake.word import read_word

            return read_word(data, where=where)


def _article(extracted: Extracted, source: str, published: date | None) -> Article:
    text = _checked(extracted.text, source)
    if not any(character.isalnum() for character in text):
        what = Message("no_text", "no text in it")
        raise InputEmpty(source, what, "Give a text of at least one sentence")
    return Article(
        text=text,
        title=extracted.title,
        author=extracted.author,
        outlet=extracted.outlet,
        url=extracted.url,
        published=published or extracted.published,
        published_given=published is not None,
        source=source,
    )
