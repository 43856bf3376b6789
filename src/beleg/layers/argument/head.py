"""How likely a sentence is a conclusion, or given for one: a small network on the word vectors.

Several perceptrons with one hidden layer, their mean (statements.npz); training/statements.py makes
them for the vectors of the encoder that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np

from beleg.encoder.model import Floats
from beleg.text import Sentence

LABELS = ("conclusion", "premise")
_ROWS = 4_096  # words at once: what lies between is larger than what comes in
_SMALL = 1e-5  # added to a variance, as in training


class Head:
    """The network; its arrays are [vector, heads * width], [heads * width] and so on."""

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self._heads = int(arrays["heads"])
        self._hidden, self._bias = arrays["hidden"], arrays["bias"]
        self._scale, self._shift = arrays["scale"], arrays["shift"]
        self._out, self._out_bias = arrays["out"], arrays["out_bias"]

    def logits(self, vectors: Floats) -> Floats:
        """[words, 2]: that the word is of a conclusion, and of what is given for one.

        vectors: [words, width], as beleg.encoder.model.Reading has them.
        """
        found = np.empty((len(vectors), len(LABELS)), np.float32)
        for start in range(0, len(vectors), _ROWS):
            found[start : start + _ROWS] = self._block(vectors[start : start + _ROWS])
        return found

    def _block(self, vectors: Floats) -> Floats:
        hidden = (vectors @ self._hidden + self._bias).reshape(len(vectors), self._heads, -1)
        hidden -= hidden.mean(-1, keepdims=True)
        hidden /= np.sqrt(np.square(hidden).mean(-1, keepdims=True) + _SMALL)
        flat = np.maximum(hidden.reshape(len(vectors), -1) * self._scale + self._shift, 0)
        return np.asarray(flat @ self._out + self._out_bias, np.float32)


def sentence_logits(vectors: Floats, sentences: Sequence[Sentence]) -> Floats:
    """[sentences, 2]: that it is a conclusion, and given for one; by the network that ships.

    The mean of the likelier half of its words: a part of a sentence may be the statement.
    """
    words = load_head().logits(vectors)
    found = np.zeros((len(sentences), len(LABELS)), np.float32)
    at = 0
    for number, sentence in enumerate(sentences):
        count = len(sentence.tokens)
        if count:
            found[number] = np.sort(words[at : at + count], axis=0)[count // 2 :].mean(axis=0)
        at += count
    return found


@cache
def load_head() -> Head:
    """The network that ships with the package."""
    place = resources.files("beleg.layers.argument") / "statements.npz"
    with place.open("rb") as file, np.load(file) as arrays:
        return Head({name: arrays[name].astype(np.float32) for name in arrays.files})
