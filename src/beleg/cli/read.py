"""`beleg read` and `beleg schema`: articles to reports, without a ledger."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from beleg.cli.options import MAX_SIZE, MODE, PUBLISHED, UI
from beleg.cli.rendering import TABLES, Form, Kind, Table, file_contents, kind_of, stream_text
from beleg.cli.talking import Progress, complain, put, talk, write_files
from beleg.cli.targets import in_folder, refuse_misuse
from beleg.modes import Mode

if TYPE_CHECKING:
    from beleg.records import Analysis
    from beleg.text.article import Article


@dataclass(frozen=True, kw_only=True)
class _Settings:
    """The options of one `beleg read`."""

    published: date | None
    mode: Mode
    form: Form
    max_bytes: int


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@PUBLISHED
@MODE
@click.option(
    "--format",
    "kind",
    type=click.Choice(get_args(Kind)),
    help="[default: what the ending of -o FILE says, else text]",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="With --format csv to one place: the table to write.  [default: times]",
)
@UI
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="Write there instead of to standard output. A FOLDER (one that exists, ends in a "
    "slash, or is given with several inputs) gets one file for each input, named after it.",
)
@MAX_SIZE
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
    chosen = kind or kind_of(None if folder else output)
    refuse_misuse(paths, chosen, output, folder)
    if table is not None and (chosen != "csv" or folder):
        raise click.UsageError(
            "--table chooses the one table of --format csv; a folder gets all tables."
        )
    settings = _Settings(
        published=published,
        mode=mode,
        form=Form(kind=chosen, tables=TABLES if folder else (table or "times",), ui=ui),
        max_bytes=max_bytes,
    )
    failed = _read_to(output, paths, settings, folder=folder)
    if failed and len(paths) > 1:
        talk(f"{len(failed)} of {len(paths)} inputs failed: {', '.join(failed)}")
    if failed:
        sys.exit(1)


def _read_to(
    output: str | None, paths: Sequence[str], settings: _Settings, *, folder: bool
) -> list[str]:
    """Reads every input and puts out its report where it belongs; returns those that failed."""
    if output is None:
        return _read_all(paths, [()] * len(paths), settings)
    if settings.form.kind == "parquet":
        return _read_into_tables(paths, Path(output), settings)
    targets = in_folder(paths, Path(output), settings.form.kind) if folder else [(Path(output),)]
    return _read_all(paths, targets, settings)


def _read_all(
    paths: Sequence[str], targets: Sequence[tuple[Path, ...]], settings: _Settings
) -> list[str]:
    """Reads every input and puts out its report; returns the inputs that failed."""
    failed: list[str] = []
    printed = 0
    progress = Progress(len(paths), shown=bool(targets[0]) or not sys.stdout.isatty())
    for path, files, result in zip(paths, targets, _analyses(paths, settings), strict=True):
        try:
            if isinstance(result, Exception):
                raise result
            if files:
                write_files(files, file_contents(result, settings.form))
            else:
                put(stream_text(result, settings.form, first=printed == 0))
                printed += 1
        except BrokenPipeError:
            raise
        except Exception as error:
            progress.clear()
            complain(path, error, ui=settings.form.ui)
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
    progress = Progress(len(paths), shown=True)

    def analyses() -> Iterator[Analysis]:
        for path, result in zip(paths, _analyses(paths, settings), strict=True):
            try:
                if isinstance(result, Exception):
                    raise result
                check_exportable(result)
            except Exception as error:
                progress.clear()
                complain(path, error, ui=settings.form.ui)
                failed.append(path)
            else:
                yield result
            progress.advance()

    stream = analyses()
    first = next(stream, None)
    if first is not None:
        try:
            write_parquet(chain([first], stream), folder, ui=settings.form.ui)
        except Exception as error:
            progress.clear()
            complain(str(folder), error, ui=settings.form.ui)
            failed = list(paths)
    progress.clear()
    return failed


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


@click.command()
def schema() -> None:
    """Print the JSON Schema of an analysis."""
    from beleg.report.schema import schema_text

    put(schema_text())
