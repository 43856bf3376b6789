"""The ledger's history as pages show it."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from beleg.web.words import language, words_of

_LONGEST = 4_000  # characters of what a row held before or after


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
