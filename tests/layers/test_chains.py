"""Chains of voices: parents by nesting, outlets, sources relied upon, reprints, sourcing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name
from beleg.layers.chains import Via, find_vias, link_quotations
from beleg.layers.chains.link import find_parents
from beleg.layers.chains.source_phrases import Phrases
from beleg.layers.chains.sourcing import Sources
from beleg.records import Person, PersonKind, Quotation, Speaker
from beleg.rules.chain_rules import load_chain_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment

RULES = load_chain_rules()


def place(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def quotation(text: str, words: str, speaker: str = "", frame: str = "") -> FoundQuotation:
    return FoundQuotation(
        type="indirect",
        medium="speech",
        spans=place(text, words),
        speaker=place(text, speaker) if speaker else (),
        cue=(),
        frame=place(text, frame) if frame else (),
        addressee=(),
    )


def person(number: int, name: str, kind: PersonKind, text: str, named: str = "") -> Person:
    mentions = place(text, named or name) if (named or name) in text else ()
    return Person(id=f"p{number}", name=name, kind=kind, roles=(), mentions=mentions)


def test_a_quotation_stands_in_the_smallest_that_holds_all_of_it() -> None:
    spans = [
        (Span(0, 100),),
        (Span(10, 40), Span(50, 60)),
        (Span(12, 20),),
        (Span(35, 55),),  # partly outside of the second
        (Span(120, 130),),
    ]
    assert find_parents(spans) == [None, 0, 1, 0, None]


def test_equal_quotations_do_not_stand_in_each_other() -> None:
    assert find_parents([(Span(0, 9),), (Span(0, 9),)]) == [None, None]


TEXT = (
    "Das Portal Wattlicht gibt seinen Beitrag im Wortlaut wieder: „Der Sender Kanal Sund meldete "
    "unter Berufung auf zwei Beamte, der Küstenbund gehe. Sie bleibe, sagte Ilva Torsten in der "
    "Zeitschrift Seekarte.“"
)


def linked() -> tuple[Quotation, ...]:
    sentences = segment(TEXT, segmentation_table())
    quotes = [
        quotation(
            TEXT,
            TEXT[TEXT.index("„") :],
            "Das Portal Wattlicht",
            "Das Portal Wattlicht gibt seinen Beitrag im Wortlaut wieder:",
        ),
        quotation(
            TEXT,
            "der Küstenbund gehe",
            "Der Sender Kanal Sund",
            "Der Sender Kanal Sund meldete unter Berufung auf zwei Beamte,",
        ),
        quotation(
            TEXT,
            "Sie bleibe",
            "Ilva Torsten",
            "sagte Ilva Torsten in der Zeitschrift Seekarte",
        ),
    ]
    people = [
        person(1, "Wattlicht", "outlet", TEXT),
        person(2, "Jonas Wellenkamp", "person", TEXT, "seinen"),
        person(3, "Kanal Sund", "outlet", TEXT),
        person(4, "zwei Beamte", "group", TEXT),
        person(5, "Ilva Torsten", "person", TEXT),
        person(6, "Seekarte", "outlet", TEXT),
    ]
    vias = find_vias(TEXT, sentences, quotes, rules=RULES)
    known: list[tuple[Via, str | None]] = [
        (
            via,
            next(
                (
                    p.id
                    for p in people
                    for m in p.mentions
                    if via.span.start <= m.start and m.end <= via.span.end
                ),
                None,
            ),
        )
        for via in vias
    ]
    speakers = [
        Speaker(person=id_, spans=quote.speaker, unresolved=None)
        for id_, quote in zip(("p1", "p3", "p5"), quotes, strict=True)
    ]
    return link_quotations(
        TEXT,
        quotes,
        people,
        speakers,
        known,
        [Name(place(TEXT, "Ilva Torsten")[0], "PER")],
        above=("p9",),
        rules=RULES,
    )


def test_a_reprint_belongs_to_the_one_who_wrote_it() -> None:
    reprint, *_ = linked()
    assert reprint.speaker is not None
    assert reprint.speaker.person == "p2"
    assert reprint.chain == ("p9", "p1", "p2")
    assert [TEXT[s.start : s.end] for s in reprint.speaker.spans] == ["seinen"]


def test_chains_run_from_the_printing_outlet_to_the_source_relied_upon() -> None:
    reprint, report, interview = linked()
    assert (reprint.parent, report.parent, interview.parent) == (None, "q1", "q1")
    assert report.chain[-2:] == ("p3", "p4")
    assert interview.chain[-2:] == ("p6", "p5")
    assert {q.chain[0] for q in (reprint, report, interview)} == {"p9"}


def test_the_class_of_the_source_is_that_of_the_innermost_voice() -> None:
    _, report, interview = linked()
    assert (report.sourcing, interview.sourcing) == ("group", "named_person")


@pytest.mark.parametrize(
    ("name", "kind", "sourcing"),
    [
        ("ein Polizeisprecher", "person", "role"),
        ("die Polizei", "organisation", "named_org"),
        ("Regierungskreise", "group", "anonymous"),
        ("ein namentlich nicht genannter Beamter", "person", "anonymous"),
        ("der Bericht", "document", "document"),
        ("die Zeitung", "outlet", "outlet"),
        ("Augenzeugen", "group", "group"),
        ("er", "unknown", "named_person"),
        ("ein Sprecher der Polizei", "unknown", "role"),
        ("die Sprecherin", "person", "role"),
        ("Bürgermeisterin Ilva Torsten", "unknown", "named_person"),
        ("die Bürgermeisterin der Stadt, Ilva Torsten", "person", "named_person"),
        ("zwei Beamte", "unknown", "group"),
        ("die Anwohner", "unknown", "group"),
        ("viele", "unknown", "group"),
        ("einer aus der Stadt", "unknown", "anonymous"),
        ("die Gesundheitsbehörden", "group", "named_org"),
        ("die Veranstalter", "organisation", "group"),
        ("Polizeiangaben", "unknown", "named_org"),
        ("Angaben der Polizei", "unknown", "named_org"),
        ("Angaben einer Sprecherin", "unknown", "role"),
        ("offiziellen Angaben", "unknown", "named_org"),
        ("erste Ermittlungen", "unknown", "document"),
        ("eine Studie", "unknown", "document"),
        ("Medienberichte", "unknown", "outlet"),
        ("die „Küstenwoche“", "organisation", "outlet"),
        ("der Sender", "unknown", "outlet"),
        ("KBM", "unknown", "named_org"),
        ("die KBM", "unknown", "named_org"),
        ("man", "unknown", "group"),
        ("einige der Fischer", "unknown", "group"),
        ("einer der Fischer", "group", "role"),
        ("Angaben der Fischer", "unknown", "group"),
        ("Angaben des Flughafens", "unknown", "named_org"),
        ("auch die Bürgermeisterin", "unknown", "role"),
        ("der 81-jährige Besitzer", "person", "role"),
        ("die Abgeordneten", "unknown", "group"),
        ("die Taucher", "unknown", "group"),
        ("Einige Anhänger Torstens", "group", "group"),
        ("die Gruppe Wattlicht", "organisation", "named_org"),
        ("die Gruppe", "group", "named_org"),
        ("eine Gruppe von Fischern", "group", "group"),
        ("die Mehrheit", "group", "group"),
        ("das Ehepaar", "group", "group"),
        ("die Verantwortlichen", "group", "group"),
        ("eine Jury", "organisation", "named_org"),
        ("ein Gremium", "organisation", "named_org"),
        ("der Vorstand", "organisation", "named_org"),
        ("die Hafenleitung", "unknown", "named_org"),
        ("die Deutsche Hafenkammer", "unknown", "named_org"),
        ("Berichten", "document", "outlet"),
        ("einem Bericht der Stadt", "document", "document"),
        ("Ermittlungen der Polizei", "document", "named_org"),
        ("die Agentur Wattlicht", "organisation", "outlet"),
        ("Ministerin Zimmermann", "person", "named_person"),
        ("der Präsident Küstenlands", "person", "role"),
        ("ein Sprecher Torstens", "person", "role"),
        ("Jonas Wellenkamp, Leiter der Werft", "organisation", "named_person"),
        ("der Vorwurf", "unknown", "anonymous"),
    ],
)
def test_sourcing_by_who_speaks(name: str, kind: PersonKind, sourcing: str) -> None:
    text = f"Das sagte {name} gestern."
    quote = quotation(text, "Das", name)
    (found,) = link_quotations(
        text,
        [quote],
        [person(1, name, kind, text)],
        [Speaker(person="p1", spans=quote.speaker, unresolved=None)],
        (),
        (),
        above=(),
        rules=RULES,
    )
    assert found.sourcing == sourcing


def sourcing_of(text: str, name: str, kind: PersonKind, named: Sequence[str]) -> str:
    """The class of the speaker `name` whose person is called by the encoder's names."""
    quote = quotation(text, "Das", name)
    one = Person(
        id="p1",
        name=name,
        kind=kind,
        roles=(),
        mentions=tuple(sorted({place(text, words)[0] for words in (name, *named)})),
    )
    names = [Name(place(text, words)[0], "PER") for words in named]
    (found,) = link_quotations(
        text,
        [quote],
        [one],
        [Speaker(person="p1", spans=quote.speaker, unresolved=None)],
        (),
        names,
        above=(),
        rules=RULES,
    )
    return found.sourcing


