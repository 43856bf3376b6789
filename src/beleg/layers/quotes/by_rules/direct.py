"""Direct quotations: words in marks that somebody is said to have said."""

from __future__ import annotations

from dataclasses import replace

from beleg.drafts import FoundQuotation, Spans
from beleg.layers.quotes.by_rules.cues import Cue, cue_spans
from beleg.layers.quotes.by_rules.indirect import frame_end, spans_cover
from beleg.layers.quotes.by_rules.phrases import phrase_end, trimmed
from beleg.layers.quotes.by_rules.speakers import addressee_of, speaker_of
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Span

_SENTENCE = 5  # words in marks that make a sentence, not a name


def direct_quotations(
    unit: Unit,
    text: str,
    cues: list[Cue],
    indirect: list[FoundQuotation],
    last: FoundQuotation | None,
    rules: QuoteRules,
) -> list[FoundQuotation]:
    """The direct quotations of a unit.

    indirect: those already found in it. last: the quotation before the unit, whose speaker
    goes on where the unit names none.
    """
    found = []
    for at in range(len(unit)):
        if unit.kind[at] != "Q":
            continue
        quote = _inserted(unit, at, cues, rules) or _introduced(unit, at, text, cues, rules)
        if quote is None and is_expression(unit, at, rules):
            quote = _nested(unit, at, indirect) or _labelled(unit, at, cues, rules)
        if quote is None and _alone(unit, at, text):
            quote = _running_on(unit, at, last)
        if quote is not None:
            found.append(quote)
    return found


def is_expression(unit: Unit, at: int, rules: QuoteRules) -> bool:
    """Whether marks hold words somebody used, not a name or a title.

    Names are capitalised throughout but for articles and prepositions, or stand behind
    "so genannt" or a noun.
    """
    before = unit.low[at - 1] if at else ""
    if before in rules.classes["so-called"]:
        return False
    if at in unit.worded:
        return True
    return before in rules.classes["label-mark"] and (
        at + 1 == len(unit) or unit.kind[at + 1] in ",."
    )


def is_sentence(unit: Unit, at: int, text: str) -> bool:
    """Whether marks hold a sentence: a stop at its end, or words enough and not all names."""
    span = unit.span(at, at + 1)
    inside = text[span.start : span.end]
    if inside[-2:-1] in ".!?…":
        return True
    return at in unit.worded and len(inside.split()) >= _SENTENCE


def _make(
    unit: Unit, at: int, cue: Cue | None, frame: Spans, speaker: Spans, rules: QuoteRules
) -> FoundQuotation:
    return FoundQuotation(
        type="direct",
        medium=cue.verb.medium if cue else "speech",
        spans=(unit.span(at, at + 1),),
        speaker=speaker,
        cue=cue_spans(unit, cue.items) if cue else (),
        frame=frame,
        addressee=addressee_of(unit, cue, rules) if cue else (),
    )


def _introduced(
    unit: Unit, at: int, text: str, cues: list[Cue], rules: QuoteRules
) -> FoundQuotation | None:
    """ "Anna Muster sagte: „…“", "Anna Muster: „…“"."""
    if at < 1 or unit.low[at - 1] != ":":
        return None
    frame = (unit.span(0, at),)
    own = [cue for cue in cues if cue.at < at]
    if own:
        cue = own[-1]
        return _make(unit, at, cue, frame, speaker_of(unit, cue, rules), rules)
    parts = [part for part in unit.parts if part.stop <= at]
    if not is_sentence(unit, at, text):
        return None
    if any(part.finite for part in parts):
        subject = speaker_before(unit, at, rules)
        return _make(unit, at, None, frame, subject, rules)
    first, stop = trimmed(unit, 0, at - 1, rules)
    return _make(unit, at, None, frame, (unit.span(first, stop),) if first < stop else (), rules)


def speaker_before(unit: Unit, at: int, rules: QuoteRules) -> Spans:
    """The prefield of a clause without a cue, or the first phrase behind its verb."""
    part = unit.parts[0] if unit.parts else None
    if part is None or not part.finite or part.opening:
        return ()
    first, stop = trimmed(unit, 0, part.finite[0], rules)
    if first < stop and unit.low[first] not in rules.classes["preposition"]:
        return (unit.span(first, stop),)
    begin = part.finite[0] + 1
    end = phrase_end(unit, begin, at, rules)
    return (unit.span(begin, end),) if end > begin else ()


def _inserted(unit: Unit, at: int, cues: list[Cue], rules: QuoteRules) -> FoundQuotation | None:
    """ "„…“, sagte Anna Muster"; "„…“, so Anna Muster" is an attribution and comes as one."""
    if at + 1 >= unit.body or unit.low[at + 1] not in (",", "–", "-"):
        return None
    if at > 0 and unit.low[at - 1] != ":":
        return None
    begin = at + 2
    for cue in cues:
        if cue.at == begin and cue.place != "last":
            stop = frame_end(unit, cue)
            frame = (unit.span(at + 1, stop),)
            subject = speaker_of(unit, replace(cue, place="inverted"), rules)
            return _make(unit, at, cue, frame, subject, rules)
        if cue.place == "last" and unit.parts[unit.part_of[cue.at]].first == begin:
            frame = (unit.span(at + 1, unit.body),)
            return _make(unit, at, cue, frame, speaker_of(unit, cue, rules), rules)
    return None


def _nested(unit: Unit, at: int, indirect: list[FoundQuotation]) -> FoundQuotation | None:
    """Words in marks inside an indirect quotation have its speaker, cue and frame."""
    span = unit.span(at, at + 1)
    around = [quote for quote in indirect if spans_cover(quote, span)]
    if not around:
        return None
    inner = min(around, key=lambda quote: sum(end - start for start, end in quote.spans))
    return replace(inner, type="direct", spans=(span,))


def _labelled(unit: Unit, at: int, cues: list[Cue], rules: QuoteRules) -> FoundQuotation | None:
    """ "nannte den Plan „verfehlt“": marks in the clause of a verb that reports."""
    for cue in reversed(cues):
        if not cue.verb.takes & {"label", "direct", "object"}:
            continue
        if not (cue.first <= at < max(cue.stop, cue.at + 1)):
            continue
        end = unit.parts[cue.part].stop
        frame: Spans
        if at > cue.at:
            frame = (unit.span(0, at),)
            if any(item > at for item in cue.items):
                frame = (unit.span(0, at), unit.span(at + 1, end))
        else:
            frame = (
                (unit.span(at + 1, end),) if at == 0 else (unit.span(0, at), unit.span(at + 1, end))
            )
        return _make(unit, at, cue, frame, speaker_of(unit, cue, rules), rules)
    return None


def _alone(unit: Unit, at: int, text: str) -> bool:
    """Whether the unit is nothing but a sentence in marks."""
    return at == 0 and unit.body == 1 and is_sentence(unit, at, text)


def _running_on(unit: Unit, at: int, last: FoundQuotation | None) -> FoundQuotation:
    span = unit.span(at, at + 1)
    if last is None:
        return FoundQuotation(
            type="direct",
            medium="speech",
            spans=(span,),
            speaker=(),
            cue=(),
            frame=(),
            addressee=(),
        )
    return replace(last, type="direct", spans=(span,))


def attributed_direct(quote: FoundQuotation, unit: Unit) -> FoundQuotation:
    """An attribution ("…, so X") of nothing but words in marks is a direct quotation."""
    if len(quote.spans) == 1 and unit.kind[0] == "Q" and quote.spans[0] == Span(*unit.span(0, 1)):
        return replace(quote, type="direct")
    return quote
