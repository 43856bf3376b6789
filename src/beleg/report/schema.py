"""The JSON Schema of an analysis as the text of docs/schema/analysis-1.json."""

from __future__ import annotations

import json

from beleg.records import json_schema


def schema_text() -> str:
    """The schema (draft 2020-12) as indented JSON, ending in a line break."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
