"""Text and addresses from outside, made harmless for showing.

Escaping for HTML is the template's work; here goes what escaping does not cover.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from beleg.text.article import Span

# C0 and C1 controls but tab and newline, DEL, line and paragraph separators, the marks that
# reorder text (Unicode TR9), and lone surrogates, which no encoding can write.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SEPARATORS = {"\r": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": " ", "\x0c": " "}
_CONTROL_PICTURES = 0x2400
_REPLACEMENT = "\ufffd"
_LINKED_SCHEMES = frozenset({"http", "https"})
_LONGEST_HEADLINE = 140
_SPACES = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text with control characters replaced one for one by visible signs.

    Terminals obey escape sequences and browsers obey bidirectional overrides; shown this
    way, both are seen and do nothing. The length does not change, so spans still fit.
    """
    return _UNSAFE.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    code = ord(character)
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else _REPLACEMENT


def one_line(text: str) -> str:
    """`visible` text with every run of white space, line breaks too, as one space."""
    return _SPACES.sub(" ", visible(text)).strip()


def link(url: str | None) -> str | None:
    """The address if it is safe to link (http or https with a host), else None."""
    if url is None or url != visible(url) or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in _LINKED_SCHEMES and parts.hostname else None


def context(text: str, span: Span, *, before: int = 48, after: int = 64) -> tuple[str, str, str]:
    """What stands before the span, its words, and what follows, on one line.

    before, after: at most so many code points, cut at a word boundary and marked with "…";
    the line does not reach past the paragraph.
    """
    left, cut_left = _left(text, span.start, before)
    right, cut_right = _right(text, span.end, after)
    # The sign for words left out never stands alone on a line.
    first = "…\u00a0" if cut_left else ""
    last = "\u00a0…" if cut_right else ""
    gap_before = " " if left[-1:].isspace() else ""
    gap_after = " " if right[:1].isspace() else ""
    return (
        first + one_line(left) + gap_before if left.strip() or first else "",
        one_line(text[span.start : span.end]),
        gap_after + one_line(right) + last if right.strip() or last else "",
    )


def _left(text: str, end: int, most: int) -> tuple[str, bool]:
    """At most so many code points before `end`, and whether words were left out."""
    start = max(0, end - most)
    newline = text.rfind("\n", start, end)
    if newline >= 0:
        return text[newline + 1 : end], False
    left = text[start:end]
    if start == 0 or text[start - 1] == "\n":
        return left, False
    whole = text[start - 1].isspace()
    return (left if whole else left.partition(" ")[2]), True


def _right(text: str, start: int, most: int) -> tuple[str, bool]:
    """At most so many code points from `start` on, and whether words were left out."""
    end = min(len(text), start + most)
    newline = text.find("\n", start, end)
    if newline >= 0:
        return text[start:newline], False
    right = text[start:end]
    if end == len(text) or text[end] == "\n":
        return right, False
    whole = text[end].isspace()
    return (right if whole else right.rpartition(" ")[0]), True


def columns(text: str) -> int:
    """Columns the text takes on a terminal: wide letters two, combining marks none."""
    width = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def headline(text: str) -> str | None:
    """The first line if it is short, does not end like a sentence, and others follow."""
    first, _, rest = text.lstrip().partition("\n")
    line = one_line(first)
    if not rest.strip() or not 0 < len(line) <= _LONGEST_HEADLINE or line.endswith((".", ":", ",")):
        return None
    return line


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` code points, cut at a word and marked with "…"."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def beginning(text: str, span: Span, limit: int) -> str:
    """`shorten` of the span's words, in time that does not grow with the span.

    A foreign file can let thousands of long spans lie over each other.
    """
    end = min(span.end, span.start + 4 * limit)
    return shorten(text[span.start : end] + ("…" if end < span.end else ""), limit)
