"""How errors are described: problem details (RFC 9457), the same for every call."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong. title: in the caller's language. detail: what in particular, and what to do.

    rev: for 409, the entry's present `rev`.
    """

    type: str
    title: str
    status: int
    detail: str | None = None
    rev: int | None = None


_ANY = {
    "401": "Nobody is logged in.",
    "404": "There is no such entry.",
    "422": "What was sent is not as described here, or the ledger's rules do not allow it.",
    "429": "Too many requests; Retry-After says when to come again.",
    "503": "The database cannot be reached.",
}
_CHANGING = {
    "400": "The body cannot be read.",
    "403": "The account may not change anything, or the header X-Beleg is missing.",
    "409": "Somebody else was faster; nothing was written.",
    "413": "The body is too large.",
    "415": "The body is of another kind than described here.",
}


def add_problems(operation: dict[str, Any], *, changing: bool) -> None:
    """Adds the errors that every operation can answer to its description."""
    for status, what in (_ANY | (_CHANGING if changing else {})).items():
        schema = {"$ref": "#/components/schemas/Problem"}
        operation["responses"][status] = {
            "description": what,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
