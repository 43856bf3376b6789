"""What people write into the ledger: never empty where it matters, never endless, never hostile."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from beleg.errors import LedgerRefused
from beleg.messages import Message

LONGEST_LINE = 500
LONGEST_TEXT = 10_000
LONGEST_ADDRESS = 2_000
FEWEST_WORDS = 3  # of a note that stands for evidence
_SCHEMES = frozenset({"http", "https"})
# PostgreSQL can keep neither NUL nor lone surrogates; the others would hide what is written.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def written(where: str, name: str, text: str, *, most: int = LONGEST_TEXT) -> str:
    """The text without white space around it; it may be empty.

    where, name: what it belongs to and what it is, for messages. most: in code points. Raises LedgerRefused for
    a longer one and for control characters.
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise LedgerRefused(
            where,
            Message(
                "too_long",
                f"the {name} has {len(text)} characters",
                name=name,
                n=len(text),
                most=most,
            ),
            f"Use at most {most} characters",
        )
    if found := _CONTROLS.search(text):
        sign = f"U+{ord(found[0]):04X}"
        raise LedgerRefused(
            where,
            Message(
                "control", f"the {name} has the control character {sign}", name=name, sign=sign
            ),
            "Leave it out",
        )
    return text


def needed(where: str, name: str, text: str, *, most: int = LONGEST_TEXT) -> str:
    """`written`, and not empty: raises LedgerRefused where it is."""
    text = written(where, name, text, most=most)
    if not text:
        raise LedgerRefused(
            where,
            Message("empty", f"the {name} is empty", name=name),
            "Write it, so that others can follow",
        )
    return text


def grounds(where: str, evidence: str | None, note: str) -> tuple[str, str]:
    """Evidence and note of a resolution or verdict, of which one must say something.

    evidence: an http or https address, None or empty for none. Raises LedgerRefused for another
    address, and without one for a note of fewer than three words.
    """
    note = written(where, "note", note)
    address = written(where, "evidence", evidence or "", most=LONGEST_ADDRESS)
    if address:
        if not _is_address(address):
            raise LedgerRefused(
                where,
                Message("no_address", "the evidence is no web address"),
                "Give one with http:// or https://",
            )
    elif len(note.split()) < FEWEST_WORDS:
        raise LedgerRefused(
            where,
            Message("no_grounds", "neither evidence nor a note that says why", fewest=FEWEST_WORDS),
            f"Give a web address or a note of at least {FEWEST_WORDS} words",
        )
    return address, note


def _is_address(text: str) -> bool:
    if any(sign.isspace() for sign in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return False
