from __future__ import annotations

import msgspec
import pytest
from report_samples import make_analysis
from voices_samples import many_voices, quotation, voices_sample, with_voices

from beleg.records import Analysis, Person, Quotation
from beleg.report.voices import HUES, NOBODY, UNRESOLVED, Statement, Voices
from beleg.report.words import words_of
from beleg.text.article import Span


def statements(analysis: Analysis, ui: str = "de") -> tuple[Statement, ...]:
    return Voices(analysis, words_of(ui)).statements


def of(*quotes: Quotation, people: tuple[Person, ...] = ()) -> tuple[Statement, ...]:
    return statements(with_voices(make_analysis("Er sagt viel."), people, quotes))


def test_the_chain_goes_from_the_outermost_voice_to_the_speaker() -> None:
    nested = statements(voices_sample())[3]
    assert nested.route == "Strandläufer → Die Boje → Merle Hansohn → Fedor Blank → Tomke Iversen"
    assert (nested.depth, nested.parent) == (2, "q3")
    assert nested.addressee == "mir"


def test_without_a_speaker_the_chain_ends_with_nobody_named() -> None:
    rumour = statements(voices_sample())[8]
    assert rumour.speaker is None
    assert rumour.chain_names[-1] == "nicht genannt"
    assert rumour.look == NOBODY


@pytest.mark.parametrize(
    ("number", "reason"), [(10, "mehrere kommen in Frage"), (13, "niemand im Text passt")]
)
def test_an_unresolved_speaker_says_why_and_has_no_colour(number: int, reason: str) -> None:
    statement = statements(voices_sample())[number - 1]
    assert reason in (statement.open_because or "")
    assert statement.look == UNRESOLVED


def test_the_same_person_keeps_the_colour_and_others_have_another() -> None:
    found = statements(voices_sample())
    looks = {s.speaker.name: s.look for s in found if s.speaker and not s.open_because}
    assert len(set(looks.values())) == len(looks) == 8
    assert {s.look for s in found if s.speaker and s.speaker.name == "Tomke Iversen"} == {
        looks["Tomke Iversen"]
    }


def test_beyond_the_colours_the_line_changes() -> None:
    voices = Voices(many_voices(120, speakers=3 * HUES), words_of("de")).voices
    looks = [voice.look for voice in voices.values()]
    assert len(set(looks)) == 3 * HUES
    assert [look.line for look in looks[::HUES]] == ["", "dash", "dot"]


def test_counts_of_what_somebody_says_and_passes_on() -> None:
    voices = {v.name: v for v in Voices(voices_sample(), words_of("de")).voices.values()}
    assert (voices["Merle Hansohn"].said, voices["Merle Hansohn"].passed) == (1, 12)
    assert (voices["Fedor Blank"].said, voices["Fedor Blank"].passed) == (2, 1)
    assert (voices["Strandläufer"].said, voices["Strandläufer"].passed) == (0, 13)


def test_parents_in_a_circle_and_parents_that_do_not_exist_stop_nowhere() -> None:
    one = quotation(1, (Span(0, 2),), ("a",), (Span(0, 2),), parent=2)
    two = quotation(2, (Span(3, 5),), ("a",), (Span(0, 2),), parent=1)
    lost = quotation(3, (Span(6, 8),), ("a",), (Span(0, 2),), parent=9)
    found = of(one, two, lost)
    assert sorted(s.depth for s in found[:2]) == [0, 1]
    assert (found[2].depth, found[2].parent) == (0, None)


def test_a_person_the_analysis_does_not_hold_is_shown_by_its_id() -> None:
    (found,) = of(quotation(1, (Span(0, 2),), ("p\x1b7",), (Span(0, 2),)))
    assert found.route == "p␛7"


def test_a_chain_without_its_speaker_gets_it() -> None:
    quote = quotation(1, (Span(0, 2),), ("a", "b"), (Span(0, 2),))
    (found,) = of(msgspec.structs.replace(quote, chain=("a",)))
    assert found.route == "a → b"


def test_a_speaker_who_relies_on_somebody_stands_once_in_the_chain() -> None:
    quote = quotation(1, (Span(0, 2),), ("paper", "outlet"), (Span(0, 2),))
    (found,) = of(msgspec.structs.replace(quote, chain=("paper", "outlet", "insiders")))
    assert found.route == "paper → outlet → insiders"


@pytest.mark.parametrize(
    ("medium", "shown"), [("speech", "gesprochen"), ("SW", "gesprochen oder geschrieben"), ("X\n", "X")]
)  # fmt: skip
def test_media_have_names_and_unknown_ones_are_shown(medium: str, shown: str) -> None:
    (found,) = of(quotation(1, (Span(0, 2),), ("a",), None, medium=medium))
    assert found.medium_name == shown
