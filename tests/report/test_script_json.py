"""JSON for a script element: nothing in it ends the element, and it stays the same JSON."""

from __future__ import annotations

import json

import pytest

from beleg.report.script_json import script_json


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "]]>&amp;", "a\u2028b\u2029c", "Ü 😀"]
)
def test_no_text_ends_the_element_or_is_changed(text: str, indent: int | None) -> None:
    written = script_json({text: [text, 1]}, indent=indent)
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {text: [text, 1]}


def test_without_indent_it_stands_on_one_line() -> None:
    assert script_json({"a": [1, "ü\n"]}) == '{"a":[1,"ü\\n"]}'
