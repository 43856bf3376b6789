"""Names of persons, organisations, places and other things, as the encoder finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from beleg.text import Span

NameKind = Literal["PER", "ORG", "LOC", "OTH"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the article; the kinds are those of GermEval 2014, outer level."""

    span: Span
    kind: NameKind
