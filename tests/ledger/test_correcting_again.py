"""Corrections put on a later analysis of the same text."""

from __future__ import annotations

from typing import Any

import pytest
from correction_desk import Desk, Json, changed, deichplan, records, renumbered

from beleg.ledger.correcting import LAYERS, Layer
from invariants import assert_sound

WITH_RECORDS = [layer for layer in LAYERS if layer != "document"]
OUTER = "„Frau Ohlsen hat uns im März versprochen: „Kein Hof wird enteignet.“ Davon ist keine Rede mehr.“"
SUIT = "er werde im Mai klagen"


@pytest.fixture
def desk() -> Desk:
    return Desk(deichplan())


@pytest.mark.parametrize("layer", WITH_RECORDS)
def test_rejected_records_stay_out_whatever_their_ids(desk: Desk, layer: Layer) -> None:
    for record in records(desk.now, layer)[:2]:
        desk.make(layer, "reject", record)
    again = desk.on(renumbered(desk.machine))
    assert again.corrected.analysis == renumbered(desk.corrected.analysis)
    assert again.corrected.lost == ()


def test_everything_said_holds_with_other_ids(desk: Desk) -> None:
    vietze = desk.record("people", "Arne Vietze")
    desk.correct(
        "quotes", OUTER, speaker={**desk.record("quotes", OUTER)["speaker"], "person": vietze["id"]}
    )
    desk.make(
        "people",
        "merge",
        [desk.record("people", "Greta Ohlsen"), desk.record("people", "Imke Rathjen")],
    )
    desk.correct("forecasts", SUIT, holder=vietze["id"], kind="warning")
    edge = desk.now["argument"]["edges"][-1]
    desk.make("argument_edges", "correct", edge, {**edge, "kind": "attacks"})
    desk.make("times", "reject", desk.record("times", "4. März 2024"))
    again = desk.on(renumbered(desk.machine))
    assert again.corrected.analysis == renumbered(desk.corrected.analysis)
    assert again.corrected.lost == ()
    assert_sound(again.corrected.analysis)


def _moved(field: str) -> Any:
    def change(plain: Json) -> None:
        for layer in ("quotes", "status", "events", "forecasts", "wording", "checklist"):
            for record in plain[layer]:
                place = record["spans"][-1] if layer == "quotes" else record["span"]
                if place[1] - place[0] > 6:
                    place[0 if field == "start" else 1] += 2 if field == "start" else -2

    return change


@pytest.mark.parametrize("field", ["start", "end"])
@pytest.mark.parametrize("layer", ["quotes", "status", "events", "forecasts", "wording"])
def test_borders_may_move_a_little(desk: Desk, layer: Layer, field: str) -> None:
    labels: dict[str, Json] = {
        "quotes": {"type": "reported"},
        "status": {"label": "conceded"},
        "events": {"latest": None},
        "forecasts": {"kind": "conditional"},
        "wording": {"kind": "loaded"},
    }
    label = labels[layer]
    for record in records(desk.now, layer):
        desk.make(layer, "correct", record, {**record, **label})
    again = desk.on(changed(renumbered(desk.machine), _moved(field)))
    assert again.corrected.lost == ()
    assert len(records(again.now, layer)) == len(records(desk.now, layer))
    assert not [mark for mark in again.corrected.marks.values() if mark.restored]
    for name, value in label.items():
        assert {record[name] for record in records(again.now, layer)} == {value}


def test_only_what_was_changed_is_put_on_the_new_record(desk: Desk) -> None:
    desk.correct("forecasts", SUIT, kind="warning")

    def other_window(plain: Json) -> None:
        for forecast in plain["forecasts"]:
            forecast["window"] = {"earliest": None, "latest": "2024-06-30"}

    again = desk.on(changed(desk.machine, other_window))
    forecast = again.record("forecasts", SUIT)
    assert forecast["kind"] == "warning"
    assert forecast["window"] == {"earliest": None, "latest": "2024-06-30"}


