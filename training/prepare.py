"""Makes a run folder: `python prepare.py RUN_FOLDER --data DATA --tokenizer tokenizer.json`.

Writes pieces.model, the vocabulary cut down, and kept.json, the rows of the pretrained word
embeddings that go with it. Needs a minute.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from sentencepiece import SentencePieceProcessor
from vocabulary import choose_pieces, trimmed_model, used_pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--tokenizer", type=Path, required=True, help="of multilingual-e5-small")
    parser.add_argument("--size", type=int, default=36_000, help="pieces to keep")
    options = parser.parse_args()
    vocab = json.loads(options.tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    full = SentencePieceProcessor(
        model_proto=trimmed_model(options.tokenizer, list(range(len(vocab))))
    )
    counts = used_pieces(full, texts(options.data))
    kept = choose_pieces([(piece, score) for piece, score in vocab], counts, options.size)
    options.run.mkdir(parents=True, exist_ok=True)
    (options.run / "pieces.model").write_bytes(trimmed_model(options.tokenizer, kept))
    (options.run / "kept.json").write_text(json.dumps(kept), encoding="utf-8")


def texts(data: Path) -> Iterator[str]:
    """All text of the training corpora, as plain words."""
    for line in (data / "quotes-news/train.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["originalText"]
    for line in (data / "quotes-parliament/train.jsonl").read_text(encoding="utf-8").splitlines():
        yield " ".join(w for s in json.loads(line)["Sentences"] for w in s["Tokens"])
    for path in sorted((data / "quotes-historical").glob("rwk_*.tsv")):
        yield " ".join(row.split("\t")[0] for row in path.read_text("utf-8").splitlines()[1:])
    for line in (data / "names/NER-de-test.tsv").read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if row[0].isdigit() and len(row) > 1:
            yield row[1]


if __name__ == "__main__":
    main()
