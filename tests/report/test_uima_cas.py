from __future__ import annotations

import builtins
import io
import zipfile
from typing import Any

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis, make_times, sample
from voices_samples import voices_sample

from beleg.errors import EncodingBroken, ExtraMissing, SpanOutsideText
from beleg.records import Analysis, Person
from beleg.report.uima_cas import to_cas_zip
from beleg.report.uima_cas_types import LINK, NAMESPACE, TYPES
from beleg.text.article import Span

cassis = pytest.importorskip("cassis")


def read(data: bytes) -> Any:
    """The CAS as another program reads it: from the two files alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["TypeSystem.xml", "document.xmi"]
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        return cassis.load_cas_from_xmi(io.BytesIO(archive.read("document.xmi")), typesystem=types)


def cas_of(analysis: Analysis) -> Any:
    return read(to_cas_zip(analysis))


def words(cas: Any, name: str) -> list[str]:
    return [made.get_covered_text() for made in cas.select(f"{NAMESPACE}.{name}")]


def links(made: Any) -> list[tuple[str, str]]:
    found = made.links.elements if made.links else []
    return [(link.role, link.target.get_covered_text()) for link in found]


def at(analysis: Analysis, span: Span) -> str:
    return analysis.document.text[span.start : span.end]


def in_order(analysis: Analysis, spans: list[Span]) -> list[str]:
    """The words in the order in which cassis gives annotations: by start, then by end."""
    return [at(analysis, span) for span in sorted(spans)]


def test_each_quotation_leads_to_its_parts_and_to_the_one_around_it() -> None:
    analysis = voices_sample()
    cas = cas_of(analysis)
    made = {one.identifier: one for one in cas.select(f"{NAMESPACE}.Quotation")}
    assert set(made) == {quote.id for quote in analysis.quotes}
    deepest = made["quote-4"]
    assert deepest.get_covered_text() == "„Der Schlüssel liegt seit Jahren im Amt.“"
    assert (deepest.kind, deepest.speakerName, deepest.sourcing) == (
        "direct", "Tomke Iversen", "named_person",
    )  # fmt: skip
    assert deepest.chain.elements == ["portal", "boje", "hansohn", "blank", "iversen"]
    assert sorted(links(deepest)) == sorted(
        [
            ("cue", "versichert"),
            ("speaker", "Die Hafenmeisterin"),
            ("addressee", "mir"),
            ("parent", made["quote-3"].get_covered_text()),
        ]
    )
    assert ("part", "„dann wir.“") in links(made["quote-12"])
    assert made["quote-10"].unresolved == "several"


def test_people_times_and_events_stand_where_they_do_in_the_analysis() -> None:
    voices, news = voices_sample(), sample()
    mentions = [span for person in voices.people for span in person.mentions]
    assert words(cas_of(voices), "Mention") == in_order(voices, mentions)
    cas = cas_of(news)
    assert words(cas, "TimeX3") == in_order(news, [time.span for time in news.times])
    assert words(cas, "Event") == in_order(news, [event.span for event in news.events])
    first = cas.select(f"{NAMESPACE}.TimeX3")[1]
    assert (first.value, first.mod, first.earliest, first.latest) == (
        "2024-04", "END", None, "2024-04-30",
    )  # fmt: skip
    assert links(cas.select(f"{NAMESPACE}.Event")[0]) == [("time", "am Dienstagabend")]


def test_what_is_judged_has_its_features_and_links() -> None:
    cas = cas_of(judged_sample())
    (status,) = cas.select(f"{NAMESPACE}.Status")
    assert (status.label, links(status)) == (
        "alleged", [("about", "angeblich sei sie schon verkauft")],
    )  # fmt: skip
    (forecast,) = cas.select(f"{NAMESPACE}.Forecast")
    assert (forecast.holder, forecast.latest, forecast.low, forecast.scale) == (
        "p1", "2024-06-30", 0.9, "ipcc-de",
    )  # fmt: skip
    assert links(forecast) == [
        ("time", "bis Ende Juni"),
        ("condition", "falls der Hafen zahlt"),
        ("certainty", "sehr wahrscheinlich"),
    ]
    edges = [
        (edge.kind, edge.cue, edge.Governor.get_covered_text(), edge.Dependent.get_covered_text())
        for edge in cas.select(f"{NAMESPACE}.ArgumentEdge")
    ]
    assert edges == [
        ("supports", "denn", "4200 Menschen brauchen sie", "Die Fähre muss bleiben"),
        ("attacks", None, "Zwar kostet sie viel", "Die Fähre muss bleiben"),
    ]
    assert words(cas, "Wording") == ["Trauerspiel"]
    checks = cas.select(f"{NAMESPACE}.Check")
    assert checks[0].why.elements == ["exact figure", "load-bearing"]
    assert checks[0].weight == 0.55


@pytest.mark.parametrize(
    "text",
    [
        "😀😀 am Montag 🎉",
        "\ufeff„👩‍👩‍👧“ \r\n\t𝔄 am Montag\r",
        "<&'\"> ]]> a\u0308 am Montag \x85\u2028",
    ],
)
def test_words_are_right_behind_characters_of_two_utf_16_units(text: str) -> None:
    times = make_times(text, [("am Montag", "DATE", "2024", None, None, None, None, "r")])
    cas = cas_of(make_analysis(text, times))
    assert cas.sofa_string == text
    assert words(cas, "TimeX3") == ["am Montag"]


def test_the_file_itself_counts_utf_16_units() -> None:
    text = "😀 am Montag"
    times = make_times(text, [("am Montag", "DATE", "2024", None, None, None, None, "r")])
    with zipfile.ZipFile(io.BytesIO(to_cas_zip(make_analysis(text, times)))) as archive:
        assert b'begin="3" end="12"' in archive.read("document.xmi")


def test_characters_that_xml_cannot_hold_are_replaced_one_for_one() -> None:
    text = "Seite\x0c am Montag\x00"
    times = make_times(text, [("am Montag", "DATE", "a\x01", None, None, None, None, "r")])
    person = Person(
        id="p\x02", name="<A>\x03", kind="person", roles=("b\x04",), mentions=(Span(0, 5),)
    )
    analysis = msgspec.structs.replace(make_analysis(text, times), people=(person,))
    cas = cas_of(analysis)
    assert cas.sofa_string == "Seite\ufffd am Montag\ufffd"
    assert words(cas, "TimeX3") == ["am Montag"]
    (mention,) = cas.select(f"{NAMESPACE}.Mention")
    assert (mention.name, mention.roles.elements) == ("<A>\ufffd", ["b\ufffd"])


def test_every_type_fits_the_conditions_of_an_inception_layer() -> None:
    primitive = {"uima.cas.String", "uima.cas.Double", "uima.cas.StringArray", LINK}
    for name, cas_type in TYPES.items():
        others = {f: r for f, r in cas_type.features.items() if r not in primitive}
        assert not others or (set(others) == {"Governor", "Dependent"} and len(set(others.values())) == 1), name  # fmt: skip
        assert cas_type.features, name


def test_the_same_analysis_gives_the_same_bytes() -> None:
    assert to_cas_zip(voices_sample()) == to_cas_zip(voices_sample())


def test_what_an_edited_analysis_leads_to_nowhere_is_left_out() -> None:
    analysis = judged_sample()
    first, second = analysis.quotes
    edge = msgspec.structs.replace(analysis.argument.edges[0], to="nobody")
    edited = msgspec.structs.replace(
        analysis,
        quotes=(
            msgspec.structs.replace(first, spans=()),
            msgspec.structs.replace(second, parent="x"),
        ),
        argument=msgspec.structs.replace(analysis.argument, edges=(edge,)),
    )
    cas = cas_of(edited)
    assert len(cas.select(f"{NAMESPACE}.Quotation")) == 1
    assert cas.select(f"{NAMESPACE}.ArgumentEdge") == []


def test_an_analysis_that_does_not_fit_its_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        to_cas_zip(changed(sample(), text="kurz"))
    lost = Person(id="p", name="A", kind="person", roles=(), mentions=(Span(0, 99),))
    with pytest.raises(SpanOutsideText):
        to_cas_zip(msgspec.structs.replace(make_analysis("kurz"), people=(lost,)))
    with pytest.raises(EncodingBroken):
        to_cas_zip(make_analysis("halb \ud800"))


def test_without_the_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "cassis":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissing, match=r'pip install "beleg\[exports\]"'):
        to_cas_zip(sample())
