"""Passwords as Argon2id hashes (RFC 9106, the parameters of argon2-cffi's defaults)."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from beleg.errors import ExtraMissing, LedgerRefused
from beleg.messages import Message

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# NIST SP 800-63B, 3.1.1.2: length, not kinds of characters.
FEWEST = 10
MOST = 256
# A hash takes 64 MiB and a few cores for a moment; a flood of log-ins must not take them all.
_AT_ONCE = threading.BoundedSemaphore(4)
_PATIENCE_SECONDS = 5


def hashed(password: str, *, name: str) -> str:
    """The hash to keep. Raises LedgerRefused for a password that is too short, long or plain."""
    plain = _folded(password)
    if not FEWEST <= len(plain) <= MOST:
        raise LedgerRefused(
            f"account {name}",
            Message(
                "password_length",
                f"a password has {FEWEST} to {MOST} characters",
                fewest=FEWEST,
                most=MOST,
            ),
            "Choose another; several words are easy to remember",
        )
    if name.casefold() in plain.casefold() or len(set(plain)) < 4:
        raise LedgerRefused(
            f"account {name}",
            Message("password_easy", "that password is easy to guess"),
            "Choose another",
        )
    return _hasher().hash(plain)


def right(password: str, kept: str | None) -> bool:
    """Whether `password` has that hash; takes as long where there is none to compare with.

    Raises TimeoutError if too many are being compared just now.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise TimeoutError("too many log-ins at once")
    try:
        _hasher().verify(kept or _nobodys(), _folded(password))
        return kept is not None
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _AT_ONCE.release()


def outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def renewed(password: str) -> str:
    """The hash with today's parameters of a password that was found right."""
    return _hasher().hash(_folded(password))


def _folded(password: str) -> str:
    # Keyboards write "ü" in two ways (NIST SP 800-63B: normalise before hashing).
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise ExtraMissing(
            "accounts", "the web packages are not installed", 'pip install "beleg[web]"'
        ) from error
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
