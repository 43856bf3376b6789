"""Who is on the reader's mind: recent mentions, weighed by place and part in the sentence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from beleg.layers.people.cast import Figure

_MENTIONS_MOST = 60  # looked back at for one pronoun, so that the work stays linear
_SENTENCES = 7
# Weights were set by hand on the training part of the German news quotation corpus
# (Petersen-Frey & Biemann 2024); what they reach is in evaluation/results/people.md.
_FADING = (1.0, 0.85, 0.5, 0.32, 0.22, 0.16, 0.12, 0.08)
_AGAIN = 0.08  # for each further mention
_AGAIN_MOST = 4
_TIE = 0.97

Part = Literal["speaker", "subject", "object", "attribute"]
WEIGHTS: dict[Part, float] = {"speaker": 1.35, "subject": 1.0, "object": 0.6, "attribute": 0.4}
Reason = Literal["none", "several"]


@dataclass(frozen=True, slots=True)
class Trace:
    """One mention: where, as what, and how much it weighs before it fades."""

    figure: Figure
    at: int
    sentence: int
    weight: float


class Recall:
    """The last mentions of the article so far."""

    def __init__(self) -> None:
        self._traces: deque[Trace] = deque(maxlen=_MENTIONS_MOST)

    def note(self, figure: Figure, at: int, sentence: int, weight: float) -> None:
        """A further mention; a heavier one at the same place replaces a lighter one."""
        if self._traces and self._traces[-1].at == at and self._traces[-1].figure is figure:
            weight = max(weight, self._traces.pop().weight)
        self._traces.append(Trace(figure, at, sentence, weight))
        figure.last = max(figure.last, at)

    def latest(self, before: int) -> Iterator[Trace]:
        """The mentions before a token, the last one first."""
        return (trace for trace in reversed(self._traces) if trace.at < before)

    def scores(
        self, before: int, sentence: int, fits: Callable[[Trace], float]
    ) -> list[tuple[float, Figure]]:
        """The figures that fit, the likeliest first. fits: a factor, 0 if it cannot be meant."""
        best: dict[int, float] = {}
        count: dict[int, int] = {}
        figures: dict[int, Figure] = {}
        for trace in self.latest(before):
            distance = sentence - trace.sentence
            if distance > _SENTENCES:
                break
            factor = fits(trace)
            if factor <= 0 or distance < 0:
                continue
            key = id(trace.figure)
            figures[key] = trace.figure
            count[key] = count.get(key, -1) + 1
            best[key] = max(best.get(key, 0.0), trace.weight * _FADING[distance] * factor)
        ranked = [
            (score + _AGAIN * min(count[key], _AGAIN_MOST), figures[key])
            for key, score in best.items()
        ]
        ranked.sort(key=lambda item: -item[0])
        return ranked

    @staticmethod
    def decide(ranked: list[tuple[float, Figure]]) -> tuple[Figure | None, Reason | None]:
        """The one meant, or why nobody is."""
        if not ranked:
            return None, "none"
        if len(ranked) > 1 and ranked[1][0] > _TIE * ranked[0][0]:
            return None, "several"
        return ranked[0][1], None
