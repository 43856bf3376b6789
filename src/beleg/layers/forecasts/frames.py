"""What the words that govern a clause make of it: announced, expected or feared."""

from __future__ import annotations

from beleg.layers.forecasts.reading import NEAR
from beleg.layers.forecasts.scene import Scene
from beleg.records import ForecastKind, Quotation

_CUE_WORDS = 12  # words of a quotation's cue that are looked at


def frame_in_cue(text: str, scene: Scene, quote: Quotation) -> ForecastKind | None:
    """The kind that a verb of announcing, expecting or warning gives what it quotes."""
    words = [word for cue in quote.cue for word in text[cue.start : cue.end].lower().split()]
    for word in words[:_CUE_WORDS]:
        for governing in scene.rules.governing.get(word, ()):
            if not governing.particle or governing.particle in words:
                return governing.kind
    return None


def frame_before(scene: Scene, number: int) -> ForecastKind | None:
    """The kind that a verb or noun in the part before gives this part ("warnte, …")."""
    reading, rules = scene.reading, scene.rules
    if not number or reading.lower[reading.parts[number - 1].stop][0] in ":;":
        return None
    part = reading.parts[number - 1]
    if part.opening == "sub" and reading.lower[part.lead] in rules.classes["condition"]:
        return None  # "wenn möglich, …"
    first = max(part.start, part.stop - NEAR)
    last = reading.lower[part.stop - 1]
    for word in reading.lower[first : part.stop]:
        for governing in rules.governing.get(word, ()):
            if governing.particle in ("", last):
                return governing.kind
    if reading.lower[reading.parts[number].start] in rules.classes["break"]:
        return None  # "die Angst vor der Wahl, denn im Herbst …": a reason is nobody's fear
    for token in reading.tokens[first : part.stop]:
        if token.text in rules.nouns:
            return rules.nouns[token.text].kind
    return None
