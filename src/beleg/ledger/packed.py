"""An analysis as the ledger keeps it: the contract's JSON, compressed."""

from __future__ import annotations

import zlib

from beleg.errors import LedgerBroken
from beleg.records import Analysis

_LEVEL = 6
_MOST_BYTES = 500_000_000  # an analysis of the largest article there may be is a tenth of it


def pack(analysis: Analysis) -> bytes:
    """The bytes for `analyses.record`."""
    return zlib.compress(analysis.to_json().encode("utf-8"), _LEVEL)


def unpack(data: bytes) -> Analysis:
    """The analysis in `analyses.record`. Raises LedgerBroken or AnalysisFormatError if damaged."""
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(data, _MOST_BYTES)
        if reader.unconsumed_tail or not reader.eof:
            raise zlib.error("cut off or too long")
    except zlib.error as error:
        raise LedgerBroken("an analysis", str(error), "Restore a backup") from error
    return Analysis.from_json(text)
