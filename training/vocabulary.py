"""Cuts the vocabulary of multilingual-e5-small down to what German news needs.

Kept are the special pieces, every single character of the Latin script and of punctuation, the
pieces that the full tokenizer uses most often on the training corpora and on the German
word list of wordfreq (weighted by frequency), and, up to the size, the Latin pieces with the
highest score. A word whose pieces were dropped is cut into smaller ones; nothing becomes unknown
that was known before, single characters of other scripts excepted.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sentencepiece import SentencePieceProcessor, sentencepiece_model_pb2

_SPECIAL = 4  # <s>, <pad>, </s>, <unk>: the first rows, which keep their places
_WORDS = 200_000


def used_pieces(tokenizer: SentencePieceProcessor, texts: Iterable[str]) -> Counter[int]:
    """How often each piece of the full tokenizer occurs in `texts` and in German at large."""
    from wordfreq import get_frequency_dict

    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text))
    frequencies = get_frequency_dict("de", wordlist="large")
    million = 2_000_000
    for word, frequency in sorted(frequencies.items(), key=lambda f: (-f[1], f[0]))[:_WORDS]:
        for form in (word, word[:1].upper() + word[1:]):
            for piece in tokenizer.encode(form):
                counts[piece] += max(frequency * million / 2, 0.2)
    return counts


def choose_pieces(pieces: list[tuple[str, float]], counts: Counter[int], size: int) -> list[int]:
    """The rows of the full vocabulary to keep, ascending: at most `size`."""
    kept = set(range(_SPECIAL)) | {len(pieces) - 1}
    kept.update(i for i, (piece, _) in enumerate(pieces) if len(piece) == 1 and _is_latin(piece))
    kept.update(
        i
        for i, (piece, _) in enumerate(pieces)
        if len(piece) == 2 and piece[0] == "▁" and _is_latin(piece[1])
    )
    by_use = sorted((i for i in counts if _is_latin(pieces[i][0])), key=lambda i: (-counts[i], i))
    by_score = sorted(
        (i for i, (piece, _) in enumerate(pieces) if _is_latin(piece)),
        key=lambda i: (-pieces[i][1], i),
    )
    for row in by_use + by_score:
        if len(kept) >= size:
            break
        kept.add(row)
    return sorted(kept)


def trimmed_model(full: Path, kept: list[int]) -> bytes:
    """The kept pieces as a SentencePiece model, from the tokenizer's file (tokenizer.json)."""
    data = json.loads(full.read_text(encoding="utf-8"))
    model = sentencepiece_model_pb2.ModelProto()
    types = {"<unk>": 2, "<s>": 3, "</s>": 3, "<pad>": 3, "<mask>": 3}
    for row in kept:
        piece, score = data["model"]["vocab"][row]
        model.pieces.add(piece=piece, score=score, type=types.get(piece, 1))
    trainer = model.trainer_spec
    trainer.model_type = 1  # unigram
    trainer.vocab_size = len(kept)
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = range(_SPECIAL)
    normalizer = model.normalizer_spec
    normalizer.name = "nmt_nfkc"
    charsmap = data["normalizer"]["normalizers"][0]["precompiled_charsmap"]
    normalizer.precompiled_charsmap = base64.b64decode(charsmap)
    return bytes(model.SerializeToString(deterministic=True))


def _is_latin(piece: str) -> bool:
    """Whether no letter of `piece` is outside the Latin script."""
    return all(
        not c.isalpha() or unicodedata.name(c, "").startswith("LATIN")
        for c in piece.replace("▁", "")
    )
