"""What a reader of one kind of file hands back, and what may pass as metadata."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

MAX_METADATA_LENGTH = 300
# Soft hyphen, zero width space, word joiner, zero width no-break space: where a line may break.
_LAYOUT_CHARACTERS = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]+(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})? ?(Z|UTC|[+-]\d{2}:?\d{2})?\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The text of a document, and the metadata the document itself carries."""

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None


class Block(NamedTuple):
    """A heading, paragraph, list item or table row.

    group: the number of the list or table it belongs to, None outside of one.
    """

    text: str
    group: int | None = None


def join_blocks(blocks: Iterable[Block]) -> str:
    """The blocks as text: a blank line between them, within a list or table only a new line."""
    parts: list[str] = []
    last_group: int | None = None
    for block, group in blocks:
        text = _LAYOUT_CHARACTERS.sub("", block)
        # No blank lines inside a block: they would end its paragraph.
        lines = [
            line for line in (_SPACES.sub(" ", part).strip() for part in text.split("\n")) if line
        ]
        if not lines:
            continue
        if parts:
            parts.append("\n" if group is not None and group == last_group else "\n\n")
        parts.append("\n".join(lines))
        last_group = group
    return "".join(parts)


def join_cells(cells: Iterable[str]) -> str:
    """A table row in one line, without its empty cells."""
    return " | ".join(cell for cell in map(str.strip, cells) if cell)


def one_line(value: object) -> str | None:
    """A metadata value as one line of text; None if it is no string, empty or absurdly long."""
    if not isinstance(value, str):
        return None
    visible = "".join(c if c.isprintable() or c.isspace() else "" for c in value)
    line = " ".join(visible.split())
    return line if 0 < len(line) <= MAX_METADATA_LENGTH else None


def web_address(value: object) -> str | None:
    """An http(s) address, else None: other schemes have no place in a report."""
    line = one_line(value)
    if line and re.match(r"https?://[^\s/]", line) and " " not in line:
        return line
    return None


def stated_day(value: object) -> date | None:
    """The day an ISO 8601 day or timestamp states, as people in Germany would date it.

    A timestamp in UTC is what publishing systems store, so its day is taken in Berlin; one
    with an offset of its own is local time already. A month or a year alone is no day.
    """
    line = one_line(value)
    if line is None:
        return None
    try:
        if _DAY.match(line):
            return date.fromisoformat(line)
        stamp = _STAMP.match(line)
        if stamp is None:
            return None
        day, time, zone = stamp.groups()
        local = datetime.fromisoformat(f"{day} {time}")
        if zone in ("Z", "UTC", "+00:00", "+0000", "-00:00"):
            from dateutil.tz import gettz

            local = local.replace(tzinfo=UTC).astimezone(gettz("Europe/Berlin"))
    except (ValueError, OverflowError):
        return None
    return local.date()


def plausible_title(value: object) -> str | None:
    """A document property as title: several words, and not a file name or a program's default."""
    line = one_line(value)
    if (
        line is None
        or len(line.split()) < 3
        or re.search(r"\.\w{2,4}\Z|[\\/_]|Microsoft Word", line)
    ):
        return None
    return line


def plausible_author(value: object) -> str | None:
    """A document property as author: a first and a last name, not a login or a program."""
    line = one_line(value)
    if line is None:
        return None
    words = line.split()
    named = all(unicodedata.category(word[0]) in ("Lu", "Lt") for word in words if len(word) > 3)
    if 2 <= len(words) <= 5 and named and not re.search(r"[\d@/\\_<>|]", line):
        return line
    return None
