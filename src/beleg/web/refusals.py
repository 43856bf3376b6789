"""What the ledger refuses, and what an input fails by, said in the language of a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from beleg.errors import BelegError, LedgerRefused
from beleg.ledger.search import parse
from beleg.messages import Message
from beleg.report import words as report_words
from beleg.report.days import day
from beleg.report.failures import reason
from beleg.web.moments import moment
from beleg.web.words import words_of

# Fields that hold the name of something that the pages have words for.
_GROUPS = {"name": "refused.named", "state": "outcome", "action": "act"}


def explained(error: BelegError, ui: str) -> str:
    """What is wrong and what to do; in English where there are no words for it."""
    return said(getattr(error, "what", ""), ui) or reason(error, ui)


def said(what: str, ui: str) -> str | None:
    """The words of the pages for a message, with what to do; None where they have none."""
    if not isinstance(what, Message) or not words_of(ui).has(f"refused.{what.key}"):
        return None
    fields = {name: _shown(name, value, ui) for name, value in what.fields.items()}
    return words_of(ui).say(f"refused.{what.key}", **fields)


def unaskable(query: str | None, ui: str) -> str | None:
    """Why nothing can be searched with a query, in words; None where something can, or for none."""
    if query is None:
        return None
    try:
        parse(query)
    except LedgerRefused as error:
        return explained(error, ui)
    return None


def _shown(name: str, value: Any, ui: str) -> Any:
    words, dated = words_of(ui), report_words.words_of(ui)
    if isinstance(value, datetime):
        return moment(value, dated)
    if isinstance(value, date):
        return day(value, dated)
    key = f"{_GROUPS[name]}.{str(value).replace(' ', '_')}" if name in _GROUPS else ""
    return words.say(key) if words.has(key) else value
