"""Measures the dating of articles: from the text alone, or held against the true day.

    python evaluation/dating.py FILE.jsonl             windows from the text alone
    python evaluation/dating.py FILE.jsonl --folds 5   the same, distances counted on the other folds
    python evaluation/dating.py FILE.jsonl --given     conflicts where the true day is given
    python evaluation/dating.py FILE.jsonl --shift 365 the same with a day that many days off
    python evaluation/dating.py FILE.jsonl --counts    the counts for rules/de/dating.toml

The file holds one article a line: `originalText` and `documentName`, which ends with the true
day in brackets. Lines without a plausible day are left out. A Markdown table goes to stdout.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from beleg.layers.dating import clues_of, find_dating, news_of
from beleg.layers.dating.anchors import anchors
from beleg.layers.dating.mentions import mentions
from beleg.layers.dating.near import yearless
from beleg.layers.dating.passages import Passages
from beleg.layers.times import find_times
from beleg.records import Dating, TimeExpression
from beleg.rules.dating_rules import DatingRules, count_distance, load_dating_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text import segment
from beleg.text.article import Article, Span

_DAY = re.compile(r"\((\d{4}-\d\d-\d\d)\)\s*$")
_LENGTHS = (31, 366, 1827)
_SEED = 1
# Kinds of evidence from strong to weak; an article counts under the strongest it has.
_GROUPS = (
    ("day or year said outright (gestern, am …)", ("deictic",)),
    (
        "reckoned (vor … Jahren, Jahrestag, Alter)",
        ("reckoned", "anniversary", "years-after", "age", "edition"),
    ),
    ("day told, with its weekday", ("distance.day-weekday",)),
    ("day told", ("distance.day",)),
    ("month told", ("distance.month",)),
    ("year told", ("distance.year",)),
    ("only planned or loose dates", ("distance.",)),
    ("only office holders", ("office", "existed")),
    ("only names of things", ("event", "exists")),
)


class Read(NamedTuple):
    """One article, read without its day."""

    name: str
    day: date
    article: Article
    sentences: list[Span]
    times: tuple[TimeExpression, ...]


def articles(path: Path) -> Iterator[tuple[str, date, str]]:
    """(name, true day, text) of every line with a plausible day."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            found = _DAY.search(entry["documentName"])
            if found and found[1] >= "1900":
                yield entry["documentName"], date.fromisoformat(found[1]), entry["originalText"]


def read(path: Path) -> list[Read]:
    """Every article with its sentences and times, the day unknown."""
    found = []
    for name, day, text in articles(path):
        article = Article(text=text)
        sentences = [each.span for each in segment(text, segmentation_table())]
        times = find_times(article, sentences, rules=load_time_rules(), published=None)
        found.append(Read(name, day, article, sentences, times))
    return found


def distances(items: Iterable[Read], rules: DatingRules) -> dict[str, list[int]]:
    """Days between the telling dates and the day of writing, by kind."""
    found: dict[str, list[int]] = defaultdict(list)
    for item in items:
        passages = Passages(item.article, item.sentences, rules)
        named = mentions(passages, item.times)
        for kind, mention in anchors(news_of(passages, named, item.times)):
            found[kind].append((item.day - mention.first).days)
        without = {
            (each.month, each.day, each.kind): each for each in yearless(passages, item.times)
        }
        for each in without.values():
            days = [each.in_year(year) for year in range(item.day.year - 1, item.day.year + 2)]
            gaps = [(item.day - day).days for day in days if day is not None]
            if gaps:
                found[each.kind].append(min(gaps, key=abs) + (each.offset or 0))
    return found


def counts(found: Mapping[str, Sequence[int]], rules: DatingRules) -> dict[str, list[int]]:
    """How many distances fall into each bin of the kind's row."""
    return {
        kind: [
            sum(low <= gap < high for gap in found.get(kind, ()))
            for low, high in zip(row.edges, row.edges[1:], strict=False)
        ]
        for kind, row in rules.distances.items()
    }


def counted_on(items: Iterable[Read], rules: DatingRules) -> DatingRules:
    """The rules with the distances of these articles in place of the table's."""
    counted = counts(distances(items, rules), rules)
    return dataclasses.replace(
        rules,
        distances={
            kind: count_distance(row.edges, counted[kind]) for kind, row in rules.distances.items()
        },
    )


