"""Finds what to verify first, and why: the statements that can be checked, in order of weight.

A statement is a quotation, or what a sentence says beside its quotations. Forecasts, questions and
demands cannot be verified now: a figure in them is no reason. Nothing is said about whether a
statement is true, and nobody's statements are looked at more closely than others'.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from beleg.layers.checklist.figures import find_figures
from beleg.layers.checklist.statements import Statement, Statements
from beleg.records import Analysis, Check, CheckReason, Forecast, Quotation, Sourcing, StatusLabel
from beleg.rules.checklist_rules import ChecklistRules
from beleg.text import Sentence, Span

_UNNAMED: frozenset[Sourcing] = frozenset(["anonymous", "group"])
_UNSURE: frozenset[StatusLabel] = frozenset(["unconfirmed", "alleged", "speculated"])
_OPENING, _CLOSING = "„“”\"»«‚‘‹›'", "“”\"«»’‘›‹'"
_QUOTABLE = 3  # words; fewer can neither be looked up nor be said in one way only
_FRAGMENT = 100  # characters of the longest fragment
_END = 3  # tokens at the end of a sentence among which its question mark stands
_AROUND = 8  # statements that begin before a premise and can hold it
_PARTS = 12  # statements that one premise can hold; a premise of more rests on none of them


def find_checklist(
    analysis: Analysis,
    sentences: Sequence[Sentence],
    *,
    alone: Collection[str] = (),
    rules: ChecklistRules,
) -> tuple[Check, ...]:
    """What to verify in an article, the heaviest first, then in the order of the text.

    analysis: of the same text as `sentences`, all layers but this one filled.
    alone: ids of premises with which a conclusion falls.
    """
    if not sentences:
        return ()
    found = Statements(analysis.document.text, sentences, analysis.quotes)
    future = _Future(analysis.forecasts)
    _by_quotations(analysis.document.text, found)
    _by_status(analysis, found, future)
    _by_figures(analysis, sentences, found, future, rules)
    _by_days(analysis, found)
    _by_argument(analysis, found, future, alone)
    checks = _checks(analysis.document.text, found, rules)
    return tuple(sorted(checks, key=lambda check: (-check.weight, check.span)))


def _checks(text: str, found: Statements, rules: ChecklistRules) -> Iterator[Check]:
    for statement in found.with_reason():
        why = tuple(reason for reason in rules.weights if reason in statement.why)
        voice = statement.quote or statement.held
        first = [voice.id] if voice is not None else []
        records = tuple(dict.fromkeys((*first, *statement.records)))
        span = found.whole(statement) if _is_fragment(text, statement) else statement.span
        yield Check(span=span, why=why, weight=rules.weight(why), records=records)


def _is_fragment(text: str, statement: Statement) -> bool:
    """Whether a quotation is too short to say by itself what to verify ("frei erfunden")."""
    span = statement.span
    short = span.end - span.start <= _FRAGMENT
    return statement.quote is not None and short and _count(text, span) < _QUOTABLE


def _count(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())


class _Future:
    """Where the forecasts and their conditions stand: what cannot be verified yet."""

    def __init__(self, forecasts: Sequence[Forecast]) -> None:
        spans = [f.span for f in forecasts] + [f.condition for f in forecasts if f.condition]
        self._spans = sorted(spans)

    def holds(self, place: int) -> bool:
        """Whether the place stands in a forecast or its condition."""
        return self.touches(Span(place, place + 1))

    def touches(self, span: Span) -> bool:
        """Whether the span shares anything with a forecast or its condition."""
        after = bisect_left(self._spans, span.end, key=lambda s: s.start)
        return any(s.overlaps(span) for s in self._spans[max(0, after - 2) : after])


def _by_quotations(text: str, found: Statements) -> None:
    """Sources without a name; the exact words of somebody who has one."""
    for quote in found.quotes:
        if quote.sourcing in _UNNAMED:
            found.of(quote).add("unnamed source", quote.id)
        if _is_precise(text, quote):
            found.of(quote).add("precise quotation", quote.id)


def _is_precise(text: str, quote: Quotation) -> bool:
    speaker, start, end = quote.speaker, quote.spans[0].start, quote.spans[-1].end
    if quote.type != "direct" or quote.sourcing != "named_person":
        return False
    if speaker is None or speaker.unresolved is not None:
        return False
    closed = text[start] in _OPENING and text[end - 1] in _CLOSING and end - start > 1
    return closed and sum(_count(text, span) for span in quote.spans) >= _QUOTABLE


def _by_status(analysis: Analysis, found: Statements, future: _Future) -> None:
    """What is said to be uncertain or denied; a guess about what is to come is a forecast's."""
    for status in analysis.status:
        if status.label != "denied" and status.label not in _UNSURE:
            continue
        place = status.span.start
        if status.label == "speculated" and future.touches(status.about or status.span):
            continue
        if found.sentence_at(place).kind == "heading":
            continue
        at = found.quotation_at(place)
        statement = found.of(at[0]) if at is not None else found.beside(place)
        reason: CheckReason = "denied" if status.label == "denied" else "unconfirmed"
        (statement or found.own_at(place)).add(reason)


