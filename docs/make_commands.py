"""Writes docs/commands.md from the help of the commands: python docs/make_commands.py"""

from __future__ import annotations

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
    parts = [INTRODUCTION, _section("beleg", cli.get_help(root))]
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        if command is not None and not command.hidden:
            context = click.Context(command, info_name=name, parent=root, terminal_width=88)
            parts.append(_section(f"beleg {name}", command.get_help(context)))
    return "\n".join(parts)


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
