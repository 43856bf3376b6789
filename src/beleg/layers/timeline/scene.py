"""A sentence with its drafts of events, and what it can refer to."""

from __future__ import annotations

from dataclasses import dataclass, field

from beleg.layers.timeline.clauses import Clause
from beleg.layers.timeline.days import Days
from beleg.layers.timeline.words import Words
from beleg.records import TimeExpression
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
