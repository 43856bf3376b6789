"""Decides where inside a paragraph a sentence ends: one decision per run of stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from beleg.text.table import SegmentationTable

_CLOSERS = "\"'”“’‘»«›‹)\\]}´`¹²³⁴⁵⁶⁷⁸⁹⁰"
_RUN = re.compile(rf"[.!?…‽؟。！？][.!?…‽{_CLOSERS}]*(?:\[\d{{1,3}}\])*")
# The bound keeps a chain of "[...] [...] " from being read again at every one of its stops.
_NEXT = re.compile(
    r"\s*+(?:[(\[](?:\.{3}|…)[)\]]|[\s\"'„“”‚‘’»«›‹(\[{`´–—*_¿¡-]){0,40}"
    r"(?P<stop>[.!?…])?(?P<word>[\w\u00ad\u0300-\u036f]{1,40})?"
)
_DETACHED_CLOSERS = re.compile(r"[^\S\n]{1,3}[”“’)\]]{1,3}(?!\S)")
_OPENERS = "\"'„“”‚‘’»«›‹([{`´–—*_¿¡-"
_GLUED_OPENERS = "„‚–—("
_CONTINUING = ",;:/&%+=)]"
_PUNCTUATION = _OPENERS + ",;:/&%+=.#|<>~"
_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})")
_MARKER_LONGEST = 7
_ORDINAL = re.compile(r"(?:\d{1,2}\.[-–/]?)*\d{1,2}")  # 5  13./14  24.12
_LETTER_AND_STOP = re.compile(r"[^\W\d_]\.")
_LOOK_BACK = 64  # code points: enough for the three words before a stop
_BRACKET_REACH = 250  # code points; an unclosed bracket must not swallow the paragraph
_YEAR_DIGITS = 4
_WORD_LETTERS = 4  # an unlisted abbreviation is seldom longer than three


def find_ends(text: str, start: int, end: int, table: SegmentationTable) -> Iterator[int]:
    """Where the sentences of the paragraph `[start, end)` end; the last value is `end`.

    The paragraph is trimmed of white space.
    """
    sentence_start = start
    position = start
    while run := _RUN.search(text, position, end):
        position = run.end()
        if position >= end:
            break
        if not _ends_sentence(text, sentence_start, run, end, table):
            continue
        if detached := _DETACHED_CLOSERS.match(text, position, end):
            position = detached.end()
            if position >= end:
                break
        yield position
        sentence_start = position
        while text[sentence_start].isspace():
            sentence_start += 1
    yield end


def _ends_sentence(
    text: str, sentence_start: int, run: re.Match[str], end: int, table: SegmentationTable
) -> bool:
    stop, behind = run.span()
    following = _NEXT.match(text, behind, end)
    assert following is not None  # the pattern matches the empty string
    word = following["word"] or ""
    if not text[behind].isspace():
        return _ends_without_blank(text, sentence_start, run, word, table)
    if word[:1].islower():
        return run[0] == "." and _is_behind_word(text, sentence_start, stop, table)
    if following["stop"]:
        return False
    if not word and (following.end() == end or text[following.end()] in _CONTINUING):
        return False
    if _is_inside(text, sentence_start, stop, behind):
        return False
    marks = run[0]
    if marks[0] != "." or marks[1:2] in (".", "…", "!", "?"):
        return not _belongs_to_name(text, sentence_start, run, table)
    return _full_stop_ends(text, sentence_start, stop, word, table)


def _is_inside(text: str, sentence_start: int, stop: int, behind: int) -> bool:
    """Whether the stop belongs to something inside the sentence.

    That is a list marker, "[...]", "(!)", or a remark in brackets that goes on.
    """
    if stop - sentence_start <= _MARKER_LONGEST:
        so_far = text[sentence_start:stop]
        if _MARKER.fullmatch(so_far) or not any(map(str.isalnum, so_far)):
            return True
    if text[stop - 1] in "([" and text[behind - 1] in ")]":
        return True
    opened = text.rfind("(", max(sentence_start + 1, stop - _BRACKET_REACH), stop)
    if opened < 0 or text.find(")", opened, behind) >= 0:
        return False
    closed = text.find(")", behind, behind + _BRACKET_REACH)
    return closed >= 0 and text.find("(", behind, closed) < 0


def _words_before(text: str, sentence_start: int, stop: int) -> list[str]:
    """The last words of the sentence before the stop, at least one, which may be empty."""
    return text[max(sentence_start, stop - _LOOK_BACK) : stop].split() or [""]


def _belongs_to_name(
    text: str, sentence_start: int, run: re.Match[str], table: SegmentationTable
) -> bool:
    before = _words_before(text, sentence_start, run.start())
    return before[-1].lstrip(_OPENERS) + run[0] in table.marked_names


def _is_behind_word(text: str, sentence_start: int, stop: int, table: SegmentationTable) -> bool:
    """Whether the full stop follows an ordinary word.

    Then it ends the sentence even before a lower-case word ("im Angebot. eBay hält").
    """
    word = _words_before(text, sentence_start, stop)[-1]
    return len(word) >= _WORD_LETTERS and word.isalpha() and table.after_stop(word) is None


def _ends_without_blank(
    text: str, sentence_start: int, run: re.Match[str], word: str, table: SegmentationTable
) -> bool:
    """A stop with no blank behind it: "gekommen.Die", "gekommen.„Die"."""
    stop, behind = run.span()
    before = _words_before(text, sentence_start, stop)[-1]
    after = text[behind : behind + _LOOK_BACK].split(maxsplit=1)[0]
    if before.startswith("www.") or not {"/", "@"}.isdisjoint(before + after):
        return False
    if not text[max(sentence_start, stop - 2) : stop].islower() or not word[:1].isupper():
        return False
    if text[behind] in _GLUED_OPENERS:
        return True
    return text[behind].isupper() and word in table.starters


def _full_stop_ends(
    text: str, sentence_start: int, stop: int, following: str, table: SegmentationTable
) -> bool:
    """A single full stop with a blank behind it, the next word not in lower case.

    following: the next word, "" if something else comes.
    """
    before = _words_before(text, sentence_start, stop)
    word = before[-1].lstrip(_PUNCTUATION)
    if not word or not word[-1].isalnum():
        return True
    previous = before[-2].lstrip(_PUNCTUATION) if len(before) > 1 else ""
    if word[-1].isdigit():
        return _number_ends(word, previous, following, table)
    letters = ""
    for earlier in reversed(before[:-1]):
        letter = earlier.lstrip(_PUNCTUATION)
        if not _LETTER_AND_STOP.fullmatch(letter):
            break
        letters = letter + letters
    after = table.after_stop(word, letters)
    if after is None:
        return True
    if after == "never":
        return False
    if following[:1].isdigit():
        return after == "capital"
    return after in ("capital", "number") or not following or following in table.starters


def _number_ends(word: str, previous: str, following: str, table: SegmentationTable) -> bool:
    """A number before the stop: ordinal ("am 3. Mai") or last word ("im Jahr 1990. Danach")?"""
    if following in table.months:
        return False
    if following[:1].isdigit():
        return len(word) == _YEAR_DIGITS and len(following) == _YEAR_DIGITS
    if following in table.starters:
        return True
    if previous in table.ordinal_cues:
        return False
    if previous in table.count_nouns:
        return True
    return not _ORDINAL.fullmatch(word)
