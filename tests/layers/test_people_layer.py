"""Who is meant: names, roles, descriptions and pronouns within one article."""

from __future__ import annotations

import pytest
from people_samples import assert_as_marked, person, spoken, unmark

from beleg.drafts import FoundQuotation
from beleg.encoder.names import Name
from beleg.layers.people import find_people
from beleg.layers.people.page import Page
from beleg.layers.people.phrases import Phrase, read_phrase
from beleg.rules.people_rules import load_people_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Article, Span, segment


@pytest.mark.parametrize(
    "marked",
    [
        "{Ilva Torsten} kam. [Torsten = Ilva Torsten] schwieg.",
        "{Torsten} kam. Später sprach {Ilva Torsten}. [Sie = Ilva Torsten] schwieg.",
        "Das ist {Ilva Torstens} Plan. [{Torsten} = Ilva Torsten] schwieg.",
        "{Ilva Torsten} und {Ole Torsten} kamen. [Er = Ole Torsten] schwieg.",
        "{Recep Erdoğan} kam. [{Erdogan} = Recep Erdoğan] schwieg.",
        "{Michail Gorbatschow} kam. [{Gorbachev} = Michail Gorbatschow] schwieg.",
        "{Jan al-Harun} kam. [{al-Harun} = Jan al-Harun] schwieg.",
    ],
)
def test_one_name_in_several_spellings_is_one_person(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "{Ole Brandis} traf {Jan Steffan}. [Steffan = Jan Steffan] schwieg.",
        "{Ole Brandis} traf {Ilva Feldmann}. [Feldmann = Ilva Feldmann] schwieg.",
        "{Ole Brandis} traf {Ilva Feldmann}. Feldmanns Plan ist alt. [Feldmann = Ilva Feldmann] schwieg.",
        "{Ilva Torsten} traf {Stefan}. [Stefan = Stefan] schwieg.",
    ],
)
def test_a_name_is_no_compound(marked: str) -> None:
    assert_as_marked(marked)


def test_a_compound_that_nobody_is_called_is_a_noun() -> None:
    assert_as_marked("{Ilva Torsten} traf {Jan Hein}. [Der Kameramann = Jan Hein] schwieg.")
    assert_as_marked("{Ilva Torsten} kam. [Ein Kinofan = person Ein Kinofan] schwieg.")


@pytest.mark.parametrize(
    "marked",
    [
        "Das sagte {Ole Brandis}, der Bürgermeister der Stadt. [Der Bürgermeister = Ole Brandis] schwieg.",
        "Sie traf {Ole Brandis}, den Bürgermeister der Stadt. [Der Bürgermeister = Ole Brandis] schwieg.",
        "Angaben von {Ilva Torsten}, der Leiterin des Werks, fehlen. [Die Leiterin = Ilva Torsten] schwieg.",
        "Sie kam mit {Ole Brandis} – dem Gouverneur – an. [Der Gouverneur = Ole Brandis] schwieg.",
        "Sie kam mit {Ole Brandis}, dem Koch und dem Gouverneur. [Der Gouverneur = person dem Gouverneur] schwieg.",
    ],
)
def test_what_is_said_of_a_name_behind_it_in_its_case_is_its_description(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[Die Sprecherin der Werft {Torsten} = person Die Sprecherin der Werft Torsten] schwieg.",
        "[Der Anwalt der Familie {Torsten} = person Der Anwalt der Familie Torsten] schwieg.",
        "[Der Chef der Werft {Ole Torsten} = Ole Torsten] schwieg.",
    ],
)
def test_a_single_name_behind_a_body_is_what_that_is_called(marked: str) -> None:
    assert_as_marked(marked)


def test_namesakes_stay_apart() -> None:
    found = unmark("{Ilva Torsten} traf {Ole Torsten}. [Sie = Ilva Torsten] schwieg.").people()
    assert [p.name for p in found.people] == ["Ilva Torsten", "Ole Torsten"]


