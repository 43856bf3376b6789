"""Checks across articles: the checklists of all analyses, with the verdicts on them.

A check is "open" until somebody gives a verdict ("checked") or sees nothing to check ("dropped");
both can be opened again.
"""

from beleg.ledger.checks.listing import (
    STATES,
    CheckEntry,
    State,
    check,
    checked_before,
    checks_of,
    last_checked,
    list_checks,
    times_checked,
)
from beleg.ledger.checks.sync import claim_of, sync_checks
from beleg.ledger.checks.verdicts import drop, reopen, set_verdict

__all__ = [
    "STATES",
    "CheckEntry",
    "State",
    "check",
    "checked_before",
    "checks_of",
    "claim_of",
    "drop",
    "last_checked",
    "list_checks",
    "reopen",
    "set_verdict",
    "sync_checks",
    "times_checked",
]
