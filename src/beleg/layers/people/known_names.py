"""Puts right what the encoder calls a name, where a table or the spelling knows better.

A party or court that the encoder takes for a person ("SPD", "Bundesgerichtshof") would speak as
one; a state that it overlooks ("nach Auffassung Nordlands") would not speak at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.encoder.names import Name, NameKind, surnames
from beleg.rules.people_rules import PeopleRules
from beleg.text.article import Span
from beleg.text.segments import Sentence

_INITIALS = range(2, 7)  # letters; longer words in capitals are headlines


def checked_names(
    text: str, sentences: Sequence[Sentence], names: Sequence[Name], *, rules: PeopleRules
) -> tuple[Name, ...]:
    """The names with states added and what is no person's name made a body's, in order."""
    called = surnames(text, [name for name in names if not _is_initials(text, name, rules)])
    checked = [replace(name, kind=_kind(text, name, called, rules)) for name in names]
    taken = {name.span.start for name in names}
    ends = {name.span.end for name in names}
    for sentence in sentences:
        for token in sentence.tokens:
            known = token.start in taken or token.end in ends
            if not known and token.text[:1].isupper() and rules.is_state(token.text):
                checked.append(Name(Span(token.start, token.end), "LOC"))
    return tuple(sorted(checked, key=lambda name: (name.span.start, -name.span.end)))


def _kind(text: str, name: Name, called: frozenset[str], rules: PeopleRules) -> NameKind:
    words = text[name.span.start : name.span.end].split()
    if name.kind != "PER" or not words:
        return name.kind
    last = words[-1]
    if rules.is_state(last) and len(words) == 1:
        return "LOC"
    if _is_initials(text, name, rules) and last not in called:
        return "ORG"
    bodies = {reading.means for reading in rules.readings(last, named=last in called)}
    return "ORG" if len(words) == 1 and bodies == {"organisation"} else name.kind


def _is_initials(text: str, name: Name, rules: PeopleRules) -> bool:
    """ "SPD", "Nordhagener SPD"; a given name before capitals says that they are a surname."""
    words = text[name.span.start : name.span.end].split()
    initials = words[-1].isalpha() and words[-1].isupper() and len(words[-1]) in _INITIALS
    return initials and words[0].lower() not in rules.given
