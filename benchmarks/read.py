"""How many articles a second all cores analyse, everything switched on, and in how much memory.

Articles of about 250 tokens are taken from PATHS; all of them if there is none of that length.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from support import cores, in_new_process, load, parser, peak_megabytes, publish, table

from beleg.rules.segmentation import segmentation_table
from beleg.text.article import Article
from beleg.text.segments import segment

_TOKENS = range(200, 301)
_TARGET = 15  # articles a second on two cores
_MOST_MEMORY = 600  # MB


def token_count(article: Article) -> int:
    """Words, numbers and marks."""
    return sum(len(s.tokens) for s in segment(article.text, segmentation_table()))


def of_usual_length(articles: list[Article]) -> list[tuple[int, Article]]:
    """Those of about 250 tokens, else all; each behind its number of tokens."""
    counted = [(token_count(article), article) for article in articles]
    return [pair for pair in counted if pair[0] in _TOKENS] or counted


def measure(articles: list[Article], rounds: int) -> dict[str, float]:
    """Analyse all articles `rounds` times together, once one by one; seconds and megabytes."""
    at_start = peak_megabytes()
    start = time.perf_counter()
    from beleg.analyse import analyse, analyse_many

    analyse(articles[0])
    first = time.perf_counter() - start
    together = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in analyse_many(articles):
            pass
        together.append(time.perf_counter() - start)
    alone = []
    for article in articles:
        start = time.perf_counter()
        analyse(article)
        alone.append(time.perf_counter() - start)
    return {
        "rate": len(articles) / min(together),
        "rate_median": len(articles) / statistics.median(together),
        "rate_low": len(articles) / max(together),
        "median": statistics.median(alone),
        "p95": statistics.quantiles(alone, n=20)[-1] if len(alone) > 1 else alone[0],
        "worst": max(alone),
        "first": first,
        "idle_mb": at_start,
        "peak_mb": peak_megabytes(),
    }


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    chosen = of_usual_length(load(options.paths))
    articles = [article for _, article in chosen]
    tokens = statistics.median(count for count, _ in chosen)
    undated = [replace(article, published=None, published_given=False) for article in articles]
    runs = [(articles, False), (undated, False), (articles, True)]
    columns = [in_new_process(measure, a, options.rounds, one_core=one) for a, one in runs]
    total = sum(count for count, _ in chosen)

    def row(name: str, key: str, shown: str = "{:.1f}", factor: float = 1.0) -> list[str]:
        return [name, *(shown.format(got[key] * factor) for got in columns)]

    rows = [
        row("**articles a second together**, best round", "rate", "**{:.1f}**"),
        row("median round", "rate_median"),
        row("worst round", "rate_low"),
        row("tokens a second, best round", "rate", "{:,.0f}", total / len(chosen)),
        row("one by one, ms an article: median", "median", "{:.0f}", 1e3),
        row("95 % are below", "p95", "{:.0f}", 1e3),
        row("worst", "worst", "{:.0f}", 1e3),
        row("first article, which loads encoder and tables, s", "first", "{:.2f}"),
        row("peak memory, MB", "peak_mb", "{:.0f}"),
        row("of that before the first article, MB", "idle_mb", "{:.0f}"),
    ]
    publish(
        "Reading: articles a second",
        [
            f"{len(articles)} articles of {tokens:.0f} tokens (median), whole analysis, one process, "
            f"after the first article; {options.rounds} rounds. Target: {_TARGET} articles of 250 "
            f"tokens a second on two cores, in {_MOST_MEMORY} MB.",
            table(
                ["", f"{cores()} cores, day of publication given", "not given", "1 core, given"],
                rows,
            ),
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
