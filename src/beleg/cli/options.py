"""Options and their values that several commands share."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import click

from beleg.modes import Mode

Command = Callable[..., Any]

_ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_GERMAN_DAY = re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})")
_SIZE = re.compile(r"(\d{1,12}) ?([kMG]?)B?", re.IGNORECASE)
_SIZE_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    """The day that an option names."""
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


def _who(_context: click.Context, _option: click.Parameter, name: str | None) -> str:
    if name is not None and not name.strip():
        raise click.BadParameter("a name is needed, for the history.")
    if name is not None:
        return name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a login without a name, as in some containers
        return "beleg"


def _today(context: click.Context, option: click.Parameter, text: str | None) -> date:
    return day(context, option, text) or date.today()


PUBLISHED = click.option(
    "--published",
    callback=day,
    metavar="DATE",
    help="Day of publication, as 2024-03-07 or 7.3.2024; relative dates count from it. "
    "Without it, Beleg takes the day from the page's metadata or infers it from the text.",
)
MODE = click.option(
    "--mode",
    type=click.Choice(get_args(Mode)),
    default="news",
    show_default=True,
    help="news: dates count from the day of publication. narrative: from the date told before.",
)
MAX_SIZE = click.option(
    "--max-size",
    "max_bytes",
    metavar="SIZE",
    callback=_size,
    default="5MB",
    show_default=True,
    help="Refuse inputs larger than this.",
)
UI = click.option(
    "--ui",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help="Language of the report, and of the reason why an input was not read.",
)
LEDGER = click.option(
    "--ledger",
    metavar="PLACE",
    envvar="BELEG_LEDGER",
    help="The ledger: a file, or postgresql://USER@HOST/DATABASE.  [default: what BELEG_LEDGER "
    "names, else ledger.db in the user's data folder]",
)
WHO = click.option(
    "--who",
    metavar="NAME",
    callback=_who,
    help="Who it is, for the history.  [default: login name]",
)
TODAY = click.option(
    "--today",
    metavar="DATE",
    callback=_today,
    help="The day that deadlines are compared with.  [default: today]",
)
SINCE = click.option("--since", metavar="DATE", callback=day, help="From this day on.")
UNTIL = click.option("--until", metavar="DATE", callback=day, help="Up to this day.")
LIMIT = click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    default=50,
    show_default=True,
    help="At most so many.",
)


def lines_as(*more: str) -> Callable[[Command], Command]:
    """The option --format of a command that lists things."""
    return click.option(
        "--format",
        "kind",
        type=click.Choice(["text", "json", "csv", *more]),
        default="text",
        show_default=True,
        help="json: an object on each line.",
    )
