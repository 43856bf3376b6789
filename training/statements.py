"""Trains the network that tells statements of arguments (layers/argument/statements.npz).

    python statements.py DATA ../src/beleg/layers/argument/statements.npz

DATA: as in layer_labels.py. The vectors are those of the encoder that ships, which stays as it is:
run this anew after it has changed. All labels of layer-labels.jsonl are learned, since they help one
another; those of the argument are kept. Texts kept apart (see layer_labels.py) are not read. Takes
some minutes on one processor; seeded.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from corpora import LAYER_LABELS
from layer_labels import read_layers
from torch import nn
from torch.nn import functional as F  # noqa: N812 (torch's own custom)

from beleg.analyse import _prepare
from beleg.encoder.model import load_encoder
from beleg.layers.argument.head import LABELS

HEADS, WIDTH = 3, 192
PASSES, AT_ONCE = 15, 8  # texts
RATE, DECAY, DROP, WARM_UP = 2e-3, 0.05, 0.3, 50
WORDS = 400  # of a text at once, more or less: whole sentences

Piece = tuple[torch.Tensor, torch.Tensor]  # vectors [words, width], labels [words, labels]


class Perceptron(nn.Module):
    """One hidden layer, normed."""

    def __init__(self, vector: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(vector, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.out = nn.Linear(WIDTH, len(LAYER_LABELS))

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits [words, labels]."""
        found = F.relu(self.norm(self.hidden(F.dropout(vectors, DROP, self.training))))
        return self.out(F.dropout(found, DROP, self.training))


def pieces(data: Path) -> list[Piece]:
    """The labelled texts, cut at sentences, with the vectors of their words."""
    encoder = load_encoder()
    found = []
    for example in read_layers(data):
        prepared = _prepare(example.text, None)
        (reading,) = encoder.read([prepared.input])
        if len(reading.vectors) != len(example.words):
            raise ValueError(f"{example.name}: {len(example.words)} words, other vectors")
        labels = np.zeros((len(example.words), len(LAYER_LABELS)), np.float32)
        for word, own in enumerate(example.extra):
            labels[word, sorted(own)] = 1
        at = first = 0
        for sentence in prepared.sentences:
            at += len(sentence.tokens)
            if at - first >= WORDS or at == len(labels):
                rows = slice(first, at)
                found.append(
                    (torch.from_numpy(reading.vectors[rows]), torch.from_numpy(labels[rows]))
                )
                first = at
    return found


def train(texts: Sequence[Piece], seed: int) -> Perceptron:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = Perceptron(texts[0][0].shape[1]).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = PASSES * math.ceil(len(texts) / AT_ONCE), 0
    for _ in range(PASSES):
        order = chance.sample(range(len(texts)), len(texts))
        for start in range(0, len(order), AT_ONCE):
            batch = [texts[n] for n in order[start : start + AT_ONCE]]
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / steps)
            logits = network(torch.cat([vectors for vectors, _ in batch]))
            labels = torch.cat([labels for _, labels in batch])
            loss = F.binary_cross_entropy_with_logits(logits, labels) * 20
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
    print(f"seed {seed}: {float(loss.detach()):.3f}", flush=True)
    return network.eval()


def save(networks: Sequence[Perceptron], place: Path) -> None:
    """Half precision, as the mean of all; see beleg.layers.argument.head."""
    columns = [LAYER_LABELS.index(label) for label in LABELS]

    def joined(parts: Sequence[torch.Tensor], axis: int = 0) -> np.ndarray:
        return torch.cat(list(parts), axis).detach().numpy().astype(np.float16)

    np.savez(
        place,
        heads=np.array(len(networks)),
        hidden=joined([n.hidden.weight.T for n in networks], 1),
        bias=joined([n.hidden.bias for n in networks]),
        scale=joined([n.norm.weight for n in networks]),
        shift=joined([n.norm.bias for n in networks]),
        out=joined([n.out.weight[columns].T / len(networks) for n in networks]),
        out_bias=sum(n.out.bias[columns] for n in networks).detach().numpy() / len(networks),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("place", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    texts = pieces(options.data)
    save([train(texts, seed) for seed in range(HEADS)], options.place)


if __name__ == "__main__":
    main()
