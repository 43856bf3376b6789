"""Reads the German news quotation corpus (Petersen-Frey & Biemann 2024), a .jsonl file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beleg.drafts import FoundQuotation
from beleg.layers.quotes import TYPES
from beleg.text import Span


@dataclass(frozen=True)
class Annotated:
    """An article with its annotated quotations; number: what its name begins with."""

    number: str
    text: str
    quotes: tuple[FoundQuotation, ...]


def read_corpus(path: Path) -> Iterator[Annotated]:
    """The articles of the file in order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        offsets = _offsets(data)
        yield Annotated(
            data["documentName"].split(" - ")[0],
            data["originalText"],
            tuple(
                FoundQuotation(
                    type=TYPES[annotation["type"]],
                    medium="speech",
                    spans=_spans(annotation, "quote", offsets),
                    speaker=_spans(annotation, "speaker", offsets),
                    cue=_spans(annotation, "cue", offsets),
                    frame=_spans(annotation, "frame", offsets),
                    addressee=_spans(annotation, "addressee", offsets),
                )
                for annotation in data["annotations"]
            ),
        )


def _offsets(data: dict[str, Any]) -> list[tuple[int, int]]:
    """Characters of every token, as the corpus's own scorer finds them."""
    text, out = data["originalText"], []
    for sentence in data["sentences"]:
        at = sentence["charBegin"]
        for token in sentence["tokens"]:
            begin = text.find(token, at)
            if begin < 0 or begin > at + 50:
                begin = at
            out.append((begin, begin + len(token)))
            at = begin + len(token)
    return out


def _spans(
    annotation: dict[str, Any], part: str, offsets: list[tuple[int, int]]
) -> tuple[Span, ...]:
    node = annotation.get(part)
    ids = sorted(set(node.get("tokenIds", ()))) if isinstance(node, dict) else []
    spans: list[Span] = []
    before = None
    for index in ids:
        begin, end = offsets[index]
        if before == index - 1:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(begin, end))
        before = index
    return tuple(spans)