def test_what_was_confirmed_holds_against_a_later_analysis(desk: Desk) -> None:
    desk.make("status", "confirm", desk.record("status", "wies"))

    def other_label(plain: Json) -> None:
        plain["status"][0]["label"] = "alleged"

    assert desk.on(changed(desk.machine, other_label)).record("status", "wies")["label"] == "denied"


@pytest.mark.parametrize("layer", [layer for layer in WITH_RECORDS if layer != "argument_edges"])
@pytest.mark.parametrize("action", ["confirm", "correct"])
def test_what_the_machine_no_longer_finds_comes_back(desk: Desk, layer: Layer, action: str) -> None:
    count = len(records(desk.now, layer))
    change = {"roles": ["Rat"]} if layer == "people" else {}
    for record in list(records(desk.now, layer)):
        after = {**record, **change} if action == "correct" else None
        desk.make(layer, action, record, after)  # type: ignore[arg-type]

    def without(plain: Json) -> None:
        records(plain, layer).clear()

    emptied = changed(_unreferenced(desk, layer), without)
    again = desk.on(emptied)
    assert len(records(again.now, layer)) == count
    assert_sound(again.corrected.analysis)
    restored = [key for key, mark in again.corrected.marks.items() if mark.restored]
    assert len([key for key in restored if key[0] == layer]) == count


def _unreferenced(desk: Desk, layer: Layer) -> Any:
    """The machine's analysis without any record of the layer, made by rejecting them all."""
    other = Desk(desk.machine)
    while left := records(other.now, layer):
        other.make(layer, "reject", left[0])
    return other.corrected.analysis


def test_a_rejected_record_that_is_not_found_is_no_matter(desk: Desk) -> None:
    desk.make("wording", "reject", desk.now["wording"][0])
    again = desk.on(changed(desk.machine, lambda plain: plain["wording"].clear()))
    assert again.now["wording"] == []
    assert again.corrected.lost == ()


def test_a_person_named_comes_with_the_correction(desk: Desk) -> None:
    vietze = desk.record("people", "Arne Vietze")
    speaker = desk.record("quotes", SUIT)["speaker"]
    desk.correct("quotes", SUIT, speaker={**speaker, "person": vietze["id"]})
    other = Desk(desk.machine)
    other.make("people", "reject", vietze)
    again = desk.on(other.corrected.analysis)
    added = again.record("people", "Arne Vietze")
    assert again.record("quotes", SUIT)["speaker"]["person"] == added["id"]
    assert added["id"] not in {person.id for person in again.machine.people}
    assert again.corrected.marks["people", added["id"]].restored


def test_a_quotation_named_that_is_gone_is_left_out_and_told(desk: Desk) -> None:
    quote = desk.record("quotes", OUTER)
    desk.correct("wording", "Trauerspiel", quote=quote["id"], kind="hedge")
    other = Desk(desk.machine)
    other.make("quotes", "reject", quote)
    again = desk.on(other.corrected.analysis)
    assert again.record("wording", "Trauerspiel")["kind"] == "hedge"
    assert again.record("wording", "Trauerspiel")["quote"] is None
    (lost,) = again.corrected.lost
    assert (lost.correction, lost.layer, lost.partly) == (1, "wording", True)
    assert "Frau Ohlsen hat uns" in lost.reason


def test_an_edge_without_its_statement_is_lost_and_told(desk: Desk) -> None:
    edge = desk.now["argument"]["edges"][0]
    desk.make("argument_edges", "confirm", edge)
    other = Desk(desk.machine)
    node = next(n for n in desk.now["argument"]["nodes"] if n["id"] == edge["from"])
    other.make("argument", "reject", node)
    again = desk.on(other.corrected.analysis)
    (lost,) = again.corrected.lost
    assert (lost.layer, lost.partly) == ("argument_edges", False)
    assert again.corrected.analysis == other.corrected.analysis


