"""What the layers of judgement add to the whole analysis: processor time with and without them.

Every round analyses each article with these layers and at once again without.
Articles of about 250 tokens are taken from PATHS; all of them if there is none of that length.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any
from unittest.mock import patch

from read import of_usual_length
from support import in_new_process, load, parser, publish, table

from beleg.text.article import Article

LAYERS = (
    "find_status",
    "find_forecasts",
    "find_argument",
    "find_wording",
    "find_checklist",
    "_carrying_alone",  # what the checklist asks of the argument
    "find_hearsay",
)
_MOST_ADDED = 0.3  # of the time without them


def measure(
    articles: list[Article], rounds: int
) -> tuple[list[tuple[float, float]], dict[str, float]]:
    """Seconds of each round with and without, and those inside each layer in all rounds."""
    from beleg import analyse

    inside: Counter[str] = Counter()

    def with_them(article: Article) -> float:
        with replaced(lambda name, layer: timed(name, layer, inside)):
            return seconds(article)

    def without(article: Article) -> float:
        with replaced(lambda *_: nothing):
            return seconds(article)

    def seconds(article: Article) -> float:
        start = time.process_time()
        analyse(article)
        return time.process_time() - start

    analyse(articles[0])
    pairs = []
    for _ in range(rounds):
        each = [(with_them(article), without(article)) for article in articles]
        pairs.append((sum(more for more, _ in each), sum(less for _, less in each)))
    return pairs, dict(inside)


def replaced(by: Callable[[str, Callable[..., Any]], Any]) -> AbstractContextManager[Any]:
    """The analysis with something else in the place of each of the layers."""
    from importlib import import_module

    module = import_module("beleg.analyse")
    return patch.multiple(module, **{name: by(name, getattr(module, name)) for name in LAYERS})


def nothing(*_: object, **__: object) -> tuple[()]:
    """What a layer gives that finds nothing."""
    return ()


def timed(name: str, layer: Callable[..., Any], inside: Counter[str]) -> Callable[..., Any]:
    """The layer, counting its processor time."""

    @wraps(layer)
    def counted(*arguments: Any, **named: Any) -> Any:
        start = time.thread_time()
        try:
            return layer(*arguments, **named)
        finally:
            inside[name] += time.thread_time() - start

    return counted


def row(name: str, values: Sequence[float], shown: str) -> list[str]:
    """A row with the least, the median and the most of the values."""
    return [name, *(shown.format(f(values)) for f in (min, statistics.median, max))]


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    chosen = of_usual_length(load(options.paths))
    articles = [article for _, article in chosen]
    pairs, inside = in_new_process(measure, articles, options.rounds)
    milliseconds = 1e3 / len(articles)
    added = [more / less - 1 for more, less in pairs]
    whole = sum(more for more, _ in pairs)
    met = "met" if statistics.median(added) <= _MOST_ADDED else "NOT met"
    publish(
        "What the layers of judgement add",
        [
            f"{len(articles)} articles of {statistics.median(n for n, _ in chosen):.0f} tokens "
            f"(median), whole analysis one by one on one core, {options.rounds} rounds, "
            "each article with these layers and at once again without; processor time. Target: they add "
            f"{_MOST_ADDED:.0%} at most; {met}.",
            table(
                ["", "least", "median", "most"],
                [
                    row("with, ms an article", [m * milliseconds for m, _ in pairs], "{:.1f}"),
                    row("without, ms an article", [n * milliseconds for _, n in pairs], "{:.1f}"),
                    row("**added**, pair by pair", added, "**{:.1%}**"),
                ],
            ),
            table(
                ["layer", "ms an article", "share of the whole analysis"],
                [
                    [
                        name.removeprefix("find_").strip("_").replace("_", " "),
                        f"{inside[name] / options.rounds * milliseconds:.2f}",
                        f"{inside[name] / whole:.1%}",
                    ]
                    for name in LAYERS
                ]
                + [
                    [
                        "**together**",
                        f"**{sum(inside.values()) / options.rounds * milliseconds:.2f}**",
                        f"**{sum(inside.values()) / whole:.1%}**",
                    ]
                ],
            ),
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
