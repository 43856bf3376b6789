"""Articles: found, read, and how far one is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from beleg.ledger import article_changes, articles, persons
from beleg.ledger.articles import Appearance, ArticleEntry, ArticleFilter, State
from beleg.ledger.corrections import effective, found_by_machine
from beleg.ledger.persons import Link
from beleg.web.api.inputs import Changing, Day, Line
from beleg.web.api.paging import Listing, Page, page_of
from beleg.web.numbers import Id, Number
from beleg.web.state import Database, Shared
from beleg.web.visitors import Editing, Reading

router = APIRouter(prefix="/articles", tags=["articles"])


class WantedArticles(Listing):
    """Which articles are meant. query: words to look for, see docs. Days inclusive."""

    query: Line | None = None
    state: State | None = None
    outlet: Line | None = None
    person: Number | None = None
    since: Day | None = None
    until: Day | None = None


class ArticleDetail(BaseModel):
    """An article, where it was seen, and who its people are across articles."""

    article: ArticleEntry
    appearances: tuple[Appearance, ...]
    people: tuple[Link, ...]


class NewState(Changing):
    """How far an article is: "new", "read" or "done"."""

    state: State


@router.get("", summary="List articles, the last added first")
def list_articles(
    _: Reading, db: Database, wanted: Annotated[WantedArticles, Query()]
) -> Page[ArticleEntry]:
    """`query` takes words, "words in quotation marks", -words that must not occur, begin*."""
    found = articles.list_articles(
        db, ArticleFilter(**wanted.chosen()), limit=wanted.limit + 1, before=wanted.after
    )
    return page_of(found, wanted.limit, lambda entry: entry.id)


@router.get("/{article_id}", summary="Read an article's entry")
def article(_: Reading, db: Database, article_id: Id) -> ArticleDetail:
    """With where its text was seen and who its people are across articles."""
    return ArticleDetail(
        article=articles.article(db, article_id),
        appearances=articles.appearances(db, article_id),
        people=persons.links(db, article_id),
    )


@router.get(
    "/{article_id}/analysis",
    summary="Read everything that is known of an article",
    response_class=Response,
    responses={
        200: {
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Analysis"}}}
        }
    },
)
def analysis(_: Reading, db: Database, article_id: Id, machine: bool = False) -> Response:
    """The analysis with all corrections, in the JSON of docs/schema/analysis-1.json.

    `machine=true`: as the machine made it, without corrections.
    """
    found = found_by_machine(db, article_id) if machine else effective(db, article_id).analysis
    return Response(found.to_json(), media_type="application/json")


@router.put("/{article_id}/state", summary="Say how far an article is")
def set_state(who: Editing, state: Shared, article_id: Id, wanted: NewState) -> ArticleEntry:
    """Answers the entry with its new `rev`."""
    with state.ledger.change(who=who.name) as change:
        article_changes.set_state(change, article_id, wanted.state, rev=wanted.rev)
        return articles.article(change.db, article_id)
