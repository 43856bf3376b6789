"""What each part of the quotation layer is worth.

    python ablation.py FILE.jsonl MODEL_FOLDER [NAME=MODEL_FOLDER ...]

FILE is annotated like quotes-news. The first model is taken apart; further ones, trained otherwise,
get a line each, with thresholds of their own. Prints Markdown; F1 as in thresholds.py.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from corpora import Example, GoldQuote, by_rules, read_news
from thresholds import PARTS, Text, Tuner, measure

from beleg.encoder.model import Encoder
from beleg.layers.quotes.by_encoder import Judged, decoding_of, propose

SHOWN = (*PARTS, "joint", "type", "medium")


def variants(examples: Sequence[Example], encoder: Encoder) -> dict[str, dict[str, float]]:
    """Scores with one part after the other switched off."""
    decoding = decoding_of(encoder.about)
    rows: dict[str, dict[str, float]] = {}
    for name, switches in {
        "rules and encoder": {},
        "the encoder is not told what the rules find": {"hints": False},
        "what the rules find is no candidate": {"rules": False},
        "words in marks are no candidates": {"marks": False},
        "encoder alone": {"hints": False, "rules": False, "marks": False},
    }.items():
        tuner = Tuner(encoder, [Text(e, **switches) for e in examples])
        rows[name] = tuner.scores(decoding)
        if not switches:
            whole = tuner
    rows["first stage alone (contents only)"] = measure(
        whole.texts,
        [
            [Judged(words, ((),) * 4, -1, -1, 1.0) for words in propose(reading, decoding)]
            for reading in whole.readings
        ],
    )
    rows["second stage alone (candidates of rules and marks)"] = measure(
        whole.texts, whole.quotations(decoding, proposed=False)
    )
    rows["rules alone"] = measure(
        whole.texts, [[judged(q) for q in by_rules(text.example)] for text in whole.texts]
    )
    return rows


def judged(quote: GoldQuote) -> Judged:
    """What the rules find, as the network would give it."""
    own, *roles = (tuple(sorted(words)) for words in (quote.words, *quote.roles))
    return Judged(own, tuple(roles), quote.type, quote.medium, 1.0)


def main(file: Path, model: Path, others: Sequence[str]) -> None:
    """Prints the table."""
    examples = list(read_news(file))
    rows = variants(examples, Encoder(model))
    for other in others:
        name, _, folder = other.partition("=")
        encoder = Encoder(Path(folder))
        tuner = Tuner(encoder, [Text(e) for e in examples])
        rows[name] = tuner.scores(decoding_of(encoder.about))
    print("| |", " | ".join(SHOWN), "|")
    print("|---|" + "---|" * len(SHOWN))
    for name, scores in rows.items():
        print(f"| {name} |", " | ".join(f"{scores[part]:.3f}" for part in SHOWN), "|")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
