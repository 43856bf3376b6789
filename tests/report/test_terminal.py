from __future__ import annotations

import re
from datetime import date

import pytest
from report_samples import changed, make_analysis, make_dating, make_times, many_times, sample
from voices_samples import many_voices, quotation, voices_sample, with_voices

from beleg.report.safe import columns
from beleg.report.terminal import to_terminal
from beleg.text.article import Span

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def test_head_contradictions_timeline_open_times_and_lengths_stand_in_this_order() -> None:
    text = to_terminal(sample())
    places = [
        text.index(part)
        for part in (
            "Der Hafen von Seewarth",
            "Henrike Solbach, Seewarther Nachrichten",
            "Erschienen: Donnerstag, 7. März 2024 (angegeben)",
            "1 Widerspruch",
            "Der 5. März 2024 war ein Dienstag",
            "Zeitleiste",
            "Nicht aufgelöst",
            "Dauern und Wiederholungen",
            "31 Zeitangaben, 30 aufgelöst, 1 nicht aufgelöst.",
        )
    ]
    assert places == sorted(places)


def test_timeline_rows_hold_year_days_and_words_in_context() -> None:
    lines = to_terminal(sample(), width=120).splitlines()
    assert any(re.fullmatch(r"1887 +1887 gebaut", line) for line in lines)
    assert any(
        re.match(r" {6}Sonntag, 3\. März +Noch am Sonntag hatte Bürgermeisterin", line)
        for line in lines
    )


