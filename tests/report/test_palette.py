"""The colours of the voices: legible on light and dark, apart for colour-blind readers."""

from __future__ import annotations

import itertools
import math
import re
from importlib import resources

import pytest

from beleg.report.voices import HUES

CSS = (resources.files("beleg.report") / "assets" / "report.css").read_text(encoding="utf-8")
Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
# Distance in Oklab; two colours side by side are told apart from about 0.02 on.
LEAST_DISTANCE = 0.04
TEXT_CONTRAST = 4.5  # WCAG AA; AAA: 7
CALM, LIT = (int(share) / 100 for share in re.findall(r"--ground: (\d+)%", CSS))


def colour(name: str, theme: int) -> Rgb:
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", CSS)
    assert found
    figures = found[theme + 1]
    parts = [int(figures[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return red, green, blue


def mixed(front: Rgb, back: Rgb, share: float) -> Rgb:
    a, b = oklab(front), oklab(back)
    light, green_red, blue_yellow = (share * x + (1 - share) * y for x, y in zip(a, b, strict=True))
    long = (light + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    middle = (light - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (light - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def contrast(one: Rgb, other: Rgb) -> float:
    first, second = (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 for r, g, b in (one, other))
    return max(first, second) / min(first, second)


def oklab(rgb: Rgb) -> Rgb:
    r, g, b = (max(0.0, part) for part in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def seen(rgb: Rgb, sight: str) -> Rgb:
    red, green, blue = (sum(w * c for w, c in zip(row, rgb, strict=True)) for row in SIGHT[sight])
    return oklab((red, green, blue))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("hue", range(HUES + 1))
def test_a_voice_is_legible_on_paper_and_on_every_ground(hue: int, theme: int) -> None:
    paper = colour("paper", theme)
    grounds = [mixed(colour(f"v{n}", theme), paper, CALM) for n in range(HUES + 1)]
    for ground in [paper, colour("raised", theme), *grounds]:
        assert contrast(colour(f"v{hue}", theme), ground) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("hue", range(HUES + 1))
def test_the_words_are_legible_on_a_ground_that_is_lit(hue: int, theme: int) -> None:
    ground = mixed(colour(f"v{hue}", theme), colour("paper", theme), LIT)
    assert contrast(colour("ink", theme), ground) >= 7


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_voices_stay_apart_for_every_sight(theme: int, sight: str) -> None:
    colours = [seen(colour(f"v{n}", theme), sight) for n in range(1, HUES + 1)]
    nearest = min(math.dist(one, other) for one, other in itertools.combinations(colours, 2))
    assert nearest >= LEAST_DISTANCE
