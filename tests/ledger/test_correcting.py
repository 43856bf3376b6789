from __future__ import annotations

import pytest
from correction_desk import Desk, deichplan, records

from beleg.errors import CorrectionRefused
from beleg.ledger.correcting import LAYERS, Action, Layer, apply_corrections, key_of
from invariants import assert_sound

WITH_RECORDS = [layer for layer in LAYERS if layer != "document"]


@pytest.fixture
def desk() -> Desk:
    return Desk(deichplan())


def test_without_corrections_the_analysis_stays_as_it_is(desk: Desk) -> None:
    assert apply_corrections(desk.machine, []).analysis == desk.machine


@pytest.mark.parametrize("layer", WITH_RECORDS)
def test_confirming_changes_nothing_and_leaves_a_mark(desk: Desk, layer: Layer) -> None:
    for record in records(desk.now, layer):
        number = desk.make(layer, "confirm", record)
        mark = desk.corrected.marks[layer, key_of(layer, record)]
        assert mark.corrections == (number,)
        assert mark.actions == ("confirm",)
    assert desk.corrected.analysis == desk.machine
    assert desk.corrected.lost == ()


@pytest.mark.parametrize("layer", WITH_RECORDS)
def test_rejecting_every_record_in_turn_leaves_a_sound_analysis(desk: Desk, layer: Layer) -> None:
    while left := records(desk.now, layer):
        desk.make(layer, "reject", left[0])
        assert len(records(desk.now, layer)) == len(left) - 1
        assert_sound(desk.corrected.analysis)
    assert desk.corrected.lost == ()
    assert not [key for key in desk.corrected.marks if key[0] == layer]


@pytest.mark.parametrize("layer", WITH_RECORDS)
def test_a_rejected_record_can_be_added_again(desk: Desk, layer: Layer) -> None:
    record = records(desk.now, layer)[-1]
    desk.make(layer, "reject", record)
    desk.make(layer, "add", None, {**record, "records": []} if "records" in record else record)
    again = desk.now
    assert len(records(again, layer)) == len(records(Desk(desk.machine).now, layer))
    assert_sound(desk.corrected.analysis)


@pytest.mark.parametrize(
    ("layer", "words", "changes"),
    [
        ("people", "März", {"name": "Marz", "kind": "person", "roles": ["Ratsherr"]}),
        ("quotes", "„blanken Unsinn“", {"type": "reported", "medium": "writing"}),
        ("times", "Dienstag", {"value": "2024-04-02", "earliest": "2024-04-02"}),
        ("status", "wies", {"label": "conceded"}),
        ("events", "er werde im Mai klagen", {"earliest": "2024-05-10"}),
        ("forecasts", "er werde im Mai klagen", {"kind": "warning", "window": None}),
        ("argument", "der Deich teurer wird als geplant", {"role": "objection"}),
        ("wording", "Trauerspiel", {"kind": "intensifier"}),
        ("checklist", "„Kein Hof wird enteignet.“", {"weight": 0.9, "why": ["unconfirmed"]}),
    ],
)
def test_correcting_sets_the_fields(
    desk: Desk, layer: Layer, words: str, changes: dict[str, object]
) -> None:
    if layer == "events":
        words = "Behrens kündigte an, er werde im Mai klagen"
    if layer == "times":
        changes["latest"] = "2024-04-02"
    before = desk.record(layer, words)
    desk.correct(layer, words, **changes)
    after = desk.record(layer, words)
    assert after == {**before, **changes}
    mark = desk.corrected.marks[layer, key_of(layer, after)]
    assert set(mark.fields) == {*changes}
    assert_sound(desk.corrected.analysis)


def test_document_fields_are_corrected_and_a_day_dates_the_article(desk: Desk) -> None:
    desk.make("document", "correct", {"author": None}, {"author": "Fenja Thoms"})
    desk.make("document", "correct", {"published": "2024-04-11"}, {"published": "2024-04-12"})
    document, dating = desk.corrected.analysis.document, desk.corrected.analysis.dating
    assert (document.author, str(document.published)) == ("Fenja Thoms", "2024-04-12")
    assert str(dating.earliest) == str(dating.latest) == "2024-04-12"
    assert document.text == desk.machine.document.text
    assert desk.corrected.marks["document", "document"].fields == ("author", "published")


