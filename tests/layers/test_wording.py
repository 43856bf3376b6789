"""The wording layer: what counts, and whose words they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from beleg.layers.wording import find_wording
from beleg.records import Quotation
from beleg.rules.segmentation import segmentation_table
from beleg.rules.wording_rules import load_wording_rules
from beleg.text import Span, segment
from beleg.text.marks import find_marked
from linear import assert_linear

RULES = load_wording_rules()


def found_in(text: str, quotes: Sequence[Quotation] = ()) -> list[tuple[str, str, str | None]]:
    sentences = segment(text, segmentation_table())
    wording = find_wording(sentences, quotes, find_marked(text, sentences), rules=RULES)
    return [(w.kind, text[slice(*w.span)], w.quote) for w in wording]


def quotation(text: str, words: str) -> Quotation:
    start = text.index(words)
    return Quotation(
        id="q1",
        type="direct",
        medium="speech",
        spans=(Span(start, start + len(words)),),
        cue=(),
        frame=(),
        addressee=(),
        speaker=None,
        parent=None,
        chain=(),
        sourcing="named_person",
    )


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Der Rat lieferte ein Trauerspiel.", "loaded", "Trauerspiel"),
        ("Absurde Pläne hat der Rat.", "loaded", "Absurde"),
        ("Im Amt herrscht Aktenchaos.", "loaded", "Aktenchaos"),
        ("Die Firma steht vor dem Abgrund.", "loaded", "vor dem Abgrund"),
        ("Der Rat knickte vor den Händlern ein.", "loaded", "knickte"),
        ("Der Rat ist eingeknickt und schweigt.", "loaded", "eingeknickt"),
        ("Das Einknicken des Rates kostet Geld.", "loaded", "Einknicken"),
        ("Der Rat trat die Regeln mit Füßen.", "loaded", "mit Füßen"),
        ("Die Regeln werden mit Füßen getreten.", "loaded", "mit Füßen getreten"),
        ("Das Schlimmste steht noch aus.", "loaded", "Schlimmste"),
        ("Das war ein gräßlicher Abend.", "loaded", "gräßlicher"),
        ("Das war ein grässlicher Abend.", "loaded", "grässlicher"),
        ("Es folgte eine Klageflut.", "loaded", "Klageflut"),
        ("Der Rat war elend und ratlos.", "loaded", "elend und ratlos"),
        ("Es war eine absurde Posse.", "loaded", "absurde Posse"),
        ("Der Zug kommt vermutlich.", "hedge", "vermutlich"),
        ("Der Zug ist äußerst voll.", "intensifier", "äußerst"),
        ("Der Rat verkauft das „freie“ Gelände.", "scare-quote", "„freie“"),
        ("Die sogenannte „Reform“ kommt.", "scare-quote", "„Reform“"),
    ],
)
def test_words_of_the_author_are_found(text: str, kind: str, words: str) -> None:
    assert (kind, words, None) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der Rat tagt am Montag.",
        "Der „Sundbote“ erscheint am Montag.",
        "Die Neugier der Passagiere war groß.",
        "In Georgien begann das Erdbeben um acht.",
        "Der Krieg begann im Mai, die Flut kam im Juni, die Lawine im Januar.",
        "Die Chaostheorie ist ein Gebiet der Mathematik.",
        "Im Supermarkt an der Ecke brannte es.",
        "Der Bergsteiger knickte um, ein Helfer kam.",
        "Mit Füßen aus Stahl läuft der Roboter schneller.",
        "Der Verteidiger spielte im Stadttheater den König Lear.",
        "Die Ärztin behandelte den Infarkt, das Fieber und die Lähmung.",
        "Die Bäckerei, die Partei und die Polizei zogen um.",
        "Herr Stolz, Frau Kühn und Frau Edel kamen.",
    ],
)
def test_plain_words_and_names_are_not(text: str) -> None:
    assert found_in(text) == []


def test_words_of_quoted_people_are_theirs() -> None:
    text = "Das Ganze sei ein Trauerspiel, sagte Frau Amsel. Der Rat schwieg leider."
    quotes = [quotation(text, "Das Ganze sei ein Trauerspiel")]
    assert found_in(text, quotes) == [("loaded", "leider", None)]


def test_words_between_marks_are_nobodys_own() -> None:
    assert found_in("Sie nannte es „ein elendes Trauerspiel ohne Ende und Sinn“ im Rat.") == []


def test_a_comment_in_a_reprint_is_its_writers_own() -> None:
    inside = "Das Ganze ist ein Trauerspiel. " + "Der Rat tagt am Montag. " * 80
    text = f"Ein Portal druckt den Beitrag.\n\n{inside.strip()}"
    quotes = [quotation(text, inside.strip())]
    assert found_in(text, quotes) == [("loaded", "Trauerspiel", "q1")]


CAMPS = [
    ("die CDU", "der Union"),
    ("die SPD", "der Sozialdemokratie"),
    ("die FDP", "der Liberalen"),
    ("die AfD", "der Rechten"),
    ("die Linke", "der Linken"),
    ("die Gewerkschaft", "der Arbeitnehmer"),
    ("die Industrie", "der Arbeitgeber"),
    ("die Kirche", "der Christen"),
    ("die Moschee", "der Muslime"),
    ("die Regierung", "der Ukraine"),
    ("die Regierung", "der Russen"),
]
TEMPLATES = [
    "Es ist absurd, wie {} die Posse {} verlängert.",
    "Dass {} vor den Zahlen {} einknickt, ist ein Trauerspiel.",
    "Wie {} die Regeln {} mit Füßen tritt, grenzt an Größenwahn.",
    "Glänzend hat {} den grandiosen Plan {} vorgestellt, leider wohl zu spät.",
    "Nüchtern legte {} den Bericht {} vor.",
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_same_words_about_another_camp_are_found_alike(template: str) -> None:
    found = {
        tuple((kind, words) for kind, words, _ in found_in(template.format(*camp)))
        for camp in CAMPS
    }
    assert len(found) == 1


@pytest.mark.parametrize("camp", sorted({word for camp in CAMPS for word in camp}))
def test_the_name_of_a_camp_is_never_loaded(camp: str) -> None:
    assert found_in(f"Am Montag tagte {camp}.") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "mit füßen ",
        "knickt ",
        "so ( ! ) ",
        "leider ",
        "auf ",
        "„",
        "„so“ ",
        "Aktenchaos, ",
        "x" * 50,
    ],
)
def test_endless_text_takes_time_in_line_with_its_length(piece: str) -> None:
    def prepare(count: int) -> Callable[[], object]:
        text = "Er kam " + piece * count
        sentences = segment(text, segmentation_table())
        marked = find_marked(text, sentences)
        return lambda: find_wording(sentences, (), marked, rules=RULES)

    assert_linear(prepare, 1_000)
