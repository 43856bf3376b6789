"""Where the reports of `beleg read` are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from beleg.cli.rendering import BINARY, ENDINGS, ONE_A_FILE, Kind


def refuse_misuse(paths: Sequence[str], kind: Kind, output: str | None, folder: bool) -> None:
    """Raises UsageError for combinations that cannot be meant."""
    if paths.count("-") > 1:
        raise click.UsageError("standard input ('-') can be read only once.")
    if output is None:
        if kind in BINARY:
            place = "FOLDER" if kind == "parquet" else "FILE or -o FOLDER"
            raise click.UsageError(f"--format {kind} cannot be printed: give -o {place}.")
        if kind in ONE_A_FILE and len(paths) > 1:
            raise click.UsageError(f"several {kind} documents need a place: give -o FOLDER.")
        return
    if folder and Path(output).exists() and not Path(output).is_dir():
        which = "with --format parquet" if kind == "parquet" else "with several inputs"
        raise click.UsageError(f"{which}, -o names a folder, but {output} is a file.")
    if kind == "parquet" and any(
        path.suffix == ".parquet" and path.parent == Path(output).resolve()
        for path in _resolved(paths)
    ):
        raise click.UsageError(f"-o {output} would overwrite the input; choose another folder.")
    if not folder and Path(output).resolve() in _resolved(paths):
        raise click.UsageError(f"-o {output} would overwrite the input; choose another name.")


def _resolved(paths: Sequence[str]) -> set[Path]:
    return {Path(path).resolve() for path in paths if path != "-"}


def in_folder(paths: Sequence[str], folder: Path, kind: Kind) -> list[tuple[Path, ...]]:
    """The files in `folder` for each input: its name with the format's ending.

    Names are settled before anything is read, so a failed input does not shift the others.
    Inputs of the same name get -2, -3, …; an input of this run is never a target.
    """
    inputs = _resolved(paths)
    taken: set[str] = set()
    targets: list[tuple[Path, ...]] = []
    for path in paths:
        stem = "stdin" if path == "-" else Path(path).stem or "article"
        number = 1
        while True:
            name = stem if number == 1 else f"{stem}-{number}"
            files = tuple(folder / f"{name}{ending}" for ending in ENDINGS[kind])
            # Some file systems do not tell upper from lower case.
            if name.casefold() not in taken and not any(f.resolve() in inputs for f in files):
                break
            number += 1
        taken.add(name.casefold())
        targets.append(files)
    return targets
