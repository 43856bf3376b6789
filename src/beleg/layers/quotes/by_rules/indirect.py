"""Indirect quotations: what a cue governs to its right or left."""

from __future__ import annotations

from dataclasses import dataclass

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules.cues import Cue, cue_spans
from beleg.layers.quotes.by_rules.speakers import addressee_of, speaker_of
from beleg.layers.quotes.by_rules.unit import Part, Unit
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Span

_PARTS_TO_CLAUSE = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """What is quoted: items, one or two ranges; and the items of the frame."""

    content: tuple[tuple[int, int], ...]
    frame: tuple[tuple[int, int], ...]


def indirect_quotations(
    unit: Unit, cues: list[Cue], rules: QuoteRules
) -> list[tuple[FoundQuotation, Cue]]:
    """The indirect quotations of a unit with their cues."""
    found = []
    for cue in cues:
        reach = inserted(unit, cue) or governed(unit, cue, rules)
        if reach is not None:
            found.append((quotation(unit, cue, reach, rules), cue))
            continue
        reach = before(unit, cue)
        if reach is not None:
            quote = quotation(unit, cue, reach, rules)
            if quote.speaker or cue.passive:
                found.append((quote, cue))
    return found


def quotation(unit: Unit, cue: Cue, reach: Reach, rules: QuoteRules) -> FoundQuotation:
    """The quotation of a cue that governs `reach`."""
    part = unit.parts[cue.left]
    items = (part.head, *cue.items) if part.opening == "as" and cue.place == "last" else cue.items
    return FoundQuotation(
        type="indirect",
        medium=cue.verb.medium,
        spans=tuple(unit.span(*piece) for piece in reach.content),
        speaker=speaker_of(unit, cue, rules),
        cue=cue_spans(unit, items),
        frame=tuple(unit.span(*piece) for piece in reach.frame),
        addressee=addressee_of(unit, cue, rules),
    )


def inserted(unit: Unit, cue: Cue) -> Reach | None:
    """ "Wie die Stadt mitteilte, ist …" and "Die Halle ist, wie die Stadt mitteilte, leer"."""
    part = unit.parts[cue.left]
    if part.opening != "as" or cue.place != "last" or "clause" not in cue.verb.takes:
        return None
    body = unit.body
    begin, end = part.first, cue.stop
    if begin == 0:
        if end + 1 >= body:
            return None
        return Reach(((end + 1, body),), ((0, end + 1),))
    if end >= body:
        return Reach(((0, begin - 1),), ((begin - 1, body),))
    return Reach(((0, begin - 1), (end + 1, body)), ((begin - 1, end + 1),))


def governed(unit: Unit, cue: Cue, rules: QuoteRules) -> Reach | None:
    """The clause or infinitive behind the cue's clause."""
    takes = cue.verb.takes
    begin = -1
    k = cue.part + 1
    infinitive = -1
    parts = _PARTS_TO_CLAUSE if cue.verb.verb else 1
    for k in range(cue.part + 1, min(cue.part + 1 + parts, len(unit.parts))):
        part = unit.parts[k]
        colon = unit.low[part.first - 1] == ":"
        if "clause" in takes and part.opening in ("content", "question"):
            begin = part.first
        elif part.opening == "relative":
            continue
        elif part.opening == "conjunction" and not part.to_infinitive:
            if "clause" in takes and any(p.subjunctive for p in unit.parts[k : k + 3]):
                begin = part.first
            else:
                return None
        elif ("clause" in takes and part.subjunctive and not part.opening) or (
            "infinitive" in takes and part.to_infinitive and not part.opening and not part.finite
        ):
            begin = infinitive if infinitive >= 0 else part.first
        elif "clause" in takes and not colon and k == cue.part + 1 and _bare(cue, part):
            begin = part.first
        elif not part.finite and not part.to_infinitive:
            # An apposition to the subject, or the beginning of what is said.
            if infinitive < 0 and _opens_content(unit, part, rules):
                infinitive = part.first
            continue
        else:
            return None
        break
    if begin < 0:
        return None
    end = content_end(unit, unit.part_of[begin], cue)
    frame = [(0, begin)]
    if end < unit.body:
        frame.append((end, unit.body))
    return Reach(((begin, end),), tuple(frame))


def _opens_content(unit: Unit, part: Part, rules: QuoteRules) -> bool:
    """A prepositional phrase or adverb behind the comma belongs to what follows it."""
    word = unit.low[part.first]
    return unit.kind[part.first] == "w" and word in rules.classes["preposition"]


def _bare(cue: Cue, part: Part) -> bool:
    """ "Sie sagte, sie wollte gehen": a main clause in the indicative right behind the cue."""
    if part.opening or part.coordinated or not part.finite or cue.passive or cue.place != "second":
        return False
    verb = part.finite[0]
    return part.first < verb < part.stop - 1 and max(cue.items) >= cue.stop - 2


def content_end(unit: Unit, k: int, cue: Cue | None) -> int:
    """Where content that begins in part k ends: where the clause around the cue goes on."""
    outer = cue is not None and cue.place == "last"
    for j in range(k + 1, len(unit.parts)):
        part = unit.parts[j]
        if outer and part.finite and part.finite[0] == part.first:
            return part.first - 1
        if unit.low[part.first - 1] in (":", ";") and not part.subjunctive:
            return part.first - 1
        if part.opening or part.subjunctive or part.second or not part.finite:
            continue
        if part.finite[0] == part.first:
            return part.first - 1
        if part.coordinated and part.finite[0] == part.head and unit.parts[k].opening == "content":
            return part.first - 1
    return unit.body


def before(unit: Unit, cue: Cue) -> Reach | None:
    """ "Die Halle sei leer, sagte Anna Muster": what stands before an inverted cue."""
    if cue.place != "inverted" or "clause" not in cue.verb.takes:
        return None
    home = unit.part_of[cue.at]
    begin = unit.parts[home].first
    if unit.kind[begin - 2] == "Q" and (begin <= 2 or unit.low[begin - 3] == ":"):
        return None
    if "inserted" not in cue.verb.takes and not any(
        part.subjunctive or part.second or part.opening == "content" for part in unit.parts[:home]
    ):
        return None
    end = frame_end(unit, cue)
    if end >= unit.body:
        return Reach(((0, begin - 1),), ((begin - 1, unit.body),))
    return Reach(((0, begin - 1), (end + 1, unit.body)), ((begin - 1, end + 1),))


def frame_end(unit: Unit, cue: Cue) -> int:
    """Where an inserted frame ends: behind appositions and relative clauses of its subject."""
    k = cue.part
    while k + 1 < len(unit.parts):
        part = unit.parts[k + 1]
        if part.opening == "relative" or (not part.finite and not part.to_infinitive):
            k += 1
            continue
        break
    return unit.parts[k].stop if k + 1 < len(unit.parts) else unit.body


def spans_cover(quote: FoundQuotation, span: Span) -> bool:
    """Whether one of the quotation's spans covers `span`."""
    return any(own.covers(span) for own in quote.spans)
