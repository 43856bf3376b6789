"""Scores the layers on our own labels, which stand in training/ without any words.

    python evaluation/own_labels.py SCORER DATA first|second|apart|untouched [--keep DIR]

SCORER and DATA as for evaluation/layers.py and training/layer_labels.py. first, second: the even and
odd rows of layer-labels.jsonl, both read while rules were written; apart: the one of seven that no
weights were trained on; untouched: layer-labels-untouched.jsonl, of which only totals were looked at.
Prints the scorer's table. The rows have no deadlines, so that line says nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from layers import analyse_half, score

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
import layer_labels

SETS = ("first", "second", "apart", "untouched")


def rows_of(name: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a set."""
    if name == "untouched":
        yield from layer_labels.untouched()
    elif name == "apart":
        yield from layer_labels.kept_apart()
    else:
        rows = layer_labels.all_labels()
        yield from (row for place, row in enumerate(rows) if place % 2 == SETS.index(name))


def annotation(text: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as an annotation that names substrings, as the scorer reads it."""

    def named(place: Sequence[Any], key: str) -> dict[str, Any]:
        start, words = place[0], text[place[0] : place[1]]
        return {key: words, "n": sum(text.startswith(words, i) for i in range(start))}

    return {
        "sources": [named(p, "statement") | {"sourcing": p[2]} for p in row["sources"]],
        "status": [named(p, "cue") | {"label": p[2]} for p in row["status"]],
        "forecasts": [named(p, "text") | {"kind": p[2]} for p in row["forecasts"]],
        "argument": {
            "conclusions": [named(p, "text") for p in row["conclusions"]],
            "premises": [named(p, "text") | {"kind": p[2], "for": p[3]} for p in row["premises"]],
        },
        "loaded": [text[p[0] : p[1]] for p in row["loaded"]],
    }


def days(data: Path) -> Mapping[str, str]:
    """Days of publication of the news articles, by number."""
    found = {}
    for line in (data / "quotes-news/train.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article.get("published"):
            number = article["documentName"].split(" - ")[0]
            found[number] = article["published"]
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scorer", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--keep", type=Path, help="folder for texts, labels and analyses")
    options = parser.parse_args()
    published = days(options.data)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        out = folder / "analyses"
        out.mkdir(parents=True, exist_ok=True)
        names = []
        for row in rows_of(options.set):
            name = f"{row['corpus']}-{row['document']}"
            text = layer_labels.text_of(options.data, row["corpus"], row["document"])
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            (folder / f"{name}.ann.json").write_text(json.dumps(annotation(text, row)), "utf-8")
            day = published.get(row["document"]) if row["corpus"] == "news" else None
            (folder / f"{name}.meta.json").write_text(json.dumps({"published": day}), "utf-8")
            names.append(name)
        analyse_half(folder, names, out)
        print(score(options.scorer, folder, names, out), end="")


if __name__ == "__main__":
    main()
