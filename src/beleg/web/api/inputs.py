"""What callers may send: every text, list and number has its limits, and what a database cannot
keep (NUL, half characters, numbers that are none) is refused before it gets there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from beleg.ledger.written import LONGEST_ADDRESS, LONGEST_LINE, LONGEST_TEXT
from beleg.web.numbers import LARGEST

_EXACT = 2**53  # beyond it, JSON readers round integers
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def kept(text: str) -> str:
    """The text; raises ValueError for what PostgreSQL keeps in no text."""
    if found := _UNKEPT.search(text):
        raise ValueError(f"has the character U+{ord(found[0]):04X}; leave it out")
    return text


def plain(value: Any) -> Any:
    """The JSON value; raises ValueError for what a database does not keep as it is."""
    if isinstance(value, str):
        return kept(value)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            kept(key)
            plain(inner)
    elif isinstance(value, list):
        for inner in value:
            plain(inner)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is no number of JSON")
    elif isinstance(value, int) and abs(value) > _EXACT:
        raise ValueError("a number beyond 2^53")
    return value


def _iso(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("not a day; write 2024-03-07")
    if isinstance(value, (int, float)):
        raise ValueError("not a day; write 2024-03-07")
    return value


Rev = Annotated[int, Field(ge=0, le=LARGEST, description="The `rev` the caller saw.")]
Limit = Annotated[int, Field(ge=1, le=200, description="How many entries at most.")]
Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(kept)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(kept)]
Address = Annotated[str, Field(max_length=LONGEST_ADDRESS), AfterValidator(kept)]
Label = Annotated[str, Field(max_length=32), AfterValidator(kept)]
Day = Annotated[date, BeforeValidator(_iso)]


class Sent(BaseModel):
    """What is sent; a field that does not exist is a mistake to be told, not to be passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Changing(Sent):
    """A change of an entry that people share.

    rev: the entry's as the caller saw it; if it is another by now, nothing is written (409).
    """

    rev: Rev


class Reason(Changing):
    """why: in words, so that others can follow."""

    why: Text
