"""Analyses with forecasts and checks, made by hand from a text with marks; invented people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import insert

from beleg.ledger import schema
from beleg.ledger.store import Change
from beleg.records import (
    Analysis,
    Argument,
    Certainty,
    Check,
    CheckReason,
    Dating,
    Document,
    Forecast,
    ForecastKind,
    Person,
    Quotation,
    Speaker,
    Window,
)
from beleg.text.article import Span

PUBLISHED = date(2024, 3, 7)
TEXT = (
    "Der Hafen in Lunden wird bis Juni fertig. Das sagte Maria Muster. "
    "Die Brücke wird wahrscheinlich nie gebaut. Der Umbau kostete 40 Millionen Euro. "
    "Der Umbau dauerte drei Jahre."
)
PORT = "Der Hafen in Lunden wird bis Juni fertig"
BRIDGE = "Die Brücke wird wahrscheinlich nie gebaut"
COST = "Der Umbau kostete 40 Millionen Euro."
YEARS = "Der Umbau dauerte drei Jahre."


@dataclass(frozen=True, kw_only=True)
class Said:
    """A forecast: its words in the text, and what the analysis has on it."""

    words: str
    holder: str = "author"
    kind: ForecastKind = "prediction"
    latest: date | None = date(2024, 6, 30)
    sure: tuple[float, float] | None = None


def analysis(
    *forecasts: Said,
    checks: Sequence[tuple[str, CheckReason]] = (),
    text: str = TEXT,
    outlet: str | None = "Lundener Bote",
    author: str | None = "Karl Beispiel",
    published: date | None = PUBLISHED,
) -> Analysis:
    """An analysis that has just these forecasts and checks."""
    speaker = Span(0, 3)
    return Analysis(
        schema=1,
        beleg="0",
        model="by hand",
        document=Document(
            id=f"sha256:{sha256(text.encode()).hexdigest()}",
            text=text,
            title="Hafen und Brücke",
            author=author,
            outlet=outlet,
            url=None,
            published=published,
            language="de",
        ),
        dating=Dating(
            earliest=published, latest=published, basis="given", evidence=(), conflicts=()
        ),
        people=(
            Person(id="p1", name="Maria Muster", kind="person", roles=(), mentions=(speaker,)),
            Person(id="p2", name="Lundener Bote", kind="outlet", roles=(), mentions=(speaker,)),
        ),
        quotes=(
            Quotation(
                id="q1",
                type="indirect",
                medium="speech",
                spans=(Span(0, 41),),
                cue=(),
                frame=(),
                addressee=(),
                speaker=Speaker(person="p1", spans=(), unresolved=None),
                parent=None,
                chain=("p2", "p1"),
                sourcing="named_person",
            ),
        ),
        times=(),
        status=(),
        events=(),
        forecasts=tuple(_forecast(text, n, said) for n, said in enumerate(forecasts, start=1)),
        argument=Argument(nodes=(), edges=()),
        wording=(),
        checklist=tuple(
            Check(span=_span(text, words), why=(why,), weight=0.5, records=())
            for words, why in checks
        ),
    )


def _forecast(text: str, number: int, said: Said) -> Forecast:
    span = _span(text, said.words)
    return Forecast(
        id=f"f{number}",
        span=span,
        kind=said.kind,
        holder=said.holder,
        quote=None if said.holder == "author" else "q1",
        window=Window(earliest=PUBLISHED, latest=said.latest) if said.latest else None,
        time=None,
        condition=None,
        certainty=Certainty(
            span=_span(text, "wahrscheinlich"), low=said.sure[0], high=said.sure[1], scale="ipcc-de"
        )
        if said.sure
        else None,
    )


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def add(change: Change, made: Analysis) -> int:
    """The article's row alone, as far as forecasts and checks need it."""
    document = made.document
    (number,) = change.db.execute(
        insert(schema.articles).values(
            text_hash=document.id,
            title=document.title,
            author=document.author,
            outlet=document.outlet,
            published=document.published,
            basis="given",
            language="de",
            text=document.text,
            added_at=change.at,
            added_by=change.who,
        )
    ).inserted_primary_key or (0,)
    return int(number)


def person(change: Change, name: str, *, root: int | None = None) -> int:
    """Somebody across articles; root: who they were merged into."""
    (number,) = change.db.execute(
        insert(schema.people).values(name=name, folded=name.casefold(), kind="person")
    ).inserted_primary_key or (0,)
    p = schema.people.c
    change.db.execute(
        schema.people.update()
        .where(p.id == number)
        .values(root_id=root or number, merged_into=root)
    )
    return int(number)
