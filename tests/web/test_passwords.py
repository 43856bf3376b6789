from __future__ import annotations

import re
import unicodedata

import pytest

from beleg.web.security import passwords

HASHER = passwords._hasher  # as it is without the fixture that makes it cheap


def test_hashes_cost_what_rfc_9106_recommends() -> None:
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", HASHER().hash("x"))
    assert found
    memory, passes, lanes = map(int, found.groups())
    assert (memory, passes, lanes) == (65536, 3, 4)  # section 4, second recommended option


def test_only_the_right_password_is_right() -> None:
    kept = passwords.hashed("vier Wörter sind genug", name="anna")
    assert passwords.right("vier Wörter sind genug", kept)
    assert not passwords.right("vier Wörter sind genug ", kept)
    assert not passwords.right("nobody has this password", None)


def test_an_umlaut_is_one_however_it_is_typed() -> None:
    password = "vier Wörter sind genug"
    kept = passwords.hashed(unicodedata.normalize("NFD", password), name="anna")
    assert passwords.right(unicodedata.normalize("NFC", password), kept)


def test_a_hash_that_is_none_opens_nothing() -> None:
    assert not passwords.right("x", "not a hash")


def test_too_many_at_once_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_PATIENCE_SECONDS", 0.01)
    taken = 0
    while passwords._AT_ONCE.acquire(blocking=False):
        taken += 1
    try:
        with pytest.raises(TimeoutError):
            passwords.right("x", None)
    finally:
        for _ in range(taken):
            passwords._AT_ONCE.release()
