"""JSON that can be put into a script element of an HTML page as it is."""

from __future__ import annotations

import json
from typing import Any

# "</script>" and "<!--" would end or change a script element; the two separators end a line in
# old JavaScript (ECMA-262 before 2019). All may be written as escapes in JSON (RFC 8259, 7).
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def script_json(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON, on one line unless `indent` is given, without a break at the end."""
    separators = None if indent is not None else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text