def test_a_noun_for_people_is_a_role_even_if_the_encoder_takes_it_for_a_name() -> None:
    text = "Das sagte ein Regierungssprecher gestern."
    assert sourcing_of(text, "ein Regierungssprecher", "person", ["Regierungssprecher"]) == "role"


def test_a_role_of_somebody_who_is_named_elsewhere_is_a_named_person() -> None:
    text = "Das sagte die Ministerin gestern. Ilva Torsten ging."
    assert sourcing_of(text, "die Ministerin", "person", ["Ilva Torsten"]) == "named_person"
    text = "Das sagte eine Ministerin gestern. Ilva Torsten ging."
    assert sourcing_of(text, "eine Ministerin", "person", ["Ilva Torsten"]) == "role"


def test_a_surname_that_looks_like_a_compound_is_a_name() -> None:
    text = "Das sagten ein Arzt und Steffan. Jan Steffan ging."
    assert sourcing_of(text, "Steffan", "unknown", ["Jan Steffan"]) == "named_person"
    assert Phrases(RULES).source("Steffan") == "role"
    assert Phrases(RULES, frozenset(["Steffan"])).source("Steffan") is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("der Sprecher von Ilva Torsten", "Ilva Torsten"),
        ("der Anwalt der Familie Torsten", "Torsten"),
        ("eine Sprecherin der Werft Torsten", "Torsten"),
    ],
)
def test_a_name_behind_a_preposition_or_a_body_is_somebody_else(words: str, name: str) -> None:
    text = f"Das sagte {words}."
    span = place(text, words)
    one = Person(id="p1", name=words, kind="person", roles=(), mentions=span)
    sources = Sources(text, {"p1": one}, [Name(place(text, name)[0], "PER")], RULES)
    assert sources.of(Speaker(person="p1", spans=span, unresolved=None), ["p1"]) == "role"


