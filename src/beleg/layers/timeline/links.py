"""The links between drafts of events that words state."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from beleg.layers.timeline.cues import Cue
from beleg.layers.timeline.days import Days
from beleg.layers.timeline.placing import Located
from beleg.layers.timeline.scene import Draft, Link, Past, Scene
from beleg.records import TimeExpression


class Linker:
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
