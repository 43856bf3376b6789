"""Reads the weights of the traits by which claims, reasons and arguing are told (weights.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Weights:
    """Logits per trait, each with the share of a trait named "bias".

    register: that a voice argues, from counts in a hundred words. conclusion, premise: that a
    sentence of such a voice is one, from what beleg.layers.argument.features gives.
    """

    register: Mapping[str, float]
    conclusion: Mapping[str, float]
    premise: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The weights that ship with the package; training/argument.py makes them."""
    place = resources.files("beleg.layers.argument") / "weights.json"
    data = json.loads(place.read_text(encoding="utf-8"))
    return Weights(data["register"], data["conclusion"], data["premise"])
