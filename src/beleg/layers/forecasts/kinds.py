"""What kind of forecast a clause is."""

from __future__ import annotations

from beleg.layers.forecasts.scene import Draft, Scene
from beleg.records import ForecastKind, Quotation, Window
from beleg.text.article import Span

_FRAME_WORDS = 12  # words of a quotation's cue that are looked at


def kind_of(
    text: str,
    scene: Scene,
    draft: Draft,
    quote: Quotation | None,
    condition: Span | None,
    window: Window | None,
) -> ForecastKind:
    """Conditional with a condition; else what the words that govern it say; else by subject,
    verb and time: who speaks of himself, acts of persons and scheduled days are announced."""
    if condition is not None:
        return "conditional"
    if draft.modal:
        framed = _frame_kind(text, scene, draft, quote)
        if framed is not None and draft.kind != "warning":
            return framed
    reading, rules = scene.reading, scene.rules
    near = reading.lower[max(draft.start, draft.cue - 3) : min(draft.stop, draft.cue + 4)]
    verb = reading.lower[draft.verb] if draft.verb >= 0 else ""
    happens = verb in rules.classes["process"] or (
        verb in rules.classes["impersonal"] and not rules.classes["it"].isdisjoint(near)
    )
    ordered = draft.kind is None or reading.lower[draft.cue] in rules.classes["shall"]
    if happens and ordered:
        return "prediction"
    if draft.kind is not None:
        return draft.kind
    if not rules.classes["first-person"].isdisjoint(near):
        return "announcement"
    if verb in rules.classes["act"] or _is_passive(scene, draft) or window is not None:
        return "announcement"
    # Of other verbs more than half tell of something that persons or bodies mean to do, save
    # behind a modal verb ("wird nicht kommen können").
    return "prediction" if verb in rules.timeline.codes or not verb else "announcement"


def _is_passive(scene: Scene, draft: Draft) -> bool:
    """ "wird gebaut werden": somebody does it."""
    reading, verb = scene.reading, draft.verb
    if verb < 1 or reading.lower[verb] not in scene.rules.classes["becoming"]:
        return False
    return reading.is_participle(verb - 1, scene.rules)


def _frame_kind(
    text: str, scene: Scene, draft: Draft, quote: Quotation | None
) -> ForecastKind | None:
    """The kind that a verb of announcing, expecting or warning before the clause gives it."""
    rules = scene.rules
    if quote is not None:
        words = [w for cue in quote.cue for w in text[cue.start : cue.end].lower().split()]
        for word in words[:_FRAME_WORDS]:
            for governing in rules.governing.get(word, ()):
                if not governing.particle or governing.particle in words:
                    return governing.kind
    reading = scene.reading
    number = reading.part_of[draft.start] - 1
    if number < 0 or reading.lower[reading.parts[number].stop][0] in ":;":
        return None
    part = reading.parts[number]
    near = reading.lower[max(part.start, part.stop - 2 * _FRAME_WORDS) : part.stop]
    for word in near:
        for governing in rules.governing.get(word, ()):
            if not governing.particle or governing.particle in near:
                return governing.kind
    return None
