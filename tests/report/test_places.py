from __future__ import annotations

from collections import Counter

from layers_samples import layers_sample, many_layers

from beleg.report.marks import segments
from beleg.report.places import further_marks


def test_every_record_has_a_place_and_quiet_ones_are_no_tab_stop() -> None:
    analysis = layers_sample()
    marks = {mark.id: mark for mark in further_marks(analysis)}
    assert Counter(name[0] for name in marks) == {"s": 5, "w": 4, "f": 4, "n": 8, "k": 3}
    assert {name[0] for name, mark in marks.items() if not mark.quiet} == {"s", "w"}
    assert marks["s1-about"].quiet
    assert marks["k2"].span == analysis.checklist[1].span


def test_no_letter_lies_under_more_marks_than_a_few() -> None:
    analysis = many_layers(400)
    marks = further_marks(analysis)
    assert len(marks) == sum(
        map(len, (analysis.forecasts, analysis.argument.nodes, analysis.wording, analysis.checklist))
    ) + 2 * len(analysis.status)  # fmt: skip
    blocks = segments(analysis.document.text, marks)
    assert max(len(segment.marks) for block in blocks for segment in block) < 30
