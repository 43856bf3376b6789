"""Measures the splitting into sentences on treebanks, beside the libraries that are installed.

    python evaluation/sentences.py FILE.conllu...

The gold boundaries are the sentence ends of a treebank (`# text` lines), read in three ways:
as one running text without any line end ("running"), in texts of eight sentences ("eights"),
and wrapped at 72 columns with a blank line after eight sentences ("wrapped"). Where the
treebank marks paragraphs, they stand on lines of their own instead ("paragraphs").
The end of a text is given, so it does not count. A Markdown table goes to stdout.

"marked" counts only the boundaries that a stop marks; "ceiling" is the splitter that finds
all of those and nothing else. Mchar/s: million code points per second of processor time, the better
of two runs.
"""

from __future__ import annotations

import re
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

from beleg.rules.segmentation import segmentation_table
from beleg.text import segment

Splitter = Callable[[str], list[int]]
Text = tuple[str, list[int]]  # the text, and the ends of its sentences in code points

_STOPPED = re.compile(r"[.!?…][\"'”“’‘»«›‹)\]]*$")
_SENTENCES_IN_A_TEXT = 8
_COLUMNS = 72


class Score(NamedTuple):
    """Boundaries counted."""

    right: int
    found: int
    gold: int

    def __str__(self) -> str:
        precision = 100 * self.right / self.found if self.found else 0.0
        recall = 100 * self.right / self.gold if self.gold else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return f"{precision:.2f} | {recall:.2f} | {f1:.2f}"


def paragraphs_of(path: Path) -> list[list[str]]:
    """The sentences of a CoNLL-U file, grouped by `# newpar`."""
    groups: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and groups[-1]:
            groups.append([])
        elif line.startswith("# text = "):
            groups[-1].append(" ".join(line.removeprefix("# text = ").split()))
    return groups


def joined(groups: list[list[str]], *, columns: int | None = None) -> Text:
    """One text with a blank line between the groups, and its sentence ends."""
    parts: list[str] = []
    ends: list[int] = []
    position = 0
    for group in groups:
        for sentence in group:
            position += len(sentence)
            ends.append(position)
            position += 1
        paragraph = " ".join(group)
        if columns:
            # A line end takes the place of a blank, so no offset moves.
            paragraph = "\n".join(
                textwrap.wrap(paragraph, columns, break_long_words=False, break_on_hyphens=False)
            )
        parts.append(paragraph)
        position += 1
    return "\n\n".join(parts), ends


def readings(path: Path) -> Iterator[tuple[str, list[Text]]]:
    """The ways a treebank is read, by name."""
    groups = paragraphs_of(path)
    if len(groups) > 1:
        yield "paragraphs", [joined(groups)]
        return
    sentences = groups[0]
    step = _SENTENCES_IN_A_TEXT
    eights = [sentences[i : i + step] for i in range(0, len(sentences), step)]
    yield "running", [joined(groups)]
    yield "eights", [joined([eight]) for eight in eights]
    yield "wrapped", [joined(eights, columns=_COLUMNS)]


def count(texts: list[Text], split: Splitter, *, marked: bool = False) -> Score:
    """Scores a splitter; `marked` leaves out gold boundaries without a stop."""
    right = found = gold = 0
    for text, ends in texts:
        wanted = set(ends[:-1])
        got = set(split(text)) - {ends[-1]}
        if marked:
            without = {end for end in wanted if not _STOPPED.search(text[max(0, end - 9) : end])}
            wanted -= without
            got -= without
        right += len(wanted & got)
        found += len(got)
        gold += len(wanted)
    return Score(right, found, gold)


def ceiling(texts: list[Text]) -> Score:
    """What a splitter reaches that knows every boundary marked by a stop."""
    gold = sum(len(ends) - 1 for _, ends in texts)
    stopped = sum(
        bool(_STOPPED.search(text[max(0, end - 9) : end]))
        for text, ends in texts
        for end in ends[:-1]
    )
    return Score(stopped, stopped, gold)


def _located(text: str, sentences: Iterator[str]) -> list[int]:
    """Ends of sentences that a library returns as strings."""
    ends: list[int] = []
    position = 0
    for sentence in sentences:
        if stripped := sentence.strip():
            position = text.index(stripped, position) + len(stripped)
            ends.append(position)
    return ends


def _beleg() -> Splitter:
    table = segmentation_table("de")
    return lambda text: [sentence.span.end for sentence in segment(text, table)]


def _segtok() -> Splitter:
    split = import_module("segtok.segmenter").split_multi
    return lambda text: _located(text, iter(split(text)))


def _syntok() -> Splitter:
    analyze = import_module("syntok.segmenter").analyze
    return lambda text: [
        sentence[-1].offset + len(sentence[-1].value)
        for paragraph in analyze(text)
        for sentence in paragraph
    ]


def _pysbd() -> Splitter:
    segmenter = import_module("pysbd").Segmenter(language="de", clean=False, char_span=True)
    return lambda text: [s.start + len(s.sent.rstrip()) for s in segmenter.segment(text)]


def _sentencex() -> Splitter:
    split = import_module("sentencex").segment
    return lambda text: _located(text, iter(split("de", text)))


def _blingfire() -> Splitter:
    split = import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: [end for _, end in split(text)[1]]


def _spacy() -> Splitter:
    pipeline = import_module("spacy").blank("de")
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.end_char for sentence in pipeline(text).sents]


def _somajo() -> Splitter:
    tokenizer = import_module("somajo").SoMaJo("de_CMC", character_offsets=True)
    return lambda text: [s[-1].character_offset[1] for s in tokenizer.tokenize_text([text])]


_SPLITTERS: dict[str, Callable[[], Splitter]] = {
    "beleg": _beleg,
    "segtok": _segtok,
    "syntok": _syntok,
    "pysbd": _pysbd,
    "sentencex": _sentencex,
    "blingfire": _blingfire,
    "spacy": _spacy,
    "SoMaJo": _somajo,
}


def installed() -> Iterator[tuple[str, Splitter]]:
    """The splitters that can be imported, with their versions."""
    for name, make in _SPLITTERS.items():
        try:
            yield f"{name} {metadata.version(name)}", make()
        except (ImportError, metadata.PackageNotFoundError):
            print(f"{name}: not installed, left out", file=sys.stderr)


def timed(work: Callable[[], Score]) -> tuple[Score, float]:
    """The score, and the processor time it took in seconds."""
    began = time.process_time()
    return work(), time.process_time() - began


def main(paths: list[str]) -> int:
    """Print the table for the given files."""
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    print("| treebank | read as | splitter | precision | recall | F1 | F1 marked | Mchar/s |")
    print("|---|---|---|---|---|---|---|---|")
    splitters = list(installed())
    for path in map(Path, paths):
        for name, texts in readings(path):
            print(f"| {path.stem} | {name} | *ceiling* | {ceiling(texts)} | 100.00 | |")
            characters = sum(len(text) for text, _ in texts)
            for splitter, split in splitters:
                split("Zum Warmlaufen. Zwei Sätze.")
                score, seconds = timed(partial(count, texts, split))
                marked, again = timed(partial(count, texts, split, marked=True))
                speed = characters / 1e6 / min(seconds, again)
                f1_marked = str(marked).split("| ")[-1]
                print(
                    f"| {path.stem} | {name} | {splitter} | {score} | {f1_marked} | {speed:.2f} |",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