def test_a_full_name_behind_the_body_is_that_of_its_head() -> None:
    text = "Das sagte der Vorsitzende des Verbands Ilva Torsten gestern."
    name = "der Vorsitzende des Verbands Ilva Torsten"
    assert sourcing_of(text, name, "person", ["Ilva Torsten"]) == "named_person"


def test_a_surname_that_is_a_noun_is_a_name() -> None:
    text = "Hans Papier kam. Das sagte Papier gestern."
    assert sourcing_of(text, "Papier", "document", ["Hans Papier"]) == "named_person"


def test_a_plural_verb_makes_a_pronoun_a_group() -> None:
    text = "Das teilten sie mit."
    span = place(text, "sie")
    quote = quotation(text, "Das", "sie")
    quote = replace(quote, cue=place(text, "teilten"))
    they = Person(id="p1", name="sie", kind="unknown", roles=(), mentions=span)
    speaker = Speaker(person="p1", spans=span, unresolved=None)
    assert Sources(text, {"p1": they}, (), RULES).of(speaker, ["p1"], quote) == "group"


def test_who_thinks_so_is_a_group_where_everybody_does() -> None:
    text = "Davon geht man aus, es regne."
    quote = quotation(text, "es regne", frame="Davon geht man aus,")
    assert Sources(text, {}, (), RULES).of(None, (), quote) == "group"


