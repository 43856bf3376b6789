"""What a language contributes to the splitting into sentences: words, no code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AfterStop = Literal["never", "starter", "capital", "number"]
"""When the stop of an abbreviation also ends the sentence.

never: the abbreviation always wants a continuation ("Dr.", "bzw.").
starter: before a sentence starter ("5 Mio. Die ..."), not before other words ("5 Mio. Euro").
capital: before any capitalised word ("usw. Danach", "usw. Menschen").
number: it is an abbreviation before a number only ("Art. 5", but "dieser Art.").
"""

_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CONSONANTS_LONGEST = 5
_MARKS = "\u00ad\u0300-\u036f\u200b-\u200d\u2060"
_INVISIBLE = re.compile(f"[{_MARKS}]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationTable:
    """The closed word lists that decide whether a full stop ends a sentence.

    abbreviations: with their stop and without blanks ("z.B."), and what their stop does.
    suffixes: endings that make any word an abbreviation of class "starter" ("str.").
    starters: capitalised words that are not names or nouns, so that behind a doubtful
        stop they can only be the first word of a sentence.
    unmarked_starters: starters that open a sentence even where the one before has no stop;
        each with the words one of which must follow, none for any lower-case word.
    months: words that make the number before them a day.
    ordinal_cues: words behind which a number with a stop is an ordinal ("am", "der").
    count_nouns: words behind which a number with a stop is a plain number ("Seite").
    marked_names: names written with an exclamation or question mark ("Yahoo!").
    unstopped: short forms that are written without a stop ("km", "GmbH").
    vowels: letters without which a word cannot be spoken, hence is an abbreviation.
    """

    abbreviations: Mapping[str, AfterStop]
    suffixes: tuple[str, ...]
    starters: frozenset[str]
    unmarked_starters: Mapping[str, frozenset[str]]
    months: frozenset[str]
    ordinal_cues: frozenset[str]
    count_nouns: frozenset[str]
    marked_names: frozenset[str]
    unstopped: frozenset[str]
    vowels: frozenset[str]

    def after_stop(self, word: str, letters_before: str = "") -> AfterStop | None:
        """What the stop behind `word` does, if that is an abbreviation's stop; else None.

        word: what stands before the stop, without it and without opening brackets or quotes.
        letters_before: the single letters with stops before the word, without blanks ("z."
            for the B of "z. B.").
        """
        if not word.isascii():
            word = _INVISIBLE.sub("", word)
        if not word or word in self.unstopped:
            return None
        if letters_before and len(word) == 1:
            return self._listed(f"{letters_before}{word}.") or "starter"
        found = self._listed(word + ".") or self._listed(_last_part(word) + ".")
        if found is None and self._looks_abbreviated(word):
            found = "starter"
        return found

    def keeps_stop(self, word: str) -> bool:
        """Whether the stop is part of the word even at the end of a sentence ("usw", "e.V")."""
        known = self._listed(word + ".") or self._listed(_last_part(word) + ".")
        return known not in (None, "number") or bool(_DOTTED.fullmatch(word))

    def _listed(self, key: str) -> AfterStop | None:
        found = self.abbreviations.get(key)
        if found is None and key[0].isupper():
            # "Vgl." opens a sentence; "Franz." is no French but a name.
            if self.abbreviations.get(key.lower()) == "never":
                found = "never"
            elif key.isupper():
                found = self.abbreviations.get(key.capitalize())
        return found

    def _looks_abbreviated(self, word: str) -> bool:
        if len(word) == 1:
            return word.isalpha()
        if _DOTTED.fullmatch(word) or _ROMAN.fullmatch(word):
            return True
        if f"{word}.".endswith(self.suffixes):
            return True
        return (
            len(word) <= _CONSONANTS_LONGEST
            and word.isalpha()
            and not word.isupper()
            and self.vowels.isdisjoint(word.lower())
        )


def _last_part(word: str) -> str:
    """What follows the last hyphen or slash: "Nr" of "Tel.-Nr", but not "h" of "km/h"."""
    part = word[max(word.rfind("-"), word.rfind("/"), word.rfind("\u2011")) + 1 :]
    return part if len(part) > 1 else word
