"""How long the command takes to start, beside Python itself. Takes no articles."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from support import publish, table

_SENTENCE = "Der Rat von Altenrode hat dem Haushalt am Dienstag zugestimmt.\n"
_TARGET = 0.5  # seconds beyond Python's own start


def seconds(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor time of one run. Raises CalledProcessError if it fails."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    wall, after = time.perf_counter() - start, os.times()
    return wall, (
        after.children_user - before.children_user + after.children_system - before.children_system
    )


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=10)
    arguments.add_argument("-o", "--output", type=Path)
    options = arguments.parse_args()
    beleg = str(Path(sys.executable).with_name("beleg"))
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(_SENTENCE, encoding="utf-8")
        read = [beleg, "read", str(article), "--published", "2024-03-07"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import beleg'": [sys.executable, "-c", "import beleg"],
            "beleg --help": [beleg, "--help"],
            "beleg read, one line": read,
            "beleg read --format json, one line": [*read, "--format", "json"],
            "beleg read --format html, one line": [*read, "--format", "html"],
        }
        # As in an installation: Python keeps what it has compiled, here beside nobody's files.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands.values():
            seconds(command, environment)
        # In turn, so that a busy moment of the machine hits all of them.
        rounds = [
            {name: seconds(command, environment) for name, command in commands.items()}
            for _ in range(options.runs)
        ]
    python = statistics.median(got["python -c pass"][0] for got in rounds)
    rows = []
    for name in commands:
        walls = [got[name][0] for got in rounds]
        median, work = statistics.median(walls), statistics.median(got[name][1] for got in rounds)
        figures = (median, min(walls), max(walls), median - python, work)
        rows.append([f"`{name}`", *(f"{figure:.2f}" for figure in figures)])
    publish(
        "Start of the command",
        [
            f"Whole processes, {options.runs} runs each after one that is not counted. "
            f"Target: less than {_TARGET} s beyond Python's own start.",
            table(["", "median s", "min s", "max s", "beyond Python s", "processor s"], rows),
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