@pytest.mark.parametrize(
    "marked",
    [
        "Der {ORG Internationale Seefonds} (ISF) zahlt. [Der {ORG ISF} = Internationale Seefonds] warnte.",
        "Der {ORG Internationale Seefonds} (ISF) zahlt. [Der ISF = Internationale Seefonds] warnte.",
        "Die Gewerkschaft der Fischer (GdF) klagt. [Die GdF = Gewerkschaft der Fischer] warnte.",
        "Die {ORG SeeAG} ({ORG Seehandel Nordhagen}) wächst. [Der Konzern = Seehandel Nordhagen] warnte.",
    ],
)
def test_short_and_long_form_are_one(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "Kanzlerin {Ilva Torsten} traf {Ole Brandis}. [Die Kanzlerin = Ilva Torsten] warnte.",
        "[Der Sprecher der Polizei, {Ole Brandis}, = Ole Brandis] warnte.",
        "[{Ole Brandis}, Sprecher der Polizei, = Ole Brandis] warnte. [Der Sprecher = Ole Brandis] schwieg.",
        "[Ministerpräsidentin {Ilva Torsten} = Ilva Torsten] warnte.",
        "[Der Präsident des Kreises Nordhagen {Ole Brandis} = Ole Brandis] warnte.",
        "Ein Sprecher kam. [Der Sprecher = person Ein Sprecher] warnte.",
        "Die Anwältin der Witwe kam. {Hansen}, die Anwältin der Witwe, ging. [Die Anwältin = Hansen] warnte.",
        "Nach [Angaben von Minister {Ole Brandis} = Ole Brandis] sank das Boot.",
        "[{Brandis’} Sprecher = person Brandis’ Sprecher] warnte.",
    ],
)
def test_roles_lead_to_their_bearer(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "{Ole Brandis} kam. [Ein Polizeisprecher = person Ein Polizeisprecher] warnte.",
        "{Ilva Torsten} kam. [Eine Augenzeugin = person Eine Augenzeugin] warnte.",
        "Der ruthische Präsident {Ole Brandis} kam. [Der belonische Präsident = person Der belonische Präsident] warnte.",
        "Minister {Ole Brandis} kam. [Experten = group Experten] warnten.",
        "[Laut einer Studie = document einer Studie] sank das Boot.",
        "Das meldete [die Zeitung „{ORG Seekarte}“ = outlet Seekarte].",
        "Das meldete [der {ORG Spiegel} = outlet Spiegel].",
        "[{Ole Brandis} und {Ilva Torsten} = group Ole Brandis und Ilva Torsten] warnten.",
        "[{LOC Ruthien} = organisation Ruthien] drohte.",
    ],
)
def test_somebody_new_is_somebody_of_their_own(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "{Ole Brandis} sprach. [Er = Ole Brandis] warnte: „Es eilt.“ [Er = Ole Brandis] ging.",
        "{Ole Brandis} rief {Jan Hein} an. [Er = Ole Brandis] klagte.",
        "{Ole Brandis} rief {Ilva Torsten} an. Nach [ihren Angaben = Ilva Torsten] sank das Boot.",
        "{Ole Brandis} sprach mit den Forschern. [Sie = group den Forschern] warnten.",
        "[Sprecher {Ole Brandis} = Ole Brandis] sagte: „Der Anwalt {Jan Hein} lügt.“ [Er = Ole Brandis] ging.",
        "Die {ORG Rote Liste} tagte. [Sie = Rote Liste] lehnte den Plan ab.",
    ],
)
def test_pronouns_mean_the_subject_before(marked: str) -> None:
    assert_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[Er = ?none] warnte.",
        "[Man = ?none] weiß es nicht.",
        "{Ole Brandis} kam. [Sie = ?none] schwieg.",
        "Nach [ersten Angaben = ?none] sank das Boot.",
        "{Ole Brandis} und {Ilva Torsten} kamen. [Beide = ?several] warnten.",
    ],
)
def test_what_cannot_be_known_stays_open_with_its_reason(marked: str) -> None:
    sample = unmark(marked)
    found = sample.people()
    assert tuple(spoken(found)) == sample.meant
    (speaker,) = (s for s in found.speakers if s is not None)
    assert person(found, speaker.person).kind == "unknown"
    assert person(found, speaker.person).name == sample.article.quote(speaker.spans[0])


def test_first_person_inside_a_quotation_is_its_speaker() -> None:
    text = "Ole Brandis sagte: „Ich meine, es eilt.“"
    outer, inner = text.index("„"), text.index("Ich")
    sample = unmark(f"[{{Ole Brandis}} = Ole Brandis]{text[11:]}")
    nested = FoundQuotation(
        type="indirect", medium="thought", spans=(Span(text.index("es eilt"), len(text) - 2),),
        speaker=(Span(inner, inner + 3),), cue=(), frame=(), addressee=(),
    )  # fmt: skip
    assert sample.quotes[0].spans[0].start == outer
    found = find_people(
        sample.article, segment(text, segmentation_table()), sample.names,
        (sample.quotes[0], nested), rules=load_people_rules(),
    )  # fmt: skip
    assert spoken(found) == ["person Ole Brandis"] * 2


def test_the_speaker_of_a_first_person_may_be_named_behind_the_quotation() -> None:
    text = "„Ich meine, es eilt“, sagte Ilva Torsten."
    name = Span(text.index("Ilva"), len(text) - 1)
    outer = FoundQuotation(
        type="direct", medium="speech", spans=(Span(0, text.index(", sagte")),), speaker=(name,),
        cue=(), frame=(), addressee=(),
    )  # fmt: skip
    inner = FoundQuotation(
        type="indirect", medium="thought", spans=(Span(text.index("es"), text.index("“")),),
        speaker=(Span(1, 4),), cue=(), frame=(), addressee=(),
    )  # fmt: skip
    found = find_people(
        Article(text=text), segment(text, segmentation_table()), (Name(name, "PER"),),
        (inner, outer), rules=load_people_rules(),
    )  # fmt: skip
    assert spoken(found) == ["person Ilva Torsten"] * 2


