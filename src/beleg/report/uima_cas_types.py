"""The UIMA types of an analysis: one for each kind of record and for each part of a quotation.

INCEpTION makes a layer of a type by itself if the type fits its conditions (TypeSystemAnalysis.java
of inception-project/inception, read 2026-11-23), which all of these do:

- a span layer has only primitive features, string arrays, and arrays of links, a link being a type
  with `role` and `target`;
- a relation layer has exactly two other features, called Governor and Dependent, of one range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMESPACE = "beleg.type"
LINK = f"{NAMESPACE}.Link"
_STRING = "uima.cas.String"
_STRINGS = "uima.cas.StringArray"
_NUMBER = "uima.cas.Double"


@dataclass(frozen=True, kw_only=True)
class CasType:
    """A type of annotation. features: the ranges by name; all may stay empty."""

    description: str
    features: Mapping[str, str] = field(default_factory=dict)


def _strings(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, _STRING)


_DAYS = _strings("earliest", "latest")
_LINKS = {"links": LINK}

TYPES: Mapping[str, CasType] = {
    "Quotation": CasType(
        description="First place of what somebody is said to have said; links lead to cue, frame, "
        "speaker, addressee, further places (part) and the quotation around it (parent).",
        features=_strings("identifier", "kind", "medium", "speaker", "speakerName", "unresolved")
        | _strings("sourcing")
        | {"chain": _STRINGS}
        | _LINKS,
    ),
    "QuotationPart": CasType(
        description="Further place of a quotation that other words interrupt.",
        features=_strings("quotation"),
    ),
    "Cue": CasType(
        description="Word that says that somebody says something.", features=_strings("quotation")
    ),
    "Frame": CasType(
        description="Clause that introduces a quotation.", features=_strings("quotation")
    ),
    "Speaker": CasType(
        description="Words that name who speaks.", features=_strings("quotation", "person")
    ),
    "Addressee": CasType(
        description="Words that name who is spoken to.", features=_strings("quotation")
    ),
    "Mention": CasType(
        description="A place where a person, organisation, group or document is named.",
        features=_strings("person", "name", "kind") | {"roles": _STRINGS},
    ),
    "TimeX3": CasType(
        description="Temporal expression; earliest and latest are inclusive days.",
        features=_strings("identifier", "kind", "value", "mod", "anchor", "rule") | _DAYS,
    ),
    "Event": CasType(
        description="Clause around a time; links lead to its time and to earlier events (after).",
        features=_strings("identifier", "quotation") | _DAYS | {"people": _STRINGS} | _LINKS,
    ),
    "Status": CasType(
        description="Cue of how established a statement is; a link leads to the statement (about).",
        features=_strings("label", "quotation") | _LINKS,
    ),
    "Forecast": CasType(
        description="Statement about what will happen; links lead to time, condition, certainty.",
        features=_strings("identifier", "kind", "holder", "quotation", "scale")
        | _DAYS
        | {"low": _NUMBER, "high": _NUMBER}
        | _LINKS,
    ),
    "ArgumentNode": CasType(
        description="Statement in its part in the argument.",
        features=_strings("identifier", "role", "quotation"),
    ),
    "ArgumentEdge": CasType(
        description="From the statement given (Governor) to the one it supports or attacks "
        "(Dependent); stands on the statement given.",
        features=_strings("kind", "cue")
        | dict.fromkeys(("Governor", "Dependent"), f"{NAMESPACE}.ArgumentNode"),
    ),
    "Wording": CasType(
        description="Word that judges, hedges or heightens.",
        features=_strings("kind", "quotation"),
    ),
    "Check": CasType(
        description="Something to verify; the weight ranks and is no probability.",
        features={"why": _STRINGS, "weight": _NUMBER, "records": _STRINGS},
    ),
    "Place": CasType(
        description="Words that another annotation links to.", features=_strings("role")
    ),
}
