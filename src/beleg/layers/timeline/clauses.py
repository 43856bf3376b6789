"""Builds the clauses of a sentence out of its segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from beleg.layers.timeline.segments import Segment
from beleg.layers.timeline.words import Words
from beleg.rules.timeline_rules import TimelineRules

# reported: indirect speech with the verb second ("…, sie habe nichts gewusst"); frame: a verb-first
# clause behind what it introduces ("…, sagte ein Sprecher")
ClauseKind = Literal["main", "sub", "rel", "reported", "frame"]


@dataclass(slots=True)
class Clause:
    """Tokens `[start, stop)`, with whatever is embedded between.

    lead: index of the subordinator or relative pronoun; the first word in main clauses.
    parent: index of the clause it depends on (of a frame: the clause it introduces) or -1.
    finite, verb: whether a finite verb, any verb has been seen.
    own: the token ranges without embedded clauses; core: the one with the finite verb.
    """

    kind: ClauseKind
    start: int
    stop: int
    lead: int
    parent: int
    finite: bool = False
    verb: bool = False
    core: range = range(0)
    own: list[range] = field(default_factory=list)
    children: list[int] = field(default_factory=list)

    def take(self, segment: Segment) -> None:
        """Join another segment to the clause."""
        own = range(segment.start, segment.stop)
        self.start, self.stop = min(self.start, own.start), own.stop
        self.finite = self.finite or segment.finite >= 0
        self.verb = self.verb or _has_verb(segment)
        self.core = own if segment.finite >= 0 else self.core
        self.own.append(own)


def build_clauses(words: Words, parts: Sequence[Segment], rules: TimelineRules) -> list[Clause]:
    """The clauses of a sentence, in the order in which they begin."""
    builder = _Builder(words, rules)
    for part in parts:
        builder.add(part)
    return builder.clauses


def _has_verb(segment: Segment) -> bool:
    return segment.finite >= 0 or segment.participle


class _Builder:
    """Reads segments from left to right; the stack holds the clauses not left yet."""

    def __init__(self, words: Words, rules: TimelineRules) -> None:
        self.clauses: list[Clause] = []
        self._words = words
        self._rules = rules
        self._stack: list[int] = []
        # Clauses without a finite verb, with their places in the stack.
        self._unfinished: list[tuple[int, int]] = []
        self._inserted = False  # the last segment was put into an unfinished clause

    def add(self, segment: Segment) -> None:
        if segment.fresh:
            self._stack.clear()
            self._inserted = False
        if segment.kind in ("sub", "rel") and not self._resumes(segment):
            self._push(segment, "sub" if segment.kind == "sub" else "rel", self._top())
            self._inserted = False
            return
        if self._stack and self._is_attribution(segment):
            self._stack = self._stack[:1]
            self._push(segment, "frame", self._stack[0], complete=True)
            return
        if self._stack and segment.split and segment.kind != "main":
            self._begin_main(segment)  # "wurde 1912 gegründet und 2019 aufgelöst"
            return
        waiting = self._waiting()
        if waiting >= 0:
            self._join(waiting, segment)
            self._inserted = segment.kind == "part"
        elif segment.kind == "main" or not self._stack:
            self._begin_main(segment)
        else:
            self._join(self._continued(segment), segment)

    def _top(self) -> int:
        return self._stack[-1] if self._stack else -1

    def _resumes(self, segment: Segment) -> bool:
        """ "dass Muster, der Chef des Amtes, die Halle öffnet": an article, no pronoun.

        So it is behind an insertion, where a clause still lacks its verb.
        """
        if segment.kind != "rel" or not self._inserted:
            return False
        return self._words.codes[segment.lead + 1] in "NA" and self._waiting() >= 0

    def _waiting(self) -> int:
        """The innermost clause that still lacks its finite verb, or -1."""
        while self._unfinished:
            index, place = self._unfinished[-1]
            left = place >= len(self._stack) or self._stack[place] != index
            if not left and not self.clauses[index].finite:
                return index
            self._unfinished.pop()
        return -1

    def _continued(self, segment: Segment) -> int:
        """The clause a part without finite verb goes on with.

        Behind a relative clause a participle closes the main clause: "wurde der Mann, der
        …, verhaftet".
        """
        bottom = self._stack[0]
        if segment.participle and segment.kind == "part" and self.clauses[bottom].kind != "sub":
            return bottom
        return self._stack[-1]

    def _join(self, index: int, segment: Segment) -> None:
        while self._stack[-1] != index:
            self._stack.pop()
        clause = self.clauses[index]
        if clause.kind == "main" and not clause.finite and segment.finite >= 0:
            self._adopt_openers(index)
        clause.take(segment)

    def _push(
        self, segment: Segment, kind: ClauseKind, parent: int, *, complete: bool = False
    ) -> None:
        """complete: nothing after it can be its finite verb."""
        index = len(self.clauses)
        clause = Clause(kind, segment.start, segment.stop, segment.lead, parent)
        clause.take(segment)
        self.clauses.append(clause)
        if parent >= 0:
            self.clauses[parent].children.append(index)
        if not clause.finite and not complete:
            self._unfinished.append((index, len(self._stack)))
        self._stack.append(index)

    def _begin_main(self, segment: Segment) -> None:
        before = len(self.clauses) - 1
        kind: ClauseKind = "main"
        parent = -1
        if before >= 0 and not segment.fresh and not segment.coordinated:
            bottom = self._stack[0]
            if self.clauses[bottom].kind != "sub":
                if segment.verb_first and not self._is_condition(bottom):
                    kind, parent = "frame", bottom
                elif self._is_reported(segment):
                    kind, parent = "reported", bottom
        self._stack = self._stack[:1] if kind != "main" else []
        self._push(segment, kind, parent, complete=segment.split)
        if kind == "main":
            self._adopt_openers(len(self.clauses) - 1)

    def _adopt_openers(self, main: int) -> None:
        """Subordinate clauses before their main clause depend on it."""
        index = main - 1
        while index >= 0 and self.clauses[index].kind == "sub" and self.clauses[index].parent < 0:
            self.clauses[index].parent = main
            index -= 1

    def _is_reported(self, segment: Segment) -> bool:
        """ "…, sie habe nichts gewusst": a subject, then Konjunktiv I."""
        codes, word = self._words.codes, self._words.lower[segment.finite]
        return word in self._rules.classes["reported"] and codes[segment.start] in "pDNAt"

    def _is_attribution(self, segment: Segment) -> bool:
        """ "…, so die Polizei": names the source without a verb."""
        word, after = self._words.lower[segment.lead], segment.lead + 1
        return (
            segment.kind == "part"
            and word in self._rules.classes["attribution"]
            and after < segment.stop
            and self._words.codes[after] in "DN"
        )

    def _is_condition(self, index: int) -> bool:
        """ "Sollte das misslingen, …": the verb first, at the beginning."""
        clause = self.clauses[index]
        return self._words.codes[clause.start] in "Fw"
