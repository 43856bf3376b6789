from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from report_samples import make_analysis, many_times, sample

from beleg.records import Analysis
from beleg.report.schema import schema_text

FILE = Path(__file__).resolve().parents[2] / "docs" / "schema" / "analysis-1.json"


def test_the_published_schema_is_the_one_of_the_records() -> None:
    # Written anew with: beleg schema > docs/schema/analysis-1.json
    assert FILE.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize(
    "analysis", [sample(), sample(inferred=True), many_times(5), make_analysis("")]
)
def test_analyses_fit_the_schema(analysis: Analysis) -> None:
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(analysis.to_json()))


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"people": None},
        {"extra": 1},
        {"dating": {"earliest": "2024-03-07"}},
    ],
)
def test_what_is_no_analysis_does_not_fit(change: dict[str, object]) -> None:
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    document = json.loads(sample().to_json()) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(document)
