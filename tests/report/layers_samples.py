"""Analyses with checks, forecasts, an argument, status cues and wording made by hand."""

from __future__ import annotations

from datetime import date
from typing import cast

import msgspec
from report_samples import find, make_analysis
from voices_samples import VOICES_TEXT, voices_sample

from beleg.records import (
    Analysis,
    Argument,
    ArgumentEdge,
    ArgumentNode,
    Certainty,
    Check,
    CheckReason,
    Forecast,
    Status,
    Window,
    Wording,
)
from beleg.text.article import Span

TEXT = VOICES_TEXT


def at(words: str) -> Span:
    return find(TEXT, words)


def forecast(number: int, words: str, holder: str, quote: str | None, **fields: object) -> Forecast:
    values: dict[str, object] = {
        "id": f"f{number}", "span": at(words), "kind": "prediction", "holder": holder, "quote": quote,
        "window": None, "time": None, "condition": None, "certainty": None,
    }  # fmt: skip
    return Forecast(**(values | fields))  # type: ignore[arg-type]


def edge(
    source: str, target: str, *, against: bool = False, cue: str | None = None
) -> ArgumentEdge:
    return ArgumentEdge(
        from_=source, to=target, kind="attacks" if against else "supports", cue=at(cue) if cue else None
    )  # fmt: skip


FORECASTS = (
    forecast(
        1, "der Turm werde im Herbst abgerissen", "hansohn", "quote-9", time="t4",
        window=Window(earliest=date(2024, 9, 1), latest=date(2024, 11, 30)),
    ),
    forecast(
        2, "Wir fordern Einsicht in alle Verträge, und zwar bis Ende Juni", "marten", "quote-14",
        kind="announcement", time="t5", window=Window(earliest=None, latest=date(2024, 6, 30)),
        certainty=Certainty(span=at("weniger sein"), low=0.66, high=1.0, scale="ipcc-de"),
    ),
    forecast(
        3, "ziehen wir vor Gericht", "marten", "quote-14", kind="conditional",
        condition=at("Andernfalls"),
    ),
    forecast(4, "Über das Wetter wurde", "author", None, kind="warning"),
)  # fmt: skip

# n1 is concluded from n2 to n4; n2 is itself concluded from n5; n6 is concluded alone, against n7.
NODES = (
    ("n1", "Wer in Quellhaven nach dem Leuchtturm fragt", "conclusion", "quote-1"),
    ("n2", "der Kaufpreis sei längst geflossen", "premise", "quote-8"),
    ("n3", "der Turm gehöre seit 1998 dem Land", "precedent", "quote-7"),
    ("n4", "Sie habe „seit Jahren keinen Schlüssel gesehen“", "objection", "quote-5"),
    ("n5", "der Kaufpreis sei längst geflossen", "conclusion", "quote-8"),
    ("n6", "Der Schlüssel liegt seit Jahren im Amt", "premise", "quote-4"),
    ("n7", "Ein Turm ist kein Möbelstück", "conclusion", "quote-14"),
    ("n8", "Wer ihn verleiht", "premise", "quote-14"),
)
EDGES = (
    edge("n2", "n1", cue="längst"),
    edge("n3", "n1"),
    edge("n4", "n1", against=True, cue="bestreitet"),
    edge("n6", "n5"),
    edge("n8", "n7", cue="ist kein"),
)

STATUS = (
    Status(span=at("bestreitet"), label="denied", about=at("Der Schlüssel liegt seit Jahren im Amt"), quote="quote-1"),
    Status(span=at("ungenannt"), label="unconfirmed", about=at("der Kaufpreis sei längst geflossen"), quote="quote-8"),
    Status(span=at("heißt es"), label="alleged", about=None, quote=None),
)  # fmt: skip
WORDING = (
    Wording(span=at("noch viel"), kind="intensifier", quote="quote-1"),
    Wording(span=at("nur"), kind="hedge", quote=None),
    Wording(span=at("„Die Boje“"), kind="scare-quote", quote=None),
    Wording(span=at("im Stillen"), kind="loaded", quote="quote-1"),
)
CHECKS = (
    Check(span=at("seit 1998"), why=("dated", "exact figure"), weight=0.3, records=("t2",)),
    Check(
        span=at("der Kaufpreis sei längst geflossen"), why=("unnamed source", "load-bearing"),
        weight=0.9, records=("quote-8", "n2", "nobody"),
    ),
    Check(span=at("nie verkauft"), why=("precise quotation",), weight=0.5, records=("quote-2",)),
)  # fmt: skip


