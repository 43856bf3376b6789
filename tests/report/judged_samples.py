"""An analysis made by hand with status, forecasts, an argument, wording and a checklist."""

from __future__ import annotations

from datetime import date

import msgspec
from report_samples import find, make_analysis, make_times

from beleg.records import (
    Analysis,
    Argument,
    ArgumentEdge,
    ArgumentNode,
    ArgumentRole,
    Certainty,
    Check,
    CheckReason,
    Forecast,
    Person,
    Quotation,
    Speaker,
    Status,
    Window,
    Wording,
)
from beleg.text.article import Span

JUDGED_TEXT = """\
Die Fähre muss bleiben, denn 4200 Menschen brauchen sie. Zwar kostet sie viel, doch sie trägt sich. \
Aus dem Rathaus heißt es, angeblich sei sie schon verkauft. \
„Wir werden bis Ende Juni einen Käufer finden, falls der Hafen zahlt“, sagte Karla Wendt, das sei sehr wahrscheinlich. \
Es ist ein Trauerspiel."""

_BUYER = "„Wir werden bis Ende Juni einen Käufer finden, falls der Hafen zahlt“"
_SOLD = "angeblich sei sie schon verkauft"


def _at(words: str) -> Span:
    return find(JUDGED_TEXT, words)


def _quotation(id_: str, words: str, person: str | None, sourcing: str) -> Quotation:
    quote: Quotation = msgspec.convert(
        {
            "id": id_,
            "type": "direct" if words.startswith("„") else "indirect",
            "medium": "speech",
            "spans": [_at(words)],
            "cue": [],
            "frame": [],
            "addressee": [],
            "speaker": None,
            "parent": None,
            "chain": [],
            "sourcing": sourcing,
        },
        Quotation,
    )
    speaker = Speaker(person=person, spans=(), unresolved=None) if person else None
    return msgspec.structs.replace(quote, speaker=speaker)


def _node(id_: str, words: str, role: ArgumentRole) -> ArgumentNode:
    return ArgumentNode(id=id_, span=_at(words), role=role, quote=None)


def _check(words: str, weight: float, records: tuple[str, ...], *why: CheckReason) -> Check:
    return Check(span=_at(words), why=why, weight=weight, records=records)


def judged_sample() -> Analysis:
    """One of everything."""
    times = make_times(
        JUDGED_TEXT,
        [("bis Ende Juni", "DATE", "2024-06", "END", None, "2024-06-30", "publication", "r#next")],
    )
    forecast = Forecast(
        id="f1",
        span=_at("Wir werden bis Ende Juni einen Käufer finden"),
        kind="conditional",
        holder="p1",
        quote="q2",
        window=Window(earliest=None, latest=date(2024, 6, 30)),
        time="t1",
        condition=_at("falls der Hafen zahlt"),
        certainty=Certainty(span=_at("sehr wahrscheinlich"), low=0.9, high=1.0, scale="ipcc-de"),
    )
    nodes = (
        _node("n1", "Die Fähre muss bleiben", "conclusion"),
        _node("n2", "4200 Menschen brauchen sie", "premise"),
        _node("n3", "Zwar kostet sie viel", "objection"),
    )
    edges = (
        ArgumentEdge(from_="n2", to="n1", kind="supports", cue=_at("denn")),
        ArgumentEdge(from_="n3", to="n1", kind="attacks", cue=None),
    )
    wendt = Person(id="p1", name="Karla Wendt", kind="person", roles=(), mentions=())
    return msgspec.structs.replace(
        make_analysis(JUDGED_TEXT, times, title="Die Fähre", author="Jona Wells"),
        people=(wendt,),
        quotes=(
            _quotation("q1", _SOLD, None, "anonymous"),
            _quotation("q2", _BUYER, "p1", "named_person"),
        ),
        status=(Status(span=_at("angeblich"), label="alleged", about=_at(_SOLD), quote="q1"),),
        forecasts=(forecast,),
        argument=Argument(nodes=nodes, edges=edges),
        wording=(Wording(span=_at("Trauerspiel"), kind="loaded", quote=None),),
        checklist=(
            _check(_SOLD, 0.84, ("q1",), "unnamed source", "unconfirmed"),
            _check("4200 Menschen brauchen sie", 0.55, ("n2",), "exact figure", "load-bearing"),
            _check(_BUYER, 0.25, ("q2",), "precise quotation"),
        ),
    )


def long_checklist(count: int) -> Analysis:
    """The sample with so many checks."""
    analysis = judged_sample()
    return msgspec.structs.replace(analysis, checklist=(analysis.checklist[0],) * count)
