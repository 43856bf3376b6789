"""Articles for the pages of the ledger: two of invented people, with everything found in them."""

from __future__ import annotations

from datetime import date

from beleg.ledger.article_changes import add_article
from beleg.ledger.store import Ledger
from beleg.records import (
    Analysis,
    Argument,
    Certainty,
    Check,
    Dating,
    Document,
    Event,
    Forecast,
    Person,
    Quotation,
    Speaker,
    Window,
)
from beleg.text.article import Article, Span

DAY = date(2024, 3, 5)
PORT = (
    "Am 1. März brach der Kran im Hafen von Lunden. Bürgermeisterin Maria Muster sagte: "
    "„Der Hafen wird bis Juni wahrscheinlich wieder frei.“ Der Umbau kostete 40 Millionen Euro."
)
FERRY = (
    "Die Fähre fährt wieder. „Wir haben lange gewartet“, sagte Maria Muster. "
    "Der Umbau kostete 40 Millionen Euro."
)
COST = "Der Umbau kostete 40 Millionen Euro."
HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"


def port(
    *,
    title: str | None = "Kran im Hafen gebrochen",
    outlet: str | None = "Lundener Bote",
    name: str = "Maria Muster",
    last_day: date = date(2024, 6, 30),
) -> Analysis:
    """An article with a person, a quotation, an event, a forecast and a check."""
    said = _span(PORT, "Der Hafen wird bis Juni wahrscheinlich wieder frei.")
    return _analysis(
        PORT,
        title=title,
        outlet=outlet,
        people=(name,),
        quote=said,
        events=(
            Event(
                id="e1",
                span=_span(PORT, "brach der Kran"),
                time=None,
                earliest=date(2024, 3, 1),
                latest=date(2024, 3, 1),
                after=(),
                people=("p1",),
                quote=None,
            ),
        ),
        forecasts=(
            Forecast(
                id="f1",
                span=said,
                kind="prediction",
                holder="p1",
                quote="q1",
                window=Window(earliest=DAY, latest=last_day),
                time=None,
                condition=None,
                certainty=Certainty(
                    span=_span(PORT, "wahrscheinlich"), low=0.66, high=1.0, scale="ipcc-de"
                ),
            ),
        ),
    )


def ferry() -> Analysis:
    """An article by another outlet with the same person and the same words to check."""
    return _analysis(
        FERRY,
        title="Fähre fährt wieder",
        outlet="Kanal Sund",
        people=("Maria Muster", "Marie Muster"),
        quote=_span(FERRY, "Wir haben lange gewartet"),
        published=date(2024, 4, 9),
    )


def enter(ledger: Ledger, *made: Analysis) -> list[int]:
    """Puts analyses into the ledger; returns the numbers of their articles."""
    numbers = []
    for one in made:
        with ledger.change(who="anna") as change:
            numbers.append(add_article(change, one, source=f"{one.document.title}.txt").id)
    return numbers


def _analysis(
    text: str,
    *,
    title: str | None,
    outlet: str | None,
    people: tuple[str, ...],
    quote: Span,
    published: date = DAY,
    events: tuple[Event, ...] = (),
    forecasts: tuple[Forecast, ...] = (),
) -> Analysis:
    return Analysis(
        schema=1,
        beleg="0.1.0",
        model="test@1",
        document=Document(
            id=Article(text=text).id,
            text=text,
            title=title,
            author=None,
            outlet=outlet,
            url=None,
            published=published,
            language="de",
        ),
        dating=Dating(
            earliest=published, latest=published, basis="given", evidence=(), conflicts=()
        ),
        people=tuple(
            Person(id=f"p{n}", name=name, kind="person", roles=(), mentions=(Span(0, 3),))
            for n, name in enumerate(people, start=1)
        ),
        quotes=(
            Quotation(
                id="q1",
                type="direct",
                medium="speech",
                spans=(quote,),
                cue=(),
                frame=(),
                addressee=(),
                speaker=Speaker(person="p1", spans=(), unresolved=None),
                parent=None,
                chain=("p1",),
                sourcing="named_person",
            ),
        ),
        times=(),
        status=(),
        events=events,
        forecasts=forecasts,
        argument=Argument(nodes=(), edges=()),
        wording=(),
        checklist=(
            Check(span=_span(text, COST), why=("exact figure",), weight=0.5, records=("q1",)),
        ),
    )


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
