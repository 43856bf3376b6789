"""Checks the parents of quotations in articles with quotations inside quotations.

    python evaluation/chains.py FILE.jsonl [--articles 20]

FILE is one of the news quotation corpus; of it the first articles are taken in which an annotated
quotation stands in another. A quotation found is one that shares enough words with an annotated
one; its parent is right if it is the one found for the annotated parent, or if neither has one.
Prints a line for each article, named by its number, and the shares; no text is printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from news_corpus import Annotated, read_corpus

from beleg import analyse
from beleg.drafts import Spans

_FOUND = 0.5  # F1 of characters from which a quotation counts as found


def characters(spans: Spans) -> frozenset[int]:
    """The places the spans cover."""
    return frozenset(at for start, end in spans for at in range(start, end))


def annotated_parents(quotes: Sequence[frozenset[int]]) -> list[int | None]:
    """For each quotation the smallest one that holds all of it and more."""
    return [
        min(
            (j for j, other in enumerate(quotes) if own < other),
            key=lambda j: len(quotes[j]),
            default=None,
        )
        for own in quotes
    ]


def matched(gold: Sequence[frozenset[int]], own: Sequence[frozenset[int]]) -> dict[int, int]:
    """Quotations found to annotated ones, one to one, the most alike first."""
    alike = sorted(
        (
            (-2 * len(g & o) / (len(g) + len(o)), i, j)
            for i, g in enumerate(gold)
            for j, o in enumerate(own)
            if g & o
        )
    )
    pairs: dict[int, int] = {}
    for f1, i, j in alike:
        if -f1 >= _FOUND and j not in pairs and i not in pairs.values():
            pairs[j] = i
    return pairs


def nested_articles(path: Path, most: int) -> Iterator[Annotated]:
    """The first articles of the file that have a quotation in another."""
    for article in read_corpus(path):
        quotes = [characters(q.spans) for q in article.quotes]
        if any(parent is not None for parent in annotated_parents(quotes)):
            yield article
            most -= 1
        if not most:
            return


def check(article: Annotated) -> tuple[int, int, int, int, int, int]:
    """(annotated, found, parent right, of them nested: annotated, found, parent right)."""
    gold = [characters(q.spans) for q in article.quotes]
    quotes = analyse(article.text).quotes
    pairs = matched(gold, [characters(q.spans) for q in quotes])
    parents = annotated_parents(gold)
    place = {q.id: n for n, q in enumerate(quotes)}
    right = nested = nested_right = 0
    for j, i in pairs.items():
        parent = quotes[j].parent
        is_right = (pairs.get(place[parent], -1) if parent else None) == parents[i]
        right += is_right
        if parents[i] is not None:
            nested += 1
            nested_right += is_right
    inner = sum(parent is not None for parent in parents)
    return len(gold), len(pairs), right, inner, nested, nested_right


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=20, help="at most; 0: all")
    options = parser.parse_args()
    total = [0] * 6
    print("| article | annotated | found | parent right | nested | found | parent right |")
    print("|---|---|---|---|---|---|---|")
    for article in nested_articles(options.file, options.articles):
        counts = check(article)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print("|", " | ".join(map(str, (article.number, *counts))), "|")
    print("|", " | ".join(map(str, ("all", *total))), "|")
    found, nested = max(total[1], 1), max(total[4], 1)
    print(
        f"\nRight parent: {total[2] / found:.1%} of the found, {total[5] / nested:.1%} of the nested"
    )


if __name__ == "__main__":
    main()
