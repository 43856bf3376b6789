"""Writes docs/commands.md from the help of the commands: python docs/make_commands.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from beleg.cli import cli

PAGE = Path(__file__).with_name("commands.md")

INTRODUCTION = """\
# Commands

Made from `--help` by `python docs/make_commands.py`; a test compares.

Data goes to standard output, talk to standard error. Exit status: 0 done, 1 failed (with
several inputs: at least one of them), 2 misused.
"""


def commands_page() -> str:
    """The page as it should be."""
    settings = {**cli.context_settings, "terminal_width": 88}
    root = click.Context(cli, info_name="beleg", **settings)
    return "\n".join([INTRODUCTION, *_sections(root, cli, "beleg")])


def _sections(context: click.Context, command: click.Command, title: str) -> Iterator[str]:
    """The command and, where it is a group, those below it."""
    yield _section(title, command.get_help(context))
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        if below is not None and not below.hidden:
            under = click.Context(below, info_name=name, parent=context, terminal_width=88)
            yield from _sections(under, below, f"{title} {name}")


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
