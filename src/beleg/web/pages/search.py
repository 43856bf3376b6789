"""One field to search all articles, quotations and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from beleg.errors import LedgerMissing
from beleg.ledger import persons
from beleg.ledger.articles import ArticleFilter, articles_to_count, outlets, search_articles
from beleg.ledger.counting import COUNTED, count_each
from beleg.ledger.quotations import QuotationFilter, list_quotations, quotations_to_count
from beleg.web.asked import AskedDay, AskedNumber, AskedText, AskedType, here, report_say
from beleg.web.kinds import PERSON_KINDS, QUOTATION_TYPES, SOURCINGS
from beleg.web.marking import Piece, marked, snippet
from beleg.web.navigation import Area
from beleg.web.refusals import unaskable
from beleg.web.state import Database
from beleg.web.templating import page
from beleg.web.visitors import Reading
from beleg.web.words import language

AREA = Area(key="search", path="/search")
router = APIRouter()

_ON_A_PAGE = 20
_READ = 20_000  # code points of an article that are looked through for the place to show
Within = Literal["articles", "quotations", "people"]
WITHIN: tuple[Within, ...] = ("articles", "quotations", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for, where, and from which hit on."""

    query: str
    within: Within
    articles: ArticleFilter
    quotations: QuotationFilter
    kind: str | None
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found: the entry, and the place in it with the words that were searched."""

    entry: Any
    pieces: tuple[Piece, ...]


@router.get("/search")
def search(
    request: Request,
    _: Reading,
    db: Database,
    q: AskedText = None,
    within: Annotated[Within, Query()] = "articles",
    person: AskedNumber = None,
    outlet: AskedText = None,
    type_: AskedType = None,
    sourcing: AskedText = None,
    kind: AskedText = None,
    since: AskedDay = None,
    until: AskedDay = None,
    before: AskedNumber = None,
) -> HTMLResponse:
    """What has the words of `q` in it; without words, only the field."""
    asked = Search(
        query=q or "",
        within=within,
        articles=ArticleFilter(query=q, outlet=outlet, person=person, since=since, until=until),
        quotations=QuotationFilter(
            query=q,
            outlet=outlet,
            person=person,
            type=type_,
            sourcing=sourcing,
            since=since,
            until=until,
        ),
        kind=kind,
        before=before,
    )
    refused = unaskable(q, language(request))
    hits, counts = _found(db, asked) if q and refused is None else ((), {})
    shown = hits[:_ON_A_PAGE]
    return page(
        request,
        "search.html.j2",
        asked=asked,
        refused=refused,
        hits=shown,
        counts=counts,
        counted=COUNTED,
        tabs=[(one, here(request, within=one, before=None)) for one in WITHIN],
        outlets=outlets(db),
        person=_person(db, person),
        types=QUOTATION_TYPES,
        sourcings=SOURCINGS,
        kinds=PERSON_KINDS,
        report=report_say(request),
        without_person=here(request, person=None, before=None),
        first=None if before is None else here(request, before=None),
        further=here(request, before=shown[-1].entry.id) if len(hits) > _ON_A_PAGE else None,
    )


def _found(db: Connection, asked: Search) -> tuple[tuple[Hit, ...], dict[str, int]]:
    """The hits on the page, and how many there are of each kind, by `WITHIN`."""
    limit, before = _ON_A_PAGE + 1, asked.before
    to_count = {
        "quotations": quotations_to_count(db, asked.quotations),
        "people": persons.people_to_count(db, asked.query, kind=asked.kind),
    }
    if asked.within == "articles":
        articles, number = search_articles(
            db, asked.articles, limit=limit, before=before, beginning=_READ
        )
        hits = tuple(Hit(entry=e, pieces=snippet(e.beginning, asked.query)) for e in articles)
        return hits, {"articles": number} | count_each(db, **to_count)
    if asked.within == "quotations":
        quotations = list_quotations(db, asked.quotations, limit=limit, before=before)
        hits = tuple(Hit(entry=e, pieces=snippet(e.text, asked.query)) for e in quotations)
    else:
        people = persons.find_people(
            db, asked.query, kind=asked.kind, limit=limit, after=before or 0
        )
        hits = tuple(Hit(entry=e, pieces=marked(e.name, asked.query)) for e in people)
    return hits, count_each(db, articles=articles_to_count(db, asked.articles), **to_count)


def _person(db: Connection, id_: int | None) -> persons.PersonEntry | None:
    try:
        return None if id_ is None else persons.person(db, id_)
    except LedgerMissing:
        return None