def _by_figures(
    analysis: Analysis,
    sentences: Sequence[Sentence],
    found: Statements,
    future: _Future,
    rules: ChecklistRules,
) -> None:
    """Figures in what is stated, not in what is asked, wanted or expected."""
    times = [time.span for time in analysis.times]
    demands = {quote.id for quote in found.quotes if _demands(analysis.document.text, quote, rules)}
    at = 0
    for sentence in sentences:
        first = at
        while at < len(times) and times[at].start < sentence.span.end:
            at += 1
        if not _states(sentence):
            continue
        for figure in find_figures(sentence, times[first:at], rules.figures):
            quoted = found.quotation_at(figure.start)
            if future.holds(figure.start) or (quoted is not None and quoted[1]):
                continue
            if quoted is None:
                found.own_at(figure.start).add("exact figure")
            elif quoted[0].id not in demands:
                found.of(quoted[0]).add("exact figure")


def _by_days(analysis: Analysis, found: Statements) -> None:
    """What happened on a day that is known, and what is announced for one."""
    times = {time.id: time for time in analysis.times}
    dating = analysis.dating
    today = analysis.document.published or dating.latest or dating.earliest
    for event in analysis.events:
        time = times.get(event.time or "")
        if time is None or not _is_day(event.earliest, event.latest, today):
            continue
        if _states(found.sentence_at(time.span.start)):
            _at(found, time.span.start).add("dated", event.id, time.id)
    for forecast in analysis.forecasts:
        time = times.get(forecast.time or "")
        if (
            forecast.kind == "announcement"
            and time is not None
            and _is_day(time.earliest, time.latest)
        ):
            _at(found, forecast.span.start).add("announced date", forecast.id, time.id)


def _is_day(earliest: date | None, latest: date | None, today: date | None = None) -> bool:
    """Whether the window is one day, and past if `today` is given."""
    return earliest is not None and earliest == latest and (today is None or earliest <= today)


def _by_argument(
    analysis: Analysis, found: Statements, future: _Future, alone: Collection[str]
) -> None:
    """Statements given for a conclusion; where it falls with one, that needs no other reason,
    if a connective says that it is given: reasons without one are often opinions."""
    statements = found.with_reason()
    starts = [statement.span.start for statement in statements]
    edges = [edge for edge in analysis.argument.edges if edge.kind == "supports"]
    given = {edge.from_ for edge in edges}
    resting = {edge.from_ for edge in edges if edge.cue is not None and edge.from_ in alone}
    drawn = {node.span.start for node in analysis.argument.nodes if node.role == "conclusion"}
    loaded = sorted(word.span.start for word in analysis.wording if word.kind == "loaded")
    for node in analysis.argument.nodes:
        span = node.span
        if node.id not in given or future.holds(span.start):
            continue
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        near = statements[max(0, first - _AROUND) : last] if last - first <= _PARTS else []
        bearing = [statement for statement in near if _mostly_shared(statement.span, span)]
        for statement in bearing:
            statement.add("load-bearing", node.id)
        judges = bisect_left(loaded, span.start) < bisect_left(loaded, span.end)
        if bearing or judges or node.id not in resting or span.start in drawn:
            continue
        if _states(found.sentence_at(span.start)):
            at = found.quotation_at(span.start)
            (found.of(at[0]) if at is not None else found.own(span)).add("load-bearing", node.id)


def _mostly_shared(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared > min(one.end - one.start, other.end - other.start)


def _at(found: Statements, place: int) -> Statement:
    """The quotation that a place stands in or frames, else what the sentence itself says."""
    at = found.quotation_at(place)
    return found.of(at[0]) if at is not None else found.own_at(place)


def _states(sentence: Sentence) -> bool:
    """Whether the sentence is no heading and no question."""
    asks = any(token.text[0] == "?" for token in sentence.tokens[-_END:])
    return sentence.kind != "heading" and not asks


def _demands(text: str, quote: Quotation, rules: ChecklistRules) -> bool:
    """Whether the cue of a quotation says that something is wanted ("forderte")."""
    words = (word for cue in quote.cue for word in text[cue.start : cue.end].lower().split())
    return any(word in rules.demand for word in words)
