"""Drafts of events, sentence by sentence, and the links between them that words state."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from beleg.layers.timeline.borders import behind_dateline, joined_borders
from beleg.layers.timeline.clauses import Clause, build_clauses, extents, trimmed
from beleg.layers.timeline.days import Days
from beleg.layers.timeline.links import Cue, find_cues, tells_past
from beleg.layers.timeline.placing import Located, Placed, merged, placing
from beleg.layers.timeline.segments import segments
from beleg.layers.timeline.words import Words, read_words
from beleg.records import TimeExpression
from beleg.rules.timeline_rules import TimelineRules
from beleg.text.article import Span
from beleg.text.segments import Sentence


@dataclass(slots=True, eq=False)
class Draft:
    """An event before it has its place in the order.

    first, stop: the tokens its span must hold. span: that of the sentence until all its
    drafts are known.
    """

    clause: int
    first: int
    stop: int
    time: TimeExpression | None
    days: Days
    span: Span


@dataclass(slots=True)
class Scene:
    """One sentence read: its drafts by clause, and what waits for the event after it."""

    sentence: Sentence
    words: Words
    clauses: list[Clause]
    drafts: dict[int, list[Draft]] = field(default_factory=dict)
    waiting: Draft | None = None

    def all_drafts(self) -> list[Draft]:
        """In the order of the text."""
        return [draft for clause in sorted(self.drafts) for draft in self.drafts[clause]]

    def told_last(self) -> Draft | None:
        """What the next sentence goes on from: the last event of a main clause, else the last."""
        drafts = self.all_drafts()
        mains = [draft for draft in drafts if self.clauses[draft.clause].kind == "main"]
        told = mains or drafts
        return told[-1] if told else None


@dataclass(frozen=True, slots=True)
class Past:
    """What a sentence can refer to.

    scene: the sentence before it in the same paragraph, if something is told there.
    recalled: the event told last, a few sentences back at most; "Stunden später" reaches it.
    """

    scene: Scene | None = None
    recalled: Draft | None = None


Link = tuple[Draft, Draft]  # earlier, later


def read_scene(
    sentence: Sentence,
    times: Sequence[TimeExpression],
    past: Past,
    links: list[Link],
    *,
    rules: TimelineRules,
    today: date | None,
) -> Scene:
    """The drafts of a sentence with their spans; adds to `links` what its words state."""
    located = _locate(sentence, times)
    words = read_words(sentence.tokens, _marked(located, len(sentence.tokens)), rules)
    body = behind_dateline(words)
    segs = segments(words, rules, joined_borders(located, words))
    clauses = build_clauses(words, segs, rules)
    scene = Scene(sentence, words, clauses)
    owner = _owners(clauses, len(words))
    if not _is_head(words, rules):
        _add_dated(scene, [item for item in located if item[1] >= body], owner, rules, today)
    cues = find_cues(words, clauses, owner, _resolved(located, len(words)), rules)
    _Linker(scene, past, links, located).link(cues)
    _set_spans(scene, rules)
    return scene


def _locate(sentence: Sentence, times: Sequence[TimeExpression]) -> list[Located]:
    """The times with the tokens they touch; both are in order."""
    located: list[Located] = []
    at, tokens = 0, sentence.tokens
    for time in times:
        while at < len(tokens) and tokens[at].end <= time.span.start:
            at += 1
        stop = at
        while stop < len(tokens) and tokens[stop].start < time.span.end:
            stop += 1
        if stop > at and (not located or at >= located[-1][2]):
            located.append((time, at, stop))
    return located


def _marked(located: Sequence[Located], length: int) -> list[bool]:
    marked = [False] * length
    for _, first, stop in located:
        marked[first:stop] = [True] * (stop - first)
    return marked


def _resolved(located: Sequence[Located], length: int) -> list[bool]:
    return _marked([item for item in located if item[0].earliest or item[0].latest], length)


def _is_head(words: Words, rules: TimelineRules) -> bool:
    """Whether the sentence is nothing but a date, with words such as "Stand" at most."""
    head = rules.asides["head"]
    return not any(
        code in "NAFwTEP" and word not in head
        for code, word in zip(words.codes, words.lower, strict=True)
    )


def _owners(clauses: Sequence[Clause], length: int) -> list[int]:
    """The clause of each token, -1 for borders."""
    owner = [-1] * length
    for number, clause in enumerate(clauses):
        for part in clause.own:
            for at in part:
                owner[at] = number
    return owner


def _add_dated(
    scene: Scene,
    located: Sequence[Located],
    owner: Sequence[int],
    rules: TimelineRules,
    today: date | None,
) -> None:
    by_clause: dict[int, list[Placed]] = {}
    leads = {clause.lead for clause in scene.clauses if clause.kind == "sub"}
    placed = placing(located, scene.words, leads, rules=rules, today=today)
    for item in placed:
        by_clause.setdefault(owner[item.first], []).append(item)
    for number, own in by_clause.items():
        if number < 0:
            continue
        clause = scene.clauses[number]
        if _keeps_hours(own, clause, scene.words, rules):
            continue
        scene.drafts[number] = [
            Draft(number, item.first, item.stop, item.time, item.days, scene.sentence.span)
            for item in merged(own, scene.words, clause.core, rules)
        ]


def _keeps_hours(
    placed: Sequence[Placed], clause: Clause, words: Words, rules: TimelineRules
) -> bool:
    """ "ist von 8 bis 20 Uhr geöffnet": hours of the day that nothing ties to one day."""
    hours = len(placed) > 1 and all(item.time.type == "TIME" for item in placed)
    return hours and not tells_past(clause, words, rules, perfect=False)


class _Linker:
    """Links clauses by their order words; a clause linked to an event becomes one."""

    def __init__(
        self, scene: Scene, past: Past, links: list[Link], located: Sequence[Located]
    ) -> None:
        self._scene = scene
        self._past = past
        self._links = links
        self._stated: set[Link] = set()
        self._located = located
        self._starts = [start for _, start, _ in located]
        self._told = sorted(scene.drafts)  # clauses with drafts
        mains = (
            n for n, clause in enumerate(scene.clauses) if clause.kind == "main" and clause.finite
        )
        self._first_main = next(mains, len(scene.clauses))
        self._told_before = past.scene.told_last() if past.scene is not None else None

    def link(self, cues: Sequence[Cue]) -> None:
        """Conjunctions first: they say more surely than adverbs what they link."""
        self._resolve_waiting()
        ordered = sorted(cues, key=lambda cue: not cue.word.conjunction)
        late = [cue for cue in ordered if not self._link_one(cue)]
        for cue in late:
            self._link_one(cue)

    def _state(self, earlier: Draft, later: Draft) -> None:
        """Add the link, unless the opposite has been stated before."""
        if (later, earlier) not in self._stated:
            self._stated.add((earlier, later))
            self._links.append((earlier, later))

    def _resolve_waiting(self) -> None:
        """ "Zuerst …" in the sentence before comes before the first event of this one."""
        before = self._past.scene
        if before is None or before.waiting is None:
            return
        drafts = self._scene.all_drafts()
        if drafts:
            waiting = before.waiting
            before.drafts.setdefault(waiting.clause, []).append(waiting)
            self._state(waiting, drafts[0])

    def _link_one(self, cue: Cue) -> bool:
        """Whether the cue found what it refers to."""
        relation = cue.word.relation
        if cue.word.conjunction:
            return self._link_matrix(cue)
        if relation == "before-next":
            return self._link_next(cue)
        other = self._previous(cue)
        if other is None:
            return False
        own = self._draft(cue)
        self._state(*((own, other) if relation == "before-previous" else (other, own)))
        return True

    def _link_matrix(self, cue: Cue) -> bool:
        drafts, matrix = self._scene.drafts, self._scene.clauses[cue.clause].parent
        if matrix < 0 or (matrix not in drafts and cue.clause not in drafts):
            return False
        outer = drafts[matrix][0] if matrix in drafts else self._add(matrix, None)
        own = self._draft(cue)
        self._state(*((own, outer) if cue.word.relation == "before-matrix" else (outer, own)))
        return True

    def _link_next(self, cue: Cue) -> bool:
        at = bisect_right(self._told, cue.clause)
        if at < len(self._told):
            following = self._scene.drafts[self._told[at]][0]
            self._state(self._draft(cue), following)
            self._scene.waiting = None
            return True
        if cue.clause not in self._scene.drafts:
            self._scene.waiting = Draft(
                cue.clause, cue.first, cue.stop, None, Days(), self._scene.sentence.span
            )
        return False

    def _previous(self, cue: Cue) -> Draft | None:
        """What "danach" refers to: an event before it in the sentence, else in the one before.

        A clause before it that is no event hides what was told before.
        """
        at = bisect_left(self._told, cue.clause)
        if at:
            return self._scene.drafts[self._told[at - 1]][-1]
        hidden = self._first_main < cue.clause
        if hidden and self._scene.clauses[cue.clause].kind != "frame":
            return None
        return self._told_before or (self._past.recalled if self._time_at(cue) else None)

    def _time_at(self, cue: Cue) -> Located | None:
        """The vague time that the cue is part of ("wenige Stunden später")."""
        at = bisect_right(self._starts, cue.first) - 1
        return self._located[at] if at >= 0 and cue.first < self._located[at][2] else None

    def _draft(self, cue: Cue) -> Draft:
        known = self._scene.drafts.get(cue.clause)
        return known[0] if known else self._add(cue.clause, cue)

    def _add(self, clause: int, cue: Cue | None) -> Draft:
        """A draft without a place of its own; under a vague time ("Stunden später") if the cue is one."""
        time: TimeExpression | None = None
        first = stop = self._scene.clauses[clause].lead
        if cue is not None:
            found = self._time_at(cue)
            behind = cue.stop if cue.word.conjunction else cue.first
            time, first, stop = found or (None, behind, cue.stop)
        draft = Draft(clause, first, stop, time, Days(), self._scene.sentence.span)
        self._scene.drafts[clause] = [draft]
        insort(self._told, clause)
        return draft


def _set_spans(scene: Scene, rules: TimelineRules) -> None:
    if not scene.drafts and scene.waiting is None:
        return
    words, clauses = scene.words, scene.clauses
    busy = [number in scene.drafts for number in range(len(clauses))]
    found = extents(clauses, busy, words, rules)
    for draft in [*scene.all_drafts(), *([scene.waiting] if scene.waiting else [])]:
        clause = clauses[draft.clause]
        start, stop = found[draft.clause].start, found[draft.clause].stop
        if draft.first > clause.lead and _opens_with_conjunction(clause, words, rules):
            start = max(start, clause.lead + 1)
        start, stop = trimmed(words, start, stop)
        nouns = words.nouns[stop] - words.nouns[start]
        if not clause.verb or not nouns or not start <= draft.first <= draft.stop <= stop:
            start, stop = trimmed(words, 0, len(words))
        end = words.tokens[stop - 1].end
        if draft.time is not None:
            end = max(end, draft.time.span.end)
        draft.span = Span(words.tokens[start].start, end)


def _opens_with_conjunction(clause: Clause, words: Words, rules: TimelineRules) -> bool:
    """Whether the opening word is no part of what is told: "als …"; not "wer …", "wie hell …"."""
    if clause.kind != "sub":
        return False
    word = words.lower[clause.lead]
    if word in rules.asides["comparison-opener"]:
        return words.codes[clause.lead + 1] in "DNptR"
    return word not in rules.classes["subordinator-kept"]
