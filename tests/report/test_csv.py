from __future__ import annotations

import csv
import io

import pytest
from judged_samples import judged_sample
from report_samples import make_analysis, make_times, many_times, sample
from voices_samples import quotation, voices_sample, with_voices

from beleg.report.csv import TABLES, Table, table_csv
from beleg.report.table_rows import EVENT_COLUMNS, QUOTE_COLUMNS, TIME_COLUMNS
from beleg.text.article import Span


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_for_each_time_with_words_days_and_reason() -> None:
    analysis = sample()
    rows = rows_of(table_csv(analysis, "times"))
    assert len(rows) == len(analysis.times)
    assert rows[2] == {
        "article": analysis.document.id,
        "title": "Der Hafen von Seewarth bleibt vorerst, was er ist",
        "id": "t3",
        "start": "203",
        "end": "213",
        "text": "am Sonntag",
        "type": "DATE",
        "value": "2024-03-03",
        "mod": "",
        "earliest": "2024-03-03",
        "latest": "2024-03-03",
        "anchor": "publication",
        "rule": "de.time.weekday#last",
        "reason": "vom Erscheinungstag 7. März 2024 aus gerechnet; der Satz steht in der "
        "Vergangenheit, also das letzte Mal davor",
    }
    for row in rows:
        assert analysis.document.text[int(row["start"]) : int(row["end"])] == row["text"]


def test_one_row_for_each_event() -> None:
    analysis = sample()
    rows = rows_of(table_csv(analysis, "events"))
    assert len(rows) == len(analysis.events)
    assert (rows[7]["text"], rows[7]["time"], rows[7]["earliest"]) == (
        "1887 gebaut",
        "t9",
        "1887-01-01",
    )


def test_one_row_for_each_quotation_with_its_voices() -> None:
    analysis = voices_sample()
    rows = rows_of(table_csv(analysis, "quotes"))
    assert len(rows) == len(analysis.quotes)
    whole = {"article", "title", "start", "end", "spans"}
    assert {name: cell for name, cell in rows[3].items() if name not in whole} == {
        "id": "quote-4",
        "text": "„Der Schlüssel liegt seit Jahren im Amt.“",
        "type": "direct",
        "medium": "speech",
        "speaker": "iversen",
        "speaker_name": "Tomke Iversen",
        "speaker_words": "Die Hafenmeisterin",
        "unresolved": "",
        "cue": "versichert",
        "frame": "",
        "addressee": "mir",
        "parent": "quote-3",
        "chain": "Strandläufer → Die Boje → Merle Hansohn → Fedor Blank → Tomke Iversen",
        "sourcing": "named_person",
    }
    assert [rows[8][name] for name in ("speaker", "speaker_name", "speaker_words")] == ["", "", ""]
    assert rows[9]["unresolved"] == "several"


def test_a_quotation_in_two_places_gives_both() -> None:
    analysis = voices_sample()
    row = rows_of(table_csv(analysis, "quotes"))[11]
    assert row["text"] == "„Erst der Turm, dann die Mole“ … „dann wir.“"
    places = [tuple(map(int, place.split("-"))) for place in row["spans"].split()]
    text = analysis.document.text
    assert [text[start:end] for start, end in places] == [
        "„Erst der Turm, dann die Mole“",
        "„dann wir.“",
    ]
    assert (places[0][0], places[1][1]) == (int(row["start"]), int(row["end"]))


def test_words_and_names_of_quotations_are_no_formulas() -> None:
    quote = quotation(1, (Span(0, 4),), ("=p",), (Span(0, 4),), medium="@m")
    (row,) = rows_of(table_csv(with_voices(make_analysis("=1+1"), (), (quote,)), "quotes"))
    cells = [row[name] for name in ("text", "medium", "speaker", "speaker_name", "chain")]
    assert cells == ["'=1+1", "'@m", "'=p", "'=p", "'=p"]


def test_a_long_name_stays_whole() -> None:
    name = (
        "Die Leiterin des Amtes für Häfen, Fähren, Leuchttürme und alles, was sonst am Wasser steht"
    )
    quote = quotation(1, (Span(0, 4),), (name,), (Span(0, 4),))
    (row,) = rows_of(table_csv(with_voices(make_analysis("Nein"), (), (quote,)), "quotes"))
    assert row["speaker_name"] == row["chain"] == name


