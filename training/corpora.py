"""Readers of the training corpora: each gives examples cut into the words that Beleg cuts."""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from beleg.layers.quotes import TYPES as CODES
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.records import ForecastKind, Sourcing
from beleg.rules.quote_rules import load_quote_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Sentence, segment
from beleg.text.marks import find_marked, mark_states

TYPES = ("Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect")
MEDIA = ("Speech", "SW", "Writing", "ST", "other")
ROLES = ("speaker", "cue", "frame", "addressee")
NAMES = ("PER", "ORG", "LOC", "OTH")
_SENTENCES_A_TEXT = 8
# Labels of corpora whose guidelines differ from quotes-news: learned beside, not used afterwards.
OWN_LABELS = {
    "historical": (
        *("direct", "indirect", "reported", "freeIndirect", "indirect freeIndirect"),
        *("speech", "thought", "writing", "first", "frame", "speaker", "intexpr"),
    ),
    "parliament": ("Message", "Cue", "Source", "Addr", "Medium", "Topic", "Evidence", "first"),
}
# Labels of our own annotation; what they mean stands in layer_labels.py.
LAYER_LABELS = (
    *("conclusion", "conclusion first", "premise", "premise first", "loaded", "loaded first"),
    *("forecast", "forecast first", *get_args(ForecastKind)),
    *("statement", "statement first", *get_args(Sourcing)),
)
OWN_LABELS["layers"] = LAYER_LABELS
_LONGEST_TEXT = 400  # words of a text cut from a speech or a sample


TYPE_NAMES = {name: code for code, name in CODES.items()}
MEDIUM_NAMES = {"speech": "Speech", "writing": "Writing", "thought": "ST", "TW": "other"}


@dataclass(frozen=True)
class GoldQuote:
    """A quotation of a corpus, its parts as indices of words.

    type, medium: indices into TYPES and MEDIA; -1: the corpus does not say.
    """

    words: frozenset[int]
    type: int
    medium: int
    roles: tuple[frozenset[int], ...]


@dataclass
class Example:
    """A text with what a corpus knows of it; None where it knows nothing.

    names: for each word 0, or 1 + 2 * kind for the first and 2 + 2 * kind for further words.
    extra: for each word which of the corpus's own labels (OWN_LABELS) it bears.
    """

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    words: list[tuple[int, int]]
    marks: tuple[int, ...]
    quotes: list[GoldQuote] | None = None
    names: list[int] | None = None
    extra: list[frozenset[int]] | None = None
    corpus: str = "news"


def example(name: str, text: str, corpus: str) -> Example:
    """A text without labels."""
    sentences = segment(text, segmentation_table())
    words = [(t.start, t.end) for s in sentences for t in s.tokens]
    marks = mark_states(sentences, find_marked(text, sentences))
    return Example(name, text, sentences, words, marks, corpus=corpus)


def read_news(path: Path) -> Iterator[Example]:
    """quotes-news: one JSON object per line (Petersen-Frey and Biemann 2024)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        found = example(data["documentName"].split(" - ")[0], data["originalText"], "news")
        offsets = token_offsets(data)
        quotes = []
        for annotation in data["annotations"]:
            parts = [
                words_at(found.words, [offsets[i] for i in _ids(annotation.get(part))])
                for part in ("quote", *ROLES)
            ]
            if not parts[0]:
                continue
            medium = annotation.get("medium")
            quotes.append(
                GoldQuote(
                    parts[0],
                    TYPES.index(annotation["type"]),
                    MEDIA.index(medium) if medium in MEDIA else len(MEDIA) - 1,
                    tuple(parts[1:]),
                )
            )
        found.quotes = quotes
        yield found


def read_silver(path: Path) -> Iterator[Example]:
    """The same articles, of which only the text is used (CC BY 2.5): the rules annotate them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        found = example(data["documentName"].split(" - ")[0], data["originalText"], "news")
        found.quotes = by_rules(found)
        yield found


