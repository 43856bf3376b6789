"""What the benchmarks share: articles, the machine, memory, tables."""

from __future__ import annotations

import argparse
import html
import json
import multiprocessing
import os
import platform
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from beleg.intake import read_article
from beleg.text.article import Article

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
_SUFFIXES = (".txt", ".html", ".tml", ".jsonl")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Result = TypeVar("Result")


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser for paths of articles and the file of the results."""
    arguments = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[EXAMPLES],
        help="articles: .txt, .html, .tml (TimeML), .jsonl (originalText, documentName), or "
        "folders of them; without any, the project's examples",
    )
    arguments.add_argument("-o", "--output", type=Path, help="write the result there, too")
    return arguments


def load(paths: Iterable[Path]) -> list[Article]:
    """The articles in files and folders, in the order of their names."""
    return [article for path in paths for file in _files(path) for article in _read(file)]


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise SystemExit(f"{path}: there is no such file or folder")
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES)


def _read(file: Path) -> Iterator[Article]:
    if file.suffix == ".tml":
        yield _timeml(file)
    elif file.suffix == ".jsonl":
        for line in file.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            day = _DAY.search(entry.get("published") or entry["documentName"])
            yield _article(entry["originalText"], day[0] if day else None, file.name)
    else:
        yield read_article(file)


def _timeml(file: Path) -> Article:
    source = file.read_text(encoding="utf-8")
    text = source[source.index("<TEXT>") + len("<TEXT>") : source.index("</TEXT>")]
    day = re.search(r"<DCT>.*?value=\"(\d{4}-\d{2}-\d{2})", source, re.DOTALL)
    plain = html.unescape(re.sub(r"<[^>]*>", "", text)).strip()
    return _article(plain, day[1] if day else None, file.name)


def _article(text: str, day: str | None, source: str) -> Article:
    published = date.fromisoformat(day) if day else None
    return Article(text=text, published=published, published_given=day is not None, source=source)


def in_new_process(
    function: Callable[..., Result], *arguments: Any, one_core: bool = True
) -> Result:
    """Run `function` in a fresh interpreter, so that memory counts for it alone."""
    initializer = _use_one_core if one_core else None
    with multiprocessing.get_context("spawn").Pool(1, initializer=initializer) as pool:
        return pool.apply(function, arguments)


def _use_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def peak_megabytes() -> float:
    """The most memory this process has held, in MB (10^6 bytes)."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would count what the parent held before this program was started.
        kibibytes = int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1])  # type: ignore[index]
        return kibibytes * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def publish(title: str, parts: Sequence[str], output: Path | None) -> None:
    """Print the result with the machine and the commit it holds for; write it to `output`."""
    text = "\n\n".join([f"# {title}", *parts, _machine()]) + "\n"
    print(text)
    if output is not None:
        output.write_text(text, encoding="utf-8")


def cores() -> int:
    """Processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _machine() -> str:
    return (
        f"Machine: {cores()} cores, {_processor()}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load average at the end {_load()}. Commit: {_commit()}."
    )


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE)
        speed = re.search(r"^cpu MHz\s*:\s*(\d+)", info.read_text(), re.MULTILINE)
        if named:
            return named[1] + (f" at {speed[1]} MHz" if speed else "")
    return platform.processor() or "processor unknown"


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip()

    commit = git("rev-parse", "--short=12", "HEAD")
    if not commit:
        return "unknown"
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src")
    return commit + (" with uncommitted changes in src" if changed else "")
