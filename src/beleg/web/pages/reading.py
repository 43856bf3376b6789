"""The reading view: an article with all that was found in it, and what people said about that."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from beleg.ledger.articles import STATES, appearances, article
from beleg.ledger.correcting import Correction, Layer
from beleg.ledger.corrections import effective
from beleg.report import words as report_words
from beleg.report.words import Words
from beleg.web.failure import Failure
from beleg.web.numbers import Id
from beleg.web.reading.blank import ADDED_LAYERS
from beleg.web.reading.exports import EXPORTS
from beleg.web.reading.history import Entry, history_of, last_of, words_of_correction
from beleg.web.reading.loaded import Reading, body_of, reading_of
from beleg.web.reading.panel import Chosen, panel_of
from beleg.web.refusals import said
from beleg.web.state import Database
from beleg.web.templating import page
from beleg.web.visitors import Reading as MayRead
from beleg.web.words import language, words_of

AREA = None
router = APIRouter()

# Layers that can be shown and hidden, by the keys 1 to 9; links of the argument go with it.
_SWITCHED: tuple[Layer, ...] = (
    "quotes", "times", "status", "wording", "forecasts", "argument", "people", "events",
    "checklist",
)  # fmt: skip
_Place = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
_Name = Annotated[str | None, Query(max_length=200)]


async def chosen(
    layer: _Name = None,
    key: _Name = None,
    new: _Name = None,
    start: _Place = None,
    end: _Place = None,
    correction: _Place = None,
) -> Chosen:
    """What the address chooses."""
    return Chosen(layer=layer, key=key, new=new, start=start, end=end, correction=correction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something was not written: what is wrong, in words; what others did in the meantime."""

    status: int
    message: str
    meanwhile: tuple[Entry, ...] = ()
    typed: FormData = field(default_factory=FormData)


@router.get("/articles/{article_id}")
def show(
    request: Request,
    _: MayRead,
    db: Database,
    article_id: Id,
    what: Annotated[Chosen, Depends(chosen)],
    part: Literal["panel"] | None = None,
) -> HTMLResponse:
    """An article, or only the panel of it."""
    return reading_page(request, db, article_id, what, only_panel=part is not None)


def reading_page(
    request: Request,
    db: Connection,
    article_id: int,
    what: Chosen,
    *,
    only_panel: bool = False,
    refusal: Refusal | None = None,
) -> HTMLResponse:
    """The page with the panel for `what`. refusal: why something was not written."""
    ui = language(request)
    entry = article(db, article_id)
    reading = reading_of(db, article_id, ui)
    words = report_words.words_of(ui), words_of(ui)
    form = refusal.typed if refusal else None
    fields = {
        "article": entry,
        "panel": panel_of(db, article_id, reading, what, form, words),
        "refusal": refusal,
        "added_layers": ADDED_LAYERS,
        "edges_known": len(reading.corrected.analysis.argument.nodes) > 1,
        "length": len(reading.corrected.analysis.document.text),
        "step_words": lambda step: _step_words(step, words[1]),
    }
    status = refusal.status if refusal else 200
    if only_panel:
        seen = last_of(db, article_id)
        return page(request, "reading_panel.html.j2", status=status, seen=seen, **fields)
    history = history_of(db, article_id, reading.corrected.analysis)
    return page(
        request,
        "reading.html.j2",
        status=status,
        **fields,
        rows=reading.rows,
        body=body_of(request.app, article_id, entry.rev, reading.corrected.analysis, ui),
        layers=_SWITCHED,
        numbers=Counter(row.layer for row in reading.rows),
        corrections=_corrections(reading),
        lost={
            lost.correction: (said(lost.reason, ui) or lost.reason, lost.partly)
            for lost in reading.corrected.lost
        },
        history=history,
        seen=history[0].id if history else 0,
        appearances=appearances(db, article_id),
        states=STATES,
        exports=EXPORTS,
    )


def _step_words(step: Entry, words: Words) -> str:
    """A step of the history in words; one that has none here is told as it is."""
    parts = [step.what] if step.what else []
    if step.layer is not None:
        layer = words.say(f"reading.layer.{step.layer}")
        return " ".join([layer, words.say(f"reading.did.{step.action}"), *parts])
    key = f"reading.step.{step.action.replace(' ', '_')}"
    told = words.say(key) if words.has(key) else f"{step.action} ({step.subject})"
    return ": ".join([told, *parts])


def _corrections(reading: Reading) -> list[tuple[Correction, str]]:
    """Corrections in force, the latest first, with the words they are about."""
    analysis = reading.corrected.analysis
    return [
        (c, words_of_correction(analysis, c.layer, c.before, c.after))
        for c in reversed(list(reading.corrections.values()))
    ]


@router.get("/articles/{article_id}/export/{export}")
def give_out(request: Request, _: MayRead, db: Database, article_id: Id, export: str) -> Response:
    """The article with its corrections as a file, see `EXPORTS`."""
    found = EXPORTS.get(export)
    if found is None:
        raise Failure(404)
    entry = article(db, article_id)
    content = found.write(effective(db, article_id).analysis, language(request))
    name = re.sub(r"[^a-z0-9]+", "-", (entry.title or "").lower().translate(_LETTERS)).strip("-")
    file = f"{name[:60] or f'article-{article_id}'}.{found.ending}"
    return Response(
        content,
        media_type=found.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