def test_rejecting_the_day_of_publication_leaves_nothing_counting_from_it(desk: Desk) -> None:
    desk.make("document", "reject", {"published": "2024-04-11"})
    analysis = desk.corrected.analysis
    assert analysis.document.published is None
    assert "publication" not in {time.anchor for time in analysis.times}
    assert_sound(analysis)


def test_a_new_speaker_changes_the_chains_inside_and_the_forecasts_holder(desk: Desk) -> None:
    nommensen = desk.record("people", "Lars Nommensen")["id"]
    outer = "„Frau Ohlsen hat uns im März versprochen: „Kein Hof wird enteignet.“ Davon ist keine Rede mehr.“"
    speaker = desk.record("quotes", outer)["speaker"]
    ohlsen = desk.record("people", "Greta Ohlsen")["id"]
    desk.correct("quotes", outer, speaker={**speaker, "person": nommensen})
    assert desk.record("quotes", outer)["chain"] == [nommensen]
    assert desk.record("quotes", "„Kein Hof wird enteignet.“")["chain"] == [nommensen, ohlsen]

    words = "er werde im Mai klagen"
    speaker = desk.record("quotes", words)["speaker"]
    desk.correct("quotes", words, speaker={**speaker, "person": nommensen})
    assert desk.record("forecasts", words)["holder"] == nommensen
    assert_sound(desk.corrected.analysis)


def test_the_class_of_the_source_follows_a_new_speaker_unless_it_was_set(desk: Desk) -> None:
    words = "„blanken Unsinn“"
    outlet = desk.record("people", "Küstenblick")["id"]
    quote = desk.record("quotes", words)
    spoken = {**quote["speaker"], "person": outlet}
    desk.correct("quotes", words, speaker=None, chain=[])
    assert desk.record("quotes", words)["sourcing"] == "anonymous"
    desk.correct("quotes", words, speaker=spoken, sourcing="document")
    assert desk.record("quotes", words)["sourcing"] == "document"


def test_rejecting_a_quotation_gives_what_is_inside_to_the_one_around(desk: Desk) -> None:
    outer = desk.record("quotes", "„Kein Hof wird enteignet.“")["parent"]
    quote = next(q for q in desk.now["quotes"] if q["id"] == outer)
    desk.make("quotes", "reject", quote)
    inner = desk.record("quotes", "„Kein Hof wird enteignet.“")
    assert inner["parent"] is None
    assert inner["chain"] == [desk.record("people", "Greta Ohlsen")["id"]]
    assert outer not in str(desk.now)


def test_rejecting_a_person_clears_speaker_chain_and_holder(desk: Desk) -> None:
    behrens = desk.record("people", "Tjark Behrens")
    desk.make("people", "reject", behrens)
    quote = desk.record("quotes", "er werde im Mai klagen")
    assert (quote["speaker"], quote["chain"], quote["sourcing"]) == (None, [], "anonymous")
    assert desk.record("forecasts", "er werde im Mai klagen")["holder"] == "author"
    assert f"'{behrens['id']}'" not in str(desk.now)


def test_rejecting_a_time_or_an_event_clears_what_counts_from_it(desk: Desk) -> None:
    fourth = desk.record("times", "4. März 2024")
    desk.make("times", "reject", fourth)
    assert desk.record("times", "Zwei Tage später")["anchor"] is None
    event = desk.record("events", "Am 4. März 2024 stimmte der Rat mit 12 zu 9 Stimmen für den Bau")
    assert event["time"] is None
    later = desk.record("events", "liege das Gutachten seit zwei Wochen vor")
    between = "Zwei Tage später trat der Baudezernent Lars Nommensen zurück"
    desk.make("events", "reject", desk.record("events", between))
    now = desk.record("events", "liege das Gutachten seit zwei Wochen vor")
    assert (now["id"], now["after"]) == (later["id"], [event["id"]])


