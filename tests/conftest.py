"""Hypothesis profiles for all tests.

make   the default: the same examples in every run, so that a red build is no accident.
hunt   many new examples: `HYPOTHESIS_PROFILE=hunt pytest tests/test_properties.py`; what it
       finds belongs into a test as an explicit example.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "make",
    derandomize=True,
    deadline=None,
    max_examples=60,
    # The first example compiles the rule tables.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "hunt", settings.get_profile("make"), derandomize=False, max_examples=3000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "make"))


@pytest.fixture(scope="module")
def random_encoder() -> Iterator[None]:
    """Analyses with an encoder that answers at random: quick, and nothing may rely on sense."""
    from random_encoder import RandomEncoder

    encoder = RandomEncoder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("beleg.analyse"), "load_encoder", lambda: encoder)
        yield
