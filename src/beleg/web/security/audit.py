"""What happened at the door, kept in the table `audit`.

what: "log-in-tried", "password-right", "log-in", "log-in-failed", "log-in-delayed", "log-out", "sessions-ended",
"account-made", "account-role", "account-password", "account-disabled", "account-enabled",
"feed-made", "feed-ended", "feed-read" (once a day), "feed-refused", "refused-role", "refused-form",
"refused-rate".
"""

from __future__ import annotations

import ipaddress
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert

from beleg.ledger import schema
from beleg.ledger.store import Change

if TYPE_CHECKING:  # accounts are also made where the web packages are missing
    from starlette.requests import HTTPConnection

    from beleg.web.state import State

_LONGEST_DETAIL = 200


def write(
    db: Connection,
    at: datetime,
    what: str,
    *,
    account: str | None = None,
    address: str | None = None,
    detail: str = "",
) -> None:
    """One entry, in the caller's transaction."""
    db.execute(
        insert(schema.audit).values(
            at=at, what=what, account=account, address=address, detail=detail[:_LONGEST_DETAIL]
        )
    )


def note(change: Change, what: str, account: str, *, detail: str = "") -> None:
    """One entry about an account, by the one who makes the change."""
    write(change.db, change.at, what, account=account, detail=f"{change.who}: {detail}")


def record(
    state: State, request: HTTPConnection, what: str, account: str | None, detail: str = ""
) -> None:
    """One entry in a transaction of its own; nothing where the page is not public."""
    if not state.settings.public:
        return
    with state.ledger.change(who=account or "nobody") as change:
        write(
            change.db,
            change.at,
            what,
            account=account,
            address=address_of(request),
            detail=detail,
        )


def address_of(request: HTTPConnection) -> str:
    """The network address that asks; of IPv6 the network (/64), in which one visitor has them all."""
    given = request.client.host if request.client is not None else "unknown"
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv4Address) or address.is_loopback:
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
