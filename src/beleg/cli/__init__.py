"""The command `beleg`: parses, calls, prints.

Data goes to standard output, talk to standard error. Exit status: 0 done, 1 failed (for
many inputs: at least one), 2 misused. Everything heavy is imported inside the functions
that need it, so that `beleg --help` starts fast.
"""

from __future__ import annotations

import errno
from typing import Any

import click

from beleg.cli import accounts, add, export, find, forecasts, keep, people, read, serve
from beleg.cli.talking import talk
from beleg.errors import BelegError
from beleg.version import __version__


class _Commands(click.Group):
    """Commands in the order of the work; what Beleg reports is said in one line."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BelegError, OSError) as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever read the output has enough; click ends quietly
            talk(str(error))
            ctx.exit(1)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.version_option(__version__, prog_name="beleg")
def cli() -> None:
    """Keep the books on German news articles.

    Beleg extracts, resolves and reckons; it never rewrites.
    """


for command in (
    read.read,
    add.add,
    add.reanalyse,
    find.find,
    people.people,
    find.history,
    export.export,
    export.training_data,
    forecasts.forecasts,
    forecasts.resolve,
    forecasts.scores,
    serve.serve,
    accounts.accounts,
    keep.backup,
    keep.restore,
    keep.import_,
    read.schema,
):
    cli.add_command(command)


def main() -> None:
    """Entry point of the command."""
    cli(prog_name="beleg")