def test_merged_people_share_mentions_and_everything_said(desk: Desk) -> None:
    behrens, vietze = desk.record("people", "Tjark Behrens"), desk.record("people", "Arne Vietze")
    desk.make("people", "merge", [behrens, vietze], {**behrens, "roles": ["Landwirt", "Rat"]})
    one = desk.record("people", "Arne Vietze")
    assert (one["id"], one["name"]) == (behrens["id"], "Tjark Behrens")
    assert one["mentions"] == sorted([*behrens["mentions"], *vietze["mentions"]])
    assert {"Landwirt", "Rat", *vietze["roles"]} == {*one["roles"]}
    costs = desk.record(
        "quotes", "dass die Kosten bis Ende 2026 sehr wahrscheinlich auf 30 Millionen Euro steigen"
    )
    assert (costs["speaker"]["person"], costs["chain"]) == (one["id"], [one["id"]])
    assert_sound(desk.corrected.analysis)


def test_a_mention_given_to_one_person_is_taken_from_the_other(desk: Desk) -> None:
    ohlsen, behrens = desk.record("people", "Greta Ohlsen"), desk.record("people", "Tjark Behrens")
    moved = ohlsen["mentions"][-1]
    desk.correct("people", "Tjark Behrens", mentions=sorted([*behrens["mentions"], moved]))
    assert moved not in desk.record("people", "Greta Ohlsen")["mentions"]
    assert moved in desk.record("people", "Tjark Behrens")["mentions"]


def test_an_added_quotation_gets_an_id_of_its_own_and_stands_in_order(desk: Desk) -> None:
    model = desk.record("quotes", "„blanken Unsinn“")
    behrens = desk.record("people", "Tjark Behrens")["id"]
    new = {
        **model,
        "spans": [desk.span("Zweitens fehlt eine Straße")],
        "cue": [],
        "frame": [],
        "speaker": {"person": behrens, "spans": [], "unresolved": None},
        "chain": [behrens],
    }
    desk.make("quotes", "add", None, new)
    added = desk.record("quotes", "Zweitens fehlt eine Straße")
    assert added["id"] == "q8"
    assert added["chain"] == [behrens]
    starts = [quote["spans"][0][0] for quote in desk.now["quotes"]]
    assert starts == sorted(starts)
    assert desk.corrected.marks["quotes", "q8"].actions == ("add",)


def test_ids_of_rejected_records_do_not_come_back(desk: Desk) -> None:
    last = desk.now["quotes"][-1]
    desk.make("quotes", "reject", last)
    desk.make("quotes", "add", None, last)
    assert desk.now["quotes"][-1]["id"] == "q8"


def test_undoing_the_last_correction_gives_the_analysis_before(desk: Desk) -> None:
    desk.make("people", "reject", desk.record("people", "Greta Ohlsen"))
    before = desk.corrected
    desk.make("quotes", "reject", desk.now["quotes"][1])
    assert apply_corrections(desk.machine, desk.corrections[:-1]) == before


