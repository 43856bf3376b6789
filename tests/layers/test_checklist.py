"""What to verify first: which statements, why, in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from beleg.layers.checklist import find_checklist
from beleg.records import (
    Analysis,
    Argument,
    ArgumentEdge,
    ArgumentNode,
    Check,
    Dating,
    Document,
    Event,
    Forecast,
    Quotation,
    Speaker,
    Status,
    TimeExpression,
    Wording,
)
from beleg.rules.checklist_rules import load_checklist_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment
from linear import assert_linear

RULES = load_checklist_rules()
DAY = date(2024, 3, 7)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def analysis_of(text: str, **records: Any) -> Analysis:
    """An analysis with these records and nothing else."""
    document = Document(
        id="x",
        text=text,
        title=None,
        author=None,
        outlet=None,
        url=None,
        published=DAY,
        language="de",
    )
    dating = Dating(earliest=DAY, latest=DAY, basis="given", evidence=(), conflicts=())
    empty: dict[str, Any] = dict.fromkeys(
        ("people", "quotes", "times", "status", "events", "forecasts", "wording", "checklist"), ()
    )
    argument = Argument(nodes=(), edges=())
    fields = {"dating": dating, "argument": argument, **empty, **records}
    return Analysis(schema=1, beleg="0", model="none", document=document, **fields)


def quotation(
    text: str,
    *parts: str,
    id: str = "q1",  # noqa: A002
    type: str = "indirect",  # noqa: A002
    sourcing: str = "named_person",
    person: str | None = "p1",
    unresolved: Any = None,
    cue: str = "",
    frame: str = "",
) -> Quotation:
    speaker = Speaker(person=person, spans=(), unresolved=unresolved) if person else None
    return Quotation(
        id=id,
        type=type,  # type: ignore[arg-type]
        medium="speech",
        spans=tuple(at(text, part) for part in parts),
        cue=(at(text, cue),) if cue else (),
        frame=(at(text, frame),) if frame else (),
        addressee=(),
        speaker=speaker,
        parent=None,
        chain=(),
        sourcing=sourcing,  # type: ignore[arg-type]
    )


def time(text: str, words: str, day: date | None, until: date | None = None) -> TimeExpression:
    return TimeExpression(
        id="t1",
        span=at(text, words),
        type="DATE",
        value="x",
        mod=None,
        earliest=day,
        latest=until or day,
        anchor=None,
        rule="r",
    )


def event(text: str, words: str, day: date | None, until: date | None = None) -> Event:
    return Event(
        id="e1",
        span=at(text, words),
        time="t1",
        earliest=day,
        latest=until or day,
        after=(),
        people=(),
        quote=None,
    )


def forecast(text: str, words: str, kind: Any = "prediction", time_: str | None = None) -> Forecast:
    return Forecast(
        id="f1",
        span=at(text, words),
        kind=kind,
        holder="author",
        quote=None,
        window=None,
        time=time_,
        condition=None,
        certainty=None,
    )


def status(text: str, words: str, label: Any, about: str | None = None) -> Status:
    return Status(
        span=at(text, words), label=label, about=at(text, about) if about else None, quote=None
    )


def premise(text: str, words: str, conclusion: str, cue: str | None = None) -> Argument:
    nodes = (
        ArgumentNode(id="n1", span=at(text, words), role="premise", quote=None),
        ArgumentNode(id="n2", span=at(text, conclusion), role="conclusion", quote=None),
    )
    return Argument(
        nodes=nodes,
        edges=(
            ArgumentEdge(from_="n1", to="n2", kind="supports", cue=at(text, cue) if cue else None),
        ),
    )


def checks_of(text: str, alone: Collection[str] = (), **records: Any) -> tuple[Check, ...]:
    sentences = segment(text, segmentation_table())
    return find_checklist(analysis_of(text, **records), sentences, alone=alone, rules=RULES)


def told(text: str, alone: Collection[str] = (), **records: Any) -> list[tuple[str, Sequence[str]]]:
    """Words and reasons of each check."""
    checks = checks_of(text, alone, **records)
    return [(text[c.span.start : c.span.end], c.why) for c in checks]


# ---- quotations ------------------------------------------------------------------------------

SAID = "Der Turm sei verkauft, hieß es. Karla Wendt sagte: „Der Turm bleibt hier stehen.“ Ende."
DIRECT = "„Der Turm bleibt hier stehen.“"


@pytest.mark.parametrize("sourcing", ["anonymous", "group"])
def test_a_source_without_a_name_is_to_be_checked(sourcing: str) -> None:
    quote = quotation(SAID, "Der Turm sei verkauft", sourcing=sourcing)
    (check,) = checks_of(SAID, quotes=(quote,))
    assert (check.why, check.records) == (("unnamed source",), ("q1",))
    assert SAID[check.span.start : check.span.end] == "Der Turm sei verkauft"


@pytest.mark.parametrize("sourcing", ["named_person", "named_org", "role", "document", "outlet"])
def test_a_source_that_can_be_asked_is_no_reason(sourcing: str) -> None:
    assert told(SAID, quotes=(quotation(SAID, "Der Turm sei verkauft", sourcing=sourcing),)) == []


def test_the_exact_words_of_a_named_person_are_to_be_checked() -> None:
    assert told(SAID, quotes=(quotation(SAID, DIRECT, type="direct"),)) == [
        (DIRECT, ("precise quotation",))
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"sourcing": "role"},
        {"person": None},
        {"unresolved": "several"},
        {"type": "indirect"},
    ],
)
def test_words_of_somebody_without_a_name_are_no_precise_quotation(other: dict[str, Any]) -> None:
    assert told(SAID, quotes=(quotation(SAID, DIRECT, **{"type": "direct", **other}),)) == []


@pytest.mark.parametrize("words", ["„Der Turm bleibt hier stehen.", "„Nie!“", "„ganz unseriös“"])
def test_marks_have_to_close_and_single_words_are_too_short(words: str) -> None:
    text = f"Karla Wendt sagte: {words} Dann ging sie."
    assert told(text, quotes=(quotation(text, words, type="direct"),)) == []


def test_words_of_one_speaker_inside_each_other_are_one_statement() -> None:
    text = "Man rede „mit allen, die reden wollen“, sagte Wendt."
    outer = quotation(text, "Man rede „mit allen, die reden wollen“")
    inner = quotation(text, "„mit allen, die reden wollen“", id="q2", type="direct")
    (check,) = checks_of(text, quotes=(outer, inner))
    assert text[check.span.start : check.span.end] == "Man rede „mit allen, die reden wollen“"
    assert check.records == ("q1", "q2")


def test_words_of_another_inside_a_quotation_are_a_statement_of_their_own() -> None:
    text = "„Er hat mir gesagt: „Die Zahlen sind solide.“ Ich glaube es“, sagte Wendt."
    outer = quotation(text, text[: text.index(", sagte")], type="direct")
    inner = quotation(text, "„Die Zahlen sind solide.“", id="q2", type="direct", person="p2")
    assert len(checks_of(text, quotes=(outer, inner))) == 2


def test_a_reprint_is_no_statement_but_what_stands_in_it_is() -> None:
    text = "Das Portal schreibt: „Die Stadt hat 4200 Boote.\n\nSie verrotten alle hier im Hafen.“"
    reprint = quotation(text, text[text.index("„") :], type="direct")
    (check,) = checks_of(text, quotes=(reprint,))
    assert (check.why, check.records) == (("exact figure",), ("q1",))
    assert "4200" in text[check.span.start : check.span.end]


# ---- status ----------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["unconfirmed", "alleged", "speculated"])
def test_what_is_not_sure_is_to_be_checked(label: str) -> None:
    text = "Das Tor ist angeblich offen. Es regnet."
    assert told(text, status=(status(text, "angeblich", label),)) == [
        ("Das Tor ist angeblich offen", ("unconfirmed",))
    ]


@pytest.mark.parametrize("label", ["confirmed", "conceded"])
def test_what_is_confirmed_or_admitted_is_no_reason(label: str) -> None:
    text = "Das Tor ist nachweislich offen."
    assert told(text, status=(status(text, "nachweislich", label),)) == []


def test_a_supposition_about_what_is_to_come_is_no_reason_yet() -> None:
    text = "Das Tor wird wohl geöffnet."
    cue = status(text, "wohl", "speculated", text[:-1])
    assert told(text, status=(cue,), forecasts=(forecast(text, text[:-1]),)) == []


def test_doubt_beside_a_quotation_is_about_the_quotation() -> None:
    text = "Sie soll verreist sein; der Besuch ist nicht bestätigt."
    quote = quotation(text, "Sie soll verreist sein")
    cue = status(text, "nicht bestätigt", "unconfirmed")
    assert told(text, quotes=(quote,), status=(cue,)) == [
        ("Sie soll verreist sein", ("unconfirmed",))
    ]


def test_a_denial_of_few_words_is_shown_with_its_sentence() -> None:
    text = "Es regnet. Ein Sprecher wies den Bericht als „frei erfunden“ zurück. Es schneit."
    quote = quotation(text, "„frei erfunden“", type="direct", sourcing="role", cue="wies")
    (check,) = checks_of(text, quotes=(quote,), status=(status(text, "wies", "denied"),))
    assert check.why == ("denied",)
    assert text[check.span.start : check.span.end].startswith("Ein Sprecher wies")


# ---- figures and days ------------------------------------------------------------------------


def test_a_figure_in_the_articles_own_words_gives_what_stands_beside_quotations() -> None:
    text = "Das Parlament stimmte mit 46 zu 44 Stimmen ab, „ein schwarzer Tag“, sagte Wendt."
    quote = quotation(text, "„ein schwarzer Tag“", frame="sagte Wendt")
    assert told(text, quotes=(quote,)) == [
        ("Das Parlament stimmte mit 46 zu 44 Stimmen ab", ("exact figure",))
    ]


@pytest.mark.parametrize(
    "text",
    ["Kommen 300 Busse?", "300 Busse für die Stadt\n\nDie Stadt kauft Busse und freut sich sehr."],
)
def test_a_figure_in_a_question_or_a_heading_is_no_reason(text: str) -> None:
    assert told(text) == []


def test_a_figure_that_is_expected_or_demanded_is_no_reason() -> None:
    text = "Wendt forderte, 300 Busse zu kaufen."
    quote = quotation(text, "300 Busse zu kaufen", cue="forderte")
    assert told(text, quotes=(quote,)) == []
    text = "Die Stadt wird 300 Busse kaufen."
    assert told(text, forecasts=(forecast(text, text[:-1]),)) == []


def test_a_past_day_of_what_was_told_or_said_can_be_looked_up() -> None:
    text = "Am Montag brannte die Halle. Sie sei leer gewesen, sagte Wendt am Dienstag."
    first = time(text, "Montag", date(2024, 3, 4))
    assert told(text, times=(first,), events=(event(text, text[:27], date(2024, 3, 4)),)) == [
        ("Am Montag brannte die Halle", ("dated",))
    ]
    second = time(text, "Dienstag", date(2024, 3, 5))
    quote = quotation(text, "Sie sei leer gewesen", frame="sagte Wendt am Dienstag")
    said = event(text, "sagte Wendt am Dienstag", date(2024, 3, 5))
    (check,) = checks_of(text, quotes=(quote,), times=(second,), events=(said,))
    assert (check.why, check.records) == (("dated",), ("q1", "e1", "t1"))


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (None, None),
        (date(2024, 3, 1), date(2024, 3, 31)),
        (date(2024, 3, 8), None),
    ],
)
def test_a_day_that_is_open_or_still_to_come_is_no_reason(
    day: date | None, until: date | None
) -> None:
    text = "Am Montag brannte die Halle."
    times = (time(text, "Montag", day, until),)
    assert told(text, times=times, events=(event(text, text[:-1], day, until),)) == []


def test_an_announced_day_comes_last() -> None:
    text = "Am Montag tagt der Rat. Er hat 31 Mitglieder."
    times = (time(text, "Montag", date(2024, 3, 11)),)
    announced = forecast(text, "Am Montag tagt der Rat", "announcement", "t1")
    assert told(text, times=times, forecasts=(announced,)) == [
        ("Er hat 31 Mitglieder", ("exact figure",)),
        ("Am Montag tagt der Rat", ("announced date",)),
    ]


# ---- argument --------------------------------------------------------------------------------

ARGUED = "Der Turm muss weg, denn er hat 300 Risse. Der Putz bröckelt seit langem überall ab."


def test_what_carries_a_conclusion_weighs_more() -> None:
    argument = premise(ARGUED, "er hat 300 Risse", "Der Turm muss weg")
    (check,) = checks_of(ARGUED, argument=argument)
    assert check.why == ("exact figure", "load-bearing")
    assert check.records == ("n1",)
    (plain,) = checks_of(ARGUED)
    assert check.weight > plain.weight


def test_only_a_premise_on_which_a_conclusion_rests_alone_needs_no_other_reason() -> None:
    plaster = "Der Putz bröckelt seit langem überall ab"
    unmarked = premise(ARGUED, plaster, "Der Turm muss weg")
    assert [why for _, why in told(ARGUED, {"n1"}, argument=unmarked)] == [("exact figure",)]
    argument = premise(ARGUED, plaster, "Der Turm muss weg", "Der")
    assert [why for _, why in told(ARGUED, argument=argument)] == [("exact figure",)]
    assert told(ARGUED, alone={"n1"}, argument=argument)[1] == (
        "Der Putz bröckelt seit langem überall ab",
        ("load-bearing",),
    )


def test_a_premise_that_judges_or_foretells_cannot_be_checked() -> None:
    text = "Der Turm muss weg. Er ist ein Trauerspiel."
    argument = premise(text, "Er ist ein Trauerspiel", "Der Turm muss weg", "Er")
    word = Wording(span=at(text, "Trauerspiel"), kind="loaded", quote=None)
    assert told(text, alone={"n1"}, argument=argument, wording=(word,)) == []
    future = (forecast(text, "Er ist ein Trauerspiel"),)
    assert told(text, alone={"n1"}, argument=argument, forecasts=future) == []


# ---- the list --------------------------------------------------------------------------------


def test_reasons_of_a_statement_are_merged_and_the_heaviest_comes_first() -> None:
    text = "300 Boote seien angeblich verrottet. Sie kosteten 20 Euro."
    quote = quotation(text, "300 Boote seien angeblich verrottet", sourcing="anonymous")
    checks = checks_of(text, quotes=(quote,), status=(status(text, "angeblich", "alleged"),))
    assert [check.why for check in checks] == [
        ("unnamed source", "unconfirmed", "exact figure"),
        ("exact figure",),
    ]
    assert [check.weight for check in checks] == [0.9, 0.35]


def test_who_speaks_changes_nothing() -> None:
    weights = set()
    for person in ("p1", "p2", "a name"):
        quote = quotation(SAID, DIRECT, type="direct", person=person)
        (check,) = checks_of(SAID, quotes=(quote,))
        weights.add((check.weight, check.why))
    assert len(weights) == 1


def test_a_text_without_sentences_has_no_checklist() -> None:
    assert find_checklist(analysis_of(" "), (), rules=RULES) == ()


def _endless(count: int) -> Callable[[], object]:
    """One sentence of quotations, figures, doubts and premises that all hang together."""
    piece = "er habe 300 Boote und angeblich „viel mehr Geld als je“, denn "
    text = piece * count + "es regnet."
    quotes, cues, nodes = [], [], []
    edges = []
    for n in range(count):
        start = n * len(piece)
        quote = quotation(text, "er habe 300 Boote", id=f"q{n}", person=f"p{n % 7}")
        spans = (Span(start, start + len(piece) - 6),)
        quotes.append(msgspec.structs.replace(quote, spans=spans, sourcing="anonymous"))
        cue = start + piece.index("angeblich")
        cues.append(Status(span=Span(cue, cue + 9), label="alleged", about=None, quote=None))
        nodes.append(
            ArgumentNode(id=f"n{n}", span=Span(start, len(text)), role="premise", quote=None)
        )
        edges.append(ArgumentEdge(from_=f"n{n}", to="n0", kind="supports", cue=None))
    argument = Argument(nodes=tuple(nodes), edges=tuple(edges))
    analysis = analysis_of(text, quotes=tuple(quotes), status=tuple(cues), argument=argument)
    sentences = segment(text, segmentation_table())
    return lambda: find_checklist(analysis, sentences, rules=RULES)


@pytest.mark.slow
def test_the_work_grows_in_line_with_an_endless_sentence() -> None:
    assert_linear(_endless, 150)


@pytest.mark.slow
def test_the_work_grows_in_line_with_quotations_in_one_another() -> None:
    def prepare(count: int) -> Callable[[], object]:
        text = "Boote 300 Wasser " * count + "."
        whole = [
            msgspec.structs.replace(
                quotation(text, "Boote", id=f"q{n}", person=f"p{n}"),
                spans=(Span(n, len(text) - n),),
            )
            for n in range(count)
        ]
        analysis = analysis_of(text, quotes=tuple(whole))
        sentences = segment(text, segmentation_table())
        return lambda: find_checklist(analysis, sentences, rules=RULES)

    assert_linear(prepare, 150)
