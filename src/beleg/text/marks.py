"""Quotation marks paired: what stands between marks, however they are shaped, nested or lost.

Which of two equal marks opens is read off the spaces around it, since one and the same sign
opens in one tradition and closes in another („…“, “…”, »…«, «…»; Duden, Rechtschreibung,
D 7-12; Schweizer Bundeskanzlei, Schreibweisungen, 2015, rules 204-211).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from beleg.text.article import Span
from beleg.text.segments import Sentence
from beleg.text.tokens import Token

# Shapes that belong together; a mark closes one of its own family before any other.
_FAMILIES = ('„“”‟"', "»«", "‚‘’‛'", "›‹", "「」", "『』")
_FAMILY = {mark: family for family in _FAMILIES for mark in family}
_ONLY_OPEN = frozenset("„‚「『")
_ONLY_CLOSE = frozenset("」』")
_USUALLY_CLOSE = frozenset("“”‘’")
_APOSTROPHES = frozenset("’'‘")
_LEFT = frozenset("([{-–—/„“”‚‘»«›‹\"'…")
_DEEPEST = 6  # stretches in one another; more come from lost marks, and cost time
_DOUBLED = {"``": "„", "''": "”"}


class Marked(NamedTuple):
    """A stretch between quotation marks, or from a lone mark to the end of its paragraph.

    span: with the marks.
    depth: how many other stretches it stands in.
    closed: whether a closing mark was found.
    """

    span: Span
    depth: int
    closed: bool


@dataclass(slots=True)
class _Open:
    start: int
    family: str
    paragraph_end: int
    paragraph: int


def find_marked(text: str, sentences: Sequence[Sentence]) -> tuple[Marked, ...]:
    """Every stretch between quotation marks, by start; linear in the length of the text.

    A mark that is never closed reaches to the end of its paragraph. One that opens a
    paragraph while the same shape is open continues it, as printers do with quotations of
    several paragraphs. A closing mark without an opening one is left out, and so is what stands
    in _DEEPEST others.
    """
    ends: dict[int, int] = {}
    for sentence in sentences:
        ends[sentence.paragraph] = sentence.span.end
    found: list[tuple[int, int, bool]] = []
    stack: list[_Open] = []
    paragraph = -1
    for sentence in sentences:
        for token in sentence.tokens:
            first = sentence.paragraph != paragraph
            paragraph = sentence.paragraph
            shape = _DOUBLED.get(token.text, token.text)
            if shape not in _FAMILY:
                continue
            family = _FAMILY[shape]
            if _opens(text, token, shape, family, stack):
                if (
                    first
                    and stack
                    and stack[-1].family == family
                    and stack[-1].paragraph < paragraph
                ):
                    continue
                if len(stack) == _DEEPEST:
                    lost = stack.pop(0)
                    found.append((lost.start, lost.paragraph_end, False))
                stack.append(_Open(token.start, family, ends[paragraph], paragraph))
            else:
                _close(stack, family, token.end, found)
    found.extend((o.start, o.paragraph_end, False) for o in stack)
    # A lone sign that may be an apostrophe ("'s ist") is taken for one.
    return _with_depth([f for f in found if f[2] or text[f[0]] not in _APOSTROPHES])


def _opens(text: str, token: Token, shape: str, family: str, stack: Sequence[_Open]) -> bool:
    """Whether the mark opens: by its shape, else by the spaces around it, else in turns."""
    if shape in _ONLY_OPEN:
        return True
    if shape in _ONLY_CLOSE:
        return False
    before = text[token.start - 1 : token.start]
    after = text[token.end : token.end + 1]
    free_left = not before or before.isspace() or before in _LEFT
    free_right = not after or not (after.isalnum() or after in _LEFT)
    is_open = any(o.family == family for o in stack)
    if free_left and not free_right:
        return not (is_open and shape in _USUALLY_CLOSE and before and not before.isspace())
    if free_right and not free_left:
        return False
    return not is_open and shape not in _USUALLY_CLOSE


def _close(stack: list[_Open], family: str, end: int, found: list[tuple[int, int, bool]]) -> None:
    """Closes the innermost open stretch of the family, or of any if none is of it."""
    own = [i for i, o in enumerate(stack) if o.family == family]
    if not own:
        # An apostrophe at a word's end looks like a closing single mark.
        if not stack or family[0] in "‚›":
            return
        own = [len(stack) - 1]
    place = own[-1]
    # What was opened inside and never closed ends where its paragraph does, at the latest here.
    found.extend((lost.start, min(lost.paragraph_end, end), False) for lost in stack[place + 1 :])
    found.append((stack[place].start, end, True))
    del stack[place:]


def _with_depth(found: list[tuple[int, int, bool]]) -> tuple[Marked, ...]:
    marked: list[Marked] = []
    around: list[int] = []
    for start, end, closed in sorted(found, key=lambda f: (f[0], -f[1])):
        while around and around[-1] <= start:
            around.pop()
        if len(around) >= _DEEPEST:
            continue
        marked.append(Marked(Span(start, end), len(around), closed))
        around.append(end)
    return tuple(marked)


OUTSIDE, INSIDE, NESTED, OPENS, CLOSES = range(5)


def mark_states(sentences: Sequence[Sentence], marked: Sequence[Marked]) -> tuple[int, ...]:
    """For each token of the article whether it stands outside of marks, in them, deeper, or is
    itself an opening or closing mark of a stretch in `marked`."""
    opens = {m.span.start for m in marked}
    closes = {m.span.end for m in marked if m.closed}
    changes = sorted([(m.span.start, 1) for m in marked] + [(m.span.end, -1) for m in marked])
    states: list[int] = []
    depth = at = 0
    for sentence in sentences:
        for token in sentence.tokens:
            while at < len(changes) and changes[at][0] <= token.start:
                depth += changes[at][1]
                at += 1
            if token.start in opens:
                states.append(OPENS)
            elif token.end in closes:
                states.append(CLOSES)
            else:
                states.append(min(depth, NESTED))
    return tuple(states)
