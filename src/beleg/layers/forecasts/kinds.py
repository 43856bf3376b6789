"""What kind of forecast a clause is."""

from __future__ import annotations

from beleg.layers.forecasts.conditions import Condition
from beleg.layers.forecasts.frames import frame_before, frame_in_cue
from beleg.layers.forecasts.reading import NEAR
from beleg.layers.forecasts.scene import Draft, Scene
from beleg.records import ForecastKind, Quotation, Window


def kind_of(
    text: str,
    scene: Scene,
    draft: Draft,
    quote: Quotation | None,
    condition: Condition | None,
    window: Window | None,
    *,
    sure: bool,
) -> ForecastKind:
    """Conditional with a condition, unless one warns of what happens without something; else what
    the words that govern it say; else by subject, verb and time.

    sure: whether a word tells how probable it is, which nobody says of what he means to do.
    """
    framed = _frame(text, scene, draft, quote) if draft.modal else None
    if condition is not None:
        return "warning" if framed == "warning" and not condition.clause else "conditional"
    if framed is not None and draft.kind != "warning":
        return framed
    if _is_feared(scene, draft):
        return "warning"
    if _happens(scene, draft) or (sure and draft.kind == "announcement"):
        return "prediction"
    return draft.kind or _kind_by_agent(scene, draft, quote, window)


def _frame(text: str, scene: Scene, draft: Draft, quote: Quotation | None) -> ForecastKind | None:
    """What the cue of the quotation says of the clause, else the part before."""
    kind = frame_in_cue(text, scene, quote) if quote is not None else None
    return kind or frame_before(scene, scene.reading.part_of[draft.start])


def _is_feared(scene: Scene, draft: Draft) -> bool:
    """ "könnte scheitern": what is possible and does harm."""
    reading, classes = scene.reading, scene.rules.classes
    if draft.verb < 0 or reading.lower[draft.cue] not in classes["possible"]:
        return False
    return reading.lower[draft.verb] in classes["harm"]


def _happens(scene: Scene, draft: Draft) -> bool:
    """Whether the verb tells what nobody decides; "sollen" orders anything but amounts and weather."""
    reading, classes = scene.reading, scene.rules.classes
    near = reading.lower[max(draft.start, draft.cue - 3) : min(draft.stop, draft.cue + 4)]
    verb = reading.lower[draft.verb] if draft.verb >= 0 else ""
    if verb in classes["impersonal"] and not classes["it"].isdisjoint(near):
        return draft.kind is None
    if reading.lower[draft.cue] in classes["shall"]:
        return verb in classes["quantity"]
    return draft.kind is None and (verb in classes["process"] or verb in classes["quantity"])


def _kind_by_agent(
    scene: Scene, draft: Draft, quote: Quotation | None, window: Window | None
) -> ForecastKind:
    """With plain "werden": who speaks of himself, acts of persons, scheduled days are announced."""
    reading, rules = scene.reading, scene.rules
    verb = reading.lower[draft.verb] if draft.verb >= 0 else ""
    begin, end = max(draft.start, draft.cue - 3), min(draft.stop, draft.cue + 4)
    near = reading.lower[begin:end]
    if not rules.classes["first-person"].isdisjoint(near):
        return "announcement"
    if not rules.classes["belief"].isdisjoint(reading.lower[draft.start : draft.stop][:NEAR]):
        return "prediction"
    if verb in rules.classes["act"] or _is_passive(scene, draft) or window is not None:
        return "announcement"
    if verb in rules.timeline.codes or not verb:
        return "prediction"  # "wird nicht kommen können"
    if not rules.classes["reflexive"].isdisjoint(near):
        return "prediction"  # "wird sich verdoppeln"
    told = quote is not None and quote.type != "direct"
    if told and not rules.classes["self"].isdisjoint(near):
        return "announcement"  # "sie werde", "ihre Partei werde": the holder acts
    return "announcement" if quote is None else "prediction"


def _is_passive(scene: Scene, draft: Draft) -> bool:
    """ "wird gebaut werden": somebody does it."""
    reading, verb = scene.reading, draft.verb
    if verb < 1 or reading.lower[verb] not in scene.rules.classes["becoming"]:
        return False
    return reading.is_participle(verb - 1, scene.rules)
