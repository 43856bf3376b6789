"""Whether time and memory grow in proportion to the text: 5 kB to 5 MB, doubling.

The text is PATHS (else the examples) over and over: the paragraphs of each round in a new
order, with other numbers, so that nothing can be remembered from the round before.
"""

from __future__ import annotations

import math
import random
import re
import statistics
import time
from collections.abc import Sequence
from datetime import date

from support import in_new_process, load, parser, peak_megabytes, publish, table

_SMALLEST, _DOUBLINGS = 5_000, 10
_MOST_RUNS, _ENOUGH_SECONDS = 5, 2.0
_HIGHEST_POWER = 1.15  # of the length


def varied(texts: list[str], length: int) -> str:
    """`length` code points of the paragraphs of the texts, shuffled, with other numbers."""
    rng = random.Random(length)
    paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]
    parts: list[str] = []
    size = 0
    while size < length:
        rng.shuffle(paragraphs)
        for paragraph in paragraphs:
            parts.append(re.sub(r"\d+", lambda found: _other(found[0], rng), paragraph))
            size += len(parts[-1]) + 2
    return "\n\n".join(parts)[:length]


def _other(digits: str, rng: random.Random) -> str:
    if len(digits) == 4:
        return str(rng.randint(1950, 2029))
    if len(digits) <= 2:
        return str(rng.randint(1, 28))
    return str(rng.randrange(10 ** len(digits)))


def measure(text: str) -> tuple[float, float, float, int]:
    """Seconds of processor time (the best of a few runs if short), MB before and after, times."""
    from beleg.analyse import analyse
    from beleg.text.article import Article

    analyse(Article(text=text[:2_000], published=date(2024, 6, 5)))
    before = peak_megabytes()
    runs: list[float] = []
    found = 0
    while len(runs) < _MOST_RUNS and sum(runs) < _ENOUGH_SECONDS:
        start = time.process_time()
        found = len(analyse(Article(text=text, published=date(2024, 6, 5))).times)
        runs.append(time.process_time() - start)
    return min(runs), before, peak_megabytes(), found


def logarithms(numbers: Sequence[float]) -> list[float]:
    """Of each of the numbers."""
    return [math.log(number) for number in numbers]


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--doublings", type=int, default=_DOUBLINGS)
    options = arguments.parse_args()
    texts = [article.text for article in load(options.paths)]
    rows: list[list[str]] = []
    points: list[tuple[int, float]] = []
    for doubling in range(options.doublings + 1):
        text = varied(texts, _SMALLEST * 2**doubling)
        seconds, before, peak, found = in_new_process(measure, text)
        ratio = f"{seconds / points[-1][1]:.2f}" if points else ""
        points.append((len(text), seconds))
        rows.append([
            f"{len(text) / 1e3:,.0f}", f"{seconds:.2f}", f"{len(text) / 1e3 / seconds:,.0f}",
            ratio, f"{peak:.0f}", f"{peak - before:.0f}", f"{found:,}",
        ])  # fmt: skip
    # A quadratic part would show among the large ones.
    lengths, times = zip(*points[len(points) // 2 :], strict=True)
    power = statistics.linear_regression(logarithms(lengths), logarithms(times)).slope
    publish(
        "Growth with the length of the text",
        [
            "Whole analysis, each size in a process of its own on one core, tables loaded. "
            f"Among the larger half of them, time grows by the power {power:.2f} of the length: "
            f"{'linear' if power < _HIGHEST_POWER else 'NOT linear'} (the bound is {_HIGHEST_POWER}; "
            "a single ratio is as noisy as the machine).",
            table(
                [
                    "kB (10³ code points)",
                    "s",
                    "kB a second",
                    "ratio",
                    "peak MB",
                    "MB for the text",
                    "times",
                ],
                rows,
            ),
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
