"""Adding articles: as text, as files, from the web; analysing them anew."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from pydantic import AfterValidator, Field
from starlette.responses import Response

from beleg.errors import LedgerRefused
from beleg.intake import MAX_BYTES, article_from_bytes, article_from_text
from beleg.intake.feed_articles import MAX_ARTICLES
from beleg.ledger import articles
from beleg.ledger.adding import add_all, add_place, reanalyse
from beleg.ledger.sources import Reader, SourceOptions
from beleg.modes import Mode
from beleg.text.article import Article
from beleg.web.api.inputs import Address, Day, Line, Sent, kept
from beleg.web.api.jobs import JobStatus, answered
from beleg.web.numbers import Id
from beleg.web.state import Shared, jobs_of
from beleg.web.visitors import Editing

router = APIRouter(prefix="/articles", tags=["adding"])

_SHORT = 20_000  # characters that are analysed in a second or two
_PATIENCE_SECONDS = 10.0
_MOST_FILES = 20
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": JobStatus, "description": "It is done."},
    202: {"model": JobStatus, "description": "It will be done; Location says where to ask."},
}
WebAddress = Annotated[Address, Field(pattern="^[Hh][Tt][Tt][Pp][Ss]?://")]


class NewText(Sent):
    """A text as it is to be read. source: where it is from, as a file's name.

    published: the day of publication, where it is known. mode: "narrative" counts relative dates
    from the date told before.
    """

    text: Annotated[str, Field(min_length=1, max_length=MAX_BYTES), AfterValidator(kept)]
    source: Annotated[Line, Field(min_length=1)] = "text"
    title: Line | None = None
    author: Line | None = None
    outlet: Line | None = None
    url: WebAddress | None = None
    published: Day | None = None
    mode: Mode = "news"

    def article(self) -> Article:
        """The article. Raises IntakeError if there is no text in it."""
        found = article_from_text(self.text, published=self.published, source=self.source)
        return replace(
            found, title=self.title, author=self.author, outlet=self.outlet, url=self.url
        )


class NewAddress(Sent):
    """The web address of an article, or of a feed, of which up to `max_articles` are read."""

    url: WebAddress
    published: Day | None = None
    mode: Mode = "news"
    max_articles: Annotated[int, Field(ge=1, le=MAX_ARTICLES)] = MAX_ARTICLES


@router.post("", summary="Add a text", responses=_ANSWERS)
def add_text(request: Request, who: Editing, wanted: NewText) -> Response:
    """A short one at once, a long one in the background."""
    jobs = jobs_of(request)
    work = partial(add_all, readers=(wanted.article,), who=who.name, mode=wanted.mode)
    job = jobs.start(wanted.source, by=who.name, work=work, total=1)
    if len(wanted.text) <= _SHORT:
        job = jobs.wait(job, _PATIENCE_SECONDS)
    failed = job.failure or next((one.failure for one in job.results if one.failure), None)
    if failed is not None:
        raise failed
    return answered(job)


@router.post("/upload", status_code=202, summary="Add files", responses=_ANSWERS)
def upload(
    request: Request,
    who: Editing,
    files: Annotated[list[UploadFile], File(min_length=1, max_length=_MOST_FILES)],
    published: Annotated[Day | None, Form()] = None,
    mode: Annotated[Mode, Form()] = "news",
) -> Response:
    """Text, Markdown, HTML, PDF or DOCX; in the background."""
    readers = [_reader(file, published) for file in files]
    what = ", ".join(file.filename or "" for file in files)
    work = partial(add_all, readers=readers, mode=mode)
    return _begun(request, who.name, what, work, total=len(readers))


@router.post("/fetch", status_code=202, summary="Add from the web", responses=_ANSWERS)
def fetch(request: Request, who: Editing, wanted: NewAddress) -> Response:
    """In the background. Addresses of private networks are not asked."""
    options = SourceOptions(published=wanted.published, max_articles=wanted.max_articles)
    work = partial(add_place, place=wanted.url, options=options, mode=wanted.mode)
    return _begun(request, who.name, wanted.url, work)


@router.post(
    "/reanalyse", status_code=202, summary="Analyse anew what is outdated", responses=_ANSWERS
)
def reanalyse_all(request: Request, who: Editing) -> Response:
    """Whatever another version or model analysed. Corrections are kept."""
    return _begun(request, who.name, "reanalyse", reanalyse)


@router.post(
    "/{article_id}/reanalyse",
    status_code=202,
    summary="Analyse one article anew, if outdated",
    responses=_ANSWERS,
)
def reanalyse_one(request: Request, who: Editing, state: Shared, article_id: Id) -> Response:
    """Where this version and model did it already, there is no result. Corrections are kept."""
    with state.ledger.read() as db:
        articles.article(db, article_id)
    work = partial(reanalyse, only=article_id)
    return _begun(request, who.name, f"reanalyse {article_id}", work)


def _begun(
    request: Request, who: str, what: str, work: Any, *, total: int | None = None
) -> Response:
    jobs = jobs_of(request)
    return answered(jobs.start(what[:200], by=who, work=partial(work, who=who), total=total))


def _reader(file: UploadFile, published: Any) -> Reader:
    name = (file.filename or "upload").replace("\\", "/").rpartition("/")[2][:255] or "upload"
    try:
        kept(name)
    except ValueError as error:
        raise LedgerRefused("the file's name", str(error), "Give it another name") from error
    return partial(article_from_bytes, file.file.read(), source=name, published=published)
