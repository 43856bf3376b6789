"""Names on GermEval 2014, outer level: `python score_names.py MODEL_FOLDER FILE.tsv`.

Exact spans with the right kind; eight sentences are read as one text, as in training.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from corpora import NAMES, read_names

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


def main(model: Path, file: Path) -> None:
    """Prints a table in Markdown."""
    examples = list(read_names(file))
    inputs = [Input(e.text, e.sentences, np.array(e.marks)) for e in examples]
    right, found, gold = Counter(), Counter(), Counter()
    for example, reading in zip(examples, Encoder(model).read(inputs), strict=True):
        names = find_names(reading.names, example.sentences)
        own = {(n.span.start, n.span.end, n.kind) for n in names}
        true = set(annotated(example.words, example.names or ()))
        for counter, names_of in ((found, own), (gold, true), (right, own & true)):
            counter.update(name[2] for name in names_of)
            counter["all"] += len(names_of)
    print("| | annotated | precision | recall | F1 |\n|---|---|---|---|---|")
    for kind in (*NAMES, "all"):
        precision, recall = right[kind] / max(found[kind], 1), right[kind] / max(gold[kind], 1)
        f1 = 2 * right[kind] / max(found[kind] + gold[kind], 1)
        print(f"| {kind} | {gold[kind]} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
