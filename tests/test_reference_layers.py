"""The reprinted opinion piece: every status and every forecast, with holder, window and condition."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import beleg
from beleg.records import Analysis, Forecast, Window
from beleg.text import Span

pytestmark = pytest.mark.model

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "reprint-undated.txt"
UNTIL = date(2024, 12, 31)
STATUS = [
    ("unconfirmed", "nicht klären", "Wer von beiden recht hat"),
    ("denied", "wies", "„frei erfunden“"),
    ("alleged", "soll", "Außenministerin Mara Desnik soll schon am Wochenende davor"),
    ("unconfirmed", "nicht bestätigt", "der Besuch ist bis heute nicht bestätigt"),
]
# Beginning, kind, holder, first and last day, condition.
FORECASTS = [
    ("Die Regierung der Inselrepublik", "prediction", "Jonas Wellenkamp", None, None, None),
    ("der erste Pfeiler", "announcement", "Ilva Torsten", None, date(2024, 11, 30), None),
    ("die Koalition zerbrechen wird", "prediction", "Jonas Wellenkamp", None, None, None),
    (
        "im Herbst werden die Gemeinderäte",
        "announcement",
        "Jonas Wellenkamp",
        date(2024, 9, 1),
        date(2024, 11, 30),
        None,
    ),
    ("sie werde den Haushalt", "announcement", "Ilva Torsten", None, date(2024, 6, 30), None),
    ("Halvik hält Neuwahlen", "prediction", "Runa Halvik", None, UNTIL, None),
    ("das Kabinett mindestens", "prediction", "Aurel Tiefenbrock", None, date(2025, 8, 31), None),
    ("ohne die Brücke könnten", "warning", "Peer Quast", None, None, "ohne die Brücke"),
    ("werde sein Verband klagen", "conditional", "Peer Quast", None, None, "Sollte Kastova"),
    ("will er das Abkommen", "announcement", "Sundbote", None, date(2024, 9, 30), None),
    ("Die Koalition wird die Sommerpause", "prediction", "Jonas Wellenkamp", None, None, None),
    (
        "stellt sie im Juli selbst",
        "conditional",
        "Jonas Wellenkamp",
        date(2024, 7, 1),
        date(2024, 7, 31),
        "Wenn Torsten klug ist",
    ),
    ("Andernfalls werden andere", "conditional", "Jonas Wellenkamp", None, None, "Wenn Torsten"),
]


@cache
def analysis() -> Analysis:
    return beleg.analyse(EXAMPLE.read_text(encoding="utf-8"))


def words(span: Span | None) -> str:
    return analysis().document.text[slice(*span)] if span is not None else ""


def found(beginning: str) -> Forecast:
    return next(f for f in analysis().forecasts if words(f.span).startswith(beginning))


def test_every_status_is_found_with_what_it_bears_on_and_nothing_else_is() -> None:
    got = [(s.label, words(s.span), words(s.about)) for s in analysis().status]
    assert [status[:2] for status in got] == [status[:2] for status in STATUS]
    for (_, _, about), (_, _, expected) in zip(got, STATUS, strict=True):
        assert about.startswith(expected)


def test_the_unconfirmed_visit_is_nobodys_word() -> None:
    (hearsay,) = (q for q in analysis().quotes if words(q.spans[0]).startswith("Außenministerin"))
    assert (hearsay.speaker, hearsay.sourcing) == (None, "anonymous")
    assert hearsay.id in {status.quote for status in analysis().status}


def test_nothing_else_is_foretold() -> None:
    begins = [words(forecast.span) for forecast in analysis().forecasts]
    assert len(begins) == len(FORECASTS)
    for begin, expected in zip(begins, FORECASTS, strict=True):
        assert begin.startswith(expected[0])


@pytest.mark.parametrize(("beginning", "kind", "earliest", "latest", "condition"),
                         [(f[0], f[1], *f[3:]) for f in FORECASTS])  # fmt: skip
def test_each_forecast_has_its_kind_window_and_condition(
    beginning: str, kind: str, earliest: date | None, latest: date | None, condition: str | None
) -> None:
    forecast = found(beginning)
    assert forecast.kind == kind
    dated = Window(earliest=earliest, latest=latest) if earliest or latest else None
    assert forecast.window == dated
    assert words(forecast.condition).startswith(condition or "")
    assert (forecast.condition is None) == (condition is None)


@pytest.mark.parametrize(("beginning", "holder"), [(f[0], f[2]) for f in FORECASTS])
def test_each_forecast_has_its_holder(beginning: str, holder: str) -> None:
    names = {person.id: person.name for person in analysis().people}
    assert names[found(beginning).holder] == holder


def test_the_certainty_has_its_range_on_the_scale() -> None:
    certainty = found("Halvik hält Neuwahlen").certainty
    assert certainty is not None
    assert words(certainty.span) == "sehr wahrscheinlich"
    assert (certainty.low, certainty.high, certainty.scale) == (0.9, 1.0, "ipcc-de")
    assert [f.certainty for f in analysis().forecasts if f.certainty] == [certainty]
