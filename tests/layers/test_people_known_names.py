"""Names that a table or the spelling knows better than the encoder."""

from __future__ import annotations

import pytest

from beleg.encoder.names import Name, NameKind
from beleg.layers.people.known_names import checked_names
from beleg.rules.people_rules import load_people_rules
from beleg.rules.segmentation import segmentation_table
from beleg.text import Span, segment


def checked(text: str, **names: NameKind) -> list[tuple[str, NameKind]]:
    """Words and kind of each name; names: as the encoder has them, their first place counts."""
    found = [
        Name(Span(text.index(words), text.index(words) + len(words)), kind)
        for words, kind in ((words.replace("_", " "), kind) for words, kind in names.items())
    ]
    sentences = segment(text, segmentation_table())
    kept = checked_names(text, sentences, found, rules=load_people_rules())
    return [(text[name.span.start : name.span.end], name.kind) for name in kept]


def test_initials_are_no_person() -> None:
    assert checked("Die BNP sagte das.", BNP="PER") == [("BNP", "ORG")]
    assert checked("Die Nordhagener BNP sagte das.", Nordhagener_BNP="PER") == [
        ("Nordhagener BNP", "ORG")
    ]


def test_a_person_may_be_called_in_capitals() -> None:
    text = "Ole BRANDIS kam. BRANDIS sagte das."
    assert checked(text, Ole_BRANDIS="PER", BRANDIS="PER")[0] == ("Ole BRANDIS", "PER")


def test_what_the_table_knows_as_a_body_is_no_person() -> None:
    assert checked("Der Bundesgerichtshof entschied.", Bundesgerichtshof="PER") == [
        ("Bundesgerichtshof", "ORG")
    ]


def test_a_surname_that_is_a_body_elsewhere_stays_a_person() -> None:
    text = "Ilva Kirche kam. Kirche sagte das."
    assert ("Ilva Kirche", "PER") in checked(text, Ilva_Kirche="PER")


@pytest.mark.parametrize("state", ["Litauen", "Litauens"])
def test_a_state_is_found_where_the_encoder_overlooks_it(state: str) -> None:
    assert checked(f"Nach Auffassung {state} sank das Boot.") == [(state, "LOC")]


def test_a_state_inside_of_a_name_is_none_of_its_own() -> None:
    assert checked("Die Bank Litauen sagte das.", Bank_Litauen="ORG") == [("Bank Litauen", "ORG")]