def test_roles_and_mentions_are_gathered_in_order() -> None:
    sample = unmark(
        "Ministerpräsidentin {Ilva Torsten} kam. {Torsten}, die frühere Richterin, sprach. "
        "[Sie = Ilva Torsten] warnte."
    )
    torsten = person(sample.people(), "Ilva Torsten")
    assert torsten.roles == ("Ministerpräsidentin", "die frühere Richterin")
    words = [sample.article.quote(mention) for mention in torsten.mentions]
    assert words == ["Ilva Torsten", "Torsten", "Sie"]
    assert list(torsten.mentions) == sorted(set(torsten.mentions))


def test_a_quotation_without_speaker_has_none() -> None:
    sample = unmark("{Ole Brandis} kam. [Er = Ole Brandis] warnte.")
    silent = FoundQuotation(
        type="direct", medium="speech", spans=(Span(0, 3),), speaker=(), cue=(), frame=(), addressee=()
    )  # fmt: skip
    found = sample._replace(quotes=(silent, *sample.quotes)).people()
    assert found.speakers[0] is None
    assert found.speakers[1] is not None


def test_author_and_outlet_are_people_even_if_not_mentioned() -> None:
    sample = unmark("[Er = ?none] warnte.", author="Ilva Torsten", outlet="Seekarte")
    found = sample.people()
    assert found.author is not None
    assert found.outlet is not None
    assert person(found, found.author).kind == "person"
    assert person(found, found.outlet).kind == "outlet"
    assert person(found, found.author).mentions == ()
    assert [p.id for p in found.people] == ["p1", "p2", "p3"]


def test_the_author_mentioned_in_the_text_is_one_person() -> None:
    sample = unmark("{Torsten} kam. [Sie = Ilva Torsten] warnte.", author="Ilva Torsten")
    found = sample.people()
    assert spoken(found) == ["person Ilva Torsten"]
    assert found.author == "p1"


def test_other_words_are_resolved_like_speakers() -> None:
    sample = unmark(
        "Die Zeitung {ORG Seekarte} fragte die Polizei. {Ole Brandis} kam, das Blatt schwieg."
    )
    text = sample.article.text
    spans = tuple(
        Span(text.index(words), text.index(words) + len(words))
        for words in ("das Blatt", "die Polizei")
    )
    found = sample.people(others=spans)
    names = [person(found, other).name for other in found.others if other is not None]
    assert names == ["Seekarte", "die Polizei"]
    assert found.at(spans[0]) == found.others[0]
    assert found.at(Span(text.index("fragte"), text.index("fragte") + 3)) is None


def test_only_who_is_named_or_asked_for_is_a_person_of_the_article() -> None:
    found = unmark(
        "Ein Fischer sah das Boot. {Ole Brandis} kam. [Er = Ole Brandis] warnte."
    ).people()
    assert [p.name for p in found.people] == ["Ole Brandis"]


@pytest.mark.parametrize(
    "text",
    [
        "der " * 4000,
        "Er sagte, " * 2000,
        "Sprecher der Polizei " * 1500,
        "der Sprecher, der Minister, " * 1200,
        "(" * 3000 + "Torsten" + ")" * 3000,
        "Kongress- und " * 2000 + "Militärkreise",
        "A" * 20000,
        "von der von der " * 1500,
    ],
)
def test_hostile_texts_take_a_bounded_number_of_steps(text: str) -> None:
    sentences = segment(text, segmentation_table())
    tokens = sum(len(sentence.tokens) for sentence in sentences)
    calls = 0
    read = read_phrase

    def counting(page: Page, first: int) -> Phrase | None:
        nonlocal calls
        calls += 1
        found = read(page, first)
        assert found is None or found.end - first <= 60
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("beleg.layers.people.walk.read_phrase", counting)
        find_people(Article(text=text), sentences, (), (), rules=load_people_rules())
    assert calls <= tokens


@pytest.mark.parametrize("text", ["", " ", "„", "…", "Erdog\u0306an", "👩‍👩‍👧 sagte", "A.\u00adB"])
def test_awkward_texts_have_people_within_their_bounds(text: str) -> None:
    found = find_people(
        Article(text=text), segment(text, segmentation_table()), (), (), rules=load_people_rules()
    )
    assert all(m.end <= len(text) for p in found.people for m in p.mentions)


def test_the_same_input_gives_the_same_people() -> None:
    sample = unmark("{Ole Brandis} traf {Jan Hein} und die Polizei. [Er = Ole Brandis] warnte.")
    assert sample.people() == sample.people()


def test_where_something_was_said_counts_if_it_is_known_what_that_is() -> None:
    text = "Das sagte sie im März und im Sender."
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in ("März", "Sender")]
    sentences = segment(text, segmentation_table())
    rules = load_people_rules()
    article = Article(text=text)
    wanted = find_people(article, sentences, (), (), rules=rules, others=spans)
    assert [p.name for p in wanted.people] == ["März", "im Sender"]
    beside = find_people(article, sentences, (), (), rules=rules, others=spans, venues={0, 1})
    assert [(p.name, p.kind) for p in beside.people] == [("im Sender", "outlet")]
    assert beside.others == (None, beside.people[0].id)
