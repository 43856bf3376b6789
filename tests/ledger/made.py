"""Analyses made by hand, for tests of the ledger: no network is asked."""

from __future__ import annotations

from datetime import date

from beleg.records import (
    Analysis,
    Argument,
    Dating,
    Document,
    Person,
    PersonKind,
    Quotation,
    Speaker,
)
from beleg.text.article import Article, Span


def analysis_of(
    text: str,
    *,
    people: dict[str, PersonKind] | None = None,
    said: dict[str, str] | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: date | None = None,
    model: str = "test@1",
) -> Analysis:
    """An analysis of `text`. people: names in it and their kinds; said: quoted words and by whom."""
    ids = {name: f"p{n}" for n, name in enumerate(people or {}, start=1)}
    return Analysis(
        schema=1,
        beleg="0.1.0",
        model=model,
        document=Document(
            id=Article(text=text).id,
            text=text,
            title=title,
            author=None,
            outlet=outlet,
            url=url,
            published=published,
            language="de",
        ),
        dating=Dating(
            earliest=published,
            latest=published,
            basis="given" if published else "inferred",
            evidence=(),
            conflicts=(),
        ),
        people=tuple(
            Person(id=ids[name], name=name, kind=kind, roles=(), mentions=(_span(text, name),))
            for name, kind in (people or {}).items()
        ),
        quotes=tuple(
            Quotation(
                id=f"q{n}",
                type="direct",
                medium="speech",
                spans=(_span(text, words),),
                cue=(),
                frame=(),
                addressee=(),
                speaker=Speaker(person=ids[who], spans=(_span(text, who),), unresolved=None),
                parent=None,
                chain=(ids[who],),
                sourcing="named_person",
            )
            for n, (words, who) in enumerate((said or {}).items(), start=1)
        ),
        times=(),
        status=(),
        events=(),
        forecasts=(),
        argument=Argument(nodes=(), edges=()),
        wording=(),
        checklist=(),
    )


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
