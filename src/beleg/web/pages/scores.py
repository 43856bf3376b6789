"""How forecasts came out: scores by holder, outlet, topic and kind, and what the figures mean."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from sqlalchemy import Connection, func, select
from starlette.responses import HTMLResponse

from beleg.ledger import schema
from beleg.ledger.articles import outlets
from beleg.ledger.choices import GROUPINGS, ORIGINS, By, Origin
from beleg.ledger.forecasts import ForecastFilter
from beleg.ledger.scores import LedgerScores, scores
from beleg.ledger.scoring import DEFAULT_MINIMUM, Accuracy
from beleg.ledger.store import Ledger
from beleg.report.calibration import Point, calibration_svg
from beleg.report.words import Words
from beleg.web.asked import AskedNumber, AskedText, report_say
from beleg.web.figures import figures
from beleg.web.kinds import FORECAST_KINDS
from beleg.web.state import Database, Shared, Today
from beleg.web.templating import page
from beleg.web.visitors import Reading
from beleg.web.words import language, words_of

AREA = None  # part of the forecasts
router = APIRouter()

_MOST = 200  # groups shown
# What the drawing fills in itself, see `calibration_svg`.
_TEMPLATES: dict[str, tuple[str, ...]] = {
    "title": (),
    "summary": ("count", "base_rate"),
    "point": ("said", "came_true", "low", "high", "count"),
    "said": (),
    "came_true": (),
    "percent": ("n",),
}
_KEPT = 32  # results kept, for each ledger


@router.get("/forecasts/scores")
def show(
    request: Request,
    _: Reading,
    db: Database,
    state: Shared,
    today: Today,
    by: Annotated[By, Query()] = "holder",
    origin: Annotated[Origin, Query()] = "extracted",
    person: AskedNumber = None,
    outlet: AskedText = None,
    topic: AskedText = None,
    kind: AskedText = None,
) -> HTMLResponse:
    """The scores of all chosen forecasts together, and of each group."""
    chosen = ForecastFilter(person=person, outlet=outlet, topic=topic, kind=kind)

    whole, groups = _KNOWN.get(
        state.ledger,
        db,
        (by, origin, chosen, today),
        lambda: scores(db, today=today, by=by, origin=origin, chosen=chosen),
    )
    accuracy = whole.score.accuracy
    return page(
        request,
        "scores.html.j2",
        whole=whole,
        groups=groups[:_MOST],
        more=max(len(groups) - _MOST, 0),
        by=by,
        bys=GROUPINGS,
        origin=origin,
        origins=ORIGINS,
        chosen=chosen,
        outlets=outlets(db),
        kinds=FORECAST_KINDS,
        minimum=DEFAULT_MINIMUM,
        plot=_plot(accuracy, words_of(language(request))) if accuracy else None,
        figure=figures(request),
        report=report_say(request),
    )


def _plot(accuracy: Accuracy, words: Words) -> Markup:
    points = [
        Point(
            said=one.mean,
            came_true=one.came_true.share,
            low=one.came_true.interval[0],
            high=one.came_true.interval[1],
            count=one.came_true.total,
        )
        for one in accuracy.curve
    ]
    templates = {
        name: words.say(f"calibration.{name}", **{field: f"{{{field}}}" for field in fields})
        for name, fields in _TEMPLATES.items()
    }
    drawing = calibration_svg(
        points, base_rate=accuracy.base_rate.share, words=templates, key="calibration"
    )
    return Markup(drawing)  # noqa: S704 - made by ElementTree, escaped


class _Known:
    """Results until the ledger changes, told by the last entry of its history and of forecasts."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Ledger, OrderedDict[Any, Any]] = WeakKeyDictionary()

    def get(
        self,
        ledger: Ledger,
        db: Connection,
        key: object,
        reckon: Callable[[], LedgerScores],
    ) -> LedgerScores:
        """What `reckon` gives, or gave when the ledger was as it is now."""
        whole = (key, db.scalar(select(func.max(schema.history.c.id))))
        with self._lock:
            kept = self._kept.setdefault(ledger, OrderedDict())
            if whole in kept:
                kept.move_to_end(whole)
                found: LedgerScores = kept[whole]
                return found
        made = reckon()
        with self._lock:
            kept[whole] = made
            while len(kept) > _KEPT:
                kept.popitem(last=False)
        return made


_KNOWN = _Known()
