"""Builds the clauses of a sentence out of its segments, and their spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from beleg.layers.timeline.segments import Segment
from beleg.layers.timeline.words import Words
from beleg.rules.timeline_rules import TimelineRules

# reported: indirect speech with the verb second ("…, sie habe nichts gewusst"); frame: a verb-first
# clause behind what it introduces ("…, sagte ein Sprecher")
_PHRASE_LONGEST = 20  # tokens of what a relative clause tells of
_MOST_PHRASES = 2  # noun phrases passed over because the pronoun does not agree with them
_MOST_BORDERS = 3  # marks between a clause and what belongs to it ("“, ")
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


@dataclass(frozen=True, slots=True)
class Extent:
    """The token range of a clause with the clauses that belong to it."""

    start: int
    stop: int


def extents(
    clauses: Sequence[Clause], busy: Sequence[bool], words: Words, rules: TimelineRules
) -> list[Extent]:
    """The extent of every clause.

    busy: clauses that are events themselves. A relative clause, what was said and an
    infinitive belong to the clause they depend on, unless they hold an event.
    """
    quiet = [not value for value in busy]
    events_before = list(accumulate(busy, initial=0))
    for index in range(len(clauses) - 1, -1, -1):
        parent = clauses[index].parent
        if 0 <= parent < index and clauses[index].kind != "frame":
            quiet[parent] = quiet[parent] and quiet[index]
    stops = [clause.stop for clause in clauses]
    for index in range(len(clauses) - 1, -1, -1):
        for child in clauses[index].children:
            follows = _adjoins(words, stops[index], clauses[child].start)
            if follows and quiet[child] and _belongs(clauses[child], words, rules):
                stops[index] = stops[child]
    return [
        Extent(_start(index, clauses, events_before, words, rules), stops[index])
        for index in range(len(clauses))
    ]


def _adjoins(words: Words, stop: int, start: int) -> bool:
    return 0 <= start - stop <= _MOST_BORDERS and all(
        code in ",q" for code in words.codes[stop:start]
    )


def _belongs(clause: Clause, words: Words, rules: TimelineRules) -> bool:
    if clause.kind in ("rel", "reported"):
        return True
    return clause.kind == "sub" and words.lower[clause.lead] in rules.classes["complement"]


def _start(
    index: int,
    clauses: Sequence[Clause],
    events_before: Sequence[int],
    words: Words,
    rules: TimelineRules,
) -> int:
    """A frame takes with it what it introduces, unless that holds events of its own."""
    clause = clauses[index]
    if clause.kind == "frame" and events_before[clause.parent] == events_before[index]:
        return clauses[clause.parent].start
    if clause.kind == "rel":
        return _antecedent(words, clause, rules)
    return clause.start


def _antecedent(words: Words, clause: Clause, rules: TimelineRules) -> int:
    """Where the noun phrase right before a relative clause begins, else the clause."""
    noun = clause.start - 1
    for _ in range(_MOST_BORDERS):
        if noun >= 0 and words.codes[noun] in ",q":
            in_brackets = words.lower[noun] == ")" and words.partner[noun] >= 0
            noun = (words.partner[noun] if in_brackets else noun) - 1
    if noun < 0 or words.codes[noun] != "N":
        return clause.start
    never = rules.disagree.get(words.lower[clause.lead], frozenset())
    start = _phrase_start(words, noun, rules)
    for _ in range(_MOST_PHRASES):
        opening = words.lower[start] if words.codes[start] == "D" else words.lower[start - 1]
        before = start - 2 if start > 1 and words.codes[start - 1] == "R" else start - 1
        if opening not in never or before < 0 or words.codes[before] != "N":
            break
        start = _phrase_start(words, before, rules)  # "der Flug zum Mond, die": not the moon
    return start


def _phrase_start(words: Words, noun: int, rules: TimelineRules) -> int:
    """Where the noun phrase that ends in the noun begins.

    A genitive or a bare name behind a preposition is part of a larger one: "der Bau der
    Leitung, der", "die Stelle in Musterstadt, die".
    """
    at = noun
    limit = max(0, noun - _PHRASE_LONGEST)
    while at > limit:
        before = words.codes[max(0, at - 2) : at]
        if words.codes[at - 1] in "NA#":
            at -= 1
        elif before == ["N", "R"] or (
            before == ["N", "D"] and words.lower[at - 1] in rules.classes["genitive"]
        ):
            at -= 2
        else:
            break
    return at - 1 if at > 0 and words.codes[at - 1] == "D" else at


def trimmed(words: Words, start: int, stop: int) -> tuple[int, int]:
    """The range without conjunctions, borders and outer quotation marks at its ends."""
    while start < stop - 1:
        code, partner = words.codes[start], words.partner[start]
        if code == "K" or (code in ",;" and not start < partner < stop):
            start += 1
        elif code in "q," and partner == stop - 1:
            start, stop = start + 1, stop - 1
        elif code == "q" and not start < partner < stop:
            start += 1
        elif words.codes[stop - 1] in ",;q" and not start <= words.partner[stop - 1] < stop:
            stop -= 1
        else:
            break
    if stop < len(words) and words.lower[stop] == ")" and start <= words.partner[stop]:
        stop += 1
    return start, stop
