"""German verb forms from infinitives: what a report needs, third persons, participle, infinitives.

A separable particle is cut off with "|" ("mit|teilen"), an inseparable prefix that could be
one with "=" ("unter=streichen").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from beleg.rules.inflection import load_inflection

Shape = Literal["finite", "joined", "participle", "infinitive"]


class StrongForms(NamedTuple):
    """Stem forms of an irregular verb."""

    finite: tuple[str, ...]
    participle: str


def strong_verbs(rows: str) -> dict[str, StrongForms]:
    """Irregular verbs by infinitive, from "geben: gibt gab … gegeben | …", the participle last."""
    found: dict[str, StrongForms] = {}
    for entry in rows.split("|"):
        infinitive, _, forms = entry.partition(":")
        *finite, participle = forms.split()
        found[infinitive.strip()] = StrongForms((*finite, infinitive.strip()), participle)
    return found


def split_verb(verb: str) -> tuple[str, str]:
    """(particle or "", the rest)."""
    particle, cut, rest = verb.partition("|")
    return (particle, rest) if cut else ("", verb)


def forms_of(verb: str, strong: Mapping[str, StrongForms]) -> dict[str, Shape]:
    """Forms with their shapes; "joined" is a finite form with its particle before it.

    Where one word is several forms ("berichtet"), it counts as finite; callers look for an
    auxiliary. Finite forms of separable verbs stand without the particle.
    """
    particle, base = split_verb(verb)
    base_forms, participle = _base_forms(base, strong)
    base = base.replace("=", "")
    forms: dict[str, Shape] = {particle + participle: "participle"}
    if particle:
        for mark in load_inflection().classes["infinitive-mark"]:
            forms[particle + mark + base] = "infinitive"
        forms[particle + base] = "infinitive"
        for form in base_forms:
            if form != base:
                forms[particle + form] = "joined"
    for form in base_forms:
        forms[form] = "finite"
    return forms


def subjunctive_of(verb: str) -> str:
    """Konjunktiv I, third person singular: the stem and -e."""
    stem = split_verb(verb)[1].replace("=", "")
    return (stem[:-2] if stem.endswith("en") else stem[:-1]) + "e"


def _base_forms(base: str, strong: Mapping[str, StrongForms]) -> tuple[tuple[str, ...], str]:
    if base in strong:
        return strong[base]
    prefix, cut, rest = base.partition("=")
    classes = load_inflection().classes
    (made,) = classes["participle-prefix"]
    if cut:
        forms, participle = _base_forms(rest, strong)
        bare = participle if rest.startswith(made) else participle.removeprefix(made)
        return tuple(prefix + form for form in forms), prefix + bare
    for prefix in classes["inseparable"]:
        known = strong.get(base.removeprefix(prefix)) if base.startswith(prefix) else None
        if known:
            finite = tuple(prefix + form for form in known.finite)
            return finite, prefix + known.participle.removeprefix(made)
    return _weak_forms(base)


def _weak_forms(base: str) -> tuple[tuple[str, ...], str]:
    stem = base[:-2] if base.endswith("en") else base[:-1]
    classes = load_inflection().classes
    (made,) = classes["participle-prefix"]
    link = "e" if stem.endswith(classes["wants-e"]) else ""
    past = stem + link + "te"
    bare = base.startswith(classes["inseparable"]) or base.endswith(classes["foreign-infinitive"])
    present = stem + link + "t"
    return (present, past, past + "n", stem + "e", base), ("" if bare else made) + present
