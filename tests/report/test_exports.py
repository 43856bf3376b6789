"""All standard formats on analyses of odd texts: each holds the text and the places as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_argdown import read as read_argdown
from test_timeml import places, text_of
from test_timeml import read as read_timeml
from test_training_data import read as read_training_data
from test_uima_cas import cas_of, in_order, words
from test_web_annotation import by_name, targets

from beleg.records import Analysis
from beleg.report.argdown import to_argdown
from beleg.report.parquet import write_parquet
from beleg.report.training_data import to_training_data
from beleg.report.xml_text import xml_text
from invariants import read

pytestmark = pytest.mark.usefixtures("random_encoder")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TEXTS = {
    "news": (EXAMPLES / "news-report.txt").read_text(encoding="utf-8"),
    "opinion": (EXAMPLES / "reprint-undated.txt").read_text(encoding="utf-8"),
    "emoji": "😀😀 Am 3. Mai kam er. „Nein 👩‍👩‍👧“, sagte sie am 4. Mai 2024, „denn es reicht.“ 🎉",
    "breaks": "Am Montag\r\n\r\nging er.\rSie sagte:\t„Ja“.\u2028Gestern\x85am 5. März.\n",
    "markup": "</TEXT><b>Am 3. Mai</b> & ]]> [n1]: #tag {a: 1} „<script>“, sagte er === // nein.",
    "controls": "Seite 1\x0cAm 3. Mai\x00 sagte er\x1b[31m: „Nein\uffff.“ \ufeff\u202e\u00ad",
    "decomposed": "Der Bu\u0308rgermeister, der Mu\u0308ller heißt, sagte gestern: ‚ja\u0301 …‘.",
    "empty of records": "Ja.",
}


@pytest.fixture(scope="module", params=TEXTS)
def analysis(request: pytest.FixtureRequest, random_encoder: None) -> Analysis:
    return read(TEXTS[request.param])


def test_timeml_holds_the_text_and_the_times(analysis: Analysis) -> None:
    root = read_timeml(analysis)
    assert text_of(root) == xml_text(analysis.document.text)
    assert [span for span, _ in places(root, "TIMEX3")] == [time.span for time in analysis.times]


def test_cas_holds_the_text_and_the_places(analysis: Analysis) -> None:
    cas = cas_of(analysis)
    assert cas.sofa_string == xml_text(analysis.document.text)
    for name, records in (
        ("TimeX3", analysis.times),
        ("Status", analysis.status),
        ("Forecast", analysis.forecasts),
        ("Wording", analysis.wording),
        ("Check", analysis.checklist),
    ):
        spans = [record.span for record in records]
        assert words(cas, name) == [xml_text(found) for found in in_order(analysis, spans)]


def test_web_annotations_hold_the_places(analysis: Analysis) -> None:
    text = analysis.document.text
    for annotation in by_name(analysis).values():
        for target in targets(annotation):
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]


def test_argdown_holds_the_statements_and_the_edges(analysis: Analysis) -> None:
    _, statements, relations = read_argdown(to_argdown(analysis))
    found = [(int(one["start"]), int(one["end"])) for one in statements.values()]
    assert found == [tuple(node.span) for node in analysis.argument.nodes]
    assert len(relations) == len(analysis.argument.edges)


def test_training_data_holds_the_text_and_the_quotations(analysis: Analysis) -> None:
    found = read_training_data(to_training_data(analysis))
    assert found.text == analysis.document.text
    assert len(found.quotes) == len(analysis.quotes)


def test_parquet_holds_the_rows(analysis: Analysis, tmp_path: Path) -> None:
    rows = write_parquet([analysis], tmp_path)
    contents = json.loads(analysis.to_json())
    for name in ("people", "times", "events", "quotes", "status", "forecasts", "wording"):
        assert rows[name] == len(contents[name]), name
    assert rows["argument"] == len(contents["argument"]["nodes"])
