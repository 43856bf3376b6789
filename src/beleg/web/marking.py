"""The words of a search where they stand in a text."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.ledger.search import found_words

_AROUND = 140  # code points on either side of the first word found
_STEP = 4_000  # read so much at a time: the first hit is mostly near the beginning
_FAR = 20_000  # and no further than this


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; hit: whether it is a word that was searched."""

    text: str
    hit: bool


def snippet(text: str, query: str) -> tuple[Piece, ...]:
    """The place of the first word of the query in `text`, all of them marked; else its beginning."""
    for start in range(0, min(len(text), _FAR), _STEP):
        found = found_words(query, text[start : start + _STEP])
        if found:
            return _around(text, start + found[0][0], query)
    return _around(text, 0, query)


def marked(text: str, query: str) -> tuple[Piece, ...]:
    """The whole text, the words of the query marked."""
    pieces, done = [], 0
    for start, end in found_words(query, text):
        pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    pieces.append(Piece(text[done:], False))
    return tuple(piece for piece in pieces if piece.text)


def _around(text: str, place: int, query: str) -> tuple[Piece, ...]:
    first, last = max(place - _AROUND, 0), min(place + _AROUND, len(text))
    # Begins and ends between words, where there is a space near.
    if first and (space := text.find(" ", first, place)) != -1:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", place, last)) > place:
        last = space
    before = (Piece("… ", False),) if first else ()
    after = (Piece(" …", False),) if last < len(text) else ()
    return (*before, *marked(text[first:last], query), *after)
