"""Whose words a cue reports: its subject, the agent of a passive, the addressee."""

from __future__ import annotations

from beleg.layers.quotes.by_rules.cues import Cue
from beleg.layers.quotes.by_rules.phrases import dative_after, is_nominal, phrase_end, trimmed
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Span


def speaker_of(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    """The subject of the cue; in the passive what "von" names; nothing where none is seen."""
    if cue.passive and "quoted" not in cue.verb.takes:
        return _agent(unit, cue, rules)
    if not rules.classes["impersonal"].isdisjoint(cue.verb.words):
        return _place_named(unit, cue, rules)
    if cue.place == "last":
        found = _subject_in(unit, unit.parts[cue.left].head + 1, min(cue.items), rules)
        return _with_apposition(unit, found, rules) if found else ()
    if cue.place == "second":
        found = _earlier_subject(unit, cue, rules) if _shares_subject(unit, cue, rules) else ()
        found = found or _prefield(unit, cue, rules)
        if found:
            return found
    found = _subject_in(unit, cue.at + 1, cue.stop, rules)
    if found:
        return _with_apposition(unit, found, rules)
    return _earlier_subject(unit, cue, rules)


def _place_named(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    """ "In dem Bericht heißt es": what stands behind the preposition takes the speaker's place."""
    for at in range(cue.first, cue.stop):
        if unit.low[at] in rules.classes["place-named"]:
            end = phrase_end(unit, at + 1, cue.stop, rules)
            if end > at + 1:
                return (unit.span(at + 1, end),)
    return ()


def _shares_subject(unit: Unit, cue: Cue, rules: QuoteRules) -> bool:
    """ "kam und sagte": the verb goes with the subject of the one before."""
    part = unit.parts[unit.part_of[cue.at]]
    if part.coordinated and cue.at <= part.head:
        return True
    return cue.at > 1 and unit.low[cue.at - 1] in rules.classes["coordinator"]


def _prefield(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    first, stop = cue.first, cue.at
    # A clause before the verb is no subject; it may still stand inside one ("X, der …, sagte").
    if unit.parts[cue.left].opening:
        return ()
    for part in unit.parts[cue.left : unit.part_of[cue.at]]:
        if part.opening or part.finite:
            stop = min(stop, part.first - 1)
    whole = stop
    first, stop = trimmed(unit, first, stop, rules)
    if first >= stop or not is_nominal(unit, first, rules):
        return ()
    if stop < whole and unit.low[stop] in rules.classes["behind-measure"]:
        return ()  # "Wenige Stunden später meldete der Sender"
    if unit.low[first] in rules.classes["object-pronoun"] and stop == first + 1:
        return ()
    if _is_object(unit, first, stop, cue.at, rules):
        return ()
    return (unit.span(first, stop),)


def _is_object(unit: Unit, first: int, stop: int, verb: int, rules: QuoteRules) -> bool:
    """Whether the prefield is no subject: "Die Äußerungen nannte Muster …", "Besorgt sagte er"."""
    classes = rules.classes
    if verb + 1 < len(unit) and unit.low[verb + 1] in classes["nominative"]:
        return True
    if stop - first == 1 and first == 0 and unit.kind[first] == "N":
        return unit.low[first].endswith(rules.endings["adverb-ending"]) and bool(
            _subject_in(unit, verb + 1, unit.parts[unit.part_of[verb]].stop, rules)
        )
    if unit.low[first] in classes["plural-article"] and not unit.low[verb].endswith("n"):
        nouns = [at for at in range(first, stop) if unit.kind[at] == "N"]
        return bool(nouns) and unit.low[nouns[0]].endswith(rules.endings["plural-ending"])
    return False


def _subject_in(unit: Unit, first: int, stop: int, rules: QuoteRules) -> tuple[Span, ...]:
    """The first nominative phrase between the items, what stands behind prepositions skipped."""
    at = first
    classes = rules.classes
    while at < stop:
        word = unit.low[at]
        if unit.kind[at] in ",xB." or word in classes["adverb"] or word in classes["coordinator"]:
            at += 1
            continue
        if word in classes["preposition"] and unit.kind[at] == "w":
            end = phrase_end(unit, at + 1, stop, rules)
            at = max(end, at + 1)
            continue
        if is_nominal(unit, at, rules):
            end = phrase_end(unit, at, stop, rules)
            if end > at:
                return (unit.span(at, end),)
        end = phrase_end(unit, at, stop, rules)
        at = max(end, at + 1)
    return ()


def _with_apposition(unit: Unit, found: tuple[Span, ...], rules: QuoteRules) -> tuple[Span, ...]:
    """ "Mark Muster, der Sprecher der Werft": a part without a verb behind the subject."""
    end = found[-1].end
    at = next((i for i in range(len(unit)) if unit.end[i] == end), -1)
    if at < 0 or at + 1 >= unit.body or unit.low[at + 1] != ",":
        return found
    k = unit.part_of[at] + 1
    if k >= len(unit.parts):
        return found
    part = unit.parts[k]
    if part.finite or part.to_infinitive or not is_nominal(unit, part.first, rules):
        return found
    end = phrase_end(unit, part.first, part.stop, rules)
    if end < part.stop and unit.low[end] in rules.classes["preposition"] and part.stop >= unit.body:
        end = part.stop
    return (Span(found[0].start, unit.end[end - 1]),) if end > part.first else found


def _agent(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    for at in range(cue.first, cue.stop):
        if unit.low[at] in rules.classes["agent"] and unit.kind[at] in "wN":
            end = phrase_end(unit, at + 1, cue.stop, rules)
            if end > at + 1:
                return (unit.span(at + 1, end),)
    return ()


def _earlier_subject(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    """The subject of the clause before, which a coordinated verb shares."""
    if cue.place == "inverted":
        return ()
    for k in range(unit.part_of[cue.at], -1, -1):
        other = unit.parts[k]
        verbs = [at for at in other.finite if at < cue.at]
        if not verbs or other.opening:
            continue
        first, stop = trimmed(unit, other.first, verbs[0], rules)
        if first < stop and is_nominal(unit, first, rules):
            return (unit.span(first, stop),)
        return _subject_in(
            unit,
            verbs[0] + 1,
            min(other.stop, cue.at if k == unit.part_of[cue.at] else other.stop),
            rules,
        )
    return ()


def addressee_of(unit: Unit, cue: Cue, rules: QuoteRules) -> tuple[Span, ...]:
    """Whom the cue's clause names as told."""
    return dative_after(unit, cue.at + 1, cue.stop, rules)
