"""The reprinted opinion piece: every quotation with its voices, from the portal inwards."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import beleg
from beleg.records import Analysis, Quotation

pytestmark = pytest.mark.model

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "reprint-undated.txt"
PIECE = ("Wattlicht", "Die Seekarte", "Jonas Wellenkamp")
HALVIK = "„Ministerpräsidentin Torsten hat uns zugesagt"
# How the quotation begins, how the one around it begins, the voices of its own.
EXPECTED = [
    ("Die Regierung der Inselrepublik", "", ("Die Seekarte", "Jonas Wellenkamp")),
    ("„Wer in diesen Tagen", "", PIECE),
    ("„ein Versprechen an unsere Kinder“", "*", (*PIECE, "Ilva Torsten")),
    ("der erste Pfeiler werde noch", "„Wer", (*PIECE, "Ilva Torsten")),
    ("„nicht länger den Kopf", "*", (*PIECE, "Henrik Olvar")),
    ("die Kosten hätten sich", "„Wer", (*PIECE, "Henrik Olvar")),
    ("„Herr Olvar hat mir", "„Wer", (*PIECE, "Ilva Torsten")),
    ("„Die Zahlen sind solide", "„Herr Olvar", (*PIECE, "Ilva Torsten", "Henrik Olvar")),
    ("ihre Binnenliga werde sich", "„Wer", (*PIECE, "Runa Halvik")),
    (HALVIK, "„Wer", (*PIECE, "Runa Halvik")),
    ("„Kein Taler fließt", HALVIK, (*PIECE, "Runa Halvik", "Ilva Torsten")),
    ("„unseriös“", "*", (*PIECE, "Runa Halvik")),
    (
        "der Küstenbund bereite",
        "„Wer",
        (*PIECE, "Kanal Sund", "zwei Personen aus dem Umfeld des Kabinetts"),
    ),
    ("„frei erfunden“", "*", (*PIECE, "Ein Regierungssprecher")),
    ("„mit allen, die reden wollen“", "*", (*PIECE, "Timor Valk")),
    ("fehlen 340 Millionen Taler", "„Wer", (*PIECE, "einem Gutachten des Rechnungshofs")),
    ("sie werde den Haushalt bis", "„Wer", (*PIECE, "Ilva Torsten")),
    ("„sehr wahrscheinlich“", "*", (*PIECE, "Runa Halvik")),
    ("dass das Kabinett mindestens", "„Wer", (*PIECE, "Aurel Tiefenbrock")),
    ("ohne die Brücke könnten", "„Wer", (*PIECE, "Peer Quast")),
    ("Außenministerin Mara Desnik soll", "„Wer", PIECE),
    ("„Meine Großmutter pflegte", "„Wer", (*PIECE, "Timor Valk")),
    ("„Zwei Ufer brauchen", "„Meine", (*PIECE, "Timor Valk", "Meine Großmutter")),
    ("will er das Abkommen nur noch", "„Wer", (*PIECE, "Sundbote")),
]


@cache
def analysis() -> Analysis:
    return beleg.analyse(EXAMPLE.read_text(encoding="utf-8"))


def found(beginning: str) -> Quotation:
    text = analysis().document.text
    return next(
        q for q in analysis().quotes for s in q.spans if text.startswith(beginning, s.start)
    )


@pytest.mark.parametrize(("beginning", "around", "voices"), EXPECTED)
def test_each_quotation_has_its_parent_and_its_chain(
    beginning: str, around: str, voices: tuple[str, ...]
) -> None:
    names = {person.id: person.name for person in analysis().people}
    quote = found(beginning)
    assert tuple(names[voice] for voice in quote.chain) == voices
    text = analysis().document.text
    parents = {q.id: text[q.spans[0].start :] for q in analysis().quotes}
    if around != "*":  # "*": words in marks, with or without the clause around them
        assert parents.get(quote.parent or "", "")[: len(around)] == around


def test_nothing_else_is_a_quotation() -> None:
    text = analysis().document.text
    rows = [getattr(row, "values", row) for row in EXPECTED]
    starts = tuple(str(beginning) for beginning, _, _ in rows)
    # Words in marks may come with the clause around them; a warning goes on.
    more = ("Sollte Kastova das Abkommen",)
    others = [
        words
        for q in analysis().quotes
        if not any(text.startswith((*starts, *more), s.start) for s in q.spans)
        and "„" not in (words := text[q.spans[0].start : q.spans[-1].end])
    ]
    assert others == []
