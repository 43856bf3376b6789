"""Finds the forecasts of one sentence: by modal verbs, plans, governing words, later times."""

from __future__ import annotations

from collections.abc import Iterator

from beleg.layers.forecasts.complements import complement, governed, intended
from beleg.layers.forecasts.modals import by_modal
from beleg.layers.forecasts.plans import conditioned, expected, otherwise, partnered, timed
from beleg.layers.forecasts.scene import Draft, Scene
from beleg.layers.forecasts.schedules import scheduled


def find_drafts(scene: Scene) -> Iterator[Draft]:
    """The forecasts of a sentence, in any order; they may overlap."""
    reading, rules = scene.reading, scene.rules
    expectedly, henceforth = rules.classes["expectedly"], rules.classes["henceforth"]
    wanting = rules.classes["wanting"]
    for index, word in enumerate(reading.lower):
        if reading.part_of[index] < 0:
            continue
        if reading.codes[index] == "N":
            noun = rules.nouns.get(reading.tokens[index].text)
            if noun is not None:
                yield from complement(scene, index, noun)
            continue
        if word in expectedly:
            yield from expected(scene, index, "prediction")
        if word in henceforth:
            yield from expected(scene, index, "announcement")
        if word in wanting:
            yield from intended(scene, index)
        modal = rules.modals.get(word)
        if modal is not None:
            yield from by_modal(scene, index, modal)
        partner = rules.partners.get(word)
        if partner is not None:
            yield from partnered(scene, index, partner)
        for governing in rules.governing.get(word, ()):
            yield from governed(scene, index, governing)
    yield from timed(scene)
    yield from conditioned(scene)
    yield from otherwise(scene)
    yield from scheduled(scene)
