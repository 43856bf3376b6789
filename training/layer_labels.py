"""Labels of sources, status, forecasts, argument and wording: places in texts of the corpora.

layer-labels.jsonl holds one JSON object per text and none of its words: `corpus` and `document`
say where the text is; each layer has a list of places (offsets in code points):

    conclusions  [[start, end], …]
    premises     [[start, end, kind, number of its conclusion], …]
    forecasts    [[start, end, kind], …]
    loaded       [[start, end], …]
    sources      [[start, end, class, holder's start, holder's end], …]; holder: null, null if none
    status       [[start, end, label], …]

    python layer_labels.py DATA ANNOTATED NAMES.json >> layer-labels.jsonl

adds texts that were annotated with words: ANNOTATED holds NAME.txt and NAME.ann.json, NAMES.json
says for each NAME its corpus and document. Raises ValueError where a text is not the corpus's.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from corpora import LAYER_LABELS, Example, example, words_at

LABELS = Path(__file__).with_name("layer-labels.jsonl")
UNTOUCHED = Path(__file__).with_name("layer-labels-untouched.jsonl")
_FIRST = " first"
_EVERY, _APART = 7, 3


def read_labels() -> Iterator[dict[str, Any]]:
    """The labelled texts to train on, in the order of the file: six of seven."""
    return (row for number, row in enumerate(all_labels()) if number % _EVERY != _APART)


def kept_apart() -> Iterator[dict[str, Any]]:
    """The labelled texts to score on, in the order of the file: one of seven."""
    return (row for number, row in enumerate(all_labels()) if number % _EVERY == _APART)


def untouched() -> Iterator[dict[str, Any]]:
    """Labelled texts that nothing was trained on and nobody read while writing rules."""
    return _rows(UNTOUCHED)


def all_labels() -> Iterator[dict[str, Any]]:
    """All labelled texts but those."""
    return _rows(LABELS)


def _rows(place: Path) -> Iterator[dict[str, Any]]:
    for line in place.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def text_of(data: Path, corpus: str, document: str) -> str:
    """The text that places refer to. Raises KeyError if the corpus does not have it."""
    if corpus == "commentaries":
        place = data / "commentaries/primary-data" / f"{document}.txt"
        return place.read_text(encoding="utf-8")
    return (news_texts(data) if corpus == "news" else _newspapers(data))[document]


@cache
def news_texts(data: Path) -> dict[str, str]:
    """Number and text of the articles of the quotation corpus, in its order."""
    found = {}
    for line in (data / "quotes-news/train.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        found[article["documentName"].split(" - ")[0]] = article["originalText"]
    return found


@cache
def _newspapers(data: Path) -> dict[str, str]:
    """Name and text of the newspaper articles of KRAUTS."""
    found = {}
    for place in sorted((data / "times-news/gold").glob("KRAUTS_*/*.tml")):
        body = re.search(r"<TEXT>(.*)</TEXT>", place.read_text(encoding="utf-8"), re.DOTALL)
        if body is not None:
            found[place.stem] = unescape(re.sub(r"<[^>]+>", "", body[1])).strip()
    return found


def newspaper_reports(data: Path) -> list[str]:
    """Those that are no commentaries: of a regional daily."""
    return [text for name, text in _newspapers(data).items() if name.endswith("_text.txt")]


def read_layers(data: Path) -> Iterator[Example]:
    """The labelled texts to train on as examples."""
    for row in read_labels():
        found = example(
            f"{row['corpus']}-{row['document']}",
            text_of(data, row["corpus"], row["document"]),
            "layers",
        )
        found.extra = label_words(found, row)
        yield found


def label_words(found: Example, row: Mapping[str, Any]) -> list[frozenset[int]]:
    """For each word its labels (indices into LAYER_LABELS)."""
    labels: list[set[int]] = [set() for _ in found.words]

    def put(name: str, start: int, end: int, *, first: bool = True) -> None:
        words = sorted(words_at(found.words, [(start, end)]))
        for word in words:
            labels[word].add(LAYER_LABELS.index(name))
        if first and words:
            labels[words[0]].add(LAYER_LABELS.index(name + _FIRST))

    for layer, name in _LAYERS.items():
        for start, end, *rest in row[layer]:
            put(name, start, end)
            if layer in ("forecasts", "sources"):
                put(rest[0], start, end, first=False)
                if layer == "sources" and rest[1] is not None:
                    put(rest[0], rest[1], rest[2], first=False)
    return [frozenset(own) for own in labels]


_LAYERS = {
    "conclusions": "conclusion",
    "premises": "premise",
    "forecasts": "forecast",
    "loaded": "loaded",
    "sources": "statement",
}


def places(text: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The places of an annotation that names substrings; "n" counts their occurrences from 0."""

    def at(words: str, number: int = 0) -> list[int]:
        start = -1
        for _ in range(number + 1):
            start = text.index(words, start + 1)
        return [start, start + len(words)]

    argument = known["argument"]
    drawn = [one["text"] for one in argument["conclusions"]]

    def number_of(conclusion: str | int) -> int:
        return conclusion if isinstance(conclusion, int) else drawn.index(conclusion)

    return {
        "conclusions": [at(one["text"], one.get("n", 0)) for one in argument["conclusions"]],
        "premises": [
            [*at(one["text"], one.get("n", 0)), one["kind"], number_of(one["for"])]
            for one in argument["premises"]
        ],
        "forecasts": [
            [*at(one["text"], one.get("n", 0)), one["kind"]] for one in known["forecasts"]
        ],
        "loaded": [at(words) for words in known["loaded"]],
        "sources": [
            [*place, one["sourcing"], *_nearest(text, one.get("holder"), place[0])]
            for one in known["sources"]
            for place in [at(one["statement"], one.get("n", 0))]
        ],
        "status": [[*at(one["cue"], one.get("n", 0)), one["label"]] for one in known["status"]],
    }


def _nearest(text: str, holder: str | None, place: int) -> tuple[int | None, int | None]:
    """Where the holder's words stand nearest to the statement."""
    starts = [m.start() for m in re.finditer(re.escape(holder), text)] if holder else []
    if not holder or not starts:
        return None, None
    start = min(starts, key=lambda start: abs(start - place))
    return start, start + len(holder)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("names", type=Path)
    options = parser.parse_args()
    names = json.loads(options.names.read_text(encoding="utf-8"))
    for place in sorted(options.annotated.glob("*.ann.json")):
        name = place.name.removesuffix(".ann.json")
        if name not in names:
            continue
        text = (options.annotated / f"{name}.txt").read_text(encoding="utf-8")
        corpus, document = names[name]
        if text != text_of(options.data, corpus, document):
            raise ValueError(f"{name}.txt is not text {document} of {corpus}")
        found = places(text, json.loads(place.read_text(encoding="utf-8")))
        row = {"corpus": corpus, "document": document, **found}
        print(json.dumps(row, separators=(",", ":")))


if __name__ == "__main__":
    main()
