"""Cuts the vocabulary of multilingual-e5-small down to what German news needs.

Kept are the special pieces, every single character of the Latin script and of punctuation, the
pieces that the full tokenizer uses most often on the training corpora and on the German
word list of wordfreq (weighted by frequency), and, up to the size, the Latin pieces with the
highest score. A word whose pieces were dropped is cut into smaller ones; nothing becomes unknown
that was known before, single characters of other scripts excepted.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

_SPECIAL = 4  # <s>, <pad>, </s>, <unk>: the first rows, which keep their places
_WORDS = 200_000


def used_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """How often each piece of the full tokenizer occurs in `texts` and in German at large."""
    from wordfreq import get_frequency_dict

    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    frequencies = get_frequency_dict("de", wordlist="large")
    million = 2_000_000
    for word, frequency in sorted(frequencies.items(), key=lambda f: (-f[1], f[0]))[:_WORDS]:
        for form in (word, word[:1].upper() + word[1:]):
            for piece in tokenizer.encode(form, add_special_tokens=False).ids:
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


def trimmed_tokenizer(full: Path, kept: list[int]) -> str:
    """The tokenizer's file with the kept pieces only, as JSON."""
    data = json.loads(full.read_text(encoding="utf-8"))
    vocab = data["model"]["vocab"]
    data["model"]["vocab"] = [vocab[i] for i in kept]
    places = {old: new for new, old in enumerate(kept)}
    data["added_tokens"] = [{**t, "id": places[t["id"]]} for t in data["added_tokens"]]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _is_latin(piece: str) -> bool:
    """Whether no letter of `piece` is outside the Latin script."""
    return all(
        not c.isalpha() or unicodedata.name(c, "").startswith("LATIN")
        for c in piece.replace("▁", "")
    )
