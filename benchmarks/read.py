"""How many articles a second one core analyses, everything switched on, and in how much memory.

Articles of about 400 tokens are taken from PATHS; all of them if there is none of that length.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from support import in_new_process, load, parser, peak_megabytes, publish, table

from beleg.rules.segmentation import segmentation_table
from beleg.text.article import Article
from beleg.text.segments import segment

_TOKENS = range(300, 501)
_TARGET = 30  # articles a second


def token_count(article: Article) -> int:
    """Words, numbers and marks."""
    return sum(len(s.tokens) for s in segment(article.text, segmentation_table()))


def measure(articles: list[Article], rounds: int) -> dict[str, float]:
    """Analyse all articles `rounds` times; seconds and megabytes."""
    at_start = peak_megabytes()
    start = time.perf_counter()
    from beleg.analyse import analyse

    analyse(articles[0])
    first = time.perf_counter() - start
    times = [[_seconds(analyse, article) for article in articles] for _ in range(rounds)]
    best = min(times, key=sum)
    return {
        "rate": len(articles) / sum(best),
        "rate_low": len(articles) / max(map(sum, times)),
        "median": statistics.median(best),
        "p95": statistics.quantiles(best, n=20)[-1] if len(best) > 1 else best[0],
        "worst": max(best),
        "first": first,
        "idle_mb": at_start,
        "peak_mb": peak_megabytes(),
    }


def _seconds(analyse, article: Article) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    analyse(article)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    everything = load(options.paths)
    counted = [(token_count(article), article) for article in everything]
    chosen = [pair for pair in counted if pair[0] in _TOKENS] or counted
    articles = [article for _, article in chosen]
    tokens = statistics.median(count for count, _ in chosen)
    undated = [replace(article, published=None, published_given=False) for article in articles]
    columns = [in_new_process(measure, kind, options.rounds) for kind in (articles, undated)]
    total = sum(count for count, _ in chosen)

    def row(name: str, key: str, shown: str = "{:.0f}", factor: float = 1.0) -> list[str]:
        return [name, *(shown.format(got[key] * factor) for got in columns)]

    rows = [
        row("**articles a second**, best round", "rate", "**{:.0f}**"),
        row("articles a second, worst round", "rate_low"),
        row("tokens a second, best round", "rate", "{:,.0f}", total / len(chosen)),
        row("ms an article: median", "median", "{:.1f}", 1e3),
        row("ms an article: 95 % are below", "p95", "{:.1f}", 1e3),
        row("ms an article: worst", "worst", "{:.1f}", 1e3),
        row("first article, which compiles the tables, s", "first", "{:.2f}"),
        row("peak memory, MB", "peak_mb"),
        row("of that before the first article, MB", "idle_mb"),
    ]
    publish(
        "Reading: articles a second",
        [
            f"{len(articles)} articles of {tokens:.0f} tokens (median), whole analysis, one process "
            f"on one core, after the first article; {options.rounds} rounds. "
            f"Target: {_TARGET} articles of 400 tokens a second.",
            table(["", "day of publication given", "not given, to be inferred"], rows),
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
