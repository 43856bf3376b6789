"""Corrections by people, put on an analysis: on the one they were made on and on any later one.

Nothing here reads or writes a database. A record is found again by its place (`finding`), never by
its id; the records that a correction names are kept with it (`naming`).
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.errors import CorrectionRefused
from beleg.ledger.correcting.applying import apply_one
from beleg.ledger.correcting.checking import check_correction
from beleg.ledger.correcting.draft import Draft
from beleg.ledger.correcting.kinds import (
    ACTIONS,
    DOCUMENT_FIELDS,
    LAYERS,
    Action,
    Corrected,
    Correction,
    Layer,
    Lost,
    Mark,
    key_of,
)
from beleg.messages import Message
from beleg.records import Analysis

__all__ = [
    "ACTIONS",
    "DOCUMENT_FIELDS",
    "LAYERS",
    "Action",
    "Corrected",
    "Correction",
    "Layer",
    "Lost",
    "Mark",
    "apply_corrections",
    "check_correction",
    "key_of",
]


def apply_corrections(analysis: Analysis, corrections: Sequence[Correction]) -> Corrected:
    """The analysis with the corrections applied, in the order given; revoked ones do not count.

    What does not fit (any more) is in `lost`, with the reason.
    """
    draft = Draft(analysis)
    lost: list[Lost] = []
    for correction in corrections:
        if correction.revoked_at is not None:
            continue
        try:
            missing = apply_one(draft, correction)
        except CorrectionRefused as error:
            lost.append(Lost(correction=correction.id, layer=correction.layer, reason=error.what))
            continue
        if missing:
            names = "; ".join(missing)
            reason = Message(
                "left_out", f"left out what is not found any more: {names}", names=names
            )
            lost.append(
                Lost(correction=correction.id, layer=correction.layer, reason=reason, partly=True)
            )
    return Corrected(analysis=draft.finished(), marks=draft.marks(), lost=tuple(lost))
