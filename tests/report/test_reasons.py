from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from report_samples import PUBLISHED, TimeRow, make_analysis, make_dating, make_times

from beleg.analyse import analyse
from beleg.intake import read_article
from beleg.records import Basis
from beleg.report.reasons import Reason, Reasons
from beleg.report.words import words_of

pytestmark = pytest.mark.model

TEXT = "Nach dem 1. März 2024 kam er; letzten Sonntag ging er."
FIRST: TimeRow = (
    "dem 1. März 2024", "DATE", "2024-03-01", None, "2024-03-01", "2024-03-01", None, "de.time.day#explicit",
)  # fmt: skip


def reason_of(
    reading: str,
    *,
    anchor: str | None = "publication",
    kind: str = "DATE",
    value: str = "2024-03-03",
    mod: str | None = None,
    days: tuple[str | None, str | None] = ("2024-03-03", "2024-03-03"),
    published: date | None = PUBLISHED,
    window: tuple[date | None, date | None] = (PUBLISHED, PUBLISHED),
    ui: str = "de",
) -> Reason:
    row = ("letzten Sonntag", kind, value, mod, *days, anchor, f"de.time.weekday{reading}")
    times = make_times(TEXT, [FIRST, row])
    basis: Basis = "given" if published else "inferred"
    analysis = make_analysis(
        TEXT, times, published=published, dating=make_dating(*window, basis=basis)
    )
    return Reasons(analysis, words_of(ui)).of(times[1])


def test_the_sentence_gives_words_date_and_reason() -> None:
    assert reason_of("#publication").sentence == (
        "„letzten Sonntag“ = Sonntag, 3. März 2024: vom Erscheinungstag 7. März 2024 aus gerechnet"
    )
    assert reason_of("#publication", ui="en").sentence == (
        "“letzten Sonntag” = Sunday, 3 March 2024: "
        "counted from the day of publication, 7 March 2024"
    )


COUNTED = "vom Erscheinungstag 7. März 2024 aus gerechnet"


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("#publication", COUNTED),
        ("#last", COUNTED + "; der Satz steht in der Vergangenheit, also das letzte Mal davor"),
        ("#next", COUNTED + "; der Satz steht in Gegenwart oder Zukunft, also das nächste Mal danach"),
        ("#nearest", COUNTED + "; genommen ist, was am nächsten liegt"),
        ("#same", COUNTED + "; gemeint ist der laufende Zeitraum"),
        ("#explicit", "so steht es vollständig im Text"),
        ("#open", "nicht aufzulösen, denn es fehlt ein Datum, von dem aus man rechnen könnte"),
        ("#weekday", COUNTED + "; der genannte Wochentag entscheidet, welches Jahr gemeint ist"),
        ("#vague", "die Wörter sind unbestimmt, die Tage nur ein Anhalt"),
        ("", COUNTED),
        ("#a-reading-of-the-future", COUNTED),
    ],
)  # fmt: skip
def test_every_reading_has_its_reason(reading: str, expected: str) -> None:
    assert reason_of(reading).reason == expected


@pytest.mark.parametrize("ui", ["de", "en"])
@pytest.mark.parametrize(
    "reading", ["#publication", "#previous", "#last", "#next", "#nearest", "#same", "#explicit", "#window", "#open", "#vague", "", "#unheard-of"]
)  # fmt: skip
@pytest.mark.parametrize("anchor", ["publication", "t1", "t99", None])
@pytest.mark.parametrize("kind", ["DATE", "DURATION", "SET"])
def test_no_combination_leaves_a_gap(reading: str, anchor: str | None, kind: str, ui: str) -> None:
    reason = reason_of(reading, anchor=anchor, kind=kind, days=(None, None), ui=ui)
    assert reason.reason.strip()
    assert "{" not in reason.sentence
    assert "None" not in reason.sentence


def test_the_time_before_is_named_with_its_date() -> None:
    assert reason_of("#previous", anchor="t1").reason == "von „dem 1. März 2024“ (Freitag, 1. März 2024) aus gerechnet"  # fmt: skip


