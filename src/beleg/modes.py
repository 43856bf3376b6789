"""What the relative dates of a text count from. A module of its own, since commands must begin fast."""

from __future__ import annotations

from typing import Literal

# news: the day of publication. narrative: the day told of before ("two days later").
Mode = Literal["news", "narrative"]
