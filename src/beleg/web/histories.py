"""The ledger's history as pages show it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request

from beleg.ledger.history import HistoryFilter, list_history
from beleg.web.words import language, words_of

_MOST = 100  # changes of one row
_LONGEST = 4_000  # characters of what a row held before or after


def history_of_row(request: Request, db: Connection, subject: str, id_: int) -> dict[str, Any]:
    """What templates need to show the last changes of one row: `history`, and `history_words`."""
    changes = list_history(
        db, HistoryFilter(subject=subject, subject_id=id_), accounts=False, limit=_MOST
    )
    return {"history": changes, **history_words(request)}


def history_words(request: Request) -> dict[str, Any]:
    """What templates need to show changes: `act` for the words of an action, `told` for JSON."""
    words = words_of(language(request))

    def act(action: str) -> str:
        key = f"act.{action.replace(' ', '_')}"
        return words.say(key) if words.has(key) else action

    return {"act": act, "told": _told}


def _told(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
