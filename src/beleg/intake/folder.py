"""The files of a folder that Beleg reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from beleg.errors import InputMissing, InputTooLarge
from beleg.messages import Message

READABLE_SUFFIXES = frozenset(
    (".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xhtml", ".pdf", ".docx")
)
_FEWER = "Give a folder further down, or raise the limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderLimits:
    """max_files: readable files; max_seen: names of any kind; max_depth: folders in folders."""

    max_files: int = 100_000
    max_seen: int = 1_000_000
    max_depth: int = 50


LIMITS = FolderLimits()


def find_files(folder: str | Path, *, limits: FolderLimits = LIMITS) -> Iterator[Path]:
    """The files in a folder and those below it that have a suffix Beleg reads, sorted by name.

    Left out are names that begin with a dot, links (what lies in the folder is found in its own
    place, anything else was not given) and whatever is no regular file.
    Raises InputMissing for a folder that cannot be opened, InputTooLarge beyond a limit.
    """
    seen = files = 0
    waiting: list[tuple[Path, int, bool]] = [(Path(folder), 0, True)]
    while waiting:
        path, depth, is_folder = waiting.pop()
        if not is_folder:
            files += 1
            if files > limits.max_files:
                most = limits.max_files
                what = Message("many_files", f"more than {most} files", most=most)
                raise InputTooLarge(str(folder), what, _FEWER)
            yield path
            continue
        if depth > limits.max_depth:
            most = limits.max_depth
            what = Message("deep", f"deeper than {most} folders", most=most)
            raise InputTooLarge(str(path), what, _FEWER)
        names = []
        for entry in _entries(path):
            seen += 1
            if seen > limits.max_seen:
                most = limits.max_seen
                what = Message("many_names", f"more than {most} names", most=most)
                raise InputTooLarge(str(folder), what, _FEWER)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                names.append((path / entry.name, depth + 1, True))
            elif _is_readable(entry):
                names.append((path / entry.name, depth, False))
        waiting += sorted(names, reverse=True)


def _is_readable(entry: os.DirEntry[str]) -> bool:
    suffix = Path(entry.name).suffix.lower()
    return suffix in READABLE_SUFFIXES and entry.is_file(follow_symlinks=False)


def _entries(path: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            yield from entries
    except FileNotFoundError as error:
        what = Message("no_folder", "there is no such folder")
        raise InputMissing(str(path), what, "Check the name") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputMissing(
            str(path),
            Message("not_opened", f"cannot be opened ({reason})", reason=reason),
            "Check the name and who may read it",
        ) from error