def layers_sample() -> Analysis:
    """The article full of voices with something of every further layer."""
    nodes = tuple(
        ArgumentNode(id=name, span=at(words), role=role, quote=quote)  # type: ignore[arg-type]
        for name, words, role, quote in NODES
    )
    return msgspec.structs.replace(
        voices_sample(),
        forecasts=FORECASTS,
        argument=Argument(nodes=nodes, edges=EDGES),
        status=STATUS,
        wording=WORDING,
        checklist=CHECKS,
    )


def hostile_layers(evil: str) -> Analysis:
    """Every word of every layer, and every name a foreign file can give, is `evil`."""
    text = f"A {evil} b."
    span = find(text, evil)
    return msgspec.structs.replace(
        make_analysis(text, author=evil),
        forecasts=tuple(
            Forecast(
                id=evil, span=span, kind="conditional", holder=holder, quote=evil,
                window=window, time=evil, condition=span,
                certainty=Certainty(span=span, low=-1e300, high=1e300, scale=evil),
            )
            for holder in (evil, "author")
            for window in (None, Window(earliest=None, latest=date(9, 9, 9)))
        ),
        argument=Argument(
            nodes=(
                ArgumentNode(id=evil, span=span, role="conclusion", quote=evil),
                ArgumentNode(id="n1", span=span, role="premise", quote=None),
                ArgumentNode(id="n1", span=span, role="objection", quote=None),
            ),
            edges=(
                ArgumentEdge(from_="n1", to=evil, kind="supports", cue=span),
                ArgumentEdge(from_=evil, to="n1", kind="attacks", cue=None),
                ArgumentEdge(from_=evil, to=evil, kind="supports", cue=None),
                ArgumentEdge(from_="gone", to=evil, kind="supports", cue=None),
                ArgumentEdge(from_=evil, to="gone", kind="supports", cue=None),
            ),
        ),
        status=(Status(span=span, label="alleged", about=span, quote=evil),),
        wording=(Wording(span=span, kind="loaded", quote=evil),),
        checklist=(Check(span=span, why=(cast("CheckReason", evil), "dated", cast("CheckReason", evil)), weight=1e300, records=(evil,)),),
    )  # fmt: skip


def many_layers(number: int) -> Analysis:
    """An article in which as many records of every layer lie over each other in one sentence."""
    text = "Das wird wohl so sein. " * number
    whole = [Span(n * 23, len(text) - 1) for n in range(number)]
    words = [Span(n * 23 + 9, n * 23 + 13) for n in range(number)]
    nodes = tuple(
        ArgumentNode(id=f"n{n}", span=span, role="premise" if n else "conclusion", quote=None)
        for n, span in enumerate(words)
    )
    return msgspec.structs.replace(
        make_analysis(text),
        forecasts=tuple(
            Forecast(
                id=f"f{n}", span=span, kind="prediction", holder="author", quote=None, window=None,
                time=None, condition=None, certainty=None,
            )
            for n, span in enumerate(whole)
        ),
        argument=Argument(
            nodes=nodes,
            edges=tuple(
                ArgumentEdge(from_=node.id, to="n0", kind="supports", cue=None) for node in nodes[1:]
            ),
        ),
        status=tuple(
            Status(span=word, label="alleged", about=span, quote=None)
            for word, span in zip(words, whole, strict=True)
        )[:20],
        wording=tuple(Wording(span=word, kind="hedge", quote=None) for word in words),
        checklist=tuple(
            Check(span=span, why=("dated",), weight=1.0, records=()) for span in whole
        ),
    )  # fmt: skip
