"""What is and is not foretold: holders, windows, conditions, certainty, questions, hostile texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from beleg.layers.forecasts import find_forecasts
from beleg.layers.forecasts.question import question_of
from beleg.layers.times import find_times
from beleg.records import Dating, Forecast, Quotation, Speaker, TimeExpression, Window
from beleg.rules.forecast_rules import Scale, load_forecast_rules
from beleg.rules.segmentation import segmentation_table
from beleg.rules.time_rules import load_time_rules
from beleg.text import segment
from beleg.text.article import Article, Span
from linear import assert_linear

MONDAY = date(2022, 5, 2)
NO_DAY = Dating(earliest=None, latest=None, basis="inferred", evidence=(), conflicts=())


def times_of(text: str, published: date | None = MONDAY) -> tuple[TimeExpression, ...]:
    article = Article(text=text, published=published)
    spans = [sentence.span for sentence in segment(text, segmentation_table())]
    return find_times(article, spans, rules=load_time_rules(), published=published, mode="news")


def read(
    text: str,
    *quotes: Quotation,
    published: date | None = MONDAY,
    scale: Scale = "ipcc-de",
) -> tuple[Forecast, ...]:
    return find_forecasts(
        Article(text=text, published=published),
        segment(text, segmentation_table()),
        quotes,
        times_of(text, published),
        NO_DAY,
        rules=load_forecast_rules(),
        scale=scale,
    )


def quotation(text: str, words: str, name: str, *, cue: str = "", parent: str | None = None,
              kind: str = "indirect") -> Quotation:  # fmt: skip
    start = text.index(words)
    at = text.index(cue) if cue else -1
    return Quotation(
        id=f"q-{name}", type=kind, medium="speech", spans=(Span(start, start + len(words)),),  # type: ignore[arg-type]
        cue=(Span(at, at + len(cue)),) if cue else (), frame=(), addressee=(), parent=parent,
        speaker=Speaker(person=name, spans=(Span(0, 1),), unresolved=None),
        chain=(name,), sourcing="named_person",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Die Schleuse wird seit Jahren ausgebaut.",
        "Wird der Damm brechen?",
        "„Wann wird der Damm brechen?“, fragte Torsten Wattmann.",
        "Die Stadt müsse endlich handeln, sagte Torsten Wattmann.",
        "Wasser gefriert bei null Grad.",
        "Im April sollte die Schleuse eröffnet werden.",
        "Er ahnte nicht, dass der Damm brechen würde.",
        "Sie wird wohl krank sein.",
        "Er soll am Samstag in Wattstadt gewesen sein.",
        "Am 3. Mai 2020 wird die Halle geräumt.",
        "Das Fest dauert drei Wochen.",
        "Vor drei Wochen öffnete die Halle.",
        "Seit drei Wochen ist die Halle zu.",
        "Heute gilt der Damm als sicher.",
    ],
)
def test_no_forecast(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Die Schleuse soll im Herbst öffnen.", date(2022, 9, 1), date(2022, 11, 30)),
        ("Die Schleuse soll am Freitag öffnen.", date(2022, 5, 6), date(2022, 5, 6)),
        ("Die Schleuse soll bis Ende Juni öffnen.", None, date(2022, 6, 30)),
        ("Die Schleuse soll ab dem 9. Mai öffnen.", date(2022, 5, 9), None),
        ("Die Werft will binnen zwei Jahren umziehen.", None, date(2024, 5, 2)),
        ("In drei Wochen öffnet die Schleuse.", date(2022, 5, 19), date(2022, 5, 27)),
        ("In den nächsten zwei Wochen wird die Schleuse gesperrt.", MONDAY, date(2022, 5, 16)),
        ("Heute Abend tagt der Rat.", MONDAY, MONDAY),
    ],
)
def test_window_has_the_days_of_the_time(
    text: str, earliest: date | None, latest: date | None
) -> None:
    (forecast,) = read(text)
    assert forecast.window == Window(earliest=earliest, latest=latest)
    assert forecast.time is not None


@pytest.mark.parametrize(
    "text",
    [
        "Die Schleuse soll öffnen.",
        "Die Schleuse soll bald öffnen.",
        "Die Werft will zwei Jahre lang warten.",
        "Die Schleuse soll öffnen, wie das Amt am Montag mitteilte.",
    ],
)
def test_no_deadline_is_invented(text: str) -> None:
    (forecast,) = read(text)
    assert forecast.window is None


def test_without_a_day_of_publication_a_duration_has_no_end() -> None:
    (forecast,) = read("Die Werft will binnen zwei Jahren umziehen.", published=None)
    assert forecast.window is None


def test_author_holds_what_nobody_is_quoted_with() -> None:
    (forecast,) = read("Der Damm wird brechen.")
    assert (forecast.holder, forecast.quote) == ("author", None)


def test_innermost_speaker_holds_the_forecast() -> None:
    text = "Anna Muster sagte, Otto Beispiel glaube, der Damm werde brechen."
    outer = quotation(text, "Otto Beispiel glaube, der Damm werde brechen", "p1")
    inner = quotation(text, "der Damm werde brechen", "p2", parent="q-p1")
    (forecast,) = read(text, outer, inner)
    assert (forecast.holder, forecast.quote) == ("p2", "q-p2")
    assert text[slice(*forecast.span)] == "der Damm werde brechen"


@pytest.mark.parametrize(
    ("cue", "kind"),
    [("kündigte", "announcement"), ("prognostizierte", "prediction"), ("warnte", "warning")],
)
def test_the_verb_that_quotes_tells_the_kind(cue: str, kind: str) -> None:
    particle = " an" if cue == "kündigte" else ""
    text = f"Anna Muster {cue}{particle}, die Werft werde alle Boote behalten."
    words = "die Werft werde alle Boote behalten"
    (forecast,) = read(text, quotation(text, words, "p1", cue=cue + particle))
    assert forecast.kind == kind


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Wenn die Brücke fällt, wird der Handel einbrechen.", "Wenn die Brücke fällt"),
        ("Der Handel wird einbrechen, falls die Brücke fällt.", "falls die Brücke fällt"),
        ("Sollte er kündigen, wird die Werft schließen.", "Sollte er kündigen"),
        ("Ohne die Brücke wird der Handel einbrechen.", "Ohne die Brücke"),
        ("Die Stadt muss zahlen, sonst wird die Werft schließen.", "Die Stadt muss zahlen"),
    ],
)
def test_condition_is_named_and_makes_it_conditional(text: str, condition: str) -> None:
    (forecast,) = read(text)
    assert forecast.condition is not None
    assert (forecast.kind, text[slice(*forecast.condition)]) == ("conditional", condition)


@pytest.mark.parametrize(
    ("word", "scale", "low", "high"),
    [
        ("wahrscheinlich", "ipcc-de", 0.66, 1.0),
        ("sehr wahrscheinlich", "ipcc-de", 0.9, 1.0),
        ("wahrscheinlich", "icd-203", 0.55, 0.8),
    ],
)
def test_certainty_has_the_range_of_the_named_scale(
    word: str, scale: Scale, low: float, high: float
) -> None:
    (forecast,) = read(f"Der Damm wird {word} brechen.", scale=scale)
    certainty = forecast.certainty
    assert certainty is not None
    assert (certainty.low, certainty.high, certainty.scale) == (low, high, scale)


@pytest.mark.parametrize("word", ["wohl", "garantiert", "nicht wahrscheinlich", "vielleicht"])
def test_other_words_have_no_range(word: str) -> None:
    (forecast,) = read(f"Der Damm wird {word} brechen.")
    assert forecast.certainty is None


def test_question_has_only_words_of_the_article() -> None:
    text = "Falls die Stadt zahlt, soll die Schleuse bis Ende Juni neu öffnen."
    (forecast,) = read(text)
    question = question_of(text, forecast, names={}, times=times_of(text))
    assert question.condition == "Falls die Stadt zahlt"
    assert all(words in text for words in question.what)
    assert (question.who, question.since, question.until) == (None, None, date(2022, 6, 30))


def test_forecasts_are_apart_and_in_order() -> None:
    text = "Die Werft will umziehen, und der Rat soll zustimmen. Das Wasser wird steigen."
    found = read(text)
    assert [f.id for f in found] == [f"f{n}" for n in range(1, len(found) + 1)]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["Die Werft wird „alles retten“.", "Der Rat will 🛶 kaufen."])
def test_marks_and_emoji_keep_spans_exact(text: str) -> None:
    (forecast,) = read(text)
    assert text[slice(*forecast.span)] == text[:-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "er wird ", "wird, ", "soll kommen und ", "dass er kommen wird, ", "die Gefahr, ",
        "kündigte an, zu gehen, ", "wenn er wird, ", "droht ", "ist geplant ", "erwartet Gäste ",
        "am 9. Mai 2022 wird ", "würde, wenn ", "(soll ", "sonst wird es, ", "werden werden ",
    ],
)  # fmt: skip
def test_time_is_linear_in_an_endless_sentence(piece: str) -> None:
    rules = load_forecast_rules()

    def prepare(count: int) -> Callable[[], object]:
        text = piece * count
        article = Article(text=text, published=MONDAY)
        sentences = segment(text, segmentation_table())
        quote = quotation(text, text.strip(), "p1")
        return lambda: find_forecasts(article, sentences, (quote,), (), NO_DAY, rules=rules)

    assert_linear(prepare, 400)


def test_words_in_marks_inside_of_a_forecast_are_not_its_voice() -> None:
    text = "Sie kündigte an, die Werft werde „ohne Wenn und Aber“ neue Boote bauen."
    outer = quotation(text, "die Werft werde „ohne Wenn und Aber“ neue Boote bauen", "p1")
    inner = quotation(text, "„ohne Wenn und Aber“", "p2", kind="direct")
    (forecast,) = read(text, outer, inner)
    assert forecast.holder == "p1"
    assert text[slice(*forecast.span)].endswith("neue Boote bauen")


def test_who_calls_it_likely_holds_it() -> None:
    text = "Runa Halvik hält den Bau bis zum Jahresende für „sehr wahrscheinlich“."
    (forecast,) = read(text, quotation(text, "„sehr wahrscheinlich“", "p1", kind="direct"))
    assert (forecast.holder, forecast.kind) == ("p1", "prediction")


def test_behind_otherwise_the_sentence_before_is_the_condition() -> None:
    text = "Der Rat muss zahlen. Sonst wird die Werft schließen."
    (forecast,) = read(text)
    assert forecast.kind == "conditional"
    assert forecast.condition is not None
    assert text[slice(*forecast.condition)] == "Der Rat muss zahlen"


@pytest.mark.parametrize(
    "text",
    [
        "Wäre die Schleuse gebaut worden, würden die Boote heute noch fahren.",
        "Er soll schon am Wochenende nach Wattstadt gereist sein.",
        "Sie werde in der Werft gesucht, hieß es.",
        "Wenn die Schleuse gebaut werden sollte, jubelt die Stadt.",
    ],
)
def test_what_did_not_happen_is_rumoured_or_a_condition_is_not_foretold(text: str) -> None:
    assert read(text) == ()
