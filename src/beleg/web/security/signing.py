"""Marks on what a browser holds for us, so that we know our own when it comes back."""

from __future__ import annotations

import hashlib
import hmac


def signature(key: bytes, purpose: str, value: str) -> str:
    """The mark on `value` (HMAC-SHA-256, hexadecimal); each purpose has marks of its own."""
    return hmac.digest(key, f"{purpose}\0{value}".encode(), "sha256").hex()


def token_hash(token: str) -> str:
    """What the ledger keeps of a random token: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether they are equal; takes as long for any two of one length."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
