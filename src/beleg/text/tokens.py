"""Cuts a sentence into tokens: words, numbers, addresses, punctuation marks.

A compound with hyphens, a number with its separators, an abbreviation or ordinal with its
stop, a web or mail address and a run of equal marks ("...", "--", "?!") are one token each.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from beleg.text.table import SegmentationTable

_MARKS = r"\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufe0e\ufe0f"
_W = rf"[\w{_MARKS}]"
_VARIANT = r"[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]"
_SMILEY = r"[:;][-']?[()DP]"
SMILEY = re.compile(_SMILEY)
_PATTERN = re.compile(
    rf"""
      [^\W\d_]++(?=[\s,])                                   # most tokens: a plain word
    | [,„“”»«(](?=[\w\s„“”»«(])                             # or a mark beside one
    | (?:https?://|ftp://|www\.)
      (?:[^\s<>"„“”»«.,;:!?)'…]|[.,;:!?)'…]++(?=[^\s<>"„“”»«.,;:!?)'…]))+
    | [\w.+-]{{1,64}}+@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+    # mail address, lengths of RFC 5321
    | (?:[^\W\d_]\.){{2,}}                                  # z.B.  U.S.A.
    | {_W}++ (?:[-‑'’_]{_W}+ | [.,:]\d+ | \.(?=[a-zäöüß]){_W}+ | (?:[*:·]|/-?)in(?:nen)?\b | /\d+)*+
      (?:[-‑](?![\w-]))?                                    # Haupt- und Nebenstraße
      (\.(?![.\w]))?                                       # a stop, to be decided
    | {_SMILEY}(?!\w)
    | \.{{2,}} | -{{2,}} | [!?]{{2,}} | `{{2,}} | '{{2,}} | \*{{2,}} | _{{2,}} | ={{2,}}
    | [^\w\s]{_VARIANT}*(?:\u200d[^\w\s]{_VARIANT}*)*       # one mark, one emoji
    """,
    re.VERBOSE,
)
_ORDINAL_DIGITS = 3  # "1990." inside a sentence is a year and a stray stop
_CLOSERS = "\"'”“’‘»«›‹)]}´`"


class Token(NamedTuple):
    """A word, number or mark: code points, half-open, and the characters themselves."""

    start: int
    end: int
    text: str


def tokenize(text: str, start: int, end: int, table: SegmentationTable) -> tuple[Token, ...]:
    """The tokens of the sentence `[start, end)`; every non-space character is in one."""
    tokens: list[Token] = []
    add = tokens.append
    for match in _PATTERN.finditer(text, start, end):
        token = Token(match.start(), match.end(), match[0])
        if match.lastindex and not _keeps_stop(text, token, end, table):
            word, stop = token.text[:-1], token.end - 1
            add(Token(token.start, stop, word))
            add(Token(stop, token.end, "."))
        else:
            add(token)
    return tuple(tokens)


def _keeps_stop(text: str, token: Token, end: int, table: SegmentationTable) -> bool:
    """Whether the stop belongs to the word: always for abbreviations, for ordinals inside."""
    word = token.text[:-1]
    last = not text[token.end : token.end + 8].strip(_CLOSERS) or token.end == end
    if last:
        return table.keeps_stop(word)
    if word[-1].isdigit():
        return not word.isdigit() or len(word) <= _ORDINAL_DIGITS
    return table.after_stop(word) is not None
