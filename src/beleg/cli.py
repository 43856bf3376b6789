"""The command `beleg`: parses, calls, prints.

Data goes to standard output, talk to standard error. Exit status: 0 done, 1 failed (for
many inputs: at least one), 2 misused. Everything heavy is imported inside the functions
that need it, so that `beleg --help` starts fast.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from beleg.errors import BelegError
from beleg.version import __version__

if TYPE_CHECKING:
    from beleg.records import Analysis
    from beleg.text.article import Article

Mode = Literal["news", "narrative"]
Kind = Literal[
    "text", "html", "json", "csv", "claimreview",
    "timeml", "cas", "webannotation", "argdown", "parquet",
]  # fmt: skip
# The same as in report/csv.py, which `beleg --help` does not wait for; a test compares.
Table = Literal[
    "times", "events", "quotes", "status", "forecasts", "argument", "wording", "checklist"
]

_TABLES: tuple[Table, ...] = get_args(Table)
_SUFFIXES: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
    ".jsonld": "claimreview",
    ".tml": "timeml",
    ".argdown": "argdown",
    ".zip": "cas",
}
_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "text": (".txt",),
    "html": (".html",),
    "json": (".json",),
    "csv": tuple(f".{table}.csv" for table in _TABLES),
    "claimreview": (".claimreview.jsonld",),
    "timeml": (".tml",),
    "cas": (".cas.zip",),
    "webannotation": (".annotations.jsonld",),
    "argdown": (".argdown",),
    "parquet": (),
}
# Several of these, one after the other, would be no document of the kind.
_ONE_A_FILE: frozenset[Kind] = frozenset({"html", "timeml", "argdown"})
_BINARY: frozenset[Kind] = frozenset({"cas", "parquet"})
_WIDEST_TEXT = 110
_PATIENCE_SECONDS = 2.0


_ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_GERMAN_DAY = re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})")
_SIZE = re.compile(r"(\d{1,12}) ?([kMG]?)B?", re.IGNORECASE)
_SIZE_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    """The day that --published names."""
    if text is None:
        return None
    match = _ISO_DAY.fullmatch(text.strip()) or _GERMAN_DAY.fullmatch(text.strip())
    if match is None:
        raise click.BadParameter(f"{text!r} is not a date; write 2024-03-07 or 7.3.2024.")
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day of the calendar.") from error


def _size(_context: click.Context, _option: click.Parameter, text: str) -> int:
    """The number of bytes that --max-size names."""
    match = _SIZE.fullmatch(text.strip())
    size = int(match[1]) * _SIZE_FACTORS[match[2].lower()] if match else 0
    if size < 1:
        raise click.BadParameter(f"{text!r} is not a size; write 500kB, 5MB or a number of bytes.")
    return size


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88})
@click.version_option(__version__, prog_name="beleg")
def cli() -> None:
    """Keep the books on German news articles.

    Beleg extracts, resolves and reckons; it never rewrites.
    """


@dataclass(frozen=True, kw_only=True)
class _Settings:
    """The options of one `beleg read`."""

    published: date | None
    mode: Mode
    kind: Kind
    tables: tuple[Table, ...]
    ui: str
    max_bytes: int


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--published",
    callback=_day,
    metavar="DATE",
    help="Day of publication, as 2024-03-07 or 7.3.2024; relative dates count from it. "
    "Without it, Beleg takes the day from the page's metadata or infers it from the text.",
)
@click.option(
    "--mode",
    type=click.Choice(["news", "narrative"]),
    default="news",
    show_default=True,
    help="news: dates count from the day of publication. narrative: from the date told before.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(get_args(Kind)),
    help="[default: what the ending of -o FILE says, else text]",
)
@click.option(
    "--table",
    type=click.Choice(_TABLES),
    help="With --format csv to one place: the table to write.  [default: times]",
)
@click.option(
    "--ui",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help="Language of the report.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="Write there instead of to standard output. A FOLDER (one that exists, ends in a "
    "slash, or is given with several inputs) gets one file for each input, named after it.",
)
@click.option(
    "--max-size",
    "max_bytes",
    metavar="SIZE",
    callback=_size,
    default="5MB",
    show_default=True,
    help="Refuse inputs larger than this.",
)
def read(
    paths: tuple[str, ...],
    published: date | None,
    mode: Mode,
    kind: Kind | None,
    table: Table | None,
    ui: str,
    output: str | None,
    max_bytes: int,
) -> None:
    """Read articles and report what they say and when it happened.

    PATH is a text, HTML, Markdown, PDF or DOCX file; "-" is standard input. If one of
    several inputs fails, the others are still read, the failed ones are named at the end,
    and the exit status is 1.

    \b
    Formats:
      text  for the terminal
      html  one file to open in a browser; it loads nothing from the network
      json  everything; one line for each article, indented with -o (see: beleg schema)
      csv   a table with one row for each time expression (--table times), event,
            quotation (quotes), cue of status, forecast, statement of an argument,
            judging word (wording) or thing to verify (checklist); -o FOLDER gets all
            of them: NAME.times.csv, NAME.events.csv … UTF-8; a cell that a
            spreadsheet would take for a formula (= + - @) starts with an apostrophe
      claimreview
            the checklist as drafts of fact-checks, schema.org/ClaimReview in JSON-LD:
            the words to verify, who said them and where they stand. Rating, author,
            date and address of the review are left to you. One line for each article,
            indented with -o; safe inside an HTML script element
      timeml
            the times, events and their order as TimeML (.tml), as in TempEval-3
      cas   all records as UIMA CAS (XMI) with its types, in one ZIP file, for INCEpTION;
            needs -o
      webannotation
            each record as a W3C Web Annotation in JSON-LD; one line for each article,
            indented with -o
      argdown
            the argument as Argdown: statements, what supports and what attacks them
      parquet
            one table for each kind of record, of all inputs together; -o FOLDER
    cas and parquet need: pip install "beleg[exports]"

    \b
    Examples:
      beleg read article.txt --published 7.3.2024
      beleg read page.html -o report.html
      beleg read texts/*.txt --format json > analyses.jsonl
      beleg read texts/*.txt --format csv --table checklist > to-verify.csv
      beleg read texts/*.txt --format html -o reports/
      beleg read texts/*.txt --format parquet -o tables/
      pdftotext article.pdf - | beleg read - --ui en
    """
    folder = output is not None and (
        len(paths) > 1
        or kind == "parquet"
        or output.endswith(("/", os.sep))
        or Path(output).is_dir()
    )
    chosen = kind or _kind_of(None if folder else output)
    _refuse_misuse(paths, chosen, output, folder)
    if table is not None and (chosen != "csv" or folder):
        raise click.UsageError(
            "--table chooses the one table of --format csv; a folder gets all tables."
        )
    settings = _Settings(
        published=published,
        mode=mode,
        kind=chosen,
        tables=_TABLES if folder else (table or "times",),
        ui=ui,
        max_bytes=max_bytes,
    )
    failed = _read_to(output, paths, settings, folder=folder)
    if failed and len(paths) > 1:
        _talk(f"{len(failed)} of {len(paths)} inputs failed: {', '.join(failed)}")
    if failed:
        sys.exit(1)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of an analysis."""
    from beleg.report.schema import schema_text

    _print(schema_text())


def main() -> None:
    """Entry point of the command."""
    cli(prog_name="beleg")


def _read_to(
    output: str | None, paths: Sequence[str], settings: _Settings, *, folder: bool
) -> list[str]:
    """Reads every input and puts out its report where it belongs; returns those that failed."""
    if output is None:
        return _read_all(paths, [()] * len(paths), settings)
    if settings.kind == "parquet":
        return _read_into_tables(paths, Path(output), settings)
    targets = _in_folder(paths, Path(output), settings.kind) if folder else [(Path(output),)]
    return _read_all(paths, targets, settings)


def _kind_of(output: str | None) -> Kind:
    """The format that the name of the output file stands for."""
    return _SUFFIXES.get(Path(output).suffix.lower(), "text") if output else "text"


def _refuse_misuse(paths: Sequence[str], kind: Kind, output: str | None, folder: bool) -> None:
    """Raises UsageError for combinations that cannot be meant."""
    if paths.count("-") > 1:
        raise click.UsageError("standard input ('-') can be read only once.")
    if output is None:
        if kind in _BINARY:
            place = "FOLDER" if kind == "parquet" else "FILE or -o FOLDER"
            raise click.UsageError(f"--format {kind} cannot be printed: give -o {place}.")
        if kind in _ONE_A_FILE and len(paths) > 1:
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


def _in_folder(paths: Sequence[str], folder: Path, kind: Kind) -> list[tuple[Path, ...]]:
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
            files = tuple(folder / f"{name}{ending}" for ending in _ENDINGS[kind])
            # Some file systems do not tell upper from lower case.
            if name.casefold() not in taken and not any(f.resolve() in inputs for f in files):
                break
            number += 1
        taken.add(name.casefold())
        targets.append(files)
    return targets


def _read_all(
    paths: Sequence[str], targets: Sequence[tuple[Path, ...]], settings: _Settings
) -> list[str]:
    """Reads every input and puts out its report; returns the inputs that failed."""
    failed: list[str] = []
    printed = 0
    progress = _Progress(len(paths), shown=bool(targets[0]) or not sys.stdout.isatty())
    for path, files, result in zip(paths, targets, _analyses(paths, settings), strict=True):
        try:
            if isinstance(result, Exception):
                raise result
            if files:
                _write(files, _file_texts(result, settings))
            else:
                _print(_stream_text(result, settings, first=printed == 0))
                printed += 1
        except BrokenPipeError:
            raise
        except Exception as error:
            progress.clear()
            _complain(path, error)
            failed.append(path)
        progress.advance()
    progress.clear()
    return failed


def _read_into_tables(paths: Sequence[str], folder: Path, settings: _Settings) -> list[str]:
    """Reads every input into one set of Parquet tables; returns the inputs that failed.

    Without a single analysis nothing is written, so that tables of an earlier run stay.
    """
    from beleg.report.export_checks import check_exportable
    from beleg.report.parquet import write_parquet

    failed: list[str] = []
    progress = _Progress(len(paths), shown=True)

    def analyses() -> Iterator[Analysis]:
        for path, result in zip(paths, _analyses(paths, settings), strict=True):
            try:
                if isinstance(result, Exception):
                    raise result
                check_exportable(result)
            except Exception as error:
                progress.clear()
                _complain(path, error)
                failed.append(path)
            else:
                yield result
            progress.advance()

    stream = analyses()
    first = next(stream, None)
    if first is not None:
        try:
            write_parquet(chain([first], stream), folder, ui=settings.ui)
        except Exception as error:
            progress.clear()
            _complain(str(folder), error)
            failed = list(paths)
    progress.clear()
    return failed


def _complain(where: str, error: Exception) -> None:
    """Says on standard error what went wrong with an input or an output."""
    if isinstance(error, BelegError | OSError):
        _talk(str(error) if isinstance(error, BelegError) else f"{where}: {error}")
        return
    # A fault of ours in one article must not cost the reader all the others.
    import traceback

    click.echo("".join(traceback.format_exception(error)), err=True)
    _talk(f"{where}: this is a fault in Beleg ({type(error).__name__}); please report it")


def _analyses(paths: Sequence[str], settings: _Settings) -> Iterator[Analysis | Exception]:
    """The analysis of each input, many at once, or what was raised instead."""
    from beleg.analyse import analyse_each

    return analyse_each((partial(_article, path, settings) for path in paths), mode=settings.mode)


def _article(path: str, settings: _Settings) -> Article:
    from beleg.intake import read_article

    return read_article(
        path,
        published=settings.published,
        max_bytes=settings.max_bytes,
        stdin=sys.stdin.buffer if path == "-" else None,
    )


def _file_texts(analysis: Analysis, settings: _Settings) -> list[str | bytes]:
    """The contents of the input's files, in the order of their endings."""
    if settings.kind == "csv":
        return [_table(analysis, name, settings, header=True) for name in settings.tables]
    if settings.kind == "cas":
        from beleg.report.uima_cas import to_cas_zip

        return [to_cas_zip(analysis)]
    if settings.kind == "text":
        from beleg.report.terminal import to_terminal

        return [to_terminal(analysis, ui=settings.ui)]
    return [_document(analysis, settings, indent=2)]


def _stream_text(analysis: Analysis, settings: _Settings, *, first: bool) -> str:
    """The report for standard output, where several stand one after the other."""
    if settings.kind == "csv":
        return _table(analysis, settings.tables[0], settings, header=first)
    if settings.kind != "text":
        return _document(analysis, settings, indent=None)
    from beleg.report.terminal import to_terminal

    width = min(shutil.get_terminal_size().columns, _WIDEST_TEXT)
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = to_terminal(analysis, ui=settings.ui, width=width, colour=colour)
    return text if first else f"\n{'─' * width}\n\n{text}"


def _document(analysis: Analysis, settings: _Settings, *, indent: int | None) -> str:
    """The report as one document; JSON on one line unless `indent` is given."""
    if settings.kind == "html":
        from beleg.report.html import to_html

        return to_html(analysis, ui=settings.ui)
    if settings.kind == "timeml":
        from beleg.report.timeml import to_timeml

        return to_timeml(analysis)
    if settings.kind == "argdown":
        from beleg.report.argdown import to_argdown

        return to_argdown(analysis)
    if settings.kind == "claimreview":
        from beleg.report.claimreview import to_claimreview

        return to_claimreview(analysis, indent=indent) + "\n"
    if settings.kind == "webannotation":
        from beleg.report.web_annotation import to_web_annotation

        return to_web_annotation(analysis, indent=indent) + "\n"
    return analysis.to_json(indent=indent) + "\n"


def _table(analysis: Analysis, name: Table, settings: _Settings, *, header: bool) -> str:
    """The CSV table of that name."""
    from beleg.report.csv import table_csv

    return table_csv(analysis, name, ui=settings.ui, header=header)


def _print(text: str) -> None:
    """Data to standard output: UTF-8, but on a terminal what it can show."""
    stream = sys.stdout.buffer
    encoding = (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
    stream.write(text.encode(encoding, errors="replace"))
    stream.flush()


def _write(files: Sequence[Path], texts: Sequence[str | bytes]) -> None:
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


def _talk(message: str) -> None:
    click.echo(f"beleg: {message}", err=True)


class _Progress:
    """A bar on standard error: on a terminal only, and only once the work takes long."""

    def __init__(
        self, total: int, *, shown: bool, clock: Callable[[], float] = time.monotonic
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
        filled = 30 * self._done // self._total
        bar = "█" * filled + "░" * (30 - filled)
        click.echo(f"\r{bar} {self._done} of {self._total}", nl=False, err=True)
        self._visible = True

    def clear(self) -> None:
        """Takes the bar away, so that a message can be written."""
        if self._visible:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._visible = False