def test_a_document_that_something_is_said_against_does_not_say_it() -> None:
    text = "Gegen das Gutachten wird eingewandt, es regne."
    quote = quotation(text, "es regne", frame="Gegen das Gutachten wird eingewandt,")
    assert Sources(text, {}, (), RULES).of(None, (), quote) == "anonymous"


def test_a_title_in_quotation_marks_is_an_outlet_everywhere() -> None:
    text = "Das sagte die „Küstenwoche“. Das sagte Küstenwoche."
    marked = Span(text.index("Küstenwoche"), text.index("“"))
    bare = Span(text.rindex("Küstenwoche"), len(text) - 1)
    woche = Person(
        id="p1", name="Küstenwoche", kind="organisation", roles=(), mentions=(marked, bare)
    )
    sources = Sources(text, {"p1": woche}, (), RULES)
    assert sources.of(Speaker(person="p1", spans=(bare,), unresolved=None), ["p1"]) == "outlet"


def test_a_state_that_speaks_is_an_organisation() -> None:
    text = "Das sagte Küstenland."
    span = place(text, "Küstenland")
    state = Person(id="p1", name="Küstenland", kind="unknown", roles=(), mentions=span)
    sources = Sources(text, {"p1": state}, [Name(span[0], "LOC")], RULES)
    assert sources.of(Speaker(person="p1", spans=span, unresolved=None), ["p1"]) == "named_org"


def test_the_frame_can_name_the_document_that_a_quotation_stands_in() -> None:
    text = "In dem Papier und dem Gutachten wird festgehalten, es regne."
    quote = quotation(text, "es regne", frame="In dem Papier und dem Gutachten wird festgehalten,")
    sources = Sources(text, {}, (), RULES)
    assert sources.of(None, (), quote) == "document"
    assert sources.of(None, (), quotation(text, "es regne")) == "document"  # it goes on
    fresh = Sources(text, {}, (), RULES)
    assert fresh.of(None, (), quotation(text, "es regne")) == "anonymous"


def test_a_quotation_without_any_source_is_anonymous() -> None:
    text = "Es soll regnen."
    (found,) = link_quotations(
        text, [quotation(text, "regnen")], (), (None,), (), (), above=(), rules=RULES
    )
    assert (found.sourcing, found.chain) == ("anonymous", ())


def test_a_reprint_passes_through_the_outlet_in_which_it_appeared_first() -> None:
    text = (
        "Es falle, schreibt Jonas Wellenkamp in der Zeitschrift Seekarte. Das Portal Wattlicht "
        "druckt seinen Beitrag: „Wer fragt, erfährt nichts.“"
    )
    quotes = [
        quotation(text, "Es falle", "Jonas Wellenkamp"),
        quotation(text, "„Wer fragt, erfährt nichts.“", "Das Portal Wattlicht"),
    ]
    people = [
        person(1, "Jonas Wellenkamp", "person", text),
        person(2, "Seekarte", "outlet", text),
        person(3, "Wattlicht", "outlet", text),
    ]
    vias = [
        (Via(0, place(text, "Zeitschrift Seekarte")[0], "venue"), "p2"),
        (Via(1, place(text, "seinen")[0], "writer"), "p1"),
    ]
    speakers = [
        Speaker(person=id_, spans=quote.speaker, unresolved=None)
        for id_, quote in zip(("p1", "p3"), quotes, strict=True)
    ]
    first, reprint = link_quotations(
        text, quotes, people, speakers, vias, (), above=(), rules=RULES
    )
    assert first.chain == ("p2", "p1")
    assert reprint.chain == ("p3", "p2", "p1")
