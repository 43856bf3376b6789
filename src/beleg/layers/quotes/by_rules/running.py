"""Quotations without a cue: Konjunktiv that runs on, hearsay, sentences that report as a whole."""

from __future__ import annotations

from beleg.drafts import FoundQuotation
from beleg.layers.quotes.by_rules.cues import Cue, cue_spans
from beleg.layers.quotes.by_rules.direct import speaker_before
from beleg.layers.quotes.by_rules.speakers import speaker_of
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Span


def runs_on(unit: Unit, *, after_quote: bool) -> bool:
    """Whether a sentence without a cue stands in the Konjunktiv of reported speech.

    after_quote: a quotation stands right before; then Konjunktiv II is enough.
    """
    if unit.heading:
        return False
    main = [part for part in unit.parts if part.opening in ("",)]
    if any(part.subjunctive for part in main):
        return True
    return after_quote and bool(main) and bool(main[0].second)


def after_colon(unit: Unit) -> int:
    """Where the text behind a colon begins, if the Konjunktiv only stands there; else 0."""
    for part in unit.parts:
        if part.subjunctive:
            return 0
        if part.stop < len(unit) and unit.low[part.stop] == ":":
            return part.stop + 1
    return 0


def running_on(unit: Unit, last: FoundQuotation | None, rules: QuoteRules) -> FoundQuotation:
    """The whole sentence as indirect/free indirect, with the speaker of the quotation before."""
    begin = after_colon(unit)
    speaker = last.speaker if last else ()
    if begin:
        speaker = speaker_before(unit, begin, rules) or speaker
    return FoundQuotation(
        type="indirect-free-indirect",
        medium=last.medium if last else "SW",
        spans=(unit.span(begin, len(unit)),),
        speaker=speaker,
        cue=(),
        frame=(),
        addressee=(),
    )


def hearsay(unit: Unit, last: FoundQuotation | None, rules: QuoteRules) -> FoundQuotation | None:
    """ "Er soll geflohen sein.": hearsay of nobody named."""
    classes = rules.classes
    for part in unit.parts:
        if part.opening not in ("",):
            continue
        modal = [at for at in part.finite if unit.low[at] in classes["hearsay"]]
        if (
            modal
            and unit.low[unit.parts[unit.part_of[modal[0]]].stop - 1]
            in classes["perfect-infinitive"]
        ):
            return FoundQuotation(
                type="free-indirect",
                medium=last.medium if last else "SW",
                spans=(unit.span(0, len(unit)),),
                speaker=last.speaker if last else (),
                cue=(),
                frame=(),
                addressee=(),
            )
    return None


def reported(unit: Unit, cues: list[Cue], rules: QuoteRules) -> FoundQuotation | None:
    """ "Die Partei kritisierte den Plan.": the sentence says that something was said about it."""
    for cue in cues:
        if "object" not in cue.verb.takes or cue.place == "last" or cue.passive:
            continue
        if any(word in rules.classes["victim"] for word in unit.low):
            continue
        speaker = speaker_of(unit, cue, rules)
        if not speaker:
            continue
        return FoundQuotation(
            type="reported",
            medium=cue.verb.medium,
            spans=(unit.span(0, len(unit)),),
            speaker=speaker,
            cue=(),
            frame=(),
            addressee=(),
        )
    return None


def about_before(
    before: Unit | None, unit: Unit, cues: list[Cue], rules: QuoteRules
) -> FoundQuotation | None:
    """ "Die Halle ist leer. Dies bestätigte Anna Muster.": the sentence before is what was said."""
    part = unit.parts[0] if unit.parts else None
    if before is None or part is None or before.paragraph != unit.paragraph:
        return None
    if unit.low[0] not in rules.classes["sentence-pronoun"] or unit.kind[0] == "Q":
        return None
    cue = next((cue for cue in cues if cue.at == 1 and "clause" in cue.verb.takes), None)
    if cue is None or cue.place != "second":
        return None
    speaker = speaker_of(unit, cue, rules)
    if not speaker:
        return None
    return FoundQuotation(
        type="indirect",
        medium=cue.verb.medium,
        spans=(Span(before.start[0], unit.end[0]),),
        speaker=speaker,
        cue=cue_spans(unit, cue.items),
        frame=(unit.span(1, unit.body),),
        addressee=(),
    )
