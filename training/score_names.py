"""Names on GermEval 2014, outer level: `python score_names.py MODEL_FOLDER FILE.tsv [DECODING.json]`.

Exact spans with the right kind; eight sentences are read as one text, as in training. With
DECODING.json the leaning towards "no name" that scores best is written there, for export.py, which
adds it to what DECODING.json held when the model was exported.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from corpora import NAMES, Example, read_names

from beleg.encoder.model import Encoder, Input
from beleg.encoder.names import find_names


def annotated(words: Sequence[tuple[int, int]], labels: Sequence[int]) -> Iterator[tuple]:
    """(start, end, kind) of each name."""
    first = 0
    while first < len(labels):
        stop = first + 1
        if labels[first] % 2 == 1:
            while stop < len(labels) and labels[stop] == labels[first] + 1:
                stop += 1
            yield words[first][0], words[stop - 1][1], NAMES[labels[first] // 2]
        first = stop


Counts = tuple[Counter, Counter, Counter]  # right, found, annotated; by kind and "all"
LEANINGS = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0]


def counts(examples: Sequence[Example], scores: Sequence[np.ndarray], leaning: float) -> Counts:
    """How many names are right, found and annotated."""
    right, found, gold = Counter(), Counter(), Counter()
    lean = np.array([leaning, *[0.0] * (2 * len(NAMES))], np.float32)
    for example, own_scores in zip(examples, scores, strict=True):
        names = find_names(own_scores + lean, example.sentences)
        own = {(n.span.start, n.span.end, n.kind) for n in names}
        true = set(annotated(example.words, example.names or ()))
        for counter, names_of in ((found, own), (gold, true), (right, own & true)):
            counter.update(name[2] for name in names_of)
            counter["all"] += len(names_of)
    return right, found, gold


def main(model: Path, file: Path, decoding: Path | None = None) -> None:
    """Prints a table in Markdown; writes the best leaning."""
    examples = list(read_names(file))
    inputs = [Input(e.text, e.sentences, np.array(e.marks)) for e in examples]
    scores = [reading.names for reading in Encoder(model).read(inputs)]
    best = 0.0
    if decoding:
        f1 = {x: measures(*counts(examples, scores, x), "all")[2] for x in LEANINGS}
        best = max(f1, key=f1.__getitem__)
        chosen = json.loads(decoding.read_text())
        chosen["no_name"] = chosen.get("no_name", 0.0) + best
        decoding.write_text(json.dumps(chosen) + "\n", encoding="utf-8")
    right, found, gold = counts(examples, scores, best)
    print("| | annotated | precision | recall | F1 |\n|---|---|---|---|---|")
    for kind in (*NAMES, "all"):
        precision, recall, f1 = measures(right, found, gold, kind)
        print(f"| {kind} | {gold[kind]} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")


def measures(
    right: Counter, found: Counter, gold: Counter, kind: str
) -> tuple[float, float, float]:
    """Precision, recall and F1 of a kind."""
    return (
        right[kind] / max(found[kind], 1),
        right[kind] / max(gold[kind], 1),
        2 * right[kind] / max(found[kind] + gold[kind], 1),
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