def dated(items: Sequence[Read], rules: DatingRules, folds: int) -> Iterator[tuple[Read, Dating]]:
    """Every article with its dating; with folds, by distances counted on the others."""
    if not folds:
        for item in items:
            yield item, find_dating(item.article, item.sentences, item.times, rules=rules)
        return
    order = list(range(len(items)))
    random.Random(_SEED).shuffle(order)
    for fold in range(folds):
        held_out = set(order[fold::folds])
        own = counted_on((item for i, item in enumerate(items) if i not in held_out), rules)
        for index in sorted(held_out):
            item = items[index]
            yield item, find_dating(item.article, item.sentences, item.times, rules=own)


def group_of(item: Read, rules: DatingRules) -> str:
    """The strongest kind of evidence the article has."""
    passages = Passages(item.article, item.sentences, rules)
    clues = clues_of(passages, mentions(passages, item.times), item.times)
    kinds = {clue.kind.removeprefix("de.dating.") for clue in clues}
    for group, starts in _GROUPS:
        if any(kind.startswith(starts) for kind in kinds):
            return group
    return "none"


class Row:
    """Windows counted."""

    def __init__(self) -> None:
        self.articles = 0
        self.inside = 0
        self.widths: list[int] = []

    def add(self, day: date, dating: Dating) -> None:
        """Count one article."""
        first, last = dating.earliest, dating.latest
        self.articles += 1
        self.inside += (first is None or first <= day) and (last is None or day <= last)
        if first is not None and last is not None:
            self.widths.append((last - first).days + 1)

    def __str__(self) -> str:
        short = " | ".join(
            f"{100 * sum(width <= length for width in self.widths) / self.articles:.1f} %"
            for length in _LENGTHS
        )
        middle = f"{median(self.widths):.0f} d" if self.widths else "–"
        share = 100 * self.inside / self.articles
        return f"{self.articles} | {share:.1f} % | {short} | {len(self.widths)} | {middle}"


def print_windows(items: Sequence[Read], folds: int) -> None:
    """The table of windows, in all and by kind of evidence."""
    rules = load_dating_rules()
    rows: dict[str, Row] = {"all": Row()} | {group: Row() for group, _ in _GROUPS} | {"none": Row()}
    for item, dating in dated(items, rules, folds):
        rows["all"].add(item.day, dating)
        rows[group_of(item, rules)].add(item.day, dating)
    print(
        "| evidence | articles | true day inside | ≤ 31 d | ≤ 1 y | ≤ 5 y | closed windows | median |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for group, row in rows.items():
        if row.articles:
            print(f"| {group} | {row} |")


def print_conflicts(path: Path, shift: int) -> None:
    """How many articles conflict with their day; the conflicts themselves on stderr."""
    rules, conflicting, total = load_dating_rules(), 0, 0
    for name, day, text in articles(path):
        article = Article(text=text, published=day + timedelta(days=shift), published_given=True)
        sentences = [each.span for each in segment(text, segmentation_table())]
        times = find_times(article, sentences, rules=load_time_rules(), published=article.published)
        conflicts = find_dating(article, sentences, times, rules=rules).conflicts
        total += 1
        conflicting += bool(conflicts)
        for conflict in conflicts:
            words = article.quote(conflict.spans[0])
            print(f"{name}: {conflict.because} [{words}]", file=sys.stderr)
    print("| day given | articles | with conflicts |\n|---|---|---|")
    share = 100 * conflicting / total
    print(f"| true day {shift:+} d | {total} | {conflicting} ({share:.1f} %) |")


def main(arguments: Sequence[str]) -> int:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--given", action="store_true")
    parser.add_argument("--shift", type=int)
    parser.add_argument("--counts", action="store_true")
    options = parser.parse_args(arguments)
    if options.counts:
        rules = load_dating_rules()
        found = distances(read(options.path), rules)
        for kind, row in counts(found, rules).items():
            print(f"{kind}: counts = {row}  # {len(found.get(kind, ()))} dates")
    elif options.given or options.shift is not None:
        print_conflicts(options.path, options.shift or 0)
    else:
        print_windows(read(options.path), options.folds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
