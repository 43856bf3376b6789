"""An encoder that answers at random: quick, and worse than any real one could be.

What the layers make of it must still be sound. The answers for a text are always the same.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from beleg.encoder.model import FOLDER, Input, Judgement, Reading
from beleg.encoder.surroundings import Surroundings


class RandomEncoder:
    """Stands where beleg.encoder.model.Encoder does."""

    name = "random@0"
    threads = 2
    about: dict[str, Any] = json.loads((FOLDER / "heads.json").read_text(encoding="utf-8"))

    def read(self, articles: Sequence[Input]) -> list[Reading]:
        return [self._reading(article) for article in articles]

    def _reading(self, article: Input) -> Reading:
        chance = np.random.default_rng(zlib.crc32(article.text.encode("utf-8", "replace")))
        words = sum(len(s.tokens) for s in article.sentences)
        scores = chance.normal(size=(words, 2, 4), scale=3)
        scores[..., 0] += 9  # quotations and names are rare, as in real texts
        scores -= np.log(np.exp(scores).sum(-1, keepdims=True))
        names = chance.normal(size=(words, 9), scale=2)
        names[:, 0] += 6
        return Reading(
            chance.normal(size=(words, 384)).astype(np.float32),
            scores.astype(np.float32),
            names.astype(np.float32),
        )

    def judge(self, reading: Reading, candidates: Sequence[Surroundings]) -> list[Judgement]:
        chance = np.random.default_rng(len(reading.quotes))
        return [
            Judgement(
                chance.random((len(c.words), 5), np.float32),
                chance.random(4, np.float32),
                chance.random(len(self.about["types"]), np.float32),
                chance.random(len(self.about["media"]), np.float32),
                float(chance.random()),
            )
            for c in candidates
        ]
