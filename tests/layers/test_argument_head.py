from __future__ import annotations

import numpy as np

from beleg.layers.argument.head import LABELS, Head, load_head


def test_the_words_of_a_long_text_are_judged_as_those_of_its_parts() -> None:
    head = load_head()
    vectors = np.random.default_rng(1).normal(size=(9_000, 384)).astype(np.float32)
    whole = head.logits(vectors)
    parts = np.concatenate([head.logits(vectors[:5]), head.logits(vectors[5:])])
    assert whole.shape == (9_000, len(LABELS))
    np.testing.assert_allclose(whole, parts, atol=1e-4)
    assert head.logits(vectors[:0]).shape == (0, len(LABELS))


def test_it_is_the_mean_of_normed_perceptrons() -> None:
    chance = np.random.default_rng(2)
    heads, vector, width = 2, 3, 4
    hidden = chance.normal(size=(vector, heads * width)).astype(np.float32)
    out = chance.normal(size=(heads * width, len(LABELS))).astype(np.float32)
    head = Head(
        {
            "heads": np.array(heads, np.float32),
            "hidden": hidden,
            "bias": np.zeros(heads * width, np.float32),
            "scale": np.full(heads * width, 2.0, np.float32),
            "shift": np.full(heads * width, 0.5, np.float32),
            "out": np.asarray(out / heads, np.float32),
            "out_bias": np.ones(len(LABELS), np.float32),
        }
    )
    words = chance.normal(size=(2, vector))
    wanted = np.ones((2, len(LABELS)))
    for n in range(heads):
        columns = slice(n * width, (n + 1) * width)
        found = words @ hidden[:, columns]
        found = (found - found.mean(-1, keepdims=True)) / found.std(-1, keepdims=True)
        wanted += np.maximum(2 * found + 0.5, 0) @ out[columns] / heads
    np.testing.assert_allclose(head.logits(words.astype(np.float32)), wanted, atol=1e-3)
