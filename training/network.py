"""The network: the encoder of multilingual-e5-small and two stages of heads on its words.

Stage 1 labels every word: quotations on two levels, names, and, as help for the encoder only,
whether it is in some speaker, cue, frame or addressee and the type of its quotation.
Stage 2 looks at one candidate quotation and the words around it: which words belong to it,
which are its speaker, cue, frame and addressee, which of those it lacks, its type and medium,
and whether it is a quotation at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from corpora import MEDIA, NAMES, OWN_LABELS, ROLES, TYPES
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (torch's own custom)

from beleg.layers.quotes.hints import COUNT as HINTS

LEVELS = 2
LABELS = 4
MARK_STATES = 5
WORD_STATES = MARK_STATES * HINTS  # each with each
PARTS = 1 + len(ROLES)  # the quotation's own words, then its roles
BUCKETS = 2 * 12 + 1
SENTENCE_STEPS = 9


@dataclass(frozen=True)
class Sizes:
    """The shape of a network; `layers` may be fewer than the pretrained 12."""

    pieces: int
    width: int = 384
    layers: int = 12
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    stage_width: int = 256
    stage_layers: int = 2
    stage_heads: int = 8
    stage_inner: int = 768


class Layer(nn.Module):
    """A transformer layer with the norm behind (BERT, Devlin et al. 2019)."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor, drop: float) -> Tensor:
        """x: [windows, pieces, width]; bias: [windows, 1, 1, pieces], very low at padding."""
        windows, length, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(x).view(windows, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        # Spelled out: on processors with bf16 its backward pass is faster than the fused one's.
        scores = (q * size**-0.5).matmul(k.transpose(-1, -2)) + bias.to(q.dtype)
        mixed = torch.softmax(scores, -1, dtype=q.dtype).matmul(v)
        mixed = mixed.transpose(1, 2).reshape(windows, length, width)
        x = self.norm1(x + shared_dropout(self.out(mixed), drop))
        return self.norm2(x + shared_dropout(self.down(F.gelu(self.up(x))), drop))


def shared_dropout(x: Tensor, rate: float) -> Tensor:
    """Dropout with one mask for all places of a window: as strong, and cheap on a processor."""
    if not rate:
        return x
    mask = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype, device=x.device)
    return x * mask.bernoulli_(1 - rate).div_(1 - rate)


class Encoder(nn.Module):
    """Pieces in, one vector per piece out."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.word = nn.Embedding(sizes.pieces, sizes.width)
        self.position = nn.Embedding(sizes.positions, sizes.width)
        self.mark = nn.Embedding(WORD_STATES, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(sizes.width, sizes.heads, sizes.inner) for _ in range(sizes.layers)
        )

    def forward(self, pieces: Tensor, marks: Tensor, drop: float = 0.0) -> Tensor:
        """pieces, marks: [windows, length], padding is piece 1. Gives [windows, length, width]."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.word(pieces) + self.position(places) + self.mark(marks))
        bias = (pieces == 1).float()[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias, drop)
        return x


class Stage1(nn.Module):
    """One linear layer for all labels of a word."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.parts = [LEVELS * LABELS, 1 + 2 * len(NAMES), len(ROLES), 1 + len(TYPES)]
        self.linear = nn.Linear(sizes.width, sum(self.parts))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """words: [words, width]. Quotation labels [words, 2, 4], names, roles, types."""
        quotes, names, roles, types = self.linear(words).float().split(self.parts, -1)
        return quotes.view(-1, LEVELS, LABELS), names, roles, types


class Stage2(nn.Module):
    """Reads the words around one candidate quotation."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.stage_width
        self.project = nn.Linear(sizes.width, width)
        self.inside = nn.Embedding(2, width)
        self.to_start = nn.Embedding(BUCKETS, width)
        self.to_end = nn.Embedding(BUCKETS, width)
        self.step = nn.Embedding(SENTENCE_STEPS, width)
        self.mark = nn.Embedding(WORD_STATES, width)
        self.whole = nn.Parameter(torch.zeros(1, 1, width))
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            Layer(width, sizes.stage_heads, sizes.stage_inner) for _ in range(sizes.stage_layers)
        )
        self.parts = nn.Linear(width, PARTS)
        self.split = [len(TYPES), len(MEDIA), len(ROLES), 1]
        self.labels = nn.Linear(width, sum(self.split))
        for table in (self.inside, self.to_start, self.to_end, self.step, self.mark):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self, words: Tensor, features: Tensor, mask: Tensor, drop: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """words: [quotes, places, encoder width]; features: [quotes, places, 5] of inside,
        to_start, to_end, step, mark; mask: [quotes, places], 1 where there is a word.

        Gives logits [quotes, places, PARTS] and [quotes, types + media + absent roles + 1].
        """
        x = (
            self.project(words)
            + self.inside(features[..., 0])
            + self.to_start(features[..., 1])
            + self.to_end(features[..., 2])
            + self.step(features[..., 3])
            + self.mark(features[..., 4])
        )
        x = self.norm(torch.cat([self.whole.expand(x.shape[0], -1, -1).to(x.dtype), x], 1))
        full = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
        bias = (1 - full.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias, drop)
        return self.parts(x[:, 1:]).float(), self.labels(x[:, 0]).float()


class Network(nn.Module):
    """Encoder and both stages."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        self.stage1 = Stage1(sizes)
        # Labels of other corpora: learned for the encoder's sake, not exported.
        self.own = nn.ModuleDict(
            {name: nn.Linear(sizes.width, len(labels)) for name, labels in OWN_LABELS.items()}
        )
        self.stage2 = Stage2(sizes)


def pool_words(hidden: Tensor, word_of_piece: Tensor, words: int) -> Tensor:
    """Mean of each word's pieces.

    hidden: [windows, length, width]; word_of_piece: [windows * length], -1 for special pieces
    and padding; gives [words, width].
    """
    flat = hidden.reshape(-1, hidden.shape[-1])
    real = word_of_piece >= 0
    target = word_of_piece[real]
    total = torch.zeros(words, flat.shape[1], dtype=flat.dtype, device=flat.device)
    total = total.index_add(0, target, flat[real])
    counts = torch.bincount(target, minlength=words).clamp(min=1)
    return total / counts[:, None].to(flat.dtype)
