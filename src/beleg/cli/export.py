"""`beleg export` and `beleg training-data`: what the ledger has, with its corrections."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import click

from beleg.cli.opened import opened
from beleg.cli.options import LEDGER, UI
from beleg.cli.rendering import (
    BINARY,
    ENDINGS,
    TABLES,
    Form,
    Kind,
    Table,
    file_contents,
    kind_of,
    stream_text,
)
from beleg.cli.talking import put, talk, write_files


@click.command()
@click.argument("number", metavar="[ARTICLE]", type=int, required=False)
@click.option(
    "--as",
    "kind",
    type=click.Choice(get_args(Kind)),
    help="As for beleg read.  [default: what the ending of -o FILE says, else text]",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="With --as csv to one place: the table to write.  [default: times]",
)
@click.option("--all", "everything", is_flag=True, help="The whole ledger into one archive.")
@click.option(
    "-o", "--output", metavar="FILE|FOLDER", help="Write there.  [default: standard output]"
)
@UI
@LEDGER
def export(
    number: int | None,
    kind: Kind | None,
    table: Table | None,
    everything: bool,
    output: str | None,
    ui: str,
    ledger: str | None,
) -> None:
    """Write an ARTICLE of the ledger in any format of beleg read, with its corrections.

    --all writes the ledger itself into FILE, a ZIP file of JSON lines that beleg import
    puts into an empty ledger on either database.

    \b
    Examples:
      beleg export 7 -o report.html
      beleg export 7 --as parquet -o tables/
      beleg export --all -o ledger.zip
    """
    if everything == (number is not None):
        raise click.UsageError("give the number of an article, or else --all.")
    if everything:
        if output is None or kind or table:
            raise click.UsageError("--all takes -o FILE and no format.")
        _export_all(ledger, Path(output))
        return
    folder = output is not None and (output.endswith(("/", os.sep)) or Path(output).is_dir())
    chosen = kind or kind_of(None if folder else output)
    if output is None and chosen in BINARY:
        raise click.UsageError(f"--as {chosen} cannot be printed: give -o.")
    if table is not None and (chosen != "csv" or folder):
        raise click.UsageError("--table chooses the one table of --as csv; a folder gets all.")
    form = Form(kind=chosen, tables=TABLES if folder else (table or "times",), ui=ui)
    _export(ledger, number or 0, form, output, folder=folder)


@click.command("training-data")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["jsonl", "cas"]),
    default="jsonl",
    show_default=True,
    help="jsonl: lines as in the quotation corpus. cas: UIMA CAS files for INCEpTION.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="FILE for jsonl, FOLDER for cas.  [default: standard output]",
)
@LEDGER
def training_data(kind: str, output: str | None, ledger: str | None) -> None:
    """Write all articles that somebody corrected, as data to train the encoder on."""
    if kind == "cas" and output is None:
        raise click.UsageError("--as cas needs -o FOLDER.")
    from beleg.ledger.corrected import corrected
    from beleg.report.training_data import to_training_data

    count = 0
    lines: list[str] = []
    with opened(ledger) as book, book.read() as db:
        for number, analysis in corrected(db):
            count += 1
            if kind == "cas":
                form = Form(kind="cas")
                write_files(
                    [Path(output or "") / _name(number, form)[0]], file_contents(analysis, form)
                )
            elif output is None:
                put(to_training_data(analysis) + "\n")
            else:
                lines.append(to_training_data(analysis) + "\n")
    if kind == "jsonl" and output is not None:
        write_files([Path(output)], ["".join(lines)])
    talk(f"{count} corrected articles")


def _export(
    ledger: str | None, number: int, form: Form, output: str | None, *, folder: bool
) -> None:
    from beleg.ledger.corrections import effective

    with opened(ledger) as book, book.read() as db:
        analysis = effective(db, number).analysis
    if output is None:
        put(stream_text(analysis, form, first=True))
    elif form.kind == "parquet":
        from beleg.report.parquet import write_parquet

        write_parquet([analysis], Path(output), ui=form.ui)
    else:
        names = [Path(output) / name for name in _name(number, form)] if folder else [Path(output)]
        write_files(names, file_contents(analysis, form))


def _name(number: int, form: Form) -> list[str]:
    return [f"article-{number}{ending}" for ending in ENDINGS[form.kind]]


def _export_all(ledger: str | None, path: Path) -> None:
    from beleg.ledger.archive import write_archive

    with opened(ledger) as book:
        rows = write_archive(book, path)
    talk(f"{path}: {rows['articles']} articles, {sum(rows.values())} rows in all")
