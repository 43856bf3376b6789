"""What the one who starts the web application decides."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta


def local_user() -> str:
    """The name the operating system knows its user by; "local" where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """Settings of the web application; the defaults are those of one person's own machine.

    public: others may come: accounts are required. port: where it listens, which without `public`
    is also what the Host header must name. hosts: with `public`, the names it may be asked by;
    empty for any. secure: browsers reach it through https, so cookies are for https only.
    user: who acts where there are no accounts. secret: signs what browsers hand back without a
    session; processes that share a ledger share it. today: the day in question for what falls due;
    None for the day of the ledger's clock.
    max_body: bytes; upload_seconds: from the first byte of a body to its last; json_depth: levels.
    session_idle, session_life: a session ends so long after its last use and after log-in.
    rate, burst: requests a second from one address or account, and how many at once.
    """

    public: bool = False
    port: int = 8765
    hosts: tuple[str, ...] = ()
    secure: bool = True
    user: str = field(default_factory=local_user)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    today: Callable[[], date] | None = None
    max_body: int = 6_000_000
    upload_seconds: float = 60.0
    json_depth: int = 64
    session_idle: timedelta = timedelta(hours=8)
    session_life: timedelta = timedelta(days=7)
    rate: float = 20.0
    burst: int = 200
