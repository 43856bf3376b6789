"""Reads marked examples of status cues: [cue], or [label: cue] where the label is another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beleg.layers.status import find_status
from beleg.records import Quotation, Status
from beleg.rules.segmentation import segmentation_table
from beleg.rules.status_rules import StatusRules, load_status_rules
from beleg.text import segment

MARKED = re.compile(r"\[(?:(\w+): )?([^\]]*)\]")


def status_of(
    text: str, quotes: Sequence[Quotation] = (), *, rules: StatusRules | None = None
) -> tuple[Status, ...]:
    """The status cues of a text."""
    sentences = segment(text, segmentation_table())
    return find_status(sentences, quotes, rules=rules or load_status_rules())


def told(text: str) -> list[tuple[str, str]]:
    """The labels and cues of a text, in order."""
    return [(s.label, text[s.span.start : s.span.end]) for s in status_of(text)]


def assert_as_marked(marked: str, label: str) -> None:
    """The cues of the text are exactly those marked; unmarked labels are `label`."""
    expected = [(m[1] or label, m[2]) for m in MARKED.finditer(marked)]
    assert told(MARKED.sub(r"\2", marked)) == expected, marked
