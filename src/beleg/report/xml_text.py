"""Text as XML 1.0 can hold it, with every code point in its place."""

from __future__ import annotations

import re

# Everything but the production Char of XML 1.0 (fifth edition, 2.2): form feeds, as PDF files
# leave them, other controls, lone surrogates, U+FFFE and U+FFFF. No reference can write them.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"


def xml_text(text: str) -> str:
    """The text with U+FFFD for every character that XML 1.0 cannot hold; its length stays."""
    return _NO_XML.sub(_REPLACEMENT, text)


def replaced(text: str) -> int:
    """How many characters `xml_text` replaces."""
    return len(_NO_XML.findall(text))
