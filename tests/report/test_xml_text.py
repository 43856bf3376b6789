from __future__ import annotations

import sys

import pytest
from lxml import etree

from beleg.report.xml_text import replaced, xml_text


def held(character: str) -> bool:
    """Whether lxml takes the character into a document."""
    try:
        etree.Element("a").text = character
    except ValueError:
        return False
    return True


def test_only_what_xml_cannot_hold_is_replaced() -> None:
    for code in [*range(0x11000), 0x1FFFE, 0x1F600, sys.maxunicode]:
        character = chr(code)
        assert (xml_text(character) == character) == held(character), hex(code)


@pytest.mark.parametrize("text", ["", "a\x00b\x0c\ud800", "\ufffe\uffff😀\r\n\t", "\x85\u2028\x7f"])
def test_the_length_stays_and_the_replaced_are_counted(text: str) -> None:
    written = xml_text(text)
    assert len(written) == len(text)
    assert replaced(text) == sum(a != b for a, b in zip(text, written, strict=True))
    assert replaced(written) == 0