@pytest.mark.parametrize("words", ["=1+1", "+49 heute", "-2 Tage", "@heute", "\t=1", "\r=1", " =1"])
def test_what_a_spreadsheet_would_run_starts_with_an_apostrophe(words: str) -> None:
    times = make_times(words, [(words, "DATE", "=1", "+x", None, None, "@a", "-r")])
    (row,) = rows_of(table_csv(make_analysis(words, times, title="=HYPERLINK(1)"), "times"))
    assert row["text"].startswith("'")
    cells = [row[name] for name in ("title", "value", "mod", "anchor", "rule")]
    assert cells == ["'=HYPERLINK(1)", "'=1", "'+x", "'@a", "'-r"]


def test_cells_stay_on_one_line_and_quotes_survive() -> None:
    text = 'am "Montag",\nder kam'
    times = make_times(text, [(text, "DATE", "x", None, None, None, None, "r")])
    (row,) = rows_of(table_csv(make_analysis(text, times), "times"))
    assert row["text"] == 'am "Montag", der kam'


def test_the_reason_speaks_the_language_asked_for() -> None:
    assert rows_of(table_csv(sample(), "times", ui="en"))[4]["reason"] == "a length, not a date"


def test_an_article_without_times_has_the_header_alone() -> None:
    assert table_csv(make_analysis("x"), "times") == ",".join(TIME_COLUMNS) + "\r\n"
    assert table_csv(make_analysis("x"), "events") == ",".join(EVENT_COLUMNS) + "\r\n"
    assert table_csv(make_analysis("x"), "quotes") == ",".join(QUOTE_COLUMNS) + "\r\n"


def test_without_header_tables_can_be_joined() -> None:
    joined = table_csv(sample(), "times") + table_csv(many_times(3), "times", header=False)
    assert len(rows_of(joined)) == len(sample().times) + 3


def judged_rows(table: Table) -> list[dict[str, str]]:
    rows = rows_of(table_csv(judged_sample(), table))
    text = judged_sample().document.text
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        assert (row.pop("article"), row.pop("title")) == (judged_sample().document.id, "Die Fähre")
        del row["start"], row["end"]
    return rows


def test_the_checklist_has_weight_reasons_and_records() -> None:
    assert judged_rows("checklist")[0] == {
        "text": "angeblich sei sie schon verkauft",
        "weight": "0.84",
        "why": "unnamed source; unconfirmed",
        "records": "q1",
    }


def test_a_forecast_has_holder_window_condition_and_certainty() -> None:
    assert judged_rows("forecasts") == [
        {
            "id": "f1",
            "text": "Wir werden bis Ende Juni einen Käufer finden",
            "kind": "conditional",
            "holder": "p1",
            "holder_name": "Karla Wendt",
            "quote": "q2",
            "earliest": "",
            "latest": "2024-06-30",
            "time": "t1",
            "condition": "falls der Hafen zahlt",
            "certainty": "sehr wahrscheinlich",
            "certainty_low": "0.9",
            "certainty_high": "1.0",
            "scale": "ipcc-de",
        }
    ]


def test_a_statement_of_the_argument_names_what_it_is_for_or_against() -> None:
    rows = {row["id"]: row for row in judged_rows("argument")}
    assert (rows["n2"]["supports"], rows["n2"]["attacks"], rows["n2"]["cues"]) == ("n1", "", "denn")
    assert (rows["n3"]["supports"], rows["n3"]["attacks"], rows["n3"]["cues"]) == ("", "n1", "")


def test_status_and_wording_have_their_label_and_quotation() -> None:
    assert judged_rows("status") == [
        {
            "text": "angeblich",
            "label": "alleged",
            "about": "angeblich sei sie schon verkauft",
            "quote": "q1",
        }
    ]
    assert judged_rows("wording") == [{"text": "Trauerspiel", "kind": "loaded", "quote": ""}]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_header_only_where_asked(table: Table) -> None:
    with_header, without = (table_csv(judged_sample(), table, header=h) for h in (True, False))
    assert with_header.startswith("article,title,")
    assert with_header.endswith(without)
    assert table_csv(make_analysis("x"), table, header=False) == ""
