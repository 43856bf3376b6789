"""Adding articles: files, pasted text, or an address, which may be a feed's."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beleg.errors import BelegError
from beleg.intake.read import article_from_bytes, article_from_text
from beleg.ledger.adding import add_all, add_place
from beleg.ledger.sources import SourceOptions, is_address
from beleg.modes import Mode
from beleg.web.asked import OrEmpty
from beleg.web.failure import Failure
from beleg.web.jobs import Work
from beleg.web.refusals import explained
from beleg.web.state import jobs_of
from beleg.web.templating import page
from beleg.web.visitors import Editing, Visitor
from beleg.web.words import language

AREA = None  # part of the inbox
router = APIRouter(prefix="/add")

_FILES = 50
_FROM_FEED = 50  # articles of one feed
_LONGEST_NAME = 300
_LONGEST_TEXT = 2_000_000  # code points
# A form writes a code point in up to twelve bytes; `Bodies` cuts off what is too large as a whole.
_LONGEST_FIELD = 12 * _LONGEST_TEXT
_PASTED = "<pasted>"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Published = Annotated[date | None, OrEmpty, Form()]
ModeField = Annotated[Mode, Form()]


@router.get("")
def form(request: Request, _: Editing) -> HTMLResponse:
    """The three ways to add articles."""
    return page(request, "add.html.j2", wrong=None, address="", text="")


@router.post("/files")
def add_files(
    request: Request,
    who: Editing,
    files: Annotated[list[UploadFile], File()],
    published: Published = None,
    mode: ModeField = "news",
) -> Response:
    """Adds uploaded files, one article each."""
    given = [one for one in files if one.filename]
    if not given:
        return _wrong(request, "add.no_file")
    if len(given) > _FILES:
        return _wrong(request, "add.too_many_files")
    readers = [
        partial(
            article_from_bytes,
            one.file.read(),
            source=_name(one),
            published=published,
        )
        for one in given
    ]
    what = ", ".join(map(_name, given))
    work = partial(add_all, readers=readers, who=who.name, mode=mode)
    return _begun(request, work, what=what, who=who, total=len(readers))


@router.post("/text", form_limits={"max_part_size": _LONGEST_FIELD})
def add_text(
    request: Request,
    who: Editing,
    text: Annotated[str, Form()] = "",
    published: Published = None,
    mode: ModeField = "news",
) -> Response:
    """Adds a text as it was pasted."""
    if not text.strip():
        return _wrong(request, "add.no_text")
    if len(text) > _LONGEST_TEXT:
        return _wrong(request, "add.too_long", text=text)
    read = partial(article_from_text, text, published=published, source=_PASTED)
    work = partial(add_all, readers=[read], who=who.name, mode=mode)
    return _begun(request, work, what=_PASTED, who=who, total=1)


@router.post("/address")
def add_address(
    request: Request,
    who: Editing,
    address: Annotated[str, Form(max_length=2_000)] = "",
    published: Published = None,
    mode: ModeField = "news",
) -> Response:
    """Fetches an address, and if it is a feed its articles; never from private networks."""
    address = address.strip()
    if not is_address(address):  # what is no address would be read as a file of the server
        return _wrong(request, "add.no_address", address=address)
    options = SourceOptions(published=published, max_articles=_FROM_FEED)
    work = partial(add_place, place=address, options=options, who=who.name, mode=mode)
    return _begun(request, work, what=address, who=who, total=None)


@router.get("/{job_id}")
def job(request: Request, who: Editing, job_id: str) -> HTMLResponse:
    """How far a job is, and what became of each input."""
    found = jobs_of(request).job(job_id)
    if found is None or (found.by != who.name and not who.may("admin")):
        raise Failure(404)
    return page(
        request,
        "job.html.j2",
        job=found,
        lines=[(one, _reason(one.failure, language(request))) for one in found.results],
        failure=_reason(found.failure, language(request)),
    )


def _name(file: UploadFile) -> str:
    """The last part of the name that the browser gave, without what no text can hold."""
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2][-_LONGEST_NAME:]
    return _CONTROLS.sub("\ufffd", name) or "upload"


def _reason(error: Exception | None, ui: str) -> str | None:
    """What the visitor can do something about; of a fault of ours, the log says more."""
    return explained(error, ui) if isinstance(error, BelegError) else None


def _begun(request: Request, work: Work, *, what: str, who: Visitor, total: int | None) -> Response:
    """Begins to add, in the background, and sends the browser to where one sees how far it is."""
    job = jobs_of(request).start(what[:_LONGEST_NAME], by=who.name, work=work, total=total)
    return RedirectResponse(f"/add/{job.id}", status_code=303)


def _wrong(request: Request, key: str, *, address: str = "", text: str = "") -> HTMLResponse:
    return page(request, "add.html.j2", status=422, wrong=key, address=address, text=text)
