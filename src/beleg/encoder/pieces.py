"""Words into pieces: what the encoder reads of a text, and which words its pieces belong to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sentencepiece import SentencePieceProcessor

from beleg.text import Sentence

START, END = 0, 2  # the pieces <s> and </s> around each window


@dataclass(frozen=True, slots=True)
class Window:
    """A run of sentences that the encoder reads at once.

    pieces: ids, <s> and </s> included.
    words: for each word (token of the article, in order), the first of its pieces in
        `pieces`; the word goes on to the next one's first piece.
    first_word: index of the window's first word in the article.
    """

    pieces: tuple[int, ...]
    words: tuple[int, ...]
    first_word: int


def cut_windows(
    text: str, sentences: Sequence[Sentence], tokenizer: SentencePieceProcessor, *, longest: int
) -> tuple[Window, ...]:
    """The article in windows of at most `longest` pieces, each word in exactly one.

    Windows end where sentences do and are about equally long; only a sentence longer than a
    window is cut inside.
    """
    texts = [text[s.span.start : s.span.end] for s in sentences]
    units: list[tuple[list[int], list[int]]] = []  # pieces and first pieces of words
    encodings = tokenizer.encode(texts, return_type="offset_mapping") if texts else []
    for sentence, encoding in zip(sentences, encodings, strict=True):
        base = sentence.span.start
        starts = [t.start - base for t in sentence.tokens]
        units.extend(
            _split(encoding["ids"], _first_pieces(starts, encoding["offsets"]), longest - 2)
        )
    total = sum(len(pieces) for pieces, _ in units)
    count = max(1, -(-total // (longest - 2)))
    windows: list[Window] = []
    word = 0
    for group in _groups(units, total / count, longest - 2):
        ids = [START]
        firsts: list[int] = []
        for pieces, words in group:
            firsts.extend(len(ids) + w for w in words)
            ids.extend(pieces)
        ids.append(END)
        windows.append(Window(tuple(ids), tuple(firsts), word))
        word += len(firsts)
    return tuple(windows)


def _first_pieces(starts: Sequence[int], offsets: Sequence[tuple[int, int]]) -> list[int]:
    """For each word the piece that covers its first character, or the last one before it."""
    piece_starts = [start for start, _ in offsets]
    firsts = []
    for begin, following in pairwise([*starts, 1 << 60]):
        piece = max(bisect_right(piece_starts, begin) - 1, 0)
        # The mark of a word's start ("▁") may stand alone and cover the space before it.
        while (
            piece + 1 < len(offsets)
            and offsets[piece][1] <= begin
            and piece_starts[piece + 1] < following
        ):
            piece += 1
        firsts.append(piece)
    return firsts


def _split(ids: list[int], words: list[int], room: int) -> list[tuple[list[int], list[int]]]:
    """One sentence as one unit, or as several if it is longer than a window."""
    if len(ids) <= room:
        return [(ids, words)]
    units = []
    begin = 0
    while begin < len(words):
        first = words[begin]
        end = begin + 1
        while end < len(words) and words[end] - first < room:
            end += 1
        stop = words[end] if end < len(words) else len(ids)
        stop = min(max(stop, first + 1), first + room)  # one word may be longer than a window
        units.append((ids[first:stop], [w - first for w in words[begin:end]]))
        begin = end
    return units


def _groups(
    units: list[tuple[list[int], list[int]]], goal: float, room: int
) -> list[list[tuple[list[int], list[int]]]]:
    """The units in runs, each of about `goal` pieces and never more than `room`."""
    groups: list[list[tuple[list[int], list[int]]]] = []
    used = 0
    done = 0
    for unit in units:
        size = len(unit[0])
        boundary = goal * len(groups)
        if not groups or used + size > room or (used and done + size / 2 > boundary):
            groups.append([])
            used = 0
        groups[-1].append(unit)
        used += size
        done += size
    return groups
