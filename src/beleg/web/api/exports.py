"""Articles in the formats of other programs, see docs/exports.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from beleg.ledger.corrections import effective
from beleg.records import Analysis
from beleg.report.csv import Table
from beleg.web.numbers import Id
from beleg.web.state import Database, Shared
from beleg.web.training_lines import training_lines
from beleg.web.visitors import Reading

router = APIRouter(tags=["exports"])

Format = Literal["json", "html", "csv", "claimreview", "timeml", "cas", "webannotation", "argdown"]
Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A format: its media type, the ending of its files, and what writes it."""

    media_type: str
    ending: str
    write: Callable[[Analysis, Language, Table], str | bytes]


def _html(analysis: Analysis, ui: Language, _: Table) -> str:
    from beleg.report.html import to_html

    return to_html(analysis, ui=ui)


def _csv(analysis: Analysis, ui: Language, table: Table) -> str:
    from beleg.report.csv import table_csv

    return table_csv(analysis, table, ui=ui)


def _claimreview(analysis: Analysis, _: Language, __: Table) -> str:
    from beleg.report.claimreview import to_claimreview

    return to_claimreview(analysis, indent=2)


def _timeml(analysis: Analysis, _: Language, __: Table) -> str:
    from beleg.report.timeml import to_timeml

    return to_timeml(analysis)


def _cas(analysis: Analysis, _: Language, __: Table) -> bytes:
    from beleg.report.uima_cas import to_cas_zip

    return to_cas_zip(analysis)


def _webannotation(analysis: Analysis, _: Language, __: Table) -> str:
    from beleg.report.web_annotation import to_web_annotation

    return to_web_annotation(analysis, indent=2)


def _argdown(analysis: Analysis, _: Language, __: Table) -> str:
    from beleg.report.argdown import to_argdown

    return to_argdown(analysis)


KINDS: Mapping[Format, Kind] = {
    "json": Kind(
        media_type="application/json",
        ending="json",
        write=lambda analysis, _, __: analysis.to_json(indent=2),
    ),
    "html": Kind(media_type="text/html", ending="html", write=_html),
    "csv": Kind(media_type="text/csv", ending="csv", write=_csv),
    "claimreview": Kind(
        media_type="application/ld+json", ending="claimreview.jsonld", write=_claimreview
    ),
    "timeml": Kind(media_type="application/xml", ending="tml", write=_timeml),
    "cas": Kind(media_type="application/zip", ending="cas.zip", write=_cas),
    "webannotation": Kind(
        media_type="application/ld+json", ending="annotations.jsonld", write=_webannotation
    ),
    "argdown": Kind(media_type="text/vnd.argdown", ending="argdown", write=_argdown),
}
_JSON_LINES = "application/jsonl"


@router.get(
    "/articles/{article_id}/export/{format}",
    summary="Load an article in another format",
    response_class=Response,
    responses={200: {"content": {kind.media_type: {} for kind in KINDS.values()}}},
)
def export(
    _: Reading,
    db: Database,
    article_id: Id,
    format: Format,  # noqa: A002 - the name it has in the address
    table: Table = "times",
    ui: Language = "de",
) -> Response:
    """With all corrections. `table`: which one of csv. `ui`: language of html and csv."""
    kind = KINDS[format]
    written = kind.write(effective(db, article_id).analysis, ui, table)
    ending = f"{table}.csv" if format == "csv" else kind.ending
    return _file(written, f"article-{article_id}.{ending}", kind.media_type)


@router.get(
    "/training",
    summary="Load what people corrected as training data",
    response_class=Response,
    responses={200: {"content": {_JSON_LINES: {}}}},
)
def training(_: Reading, state: Shared) -> Response:
    """JSON lines, one for each article with a correction; format: docs/exports.md."""
    return StreamingResponse(
        training_lines(state.ledger),
        media_type=_JSON_LINES,
        headers={"Content-Disposition": 'attachment; filename="training.jsonl"'},
    )


def _file(content: str | bytes, name: str, media_type: str) -> Response:
    """To be kept as a file: shown by the browser, a page's scripts would be ours."""
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