def test_a_date_that_the_words_already_say_is_not_repeated() -> None:
    text = "Im Mai 2024 kam er, zwei Tage später ging er."
    rows: list[TimeRow] = [
        ("Mai 2024", "DATE", "2024-05", None, "2024-05-01", "2024-05-31", None, "r#explicit"),
        ("zwei Tage später", "DATE", "XXXX-XX-XX", None, None, None, "t1", "r#previous"),
    ]
    times = make_times(text, rows)
    reason = Reasons(make_analysis(text, times), words_of("de")).of(times[1])
    assert reason.reason == "von „Mai 2024“ aus gerechnet"


def test_vague_words_without_days_settle_nothing() -> None:
    reason = reason_of("#vague", days=(None, None), value="PAST_REF")
    assert reason.reason == "die Wörter legen keinen bestimmten Tag fest"


@pytest.mark.parametrize("mode", ["news", "narrative"])
@pytest.mark.parametrize("name", ["news-report.txt", "reprint-undated.txt", "saved-page.html"])
def test_every_reading_of_the_examples_is_in_the_table(
    name: str, mode: Literal["news", "narrative"]
) -> None:
    folder = Path(__file__).resolve().parents[2] / "examples"
    analysis = analyse(read_article(folder / name), mode=mode)
    readings = {time.rule.partition("#")[2] for time in analysis.times} - {""}
    assert readings
    assert {f"reason.{reading}" for reading in readings} <= words_of("de").keys


def test_without_a_day_of_publication_the_window_is_named() -> None:
    window = (date(2024, 3, 6), date(2024, 3, 10))
    window_read = reason_of("#window", published=None, window=window)
    assert window_read.reason == (
        "der Erscheinungstag ist nicht bekannt, daher vom erschlossenen Zeitraum "
        "6.–10. März 2024 aus gerechnet"
    )
    assert reason_of("#last", published=None, window=window).reason.startswith(
        "vom erschlossenen Erscheinungszeitraum 6.–10. März 2024 aus gerechnet"
    )
    assert reason_of("#last", published=None, window=(None, None)).reason.startswith(
        "vom Erscheinungstag aus gerechnet"
    )


def test_a_day_known_only_by_its_limits_says_so() -> None:
    reason = reason_of("#window", value="XXXX-XX-XX", days=("2024-03-03", "2024-03-09"))
    assert reason.date == "zwischen 3. März und 9. März 2024"


@pytest.mark.parametrize(
    ("kind", "value", "mod", "days", "date_words", "dated", "resolved"),
    [
        ("DATE", "2024-05", "START", ("2024-05-01", "2024-05-10"), "Anfang Mai 2024 (1.–10. Mai 2024)", True, True),
        ("DATE", "2024-05", None, ("2024-05-01", "2024-05-31"), "Mai 2024", True, True),
        ("DATE", "2024-SU", None, ("2024-06-01", "2024-08-31"), "Sommer 2024 (Juni – August 2024)", True, True),
        ("DATE", "PAST_REF", None, (None, None), "Vergangenheit, ohne bestimmten Tag", False, False),
        ("DATE", "PAST_REF", None, ("2024-03-01", "2024-03-01"), "Freitag, 1. März 2024", True, True),
        ("DATE", "XXXX-XX-XX", None, (None, None), None, False, False),
        ("DURATION", "P3M", None, (None, None), "3 Monate", False, True),
        ("DURATION", "P3M", None, ("2024-01-01", "2024-03-31"), "3 Monate (Januar – März 2024)", True, True),
        ("DURATION", "nonsense", None, (None, None), None, False, False),
        ("SET", "XXXX-WXX-5", None, (None, None), "jeden Freitag", False, True),
    ],
)  # fmt: skip
def test_date_words_and_whether_it_is_resolved(
    kind: str,
    value: str,
    mod: str | None,
    days: tuple[str | None, str | None],
    date_words: str | None,
    dated: bool,
    resolved: bool,
) -> None:
    reason = reason_of("#last", kind=kind, value=value, mod=mod, days=days)
    assert (reason.date, reason.dated, reason.resolved) == (date_words, dated, resolved)


def test_an_anchor_that_does_not_exist_degrades_to_the_publication() -> None:
    times = make_times(TEXT, [FIRST])
    lost = msgspec.structs.replace(times[0], anchor="t77", rule="de.time.x#previous")
    analysis = make_analysis(TEXT, [lost])
    assert Reasons(analysis, words_of("de")).of(lost).reason == COUNTED
