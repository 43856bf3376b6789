"""Examples made ready: pieces in windows, labels by word, candidates with what they should give."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from corpora import OWN_LABELS, ROLES, TYPES, Example, GoldQuote, quote_labels
from network import MARK_STATES
from sentencepiece import SentencePieceProcessor
from torch import Tensor

from beleg.encoder.pieces import Window, cut_windows
from beleg.encoder.surroundings import surroundings
from beleg.layers.quotes.by_rules import find_quotations_by_rules
from beleg.layers.quotes.hints import find_hints
from beleg.rules.quote_rules import load_quote_rules
from beleg.text import WordIndex
from beleg.text.marks import find_marked

PADDING = 1
_TOLD = ("news", "layers")  # corpora of whose texts the rules tell what they find
_MATCH = 0.5  # token F1 from which a candidate counts as the corpus's quotation


@dataclass
class Prepared:
    """An example with its windows and label arrays."""

    example: Example
    windows: tuple[Window, ...]
    pieces: int
    marks: np.ndarray
    hints: np.ndarray  # times MARK_STATES, to be added to the marks
    sentence_of: np.ndarray
    quote_labels: np.ndarray | None  # [words, 2]
    roles: np.ndarray | None  # [words, 4]
    types: np.ndarray | None  # [words]: 0 outside of quotations, else 1 + type
    names: np.ndarray | None
    extra: np.ndarray | None  # [words, labels of the corpus]
    marked: list[tuple[int, ...]]  # candidates by marks and rules


def prepare(example: Example, tokenizer: SentencePieceProcessor, longest: int) -> Prepared:
    """The example cut into windows of at most `longest` pieces."""
    windows = cut_windows(example.text, example.sentences, tokenizer, longest=longest)
    sentence_of = np.repeat(
        np.arange(len(example.sentences)), [len(s.tokens) for s in example.sentences]
    )
    labels = roles = types = None
    if example.quotes is not None:
        labels = np.array(quote_labels(example)).T
        roles = np.zeros((len(example.words), len(ROLES)), np.float32)
        types = np.zeros(len(example.words), np.int64)
        for quote in sorted(example.quotes, key=lambda q: -len(q.words)):
            types[list(quote.words)] = 1 + quote.type
            for i, words in enumerate(quote.roles):
                roles[list(words), i] = 1
    starts = [b for b, _ in example.words]
    marked: list[tuple[int, ...]] = []
    hints = np.zeros(len(starts), np.int64)
    stretches = find_marked(example.text, example.sentences)
    for m in stretches:
        words = range(*np.searchsorted(starts, [m.span.start, m.span.end]).tolist())
        if len(words) > 2:
            marked.append(tuple(words))
    if example.corpus in _TOLD:
        index = WordIndex(example.sentences)
        by_rules = find_quotations_by_rules(
            example.text, example.sentences, stretches, rules=load_quote_rules()
        )
        marked += [tuple(w for s in q.spans for w in index.within(s)) for q in by_rules]
        hints += find_hints(index, by_rules)
    return Prepared(
        example,
        windows,
        sum(len(w.pieces) for w in windows),
        np.array(example.marks),
        MARK_STATES * hints,
        sentence_of,
        labels,
        roles,
        types,
        None if example.names is None else np.array(example.names),
        None if example.extra is None else _own_labels(example),
        marked,
    )


def _own_labels(example: Example) -> np.ndarray:
    out = np.zeros((len(example.words), len(OWN_LABELS[example.corpus])), np.float32)
    for word, labels in enumerate(example.extra or ()):
        out[word, list(labels)] = 1
    return out


@dataclass
class Batch:
    """Some texts for one step; words of all texts are numbered through."""

    texts: list[Prepared]
    states: list[np.ndarray]  # marks and hints of each text's words
    first_words: list[int]
    words: int
    pieces: Tensor  # [windows, length]
    marks: Tensor
    word_of_piece: Tensor  # [windows * length]


def make_batch(texts: Sequence[Prepared], told: Sequence[bool]) -> Batch:
    """The windows of all `texts`, padded to the longest; told: which get the rules' hints."""
    longest = max(len(w.pieces) for t in texts for w in t.windows)
    longest = -(-longest // 16) * 16
    rows, marks, owners, first_words = [], [], [], []
    base = 0
    states = [t.marks + (t.hints if on else 0) for t, on in zip(texts, told, strict=True)]
    for text, state_of in zip(texts, states, strict=True):
        first_words.append(base)
        for window in text.windows:
            n = len(window.pieces)
            rows.append([*window.pieces, *[PADDING] * (longest - n)])
            owner = np.full(longest, -1)
            starts = np.array([*window.words, n - 1])
            owner[starts[0] : n - 1] = 0
            for i, (a, b) in enumerate(pairwise(starts)):
                owner[a : max(b, a + 1)] = i + window.first_word
            state = np.zeros(longest, np.int64)
            real = owner >= 0
            state[real] = state_of[owner[real]]
            marks.append(state)
            owners.append(np.where(real, owner + base, -1))
        base += len(text.example.words)
    return Batch(
        list(texts),
        states,
        first_words,
        base,
        torch.tensor(rows),
        torch.from_numpy(np.stack(marks)),
        torch.from_numpy(np.concatenate(owners)),
    )


def group(
    texts: Sequence[Prepared], pieces: int, random_: random.Random
) -> Iterator[list[Prepared]]:
    """All texts in random groups of about `pieces` pieces, alike in the length of windows."""
    order = list(texts)
    random_.shuffle(order)
    groups = []
    for start in range(0, len(order), 128):
        chunk = sorted(
            order[start : start + 128], key=lambda t: max(len(w.pieces) for w in t.windows)
        )
        current: list[Prepared] = []
        for text in chunk:
            if current and sum(t.pieces for t in current) + text.pieces > pieces * 1.2:
                groups.append(current)
                current = []
            current.append(text)
        groups.append(current)
    random_.shuffle(groups)
    yield from groups


@dataclass
class Candidates:
    """Candidate quotations of a batch, padded; targets are NaN (or -1) where there are none."""

    words: Tensor  # [quotes, places], numbered through the batch
    features: Tensor
    mask: Tensor
    parts: Tensor  # [quotes, places, 5]
    absent: Tensor  # [quotes, 4]
    types: Tensor
    media: Tensor
    real: Tensor  # [quotes]


def token_f1(a: frozenset[int] | set[int], b: frozenset[int] | set[int]) -> float:
    """Harmonic mean of precision and recall between two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def match(candidate: tuple[int, ...], quotes: Sequence[GoldQuote]) -> GoldQuote | None:
    """The corpus's quotation that the candidate shares most words with, if enough."""
    own = frozenset(candidate)
    best = max(quotes, key=lambda q: token_f1(own, q.words), default=None)
    return best if best and token_f1(own, best.words) >= _MATCH else None


def jitter(quote: GoldQuote, count: int, random_: random.Random) -> tuple[int, ...]:
    """The quotation with its ends moved by a few words, or unchanged."""
    words = sorted(quote.words)
    if random_.random() < 0.4:
        return tuple(words)
    start = max(0, words[0] + round(random_.gauss(0, 2.5)))
    end = min(count, words[-1] + 1 + round(random_.gauss(0, 2.5)))
    kept = [w for w in words if start <= w < end]
    extra = list(range(start, words[0])) + list(range(words[-1] + 1, end))
    return tuple(sorted({*kept, *extra})) or tuple(words)


def make_candidates(
    batch: Batch, proposals: Sequence[Sequence[tuple[int, ...]]], random_: random.Random, most: int
) -> Candidates | None:
    """Gold quotations, some jittered, and the proposals of each text, with their targets."""
    rows = []
    for text, state, base, proposed in zip(
        batch.texts, batch.states, batch.first_words, proposals, strict=True
    ):
        quotes = text.example.quotes
        if quotes is None:
            continue
        count = len(text.example.words)
        chosen = [(jitter(q, count, random_), q) for q in quotes]
        chosen += [(c, match(c, quotes)) for c in dict.fromkeys([*proposed, *text.marked])]
        random_.shuffle(chosen)
        rows += [(text, state, base, c, q) for c, q in chosen[:most]]
    if not rows:
        return None
    shown = [surroundings(c, t.sentence_of, state) for t, state, _, c, _ in rows]
    places = max(len(s.words) for s in shown)
    n = len(rows)
    words = np.zeros((n, places), np.int64)
    features = np.zeros((n, places, 5), np.int64)
    mask = np.zeros((n, places), np.float32)
    parts = np.zeros((n, places, 1 + len(ROLES)), np.float32)
    absent = np.full((n, len(ROLES)), np.nan, np.float32)
    types = np.full(n, -1)
    media = np.full(n, -1)
    real = np.zeros(n, np.float32)
    for i, ((_, _, base, _, quote), around) in enumerate(zip(rows, shown, strict=True)):
        k = len(around.words)
        words[i, :k] = around.words + base
        features[i, :k] = around.features
        mask[i, :k] = 1
        if quote is None:
            continue
        real[i] = 1
        types[i], media[i] = quote.type, quote.medium
        for p, target in enumerate((quote.words, *quote.roles)):
            parts[i, :k, p] = np.isin(around.words, list(target))
        absent[i] = [not r for r in quote.roles]
    t = torch.from_numpy
    return Candidates(
        t(words), t(features), t(mask), t(parts), t(absent), t(types), t(media), t(real)
    )


__all__ = [
    "TYPES",
    "Batch",
    "Candidates",
    "Prepared",
    "group",
    "make_batch",
    "make_candidates",
    "prepare",
]