def test_what_was_added_is_not_doubled_once_the_machine_finds_it(desk: Desk) -> None:
    other = Desk(desk.machine)
    other.make("quotes", "reject", other.record("quotes", SUIT))
    second = Desk(other.corrected.analysis)
    quote = {**desk.record("quotes", SUIT), "type": "reported"}
    second.make("quotes", "add", None, quote)
    again = second.on(renumbered(desk.machine))
    assert len(again.now["quotes"]) == len(desk.now["quotes"])
    assert again.record("quotes", SUIT)["type"] == "reported"


def test_what_was_added_beside_a_record_does_not_swallow_it(desk: Desk) -> None:
    """An indirect quotation that holds most of the direct one which the machine finds."""
    quote = desk.record("quotes", "„Kein Hof wird enteignet.“")
    start, end = quote["spans"][0]
    inner = {**quote, "spans": [[start + 1, end - 1]], "parent": quote["id"], "type": "reported"}
    desk.make("quotes", "add", None, inner)
    assert len(desk.now["quotes"]) == len(desk.machine.quotes) + 1
    again = desk.on(renumbered(desk.machine))
    assert len(again.now["quotes"]) == len(desk.machine.quotes) + 1
    assert again.record("quotes", "„Kein Hof wird enteignet.“")["type"] == "direct"
    assert again.corrected.analysis == renumbered(desk.corrected.analysis)


def test_a_persons_time_goes_before_one_the_machine_finds_there_later(desk: Desk) -> None:
    other = Desk(desk.machine)
    other.make("times", "reject", other.record("times", "4. März 2024"))
    second = Desk(other.corrected.analysis)
    model = second.record("times", "Zwei Tage später")
    wide = {**model, "span": second.span("Am 4. März 2024 stimmte der Rat"), "anchor": None}
    second.make("times", "add", None, wide)
    again = second.on(desk.machine)
    assert again.corrected.lost == ()
    assert again.record("times", "Am 4. März 2024 stimmte der Rat")
    assert "4. März 2024" not in [again.words("times", t)[0] for t in again.now["times"]]
    assert_sound(again.corrected.analysis)


def test_more_mentions_are_still_the_same_person(desk: Desk) -> None:
    desk.correct("people", "Imke Rathjen", roles=["Sprecherin der Stadt", "Juristin"])

    def more(plain: Json) -> None:
        person = next(p for p in plain["people"] if p["name"] == "Imke Rathjen")
        person["mentions"] += [desk.span("Der Geologe"), desk.span("Behrens kündigte an")]

    again = desk.on(changed(renumbered(desk.machine), more))
    person = again.record("people", "Imke Rathjen")
    assert "Juristin" in person["roles"]
    assert len(person["mentions"]) == 3


def test_merged_people_stay_merged(desk: Desk) -> None:
    behrens, vietze = desk.record("people", "Tjark Behrens"), desk.record("people", "Arne Vietze")
    desk.make("people", "merge", [behrens, vietze])
    other = Desk(desk.machine)
    other.make("people", "reject", vietze)
    for machine in (
        other.corrected.analysis,
        desk.corrected.analysis,
        _unreferenced(desk, "people"),
    ):
        again = desk.on(machine)
        one = again.record("people", "Arne Vietze")
        assert one["name"] == "Tjark Behrens"
        assert one["mentions"] == desk.record("people", "Arne Vietze")["mentions"]
        assert again.corrected.lost == ()
        assert_sound(again.corrected.analysis)


def test_a_correction_that_fits_no_more_is_told(desk: Desk) -> None:
    """Somebody lets one time count from another, which the next analysis takes for a later one."""
    desk.correct("times", "Zwei Tage später", anchor="t3")
    other = Desk(desk.machine)
    other.make("times", "reject", other.record("times", "Zwei Tage später"))
    other.make("times", "reject", other.record("times", "März"))
    again = desk.on(other.corrected.analysis)
    (lost,) = again.corrected.lost
    assert lost.partly
    assert again.record("times", "Zwei Tage später")["anchor"] is None
