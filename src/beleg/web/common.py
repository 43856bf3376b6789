"""What all requests share beside the ledger: the jobs, and how often who may come.

One process makes them; where several serve, the others reach them through a connection on this
machine alone, by a secret that the first one hands them (`multiprocessing.managers`).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from multiprocessing import current_process
from multiprocessing.managers import BaseManager
from typing import Any, cast

from beleg.ledger.store import Ledger
from beleg.web.jobs import Jobs
from beleg.web.security.rates import Buckets
from beleg.web.settings import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Shared by every request of one server.

    address_rates, account_rates: None where nobody else comes. entries: how often a refusal of one
    address is written to the audit log, so that a flood of refusals is no flood of entries.
    """

    jobs: Jobs
    address_rates: Buckets | None
    account_rates: Buckets | None
    entries: Buckets


def make_common(ledger: Ledger, settings: WebSettings) -> Common:
    """The jobs on `ledger`, none yet, and the rates that the settings say."""
    return Common(
        jobs=Jobs(ledger),
        address_rates=Buckets(settings.rate, settings.burst) if settings.public else None,
        account_rates=Buckets(settings.rate, settings.burst) if settings.public else None,
        entries=Buckets(rate=1 / 60, burst=5),
    )


class _Manager(BaseManager):
    """Hands out what one process has to others on the same machine."""


def share(common: Common) -> Any:
    """Lets this process's children reach `common`; gives the address for `reach`."""
    for name in _NAMES:
        _Manager.register(name, callable=lambda name=name: getattr(common, name))
    server = _Manager(authkey=current_process().authkey).get_server()
    threading.Thread(target=server.serve_forever, name="beleg-common", daemon=True).start()
    return server.address


def reach(address: Any, settings: WebSettings) -> Common:
    """What the parent process shares under that address, by proxies of the same methods."""
    for name in _NAMES:
        _Manager.register(name)
    manager: Any = _Manager(address=address, authkey=current_process().authkey)
    manager.connect()
    return Common(
        jobs=cast(Jobs, manager.jobs()),
        address_rates=cast(Buckets, manager.address_rates()) if settings.public else None,
        account_rates=cast(Buckets, manager.account_rates()) if settings.public else None,
        entries=cast(Buckets, manager.entries()),
    )


_NAMES = ("jobs", "address_rates", "account_rates", "entries")
