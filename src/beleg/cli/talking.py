"""Data to standard output and into files, talk to standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from beleg.errors import BelegError, IntakeError

_PATIENCE_SECONDS = 2.0


def put(text: str) -> None:
    """Data to standard output: UTF-8, but on a terminal what it can show."""
    stream = sys.stdout.buffer
    encoding = (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
    stream.write(text.encode(encoding, errors="replace"))
    stream.flush()


def write_files(files: Sequence[Path], texts: Sequence[str | bytes]) -> None:
    """One text into each file; bytes as they are."""
    for file, text in zip(files, texts, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode("utf-8") if isinstance(text, str) else text
        if file.exists() and not file.is_file():
            file.write_bytes(data)  # a device or a pipe is written to, not replaced
            continue
        # Whole or not at all: a run that is stopped leaves no half report.
        partial = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            partial.write_bytes(data)
            partial.replace(file.resolve())
        finally:
            partial.unlink(missing_ok=True)


def talk(message: str) -> None:
    click.echo(f"beleg: {message}", err=True)


def complain(where: str, error: Exception, *, ui: str) -> None:
    """Says on standard error what went wrong with an input or an output.

    ui: the language of the reports, which the reason for an input is said in too.
    """
    if isinstance(error, IntakeError):
        from beleg.report.failures import reason

        talk(f"{error.where}: {reason(error, ui)}")
        return
    if isinstance(error, BelegError | OSError):
        talk(str(error) if isinstance(error, BelegError) else f"{where}: {error}")
        return
    # A fault of ours in one article must not cost the reader all the others.
    import traceback

    click.echo("".join(traceback.format_exception(error)), err=True)
    talk(f"{where}: this is a fault in Beleg ({type(error).__name__}); please report it")


def talk_of_more(more: bool, limit: int) -> None:
    """Says that a list was cut, so that nobody takes it for all there is."""
    if more:
        talk(f"only the first {limit} are shown; more with --limit")


class Progress:
    """A bar on standard error: on a terminal only, and only once the work takes long.

    total: None where nobody knows; then there is only the count.
    """

    def __init__(
        self, total: int | None, *, shown: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = total
        self._done = 0
        self._shown = shown and sys.stderr.isatty()
        self._clock = clock
        self._start = clock()
        self._visible = False

    def advance(self) -> None:
        """One more input is done."""
        self._done += 1
        if not self._shown or self._clock() - self._start < _PATIENCE_SECONDS:
            return
        if self._total is None:
            click.echo(f"\r{self._done} done", nl=False, err=True)
            self._visible = True
            return
        filled = 30 * self._done // self._total
        bar = "█" * filled + "░" * (30 - filled)
        click.echo(f"\r{bar} {self._done} of {self._total}", nl=False, err=True)
        self._visible = True

    def clear(self) -> None:
        """Takes the bar away, so that a message can be written."""
        if self._visible:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._visible = False
