"""Scores the layers (sources, status, forecasts, argument, wording) on annotated articles.

    python evaluation/layers.py SCORER FOLDER [--half even|odd|all] [--keep DIR]

SCORER is the script that compares analyses with annotations; FOLDER holds NAME.txt,
NAME.meta.json (with the day of publication) and NAME.ann.json. Every article of the half is
analysed as published on its day, the analyses and copies of the half's annotations go to
temporary folders, and the scorer's table is printed. Halves count the articles in the order of
their names from 0: develop on one, report the other.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from beleg import analyse

_HALVES = {"even": (0,), "odd": (1,), "all": (0, 1)}


def names_of(folder: Path, half: str) -> list[str]:
    """The names of the half's articles."""
    names = sorted(path.stem for path in folder.glob("*.txt"))
    return [name for place, name in enumerate(names) if place % 2 in _HALVES[half]]


def published(folder: Path, name: str) -> date | None:
    """The day of publication, None where the article's metadata have none."""
    meta = json.loads((folder / f"{name}.meta.json").read_text(encoding="utf-8"))
    return date.fromisoformat(meta["published"]) if meta.get("published") else None


def analyse_half(folder: Path, names: Sequence[str], out: Path) -> None:
    """One analysis per article, as NAME.json."""
    for name in names:
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        analysis = analyse(text, published=published(folder, name))
        (out / f"{name}.json").write_text(analysis.to_json(), encoding="utf-8")


def score(scorer: Path, folder: Path, names: Sequence[str], out: Path) -> str:
    """The scorer's table for these articles. Raises CalledProcessError if it fails."""
    with tempfile.TemporaryDirectory() as gold:
        for name in names:
            for ending in (".txt", ".ann.json"):
                shutil.copy(folder / (name + ending), gold)
        command = [sys.executable, str(scorer), gold, str(out)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scorer", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=_HALVES, default="all")
    parser.add_argument("--keep", type=Path, help="folder for the analyses, kept afterwards")
    options = parser.parse_args()
    names = names_of(options.folder, options.half)
    with tempfile.TemporaryDirectory() as temporary:
        out = options.keep or Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        analyse_half(options.folder, names, out)
        print(score(options.scorer, options.folder, names, out), end="")


if __name__ == "__main__":
    main()
