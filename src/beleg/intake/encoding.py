"""Bytes to text: which encoding, and a clear error where none fits.

Order: byte order mark; UTF-16 without one; UTF-8; the charset an HTML page declares; the
8-bit encodings of German systems; charset-normalizer for everything else.
"""

from __future__ import annotations

import codecs
import re

from beleg.errors import EncodingBroken, InputNotText
from beleg.messages import Message

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 65_536
# A share of NUL bytes on one side that only text with Latin letters in UTF-16 reaches.
_UTF16_NUL_SHARE = 0.6
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MAX_CONTROL_SHARE = 0.002
# Sequences that German text in UTF-8 is full of and that no 8-bit German text has: "Ã" or "â€"
# before a symbol. Other valid sequences do occur there: "Spaß“" in Windows-1252 is one.
_TYPICAL_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x80-\xbf]")
_CUT_UTF8 = re.compile(rb"(?:\xc3|\xc2|\xe2\x80?|\xf0\x9f[\x80-\xbf]?)\Z")
_REMEDY = "Save the file as UTF-8, or fetch it again if it was damaged on the way"

# The encodings of German systems: Windows, Unix, DOS, old Macintosh.
_GERMAN_8_BIT = ("cp1252", "iso8859-15", "cp850", "mac-roman")
_GERMAN_LETTERS = frozenset("äöüÄÖÜß")
_OPENING = frozenset("„‚«‹»›“‘")
_CLOSING = frozenset("“‘”’»›«‹")
_DASHES = frozenset("–—…·•\u00a0\u00ad")
_INSIDE_WORDS = frozenset("’–…·´\u00ad")
_SYMBOLS = frozenset("°²³½¼¾€§©®™×±µ´†")
_AFTER_WORDS = frozenset("°²³©®™´")
# The letters of western European names, and those of Czech and French that Windows-1252 has.
_LETTERS_OF_NAMES = frozenset(map(chr, range(0xC0, 0x100))) | frozenset("ŠšŽžŒœ")
# German puts at most three such bytes in a row ("»„Ü"); whole words of them are another script.
_RUN_BEYOND_ASCII = re.compile(rb"[\x80-\xff]{4,}")
_MAX_SHARE_IN_RUNS = 0.2
_DECLARABLE = re.compile(r"utf-(8|16-(le|be))|cp(125\d|437|85\d)|iso8859-\d+|mac-roman|koi8-[ru]")


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """The text of `data`, without its byte order mark.

    declared: the charset the document itself names (an HTML page), used if the bytes fit it.
    Raises EncodingBroken with the position of the first byte that does not fit, and
    InputNotText for binary data.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, where=where, skip=len(mark))
    if b"\0" in data:
        return _strict(data, _utf16_without_mark(data, where), where=where)
    _refuse_binary(data, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, error, where, declared)


def declared_charset(label: str) -> str | None:
    """Python's name of the encoding that an HTML charset label names, if it is one of text."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    # Browsers read both as Windows-1252 (WHATWG Encoding Standard, section 4.2).
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if _DECLARABLE.fullmatch(name) else None


def _strict(data: bytes, encoding: str, *, where: str, skip: int = 0) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(where, encoding, data, skip + error.start) from error


def _broken(where: str, encoding: str, data: bytes, position: int) -> EncodingBroken:
    byte = f"0x{data[position]:02X}" if position < len(data) else "the end"
    return EncodingBroken(
        where,
        Message(
            "bytes",
            f"not valid {encoding.upper()}: {byte} at byte {position}",
            encoding=encoding.upper(),
            at=position,
        ),
        _REMEDY,
    )


def _utf16_without_mark(data: bytes, where: str) -> str:
    sample = data[:_SAMPLE_BYTES]
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if pairs and second >= _UTF16_NUL_SHARE * pairs > 10 * first:
        return "utf-16-le"
    if pairs and first >= _UTF16_NUL_SHARE * pairs > 10 * second:
        return "utf-16-be"
    raise _not_text(where, f"a NUL at byte {data.index(0)}")


def _refuse_binary(data: bytes, where: str) -> None:
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > _MAX_CONTROL_SHARE * len(sample):
        raise _not_text(where, f"{controls} control bytes in the first {len(sample)}")


def _not_text(where: str, why: str) -> InputNotText:
    return InputNotText(
        where,
        Message("binary", f"binary data, not text ({why})"),
        "Give a text, HTML, PDF or DOCX file",
    )


def _decode_other(data: bytes, error: UnicodeDecodeError, where: str, declared: str | None) -> str:
    """Text that is not valid UTF-8: damaged UTF-8, or an 8-bit encoding."""
    if _TYPICAL_UTF8.search(data) or _CUT_UTF8.search(data):
        raise _broken(where, "utf-8", data, error.start) from error
    if declared and not declared.startswith("utf"):
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass  # the page is wrong about itself
    encoding = _german_8_bit(data) or _guess(data)
    if encoding is None:
        raise _broken(where, "utf-8", data, error.start) from error
    return data.decode(encoding)


def _german_8_bit(data: bytes) -> str | None:
    """The encoding under which the bytes above 127 stand where German has them, if any does."""
    sample = data[:_SAMPLE_BYTES]
    positions = [match.start() for match in re.finditer(rb"[\x80-\xff]", sample)]
    in_runs = sum(len(run) for run in _RUN_BEYOND_ASCII.findall(sample))
    if in_runs > _MAX_SHARE_IN_RUNS * len(positions):
        return None
    best, best_score = None, 0.4 * len(positions)
    for encoding in _GERMAN_8_BIT:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = sum(_fit(text, at) for at in positions)
        if score > best_score:
            best, best_score = encoding, score
    return best


def _fit(text: str, at: int) -> float:
    """How well a character outside ASCII sits in German text: 1 well, 0.5 oddly, -2 wrongly."""
    char = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if char.isalpha():
        return _fit_of_letter(char, before, after)
    if before.isalnum() and after.isalnum():
        return 0.5 if char in _INSIDE_WORDS else -2.0
    if char in _OPENING or char in _CLOSING:
        if before.isspace() and after.isspace():
            return 0.5
        opens = char in _OPENING and not after.isspace()
        return 1.0 if opens or (char in _CLOSING and not before.isspace()) else -2.0
    if char in _DASHES:
        return 1.0
    touches_word = (after.isalpha() and char != "°") or (
        before.isalpha() and char not in _AFTER_WORDS
    )
    return 1.0 if char in _SYMBOLS and not touches_word else -2.0


def _fit_of_letter(char: str, before: str, after: str) -> float:
    if char.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return -2.0  # a capital inside a word
    if char in _GERMAN_LETTERS:
        return 1.0 if before.isalpha() or after.isalpha() else 0.5
    return 0.5 if char in _LETTERS_OF_NAMES else -2.0


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE_BYTES]).best()
    if guess is None:
        return None
    name = declared_charset(guess.encoding)
    if name is None or guess.chaos > 0.1:
        return None
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return None
    return name
