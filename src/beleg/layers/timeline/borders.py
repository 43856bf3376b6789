"""Commas, dashes and brackets that part no clauses."""

from __future__ import annotations

from collections.abc import Sequence

from beleg.layers.timeline.days import Days
from beleg.layers.timeline.placing import Located
from beleg.layers.timeline.words import DASHES, Words

_REMARK_LONGEST = 12  # tokens looked at
_APPOSITION_REACH = 3  # tokens between two names of one day
_DATELINE_LONGEST = 15  # tokens: place, agency, day


def joined_borders(times: Sequence[Located], words: Words) -> list[bool]:
    """For each token, whether it is no border although it looks like one.

    The parts of one date belong together ("am Montag, dem 3. Mai, kam"), and a remark in
    brackets to the words around it ("in Musterstadt (Nord) kam").
    """
    joined = [False] * len(words)
    last_stop, last_days = 0, Days()
    for time, first, stop in times:
        joined[first:stop] = [True] * (stop - first)
        inner = "," in words.lower[first:stop]
        days = Days(time.earliest, time.latest)
        if last_days.meets(days) and _is_apposition(last_stop, first, words):
            joined[last_stop] = inner = True
        if inner and stop < len(words) and words.lower[stop] == ",":
            joined[stop] = True
        last_stop, last_days = stop, days
    for at, partner in enumerate(words.partner):
        if partner > at and words.lower[at] == "(" and _is_remark(words, at, partner):
            joined[at] = joined[partner] = True
    return joined


def _is_apposition(stop: int, first: int, words: Words) -> bool:
    """Whether a border and at most two small words part the time that ends at `stop` from the next."""
    if not 0 < first - stop <= _APPOSITION_REACH or not stop or words.codes[stop] != ",":
        return False
    return all(words.codes[at] in "RDx" for at in range(stop + 1, first))


def _is_remark(words: Words, start: int, stop: int) -> bool:
    """ "(WP)", "(Nordhafen)": brackets around a word or two without a verb."""
    looked_at = range(start + 1, min(stop, start + _REMARK_LONGEST))
    return not any(words.codes[at] in "Fw,;" for at in looked_at)


def behind_dateline(words: Words) -> int:
    """Index behind "Musterstadt (bda), 3. Mai –", from where the report begins; 0 without one.

    The dash becomes a hard border.
    """
    at = 0
    while at < min(len(words) - 1, _DATELINE_LONGEST):
        if words.lower[at] in DASHES:
            words.codes[at] = ";"
            return at + 1
        if words.codes[at] not in "Nt#,D":
            break
        at = words.partner[at] + 1 if words.partner[at] > at else at + 1
    return 0