@pytest.mark.parametrize(
    ("layer", "words", "changes", "complaint"),
    [
        ("times", "Dienstag", {"span": [-1, 4]}, "does not fit"),
        ("times", "Dienstag", {"span": [5, 99999]}, "does not fit"),
        ("times", "Dienstag", {"span": [7, 7]}, "does not fit"),
        ("times", "Dienstag", {"span": [9, 7]}, "does not fit"),
        ("times", "Dienstag", {"span": [0, 7, 9]}, "Expected `array` of length 2"),
        ("times", "Dienstag", {"anchor": "t6"}, "does not stand before"),
        ("times", "Dienstag", {"anchor": "t1"}, "does not stand before"),
        ("times", "Dienstag", {"value": "am Dienstag"}, "TIMEX3"),
        ("times", "Dienstag", {"latest": "2024-01-01"}, "after the last"),
        ("times", "Dienstag", {"latest": "gestern"}, "Invalid RFC3339"),
        ("status", "wies", {"label": "true"}, "Invalid enum value"),
        ("status", "wies", {"quote": "q77"}, "which is not there"),
        ("status", "wies", {"quote": "p1"}, "which is not there"),
        ("status", "wies", {"extra": 1}, "unknown field"),
        ("people", "März", {"mentions": []}, "nowhere"),
        ("people", "März", {"name": "  "}, "without a name"),
        ("people", "März", {"name": "a\x00b"}, "NUL"),
        ("people", "März", {"name": "a" * 3000}, "3000 characters"),
        ("people", "März", {"mentions": [[3, 9], [5, 12]]}, "overlap"),
        ("people", "März", {"id": "p2"}, "other ids"),
        ("quotes", "„blanken Unsinn“", {"spans": []}, "nowhere"),
        ("quotes", "„blanken Unsinn“", {"parent": "q5"}, "inside itself"),
        ("quotes", "„blanken Unsinn“", {"parent": "q1"}, "stands elsewhere"),
        ("quotes", "„blanken Unsinn“", {"chain": ["p99"]}, "which is not there"),
        ("quotes", "„blanken Unsinn“", {"chain": ["author"]}, "which is not there"),
        ("quotes", "„blanken Unsinn“", {"parent": "author"}, "which is not there"),
        ("forecasts", "er werde im Mai klagen", {"holder": "publication"}, "which is not there"),
        ("times", "Dienstag", {"anchor": "author"}, "which is not there"),
        ("forecasts", "er werde im Mai klagen", {"holder": "p99"}, "which is not there"),
        ("checklist", "„Kein Hof wird enteignet.“", {"why": []}, "no reason"),
        ("checklist", "„Kein Hof wird enteignet.“", {"weight": 0}, "weight"),
        ("checklist", "„Kein Hof wird enteignet.“", {"records": ["x1"]}, "which is not there"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(
    desk: Desk, layer: Layer, words: str, changes: dict[str, object], complaint: str
) -> None:
    with pytest.raises(CorrectionRefused, match=complaint):
        desk.correct(layer, words, **changes)


@pytest.mark.parametrize("person", ["p99", "q1", "author", "publication", ""])
@pytest.mark.parametrize("action", ["correct", "add"])
def test_a_speaker_who_is_not_there_is_refused_not_left_out(
    desk: Desk, action: Action, person: str
) -> None:
    quote = desk.record("quotes", "„blanken Unsinn“")
    after = {**quote, "speaker": {"person": person, "spans": [], "unresolved": None}, "chain": []}
    if action == "add":
        after["spans"] = [[0, 3]]
    with pytest.raises(CorrectionRefused, match=f"{person}', which is not there"):
        desk.make("quotes", action, quote if action == "correct" else None, after)


def test_a_mention_that_ends_before_it_starts_is_refused(desk: Desk) -> None:
    start, end = desk.record("people", "März")["mentions"][0]
    with pytest.raises(CorrectionRefused, match="does not fit"):
        desk.correct("people", "März", mentions=[[start, end], [end, start]])


def test_circles_are_refused(desk: Desk) -> None:
    outer = "„Frau Ohlsen hat uns im März versprochen: „Kein Hof wird enteignet.“ Davon ist keine Rede mehr.“"
    inner = desk.record("quotes", "„Kein Hof wird enteignet.“")["id"]
    with pytest.raises(CorrectionRefused, match="inside itself"):
        desk.correct("quotes", outer, parent=inner)
    with pytest.raises(CorrectionRefused, match="after itself"):
        desk.correct(
            "events",
            "Am 4. März 2024 stimmte der Rat mit 12 zu 9 Stimmen für den Bau",
            after=["e5"],
        )


def test_a_time_over_another_one_is_refused(desk: Desk) -> None:
    time = desk.record("times", "Zwei Tage später")
    wide = {**time, "span": desk.span("4. März 2024 stimmte"), "anchor": None}
    with pytest.raises(CorrectionRefused, match="overlaps t5"):
        desk.make("times", "add", None, wide)
    with pytest.raises(CorrectionRefused, match="overlaps t5"):
        desk.make("times", "correct", time, wide)


def test_the_same_record_twice_is_refused(desk: Desk) -> None:
    for layer in WITH_RECORDS:
        with pytest.raises(CorrectionRefused):
            desk.make(layer, "add", None, records(desk.now, layer)[0])


def test_nobodys_only_mention_is_taken_away(desk: Desk) -> None:
    vietze, behrens = desk.record("people", "Arne Vietze"), desk.record("people", "Tjark Behrens")
    with pytest.raises(CorrectionRefused, match="the only mention of Arne Vietze"):
        desk.correct(
            "people", "Tjark Behrens", mentions=[*behrens["mentions"][:1], *vietze["mentions"]]
        )


@pytest.mark.parametrize(
    ("layer", "action", "before", "after", "complaint"),
    [
        ("weather", "confirm", {}, None, "no such layer"),
        ("quotes", "delete", {}, None, "no such layer or action"),
        ("quotes", "merge", [], None, "only people"),
        ("quotes", "confirm", None, None, "wrong `before`"),
        ("quotes", "add", {}, {}, "wrong `before`"),
        ("quotes", "correct", {}, None, "wrong `after`"),
        ("quotes", "reject", {}, {}, "wrong `after`"),
        ("quotes", "reject", "q1", None, "not a record"),
        ("quotes", "add", None, [1], "not a record"),
        ("people", "merge", [1, "p2"], None, "not a record"),
        ("document", "reject", ["title"], None, "not fields"),
        ("quotes", "reject", {"id": "q1"}, None, "missing required field"),
        ("people", "merge", {}, None, "no list of people"),
        ("people", "merge", [], None, "fewer than two"),
        ("document", "correct", {}, {"text": "anders"}, "no field"),
        ("document", "correct", {"title": None}, {"text": "anders"}, "text cannot be corrected"),
        ("document", "correct", {"author": None}, {"author": 7}, "Expected `str"),
        ("document", "correct", ["title"], {"title": "X"}, "not fields"),
        ("document", "add", None, {"title": "X"}, "every article has one"),
        ("people", "reject", {"a": "x" * 300_000}, None, "bytes"),
    ],
)  # fmt: skip
def test_what_is_no_correction_is_refused(
    desk: Desk, layer: Layer, action: str, before: object, after: object, complaint: str
) -> None:
    with pytest.raises(CorrectionRefused, match=complaint):
        desk.make(layer, action, before, after)  # type: ignore[arg-type]


def test_a_record_that_is_gone_cannot_be_corrected(desk: Desk) -> None:
    quote = desk.now["quotes"][0]
    desk.make("quotes", "reject", quote)
    with pytest.raises(CorrectionRefused, match="not there"):
        desk.make("quotes", "confirm", quote)


def test_a_record_that_is_another_by_now_cannot_be_corrected(desk: Desk) -> None:
    seen = desk.record("status", "wies")
    desk.correct("status", "wies", label="alleged")
    with pytest.raises(CorrectionRefused, match="another than the one"):
        desk.make("status", "correct", seen, {**seen, "label": "confirmed"})
    desk.make("document", "correct", {"author": None}, {"author": "Fenja Thoms"})
    with pytest.raises(CorrectionRefused, match="another than the one"):
        desk.make("document", "correct", {"author": None}, {"author": "Fenja Thomsen"})


def test_of_two_corrections_the_later_one_holds(desk: Desk) -> None:
    desk.correct("status", "wies", label="alleged")
    first = desk.corrected
    desk.correct("status", "wies", label="confirmed", about=None)
    assert desk.record("status", "wies")["label"] == "confirmed"
    key = key_of("status", desk.record("status", "wies"))
    assert desk.corrected.marks["status", key].fields == ("about", "label")
    assert apply_corrections(desk.machine, desk.corrections[:1]) == first


def test_what_is_kept_of_a_neighbour_is_from_before_the_correction(desk: Desk) -> None:
    ohlsen = desk.record("people", "Greta Ohlsen")
    new = {**desk.record("people", "Arne Vietze"), "mentions": ohlsen["mentions"][1:2]}
    desk.make("people", "add", None, new)
    (beside,) = desk.corrections[0].refs["beside"]
    assert beside == ohlsen
    assert desk.record("people", "Greta Ohlsen") != ohlsen


def test_edges_are_added_turned_and_taken_out(desk: Desk) -> None:
    n4, n6 = "n4", "n6"
    edge = next(e for e in desk.now["argument"]["edges"] if (e["from"], e["to"]) == (n6, n4))
    desk.make("argument_edges", "correct", edge, {**edge, "kind": "attacks"})
    assert {**edge, "kind": "attacks"} in desk.now["argument"]["edges"]
    with pytest.raises(CorrectionRefused, match="joined already"):
        desk.make("argument_edges", "add", None, edge)
    with pytest.raises(CorrectionRefused, match="for itself"):
        desk.make("argument_edges", "add", None, {**edge, "from": n4})
    with pytest.raises(CorrectionRefused, match="other statements"):
        desk.make("argument_edges", "correct", {**edge, "kind": "attacks"}, {**edge, "from": "n1"})
    desk.make("argument_edges", "add", None, {**edge, "from": "n1", "cue": None})
    assert desk.corrected.marks["argument_edges", "n1>n4 supports"].actions == ("add",)
