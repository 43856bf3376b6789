"""Finds the patterns of a rule table in atoms, all rows in one walk.

A pattern is a row of elements separated by blanks, each standing for one atom:

    wort|anders   one of these words, in any case
    <class>       a word of this class; captured under the class name
    <class:name>  the same, captured under another name
    $macro        one of the macro's alternatives, each a pattern
    [ ]           the extent of what is found; context stands outside; default: all
    ~             before an element: no white space before the atom
    ?             after an element: it may be missing

All patterns together form one tree, walked from each atom: the time is proportional to
the text (the depth is bounded by the longest pattern), whatever the text is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beleg.errors import RuleTableError
from beleg.rules.atoms import Atoms
from beleg.rules.conditions import allowed
from beleg.rules.lexicon import Lexicon, Value

_MAX_EXPANSION = 4096  # alternatives one pattern may stand for; more is a mistake in the table


@dataclass(frozen=True, slots=True)
class Match:
    """A row found: atoms `[first, stop)` are its extent; `fields` are the captures."""

    row: Mapping[str, Any]
    first: int
    stop: int
    fields: dict[str, Value]


@dataclass(slots=True)
class _End:
    row: Mapping[str, Any]
    order: int
    before: int  # atoms of context before the extent
    length: int  # atoms of the extent


class _Node:
    """A place in the tree; `steps` is used while building, the others while walking.

    glued_words, glued_classes: those before which no white space may stand.
    """

    __slots__ = ("classes", "ends", "glued_classes", "glued_words", "steps", "words")

    def __init__(self) -> None:
        self.steps: dict[str, _Node] = {}
        self.words: dict[str, list[_Node]] = {}
        self.glued_words: dict[str, list[_Node]] = {}
        self.classes: dict[str, list[tuple[str, _Node]]] = {}
        self.glued_classes: dict[str, list[tuple[str, _Node]]] = {}
        self.ends: list[_End] = []

    def step(self, element: str, row_id: str) -> _Node:
        """The node behind an element; the words of "a|b" share one node."""
        known = self.steps.get(element)
        if known is not None:
            return known
        child = self.steps[element] = _Node()
        glued = element.startswith("~")
        body = element[1:] if glued else element
        if body.startswith("<"):
            if not body.endswith(">"):
                raise RuleTableError(f"{row_id}: {element!r} is not closed")
            word_class, _, name = body[1:-1].partition(":")
            classes = self.glued_classes if glued else self.classes
            classes.setdefault(word_class, []).append((name or word_class, child))
        else:
            words = self.glued_words if glued else self.words
            for word in [body] if body == "|" else body.split("|"):
                words.setdefault(word.lower(), []).append(child)
        return child


class Matcher:
    """The compiled rows. Raises RuleTableError for a pattern that cannot be read."""

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        lexicon: Lexicon,
        macros: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._macros = macros or {}
        self._root = _Node()
        for order, row in enumerate(rows):
            for pattern in row["match"]:
                alternatives = list(self._expand(pattern.split(), row["id"]))
                if len(alternatives) > _MAX_EXPANSION:
                    raise RuleTableError(f"{row['id']}: {pattern!r} stands for too many patterns")
                for elements in alternatives:
                    self._insert(elements, row, order)

    def _expand(self, elements: Sequence[str], row_id: str) -> Iterator[tuple[str, ...]]:
        choices: list[list[tuple[str, ...]]] = []
        for element in elements:
            optional = element.endswith("?")
            bare = element[:-1] if optional else element
            if bare.startswith("$"):
                if bare[1:] not in self._macros:
                    raise RuleTableError(f"{row_id}: there is no macro {bare}")
                options = [
                    alternative
                    for pattern in self._macros[bare[1:]]
                    for alternative in self._expand(pattern.split(), row_id)
                ]
            else:
                options = [(bare,)]
            choices.append([*options, ()] if optional else options)
        for combination in itertools.product(*choices):
            yield tuple(itertools.chain.from_iterable(combination))

    def _insert(self, elements: Sequence[str], row: Mapping[str, Any], order: int) -> None:
        node = self._root
        count, first, stop = 0, 0, None
        for element in elements:
            if element == "[":
                first = count
                continue
            if element == "]":
                stop = count
                continue
            count += 1
            node = node.step(element, row["id"])
        end = _End(row, order, first, (count if stop is None else stop) - first)
        if not count or end.length < 1:
            raise RuleTableError(f"{row['id']}: a pattern may match nothing: {' '.join(elements)}")
        if all(known.order != order or known.before != end.before for known in node.ends):
            node.ends.append(end)

    def find(self, atoms: Atoms) -> Iterator[Match]:
        """The matches from left to right, none overlapping.

        At each atom the longest pattern (context included) wins, then the earlier row.
        The walk goes on behind the extent, so context may be shared.
        """
        index, size = 0, len(atoms)
        classes = _classes_of(atoms, self._lexicon)
        root = self._root
        while index < size:
            if not classes[index] and atoms.lower[index] not in root.words:
                index += 1
                continue
            found = self._longest(atoms, classes, index)
            if found is None:
                index += 1
                continue
            if found.first > index:
                # Context ("am") must not win against a longer find behind it.
                inner = self._longest(atoms, classes, found.first)
                if inner is not None and inner.stop > found.stop:
                    found = inner
            yield found
            index = found.stop

    def _longest(
        self, atoms: Atoms, classes: Sequence[Mapping[str, Value]], index: int
    ) -> Match | None:
        best: tuple[int, int] | None = None
        chosen: tuple[_End, tuple[tuple[str, Value], ...]] | None = None
        size = len(atoms)
        pending: list[tuple[_Node, int, tuple[tuple[str, Value], ...]]] = [(self._root, index, ())]
        while pending:
            node, at, fields = pending.pop()
            for end in node.ends:
                rank = (at, -end.order)
                if (best is None or rank > best) and allowed(
                    end.row, atoms, index + end.before, index + end.before + end.length, fields
                ):
                    best, chosen = rank, (end, fields)
            if at >= size:
                continue
            word, glued = atoms.lower[at], atoms.glued[at]
            for words in (node.words, node.glued_words) if glued else (node.words,):
                if word in words:
                    pending.extend([(child, at + 1, fields) for child in words[word]])
            for word_class, value in classes[at].items():
                for known in (node.classes, node.glued_classes) if glued else (node.classes,):
                    for name, child in known.get(word_class, ()):
                        pending.append((child, at + 1, (*fields, (name, value))))
        if chosen is None:
            return None
        end, fields = chosen
        first = index + end.before
        return Match(end.row, first, first + end.length, dict(fields))


def _classes_of(atoms: Atoms, lexicon: Lexicon) -> list[dict[str, Value]]:
    return [
        lexicon.classes(raw, lower, initial=atoms.is_initial(index))
        for index, (raw, lower) in enumerate(zip(atoms.raw, atoms.lower, strict=True))
    ]