def by_rules(found: Example) -> list[GoldQuote]:
    """What the rules find in a text, in the form of annotations."""
    marked = find_marked(found.text, found.sentences)
    return [
        GoldQuote(
            words_at(found.words, quote.spans),
            TYPES.index(TYPE_NAMES[quote.type]),
            MEDIA.index(MEDIUM_NAMES.get(quote.medium, quote.medium)),
            tuple(
                words_at(found.words, spans)
                for spans in (quote.speaker, quote.cue, quote.frame, quote.addressee)
            ),
        )
        for quote in find_quotations_by_rules(
            found.text, found.sentences, marked, rules=load_quote_rules()
        )
    ]


def token_offsets(data: dict) -> list[tuple[int, int]]:
    """Characters of every token in the corpus's running numbers, as its scorer finds them."""
    text, out = data["originalText"], []
    for sentence in data["sentences"]:
        at = sentence["charBegin"]
        for token in sentence["tokens"]:
            begin = text.find(token, at)
            if begin < 0 or begin > at + 50:
                begin = at
            out.append((begin, begin + len(token)))
            at = begin + len(token)
    return out


def _ids(node: object) -> list[int]:
    return sorted(set(node.get("tokenIds", []))) if isinstance(node, dict) else []


def words_at(words: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The words that share a character with one of the spans."""
    starts = [b for b, _ in words]
    ends = [e for _, e in words]
    found: set[int] = set()
    for begin, end in spans:
        found.update(range(bisect_right(ends, begin), bisect_left(starts, end)))
    return frozenset(found)


def read_names(path: Path) -> Iterator[Example]:
    """GermEval 2014, outer level; derived and partial names ("-deriv", "-part") count as none.

    Eight sentences make one text, so that the windows are like those of articles.
    """
    sentences: list[tuple[list[str], list[str]]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
        rows = [row for row in rows if len(row) >= 3 and row[0].isdigit()]
        if rows:
            sentences.append(([row[1] for row in rows], [row[2] for row in rows]))
    for start in range(0, len(sentences), _SENTENCES_A_TEXT):
        yield _names_text(sentences[start : start + _SENTENCES_A_TEXT], f"{path.stem}-{start}")


def _names_text(sentences: Sequence[tuple[list[str], list[str]]], name: str) -> Example:
    text = ""
    spans: list[tuple[int, int, str]] = []
    for tokens, labels in sentences:
        pieces, places = join_tokens(tokens)
        spans.extend(
            (len(text) + b, len(text) + e, label)
            for (b, e), label in zip(places, labels, strict=True)
        )
        text += pieces + "\n\n"
    found = example(name, text, "names")
    found.names = [0] * len(found.words)
    starts = [b for b, _ in found.words]
    for begin, end, label in spans:
        if label == "O" or label[2:] not in NAMES:
            continue
        kind = NAMES.index(label[2:])
        for word in range(max(bisect_right(starts, begin) - 1, 0), bisect_left(starts, end)):
            first = label[0] == "B" and found.words[word][0] <= begin
            found.names[word] = (1 if first else 2) + 2 * kind
    return found


def read_historical(path: Path) -> Iterator[Example]:
    """Corpus REDEWIEDERGABE (Brunner et al. 2020): a folder with one table per sample."""
    for table in sorted(path.glob("rwk_*.tsv")):
        tokens: list[str] = []
        labels: list[frozenset[int]] = []
        starts: list[int] = []
        before: set[str] = set()
        for line in table.read_text(encoding="utf-8").splitlines()[1:]:
            row = line.split("\t")
            named: set[str] = set()
            ids = set(row[6].split("|")) - {"-"}
            for label in ids:
                named.update(label.split(".")[:2])
            if ids - before:
                named.add("first")
            before = ids
            named.update(part.split(".")[0] for cell in row[7:10] for part in cell.split("|"))
            if row[5] == "yes":
                starts.append(len(tokens))
            tokens.append(row[0])
            labels.append(_numbered(named, "historical"))
        yield from _own_texts(tokens, labels, starts, table.stem, "historical")


def read_parliament(path: Path) -> Iterator[Example]:
    """SpkAtt-2023 (GePaDe): one speech per line, words named as "sentence:token"."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        named: dict[str, set[str]] = {}
        for annotation in data["Annotations"]:
            for label, places in annotation.items():
                for place in places:
                    named.setdefault(place, set()).add(label)
            if annotation["Message"]:
                named[annotation["Message"][0]].add("first")
        tokens: list[str] = []
        labels: list[frozenset[int]] = []
        starts: list[int] = []
        for sentence in data["Sentences"]:
            starts.append(len(tokens))
            for i, token in enumerate(sentence["Tokens"]):
                tokens.append(token)
                labels.append(
                    _numbered(named.get(f"{sentence['SentenceId']}:{i}", ()), "parliament")
                )
        yield from _own_texts(tokens, labels, starts, data["name"], "parliament")


def _numbered(named: Iterable[str], corpus: str) -> frozenset[int]:
    own = OWN_LABELS[corpus]
    return frozenset(own.index(label) for label in named if label in own)


def _own_texts(
    tokens: Sequence[str],
    labels: Sequence[frozenset[int]],
    starts: Sequence[int],
    name: str,
    corpus: str,
) -> Iterator[Example]:
    """The tokens as texts of about _LONGEST_TEXT, cut where sentences start."""
    begin = 0
    for start, following in zip(starts, [*starts[1:], len(tokens)], strict=True):
        if following - begin < _LONGEST_TEXT and following < len(tokens):
            continue
        end = following if following - begin < 2 * _LONGEST_TEXT or start == begin else start
        pieces, places = join_tokens(tokens[begin:end])
        found = example(f"{name}-{begin}", pieces, corpus)
        extra: list[frozenset[int]] = [frozenset()] * len(found.words)
        firsts = [b for b, _ in found.words]
        for (b, e), own in zip(places, labels[begin:end], strict=True):
            for word in range(max(bisect_right(firsts, b) - 1, 0), bisect_left(firsts, e)):
                extra[word] |= own
        found.extra = extra
        yield found
        begin = end


_NO_SPACE_BEFORE = re.compile(r"[.,;:!?)\]}“”’…%]+|\.\.\.")
_NO_SPACE_AFTER = frozenset("([{„‚»")


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Text as printed, from tokens, and the place of each; straight marks open and close in turn."""
    text = ""
    places = []
    glue = True
    open_mark = False
    for token in tokens:
        closing = bool(_NO_SPACE_BEFORE.fullmatch(token)) or (token in ('"', "''") and open_mark)
        if text and not glue and not closing:
            text += " "
        glue = token in _NO_SPACE_AFTER or (token in ('"', "``") and not open_mark)
        if token in ('"', "``", "''"):
            open_mark = not open_mark
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def levels(quotes: Sequence[GoldQuote]) -> list[list[GoldQuote]]:
    """Quotations on two levels: on each, none overlaps another; what fits on neither is left out."""
    out: list[list[GoldQuote]] = [[], []]
    used: list[set[int]] = [set(), set()]
    for quote in sorted(quotes, key=lambda q: (min(q.words), -len(q.words))):
        for level in (0, 1):
            if not used[level] & quote.words:
                out[level].append(quote)
                used[level] |= quote.words
                break
    return out


OUTSIDE, BEGINS, INSIDE, CONTINUES = range(4)


def quote_labels(found: Example) -> list[list[int]]:
    """For both levels, each word's label: outside, begins, inside, continues after a gap."""
    labels = [[OUTSIDE] * len(found.words) for _ in range(2)]
    for level, quotes in enumerate(levels(found.quotes or [])):
        for quote in quotes:
            before = None
            for word in sorted(quote.words):
                labels[level][word] = (
                    BEGINS if before is None else INSIDE if word == before + 1 else CONTINUES
                )
                before = word
    return labels


def shuffled(items: Sequence[Example], seed: int) -> list[Example]:
    """The examples in a random order that the seed fixes."""
    order = list(items)
    random.Random(seed).shuffle(order)
    return order
