"""Why an input is not read, in the language of a report."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from beleg.errors import BelegError
from beleg.messages import Message


def reason(error: BelegError, ui: str) -> str:
    """What is wrong and what to do, without the input's name.

    In English for "en", and in any language where there are no other words for it.
    """
    what, remedy = getattr(error, "what", None), getattr(error, "remedy", None)
    if what is None:
        return str(error)
    if ui == "de" and isinstance(what, Message) and what.key in german():
        return german()[what.key].format(**what.fields)
    return f"{what}. {remedy}"


@cache
def german() -> dict[str, str]:
    """The German words by the keys of messages."""
    place = resources.files("beleg.report") / "translations" / "failures.toml"
    table: dict[str, str] = tomllib.loads(place.read_text(encoding="utf-8"))
    return table
