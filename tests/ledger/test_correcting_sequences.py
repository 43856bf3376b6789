"""Whatever people say in whatever order, the analysis stays whole."""

from __future__ import annotations

from typing import Any

from correction_desk import Desk, Json, deichplan, records, renumbered
from hypothesis import given
from hypothesis import strategies as st

from beleg.errors import CorrectionRefused
from beleg.ledger.correcting import DOCUMENT_FIELDS, LAYERS, Action, Layer, apply_corrections
from invariants import assert_sound

MACHINE = deichplan()
OTHER = renumbered(MACHINE)
LENGTH = len(MACHINE.document.text)
WITH_RECORDS = [layer for layer in LAYERS if layer != "document"]

_ACTIONS: list[Action] = ["confirm", "reject", "correct", "correct", "add", "merge"]
_days = st.none() | st.dates().map(str)
_spans = st.lists(
    st.integers(0, 60).map(lambda i: i * 17), min_size=2, max_size=6, unique=True
).map(
    lambda cuts: [list(pair) for pair in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)]
)
_span = st.tuples(st.integers(0, LENGTH - 40), st.integers(1, 40)).map(
    lambda p: [p[0], p[0] + p[1]]
)


def _values(now: Json) -> dict[str, st.SearchStrategy[Any]]:
    """What a field may be given, sense and nonsense."""
    ids = {
        layer: st.sampled_from([r["id"] for r in records(now, layer)] or ["gone"])
        for layer in ("people", "quotes", "times", "events", "argument", "forecasts")
    }
    labels = st.sampled_from(
        ["person", "outlet", "direct", "reported", "DATE", "denied", "alleged", "prediction",
         "premise", "conclusion", "hedge", "loaded", "supports", "attacks"]
    )  # fmt: skip
    speakers = st.none() | st.fixed_dictionaries(
        {"person": ids["people"], "spans": _spans, "unresolved": st.sampled_from([None, "several"])}
    )
    certainty = st.fixed_dictionaries(
        {"span": _span, "low": st.floats(0, 1), "high": st.floats(0, 1), "scale": st.text()}
    )
    return {
        "span": _span, "about": st.none() | _span, "condition": st.none() | _span,
        "spans": _spans, "mentions": _spans, "cue": _spans | _span, "frame": _spans,
        "name": st.text(), "roles": st.lists(st.text(), max_size=3),
        "type": labels, "kind": labels, "label": labels, "role": labels, "medium": st.text(),
        "speaker": speakers, "parent": st.none() | ids["quotes"], "quote": st.none() | ids["quotes"],
        "chain": st.lists(ids["people"], max_size=3), "people": st.lists(ids["people"], max_size=3),
        "sourcing": st.sampled_from(["anonymous", "group"]), "value": st.sampled_from(["2024", "x"]),
        "earliest": _days, "latest": _days, "anchor": st.sampled_from([None, "publication"]) | ids["times"],
        "time": st.none() | ids["times"], "after": st.lists(ids["events"], max_size=3),
        "holder": st.just("author") | ids["people"], "certainty": st.none() | certainty,
        "window": st.none() | st.fixed_dictionaries({"earliest": _days, "latest": _days}),
        "why": st.lists(st.sampled_from(["dated", "denied"]), max_size=3),
        "weight": st.floats(0, 1), "records": st.lists(ids["quotes"] | ids["times"], max_size=3),
        "title": st.none() | st.text(), "author": st.none() | st.text(), "outlet": st.none(),
        "url": st.none(), "from": ids["argument"], "published": _days,
    }  # fmt: skip


def _say(desk: Desk, data: st.DataObject) -> None:
    """One correction, whatever comes of it."""
    now = desk.now
    values = _values(now)
    action = data.draw(st.sampled_from(_ACTIONS))
    layer: Layer = "people" if action == "merge" else data.draw(st.sampled_from(LAYERS))
    if layer == "document":
        name = data.draw(st.sampled_from(DOCUMENT_FIELDS))
        after = {name: data.draw(values[name])} if action == "correct" else None
        desk.make(layer, action, {name: now["document"][name]}, after)
        return
    there = records(now, layer)
    if not there:
        return
    record = data.draw(st.sampled_from(there))
    if action == "merge":
        desk.make(layer, action, [record, data.draw(st.sampled_from(there))])
        return
    fields = data.draw(st.lists(st.sampled_from(sorted({*record} & {*values})), max_size=3))
    if action == "add":  # at the same place it would be the same one
        fields += [name for name in ("span", "spans", "mentions", "from") if name in record]
    after = {**record, **{name: data.draw(values[name]) for name in fields}}
    desk.make(
        layer,
        action,
        None if action == "add" else record,
        after if action in ("add", "correct") else None,
    )


@given(st.data())
def test_any_sequence_leaves_a_sound_analysis(data: st.DataObject) -> None:
    desk = Desk(MACHINE)
    for _ in range(data.draw(st.integers(1, 12))):
        before = desk.corrected
        try:
            _say(desk, data)
        except CorrectionRefused:
            assert desk.corrected is before
            continue
        assert desk.corrected.lost == ()
        assert_sound(desk.corrected.analysis)
        assert apply_corrections(MACHINE, desk.corrections[:-1]) == before or before.marks == {}


@given(st.data())
def test_any_sequence_holds_on_an_analysis_with_other_ids(data: st.DataObject) -> None:
    desk = Desk(MACHINE)
    for _ in range(data.draw(st.integers(1, 8))):
        try:
            _say(desk, data)
        except CorrectionRefused:
            continue
    again = apply_corrections(OTHER, desk.corrections)
    assert again.lost == ()
    assert_sound(again.analysis)
    assert again.analysis == renumbered(desk.corrected.analysis)


@given(st.data())
def test_any_part_of_a_sequence_on_any_part_of_the_analysis_is_sound(data: st.DataObject) -> None:
    """Undone in any order, on an analysis that lost records: nothing raises, nothing breaks."""
    desk, machine = Desk(MACHINE), Desk(OTHER)
    for _ in range(data.draw(st.integers(1, 8))):
        try:
            _say(desk, data)
            layer = data.draw(st.sampled_from(WITH_RECORDS))
            if there := records(machine.now, layer):
                machine.make(layer, "reject", data.draw(st.sampled_from(there)))
        except CorrectionRefused:
            continue
    kept = [correction for correction in desk.corrections if data.draw(st.booleans())]
    corrected = apply_corrections(machine.corrected.analysis, kept)
    assert_sound(corrected.analysis)
    assert {lost.correction for lost in corrected.lost} <= {correction.id for correction in kept}
