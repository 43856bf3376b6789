from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis, make_times, sample
from voices_samples import voices_sample

from beleg.errors import EncodingBroken, SpanOutsideText
from beleg.records import Analysis, Person, Quotation, TimeExpression
from beleg.report.web_annotation import to_web_annotation
from beleg.text.article import Span

jsonld = pytest.importorskip("pyld.jsonld")

OA = "http://www.w3.org/ns/oa#"
# What the context http://www.w3.org/ns/anno.jsonld says about the terms that we use (Web Annotation
# Vocabulary, W3C Recommendation of 23 February 2017, Appendix A), in our own writing.
CONTEXT = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    **{
        name: f"oa:{name}"
        for name in (
            "Annotation", "SpecificResource", "TextualBody", "TextPositionSelector",
            "TextQuoteSelector", "classifying", "describing", "linking", "exact", "prefix", "suffix",
        )
    },
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "generator": {"@id": "as:generator", "@type": "@id"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "scope": {"@id": "oa:hasScope", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "name": "http://xmlns.com/foaf/0.1/name",
    "format": "dc:format",
    "value": "rdf:value",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}  # fmt: skip


def shipped(url: str, _options: object) -> dict[str, Any]:
    """Gives the context from here; nothing else may be asked for, and nothing is fetched."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def page_of(analysis: Analysis) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(to_web_annotation(analysis))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    return page


def by_name(analysis: Analysis) -> dict[str, dict[str, Any]]:
    items = page_of(analysis)["items"]
    found = {item["id"].partition("#")[2]: item for item in items}
    assert len(found) == len(items)
    return found


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def labels(annotation: dict[str, Any]) -> list[str]:
    return [body["value"] for body in annotation["body"] if body["purpose"] == "classifying"]


@pytest.mark.parametrize("analysis", [sample(inferred=True), voices_sample(), judged_sample()])
def test_every_record_with_a_place_is_one_annotation(analysis: Analysis) -> None:
    argument = analysis.argument
    records = [
        *(person for person in analysis.people if person.mentions),
        *analysis.quotes, *analysis.times, *analysis.status, *analysis.events, *analysis.forecasts,
        *argument.nodes, *argument.edges, *analysis.wording, *analysis.checklist,
        *([analysis.dating] if analysis.dating.evidence else []),
    ]  # fmt: skip
    assert len(by_name(analysis)) == len(records) > 0


@pytest.mark.parametrize("analysis", [sample(), voices_sample(), judged_sample()])
def test_both_selectors_of_every_target_find_the_same_words(analysis: Analysis) -> None:
    text = analysis.document.text
    for annotation in by_name(analysis).values():
        for target in targets(annotation):
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(32, start)
            assert len(quote["suffix"]) == min(32, len(text) - end)


def test_positions_are_code_points() -> None:
    text = "😀😀 am Montag 🎉"
    times = make_times(text, [("am Montag", "DATE", "2024", None, None, None, None, "r")])
    position, quote = by_name(make_analysis(text, times))["t1"]["target"]["selector"]
    assert (position["start"], position["end"]) == (3, 12)
    assert (quote["prefix"], quote["suffix"]) == ("😀😀 ", " 🎉")


def test_bodies_classify_the_record_and_hold_it_whole() -> None:
    analysis = voices_sample()
    annotation = by_name(analysis)["quote-12"]
    assert labels(annotation) == ["quotation", "direct", "named_person"]
    (whole,) = [body for body in annotation["body"] if body["purpose"] == "describing"]
    assert whole["format"] == "application/json"
    quote = next(quote for quote in analysis.quotes if quote.id == "quote-12")
    assert msgspec.json.decode(whole["value"], type=Quotation) == quote
    assert [t["selector"][1]["exact"] for t in targets(annotation)] == [
        "„Erst der Turm, dann die Mole“",
        "„dann wir.“",
    ]


def test_an_edge_links_the_statement_given_to_the_one_it_bears_on() -> None:
    found = by_name(judged_sample())
    edge = found["edge-1"]
    assert edge["motivation"] == "linking"
    assert edge["body"][0]["source"] == found["n1"]["id"]
    assert labels(edge) == ["edge", "supports"]
    assert edge["target"]["selector"][1]["exact"] == "4200 Menschen brauchen sie"


def test_a_json_ld_processor_understands_every_term() -> None:
    document = json.loads(to_web_annotation(judged_sample()))
    (page,) = jsonld.expand(document, {"documentLoader": shipped})
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == len(document["items"])
    check = items[-1]
    assert check["@type"] == [f"{OA}Annotation"]
    assert check[f"{OA}motivatedBy"] == [{"@id": f"{OA}classifying"}]
    (target,) = check[f"{OA}hasTarget"]
    assert target[f"{OA}hasSource"][0]["@id"].startswith("ni:///sha-256;")
    position, quote = target[f"{OA}hasSelector"]
    assert position["@type"] == [f"{OA}TextPositionSelector"]
    assert isinstance(position[f"{OA}start"][0]["@value"], int)
    assert quote[f"{OA}exact"][0]["@value"].startswith("„Wir werden")
    # A term that the context does not have would have been dropped: compacted again, all is there.
    again = jsonld.compact([page], document["@context"], {"documentLoader": shipped})
    assert same(again, document)


def same(compacted: Any, written: Any) -> bool:
    """Equal but for lists of one, which compacting takes apart."""
    if isinstance(written, list) and not isinstance(compacted, list):
        compacted = [compacted]
    if isinstance(written, list):
        return len(compacted) == len(written) and all(map(same, compacted, written))
    if isinstance(written, dict):
        return compacted.keys() == written.keys() and all(
            same(compacted[name], value) for name, value in written.items()
        )
    return bool(compacted == written)


def test_the_text_is_named_by_its_hash_and_the_page_is_the_scope() -> None:
    # The example of RFC 6920, section 8.1.
    times = make_times("Hello World!", [("World", "DATE", "2024", None, None, None, None, "r")])
    analysis = make_analysis("Hello World!", times, url="https://a.example/1")
    target = by_name(analysis)["t1"]["target"]
    assert target["source"] == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    assert target["scope"] == "https://a.example/1"
    unsafe = by_name(changed(analysis, url="javascript:alert(1)"))["t1"]["target"]
    assert "scope" not in unsafe


def test_nothing_in_it_can_leave_a_script_element_and_ids_stay_addresses() -> None:
    text = "</script><!-- & \u2028\u2029 ]]> \x00 <b>"
    time = TimeExpression(
        id="a b#<ü>", span=Span(0, len(text)), type="DATE", value="2024", mod=None, earliest=None,
        latest=None, anchor=None, rule="r",
    )  # fmt: skip
    written = to_web_annotation(make_analysis(text, [time]))
    assert not set("<>&\u2028\u2029\n") & set(written)
    (item,) = json.loads(written)["items"]
    assert item["id"].endswith("#a%20b%23%3C%C3%BC%3E")
    assert item["target"]["selector"][1]["exact"] == text


def test_it_is_one_line_unless_indented_and_the_same_either_way() -> None:
    analysis = judged_sample()
    assert "\n" not in to_web_annotation(analysis)
    indented = to_web_annotation(analysis, indent=2)
    assert indented.startswith('{\n  "@context"')
    assert json.loads(indented) == page_of(analysis)


def test_an_analysis_that_does_not_fit_its_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        to_web_annotation(changed(sample(), text="kurz"))
    lost = Person(id="p", name="A", kind="person", roles=(), mentions=(Span(2, 2),))
    with pytest.raises(SpanOutsideText):
        to_web_annotation(msgspec.structs.replace(make_analysis("kurz"), people=(lost,)))
    with pytest.raises(EncodingBroken):
        to_web_annotation(make_analysis("halb \ud800"))
