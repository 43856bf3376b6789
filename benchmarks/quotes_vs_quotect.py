"""Quotations beside quotect, on the same articles, on all cores of the same machine.

quotect (PyPI, Petersen-Frey & Biemann 2024) writes the quotations of an article out with mT5-base,
token by token. Its weights lie on a hub and are not needed for its speed: the same network with
random weights reads as many tokens and writes as many as its output format needs, which are the
words of all parts of the quotations and two signs around each. Spacy's transformer, with which it
cuts sentences, is left out, in its favour. It needs an environment of its own:

    python -m venv .venv-quotect
    .venv-quotect/bin/pip install torch transformers

    python benchmarks/quotes_vs_quotect.py ARTICLES --peer .venv-quotect/bin/python
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from pathlib import Path

from support import ROOT, cores, load, parser, publish, table

from beleg import Analysis, analyse_many
from beleg.text.article import Article

_TOKENS = range(200, 301)
_PIECES = (
    1.4  # of mT5's vocabulary for a German word or mark: an estimate, its tokenizer is not here
)


def words(text: str) -> int:
    """Words and marks, roughly as any tokenizer cuts them."""
    return len(text.split()) + sum(text.count(mark) for mark in ".,:;„“”»«()")


def tokens_out(analysis: Analysis) -> int:
    """What quotect's output would hold: the words of all parts, and two signs for each."""
    total = 0
    for quote in analysis.quotes:
        speaker = quote.speaker.spans if quote.speaker else ()
        for spans in (quote.spans, quote.cue, quote.frame, quote.addressee, speaker):
            total += sum(2 + round(_PIECES * words(analysis.document.text[s.start : s.end])) for s in spans)  # fmt: skip
    return total + 1


def beleg_round(articles: list[Article]) -> tuple[float, list[Analysis]]:
    """Seconds for the whole analysis of all articles."""
    start = time.perf_counter()
    analyses = list(analyse_many(articles))
    return time.perf_counter() - start, analyses


def main() -> None:
    """Measures in turns and prints."""
    arguments = parser(__doc__)
    arguments.add_argument("--peer", type=Path, required=True, help="a Python with transformers")
    arguments.add_argument("--articles", type=int, default=6, help="for the peer, at most")
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    everything = load(options.paths)
    articles = [a for a in everything if words(a.text) in _TOKENS] or everything
    beleg_round(articles[:2])  # loads and compiles
    _, analyses = beleg_round(articles)
    chosen = [a for a in analyses if a.quotes][: options.articles]
    lengths = [[round(_PIECES * words(a.document.text)), tokens_out(a)] for a in chosen]
    ours: list[float] = []
    theirs: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        seconds, _ = beleg_round(articles)
        ours.append(len(articles) / seconds)
        done = subprocess.run(
            [options.peer, ROOT / "benchmarks/quotect_rounds.py", str(cores())],
            input=json.dumps(lengths), capture_output=True, text=True, check=True,
        )  # fmt: skip
        rounds: dict[str, list[float]] = {}
        for line in done.stdout.splitlines():
            precision, _, _, took = json.loads(line)
            rounds.setdefault(precision, []).append(took)
        for precision, took in rounds.items():
            theirs.setdefault(precision, []).append(len(took) / sum(took))
    best = max(statistics.median(rates) for rates in theirs.values())
    rows = [
        ["Beleg, whole analysis", f"{statistics.median(ours):.1f}", f"{min(ours):.1f}–{max(ours):.1f}"],
        *(
            [f"quotect's network, {name.removeprefix('torch.')}", f"{statistics.median(r):.3f}", f"{min(r):.3f}–{max(r):.3f}"]
            for name, r in theirs.items()
        ),
    ]  # fmt: skip
    publish(
        "Quotations beside quotect: articles a second",
        [
            f"Beleg: {len(articles)} articles of {_TOKENS.start} to {_TOKENS.stop - 1} words and marks, everything switched on. "
            f"quotect's network (mT5-base, random weights): {len(lengths)} of them, "
            f"{statistics.mean(n for n, _ in lengths):.0f} tokens read and "
            f"{statistics.mean(n for _, n in lengths):.0f} written on average. "
            f"{cores()} cores each, {options.rounds} rounds in turns; median, lowest to highest.",
            table(["", "articles a second", "range"], rows),
            f"Beleg is {statistics.median(ours) / best:.0f} times as fast.",
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
