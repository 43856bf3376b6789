"""Indirect quotations that a noun governs: "die Forderung der Partei, die Halle zu räumen"."""

from __future__ import annotations

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules.cues import Cue, cue_spans
from beleg.layers.quotes.by_rules.indirect import governed
from beleg.layers.quotes.by_rules.phrases import phrase_end
from beleg.layers.quotes.by_rules.speakers import speaker_of
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import QuoteRules, SayingVerb, Takes
from beleg.text import Span

_REACH = 7  # items between the noun and the comma behind its attributes


def by_nouns(unit: Unit, quotes: list[FoundQuotation], rules: QuoteRules) -> list[FoundQuotation]:
    """The quotations governed by nouns, where no verb governs the same words."""
    begins = {quote.spans[0].start for quote in quotes}
    found = []
    for at in range(unit.body):
        medium = rules.nouns.get(unit.low[at]) if unit.kind[at] == "N" else None
        if medium is None:
            continue
        part = unit.parts[unit.part_of[at]]
        if part.stop - at > _REACH or part.stop >= unit.body:
            continue
        article = at > 0 and (
            unit.low[at - 1] in rules.classes["determiner"]
            or unit.low[at - 1] in rules.classes["oblique"]
        )
        takes: frozenset[Takes] = frozenset(("clause", "infinitive"))
        noun = SayingVerb(id="", verb="", medium=medium, takes=takes, particle="", words=())
        items = (at - 1, at) if article else (at,)
        home = unit.part_of[at]
        cue = Cue(noun, items, at, part.first, part.stop, home, home, "inverted", passive=False)
        reach = governed(unit, cue, rules)
        if reach is None or unit.start[reach.content[0][0]] in begins:
            continue
        found.append(
            FoundQuotation(
                type="indirect",
                medium=medium,
                spans=tuple(unit.span(*piece) for piece in reach.content),
                speaker=_holder(unit, cue, rules),
                cue=cue_spans(unit, items),
                frame=tuple(unit.span(*piece) for piece in reach.frame),
                addressee=(),
            )
        )
    return found


def _holder(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    """The genitive behind the noun, or what "von" names, else the subject of the clause."""
    begin = cue.at + 1
    if begin < cue.stop and unit.low[begin] in rules.classes["agent"]:
        begin += 1
    elif begin < cue.stop and unit.low[begin] not in rules.classes["genitive"]:
        begin = cue.stop
    end = phrase_end(unit, begin, cue.stop, rules) if begin < cue.stop else begin
    if end > begin:
        return (unit.span(begin, end),)
    part = unit.parts[cue.left]
    verbs = [at for at in part.finite if at < cue.at]
    if (
        not verbs
        or part.opening
        or unit.low[verbs[0]] in rules.classes["auxiliary"]
        or unit.low[verbs[0]] in rules.classes["not-holding"]
    ):
        return ()
    own = Cue(
        cue.verb,
        (verbs[0],),
        verbs[0],
        part.first,
        cue.at - 1,
        cue.left,
        cue.part,
        "second",
        passive=False,
    )
    return speaker_of(unit, own, rules)
