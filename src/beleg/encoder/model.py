"""The encoder at work: onnxruntime sessions, loaded once, one window or article at a time.

Inputs are quantised when they come, by the largest number among them. Therefore every run gets
one window (or the candidates of one article) and nothing else: what comes out for a text can
not depend on its neighbours in a batch. Batches run on several threads instead.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sentencepiece import SentencePieceProcessor

from beleg.encoder.pieces import Window, cut_windows
from beleg.encoder.surroundings import FEATURES, Surroundings
from beleg.errors import ModelError
from beleg.text import Sentence

FOLDER = Path(__file__).parent / "model"

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Input:
    """What the encoder is given of an article.

    states: for each word a small number that says how it stands to quotation marks and what
        the rules found there (beleg.layers.quotes.hints).
    """

    text: str
    sentences: Sequence[Sentence]
    states: Ints


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of an article.

    vectors: [words, width]; quotes: log probabilities [words, 2 levels, 4 labels]; names:
    logits [words, 9]: none, then first and further word of each kind.
    """

    vectors: Floats
    quotes: Floats
    names: Floats


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stage 2 makes of one candidate, as probabilities.

    parts: [words shown, 5]: belongs to the quotation, to its speaker, cue, frame, addressee.
    absent: that it has no speaker, cue, frame, addressee. real: that it is a quotation at all.
    """

    parts: Floats
    absent: Floats
    types: Floats
    media: Floats
    real: float


class Encoder:
    """The network in one folder. Raises ModelError if files are missing or do not fit.

    threads: how many windows or articles are worth working on at once.
    """

    def __init__(self, folder: Path = FOLDER, *, threads: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self.about: dict[str, Any] = json.loads((folder / "heads.json").read_text("utf-8"))
            heads = np.load(folder / "heads.npz")
            self._weight: Floats = heads["weight"]
            self._bias: Floats = heads["bias"]
            self._tokenizer = SentencePieceProcessor(model_file=str(folder / "pieces.model"))
            self._sessions = [
                onnxruntime.InferenceSession(
                    folder / name, options, providers=["CPUExecutionProvider"]
                )
                for name in ("encoder.onnx", "stage2.onnx")
            ]
        except Exception as error:
            raise ModelError(folder, error) from error
        self.threads = threads or len(os.sched_getaffinity(0))

    @property
    def name(self) -> str:
        """Name and hash of the weights, as analyses name their model."""
        return f"{self.about['name']}@{self.about['hash']}"

    def read(self, articles: Sequence[Input], *, pool: Executor | None = None) -> list[Reading]:
        """One reading per article; the longest windows are read first, on all threads.

        pool: threads that several calls share; else each call has its own.
        """
        windows = [
            (i, window)
            for i, article in enumerate(articles)
            for window in cut_windows(
                article.text, article.sentences, self._tokenizer, longest=self.about["window"]
            )
        ]
        order = sorted(range(len(windows)), key=lambda k: -len(windows[k][1].pieces))
        vectors: list[Floats | None] = [None] * len(windows)

        def run(k: int) -> None:
            i, window = windows[k]
            vectors[k] = self._vectors(window, articles[i].states)

        self._each(run, order, pool)
        of_article: list[list[Floats]] = [[] for _ in articles]
        for (i, _), vector in zip(windows, vectors, strict=True):
            if vector is not None:
                of_article[i].append(vector)
        return [self._reading(found) for found in of_article]

    def judge(self, reading: Reading, candidates: Sequence[Surroundings]) -> list[Judgement]:
        """Stage 2 on the candidates of one article, a few of like length at a time."""
        found: list[Judgement | None] = [None] * len(candidates)
        order = sorted(range(len(candidates)), key=lambda k: len(candidates[k].words))
        for start in range(0, len(order), _AT_ONCE):
            chosen = order[start : start + _AT_ONCE]
            for k, judgement in zip(
                chosen, self._judge(reading, [candidates[k] for k in chosen]), strict=True
            ):
                found[k] = judgement
        return [j for j in found if j is not None]

    def _each(
        self, run: Callable[[int], None], order: Sequence[int], pool: Executor | None
    ) -> None:
        if pool is not None:
            list(pool.map(run, order))
        elif len(order) < 2 or self.threads < 2:
            for k in order:
                run(k)
        else:
            with ThreadPoolExecutor(self.threads) as own:
                list(own.map(run, order))

    def _vectors(self, window: Window, states: Ints) -> Floats:
        """One vector per word of the window: the mean of its pieces."""
        pieces = np.array(window.pieces, np.int64)
        starts = np.array(window.words, np.int64)
        ends = np.append(starts[1:], len(pieces) - 1)
        told = np.zeros(len(pieces), np.int64)
        lengths = np.maximum(ends - starts, 1)
        first = window.first_word
        owners = np.repeat(np.arange(len(starts)), lengths)
        told[np.minimum(_places(starts, lengths), len(pieces) - 1)] = states[first + owners]
        (hidden,) = self._sessions[0].run(None, {"pieces": pieces[None], "marks": told[None]})
        summed = np.add.reduceat(hidden[0, :-1], starts, axis=0)
        return np.asarray(summed / lengths[:, None], np.float32)

    def _reading(self, vectors: Sequence[Floats]) -> Reading:
        width = self._weight.shape[0]
        words = np.concatenate(vectors) if vectors else np.zeros((0, width), np.float32)
        scores = np.empty((len(words), len(self._bias)), np.float32)
        for start in range(0, len(words), _ROWS):
            scores[start : start + _ROWS] = words[start : start + _ROWS] @ self._weight
        scores += self._bias
        quotes = scores[:, :8].reshape(-1, 2, 4)
        names = scores[:, 8 : 9 + 2 * len(self.about["names"])]
        return Reading(words, _log_softmax(quotes), names)

    def _judge(self, reading: Reading, candidates: Sequence[Surroundings]) -> list[Judgement]:
        places = max(len(c.words) for c in candidates)
        words = np.zeros((len(candidates), places, reading.vectors.shape[1]), np.float32)
        features = np.zeros((len(candidates), places, FEATURES), np.int64)
        mask = np.zeros((len(candidates), places + 1), np.int32)
        for i, candidate in enumerate(candidates):
            count = len(candidate.words)
            words[i, :count] = reading.vectors[candidate.words]
            features[i, :count] = candidate.features
            mask[i, : count + 1] = 1
        parts, labels = self._sessions[1].run(
            None, {"words": words, "features": features, "mask": mask}
        )
        parts = _sigmoid(parts)
        types = len(self.about["types"])
        media = types + len(self.about["media"])
        absent = media + len(self.about["roles"])
        return [
            Judgement(
                parts[i, : len(candidate.words)],
                _sigmoid(labels[i, media:absent]),
                np.exp(_log_softmax(labels[i, :types])),
                np.exp(_log_softmax(labels[i, types:media])),
                float(_sigmoid(labels[i, absent])),
            )
            for i, candidate in enumerate(candidates)
        ]


_AT_ONCE = 8
_ROWS = 24  # of a matrix product: BLAS puts a larger one on threads that wait busily beside ours


def _places(starts: Ints, lengths: Ints) -> Ints:
    """Positions of all pieces of all words, in order."""
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.asarray(np.repeat(starts, lengths) + offsets)


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float32)


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


@cache
def load_encoder() -> Encoder:
    """The encoder that ships with the package, loaded on first use."""
    return Encoder()
