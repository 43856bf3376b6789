"""Finds how established statements are said to be: confirmed, denied, alleged and so on.

Cues are words of the table `status.toml` in all their forms; a negation in the same clause
changes or removes them. Each is given with the words it bears on and the quotation it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.layers.status.clauses import Clauses
from beleg.layers.status.cues import find_cues
from beleg.layers.status.scope import Quoted, clause_of, hull
from beleg.records import Quotation, Status
from beleg.rules.status_rules import StatusRules
from beleg.text.segments import Sentence

__all__ = ["find_status"]


def find_status(
    sentences: Sequence[Sentence],
    quotes: Sequence[Quotation],
    *,
    rules: StatusRules,
) -> tuple[Status, ...]:
    """The status cues of an article in order, in time linear in its length.

    sentences, quotes: of the same text, the sentences in order.
    A cue in the frame of a quotation bears on the quotation, any other on its own clause.
    """
    quoted = Quoted(quotes)
    found: list[Status] = []
    for sentence in sentences:
        clauses = Clauses(sentence, rules.classes["joining"])
        for cue in find_cues(clauses, rules):
            span = clauses.span(cue.first, cue.stop)
            if span is None:
                continue
            place = quoted.at(span)
            about = clause_of(clauses, cue, rules)
            if place is not None and place[1]:
                about = hull(place[0])
            quote = place[0].id if place is not None else None
            found.append(Status(span=span, label=cue.label, about=about, quote=quote))
    return tuple(found)