@pytest.mark.parametrize("width", [24, 40, 59, 60, 80, 110])
@pytest.mark.parametrize("inferred", [False, True])
@pytest.mark.parametrize("ui", ["de", "en"])
def test_no_line_is_wider_than_asked(width: int, inferred: bool, ui: str) -> None:
    text = to_terminal(sample(inferred=inferred), ui=ui, width=width)
    assert max(columns(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_colours_change_nothing_but_the_colours(width: int) -> None:
    plain = to_terminal(sample(), width=width)
    coloured = to_terminal(sample(), width=width, colour=True)
    assert "\x1b" not in plain
    assert ANSI.sub("", coloured) == plain
    assert coloured.count("\x1b[0m") * 2 == coloured.count("\x1b[")


def test_escape_sequences_in_the_article_are_shown_not_sent() -> None:
    hostile = "\x1b]0;weg\x07\x1b[2J\x9b1A\x08heute\u202e"
    text = f"Am {hostile} Montag kam er."
    times = make_times(
        text, [(hostile, "DATE", "2024-03-04", None, "2024-03-04", "2024-03-04", None, "r")]
    )
    analysis = make_analysis(text, times, title=hostile, author=hostile, outlet=hostile)
    shown = to_terminal(analysis)
    assert "␛]0;weg␇" in shown
    assert not {c for c in shown if ord(c) < 32 and c != "\n"}
    assert not set("\x7f\x9b\u202e") & set(shown)
    coloured = ANSI.sub("", to_terminal(analysis, colour=True))
    assert "\x1b" not in coloured


def test_an_inferred_window_is_given_with_its_evidence() -> None:
    text = to_terminal(sample(inferred=True), width=110)
    assert "Erschienen: 6.–10. März 2024 (aus dem Text erschlossen)" in text
    assert "„vom 5. März“: nennt ein Schreiben" in text
    assert re.search(r"6\.–10\. März +Erschienen, erschlossen", text)


def test_an_article_without_times_and_title_says_so() -> None:
    analysis = make_analysis("x", published=None, dating=make_dating(None, basis="inferred"))
    assert to_terminal(analysis) == (
        "Artikel ohne Titel\nErschienen: nicht bekannt\n\nKeine Zeitangaben gefunden.\n"
    )


def test_a_title_of_blanks_is_no_title() -> None:
    assert to_terminal(changed(sample(), title=" \n ")).startswith("Artikel ohne Titel\n")


def test_unresolved_times_give_their_reason() -> None:
    text = to_terminal(sample(), ui="en", width=100)
    assert "Not resolved" in text
    assert "  the words do not settle a day\n    …" in text


def test_a_very_long_word_is_cut_into_lines() -> None:
    word = "Donaudampfschifffahrt" * 20
    analysis = make_analysis("x", title=word)
    lines = to_terminal(analysis, width=60).splitlines()
    assert "".join(lines[:7]) == word


def test_five_hundred_times_are_all_listed() -> None:
    text = to_terminal(many_times(500), width=100)
    assert text.count("Die Kammer tagte am ") >= 500
    assert "500 Zeitangaben, 500 aufgelöst." in text


def test_published_stands_between_before_and_after() -> None:
    text = "Gestern kam er, morgen geht er."
    rows = make_times(
        text,
        [
            ("Gestern", "DATE", "2024-03-06", None, "2024-03-06", "2024-03-06", "publication", "r#publication"),
            ("morgen", "DATE", "2024-03-08", None, "2024-03-08", "2024-03-08", "publication", "r#publication"),
        ],
    )  # fmt: skip
    lines = to_terminal(make_analysis(text, rows, published=date(2024, 3, 7))).splitlines()
    days = [line.split(",")[0].split()[-1] for line in lines if "März  " in line]
    assert days == ["Mittwoch", "Donnerstag", "Freitag"]


def says(text: str) -> list[str]:
    """The lines of the part "who says what"."""
    lines = text.splitlines()
    start = lines.index("Wer sagt was") + 1
    return lines[start : lines.index("", start)]


def test_each_quotation_is_a_line_with_its_chain_below_the_one_it_stands_in() -> None:
    lines = says(to_terminal(voices_sample(), width=100))
    assert len(lines) == 14
    assert lines[0].startswith("  Strandläufer → Die Boje → Merle Hansohn: „Wer in Quellhaven")
    assert lines[0].endswith("…")
    assert lines[3] == "      → Tomke Iversen: „Der Schlüssel liegt seit Jahren im Amt.“"
    assert lines[7] == (
        "    → Funk Nordlicht → zwei Beamte (ungenannt): der Kaufpreis sei längst geflossen"
    )
    assert lines[8] == "    → nicht genannt: der Turm werde im Herbst abgerissen"
    assert lines[9] == "    → er (offen, wer gemeint ist): Er habe davon nichts gewusst"
    assert lines[13].startswith("  Verband der Küstenwarte → Ole Marten: „Ein Turm ist")


def test_a_chain_is_cut_only_below_the_quotation_it_goes_on_from() -> None:
    quotes = [
        quotation(1, (Span(0, 4),), ("a",), (Span(0, 4),)),
        quotation(2, (Span(5, 9),), ("b",), (Span(5, 9),)),
        quotation(3, (Span(0, 2),), ("a", "c"), (Span(0, 2),), parent=1),
    ]
    lines = says(to_terminal(with_voices(make_analysis("eins zwei"), (), quotes)))
    assert lines == ["  a: eins", "  b: zwei", "  a → c: ei"]


@pytest.mark.parametrize("width", [24, 40, 80])
@pytest.mark.parametrize("ui", ["de", "en"])
def test_voices_fit_the_width_and_colours_change_nothing_else(width: int, ui: str) -> None:
    plain = to_terminal(voices_sample(), ui=ui, width=width)
    assert max(columns(line) for line in plain.splitlines()) <= width
    assert ANSI.sub("", to_terminal(voices_sample(), ui=ui, width=width, colour=True)) == plain


def test_the_last_line_counts_quotations_and_voices() -> None:
    assert to_terminal(voices_sample()).endswith(
        "14 Aussagen von 10 Stimmen. 5 Zeitangaben, 5 aufgelöst.\n"
    )
    assert "500 Aussagen von 50 Stimmen. Keine Zeitangaben" in to_terminal(many_voices(500))
    assert "Aussage" not in to_terminal(sample())
