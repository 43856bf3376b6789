"""An article cut for the rules: units of sentences, items in them, parts between commas.

What stands between quotation marks or in brackets is one item, so that no rule looks into it
by accident. A unit is a sentence, or several that one stretch between marks runs across.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from beleg.layers.quotes.by_rules.phrases import phrase_end
from beleg.layers.quotes.by_rules.unit import Kind, Opening, Part, Unit
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Sentence, Span
from beleg.text.marks import Marked
from beleg.text.tokens import Token

_BORDERS = frozenset((",", ";", ":", "–", "—", "-", "--", "/", "…", "..."))
_STOPS = frozenset((".", "!", "?", "?!", "!?", "!!", "..", "..."))
_LONGEST_UNIT = 250  # items; looking back and forth in a unit takes time
_LONGEST_BRACKET = 60  # tokens; what is longer is read like the rest


def cut_units(
    sentences: Sequence[Sentence], marked: Sequence[Marked], rules: QuoteRules
) -> list[Unit]:
    """The units of an article; linear in its length."""
    outer = [m.span for m in marked if m.depth == 0]
    starts = [span.start for span in outer]
    units: list[Unit] = []
    at = 0
    while at < len(sentences):
        first = at
        end = sentences[at].span.end
        known = bisect_left(starts, sentences[at].span.start)
        while known < len(outer) and outer[known].start < end:
            while outer[known].end > end and at + 1 < len(sentences):
                at += 1
                end = sentences[at].span.end
            known += 1
        at += 1
        group = sentences[first:at]
        unit = Unit(group[0].paragraph, group[0].kind == "heading")
        unit.opens_paragraph = first == 0 or sentences[first - 1].paragraph != unit.paragraph
        tokens = [token for sentence in group for token in sentence.tokens]
        _fill(unit, tokens, outer, bisect_left(starts, tokens[0].start), rules)
        for piece in _pieces(unit):
            _cut_parts(piece, rules)
            units.append(piece)
    return units


def _pieces(unit: Unit) -> list[Unit]:
    """The unit, or pieces of one so long that it is no sentence of a person's: a list, a table."""
    if len(unit) <= _LONGEST_UNIT:
        return [unit]
    pieces = []
    for first in range(0, len(unit), _LONGEST_UNIT):
        stop = first + _LONGEST_UNIT
        piece = Unit(unit.paragraph, unit.heading)
        piece.low, piece.kind = unit.low[first:stop], unit.kind[first:stop]
        piece.start, piece.end = unit.start[first:stop], unit.end[first:stop]
        piece.worded = {at - first for at in unit.worded if first <= at < stop}
        pieces.append(piece)
    return pieces


def _fill(
    unit: Unit, tokens: Sequence[Token], outer: Sequence[Span], known: int, rules: QuoteRules
) -> None:
    closers = _brackets(tokens) if any(token.text in "([" for token in tokens) else {}
    low, kinds, starts, ends = unit.low, unit.kind, unit.start, unit.end
    at, count = 0, len(tokens)
    opening = outer[known].start if known < len(outer) else -1
    while at < count:
        token = tokens[at]
        stop = at + 1
        if 0 <= opening <= token.start:
            end = outer[known].end
            while stop < count and tokens[stop].start < end:
                stop += 1
            known += 1
            opening = outer[known].start if known < len(outer) else -1
            kinds.append("Q")
            inside = tokens[at:stop]
            if any(t.text.islower() and t.text not in rules.function_words for t in inside):
                unit.worded.add(len(low))
        elif at in closers:
            stop = closers[at] + 1
            while known < len(outer) and outer[known].start < tokens[stop - 1].end:
                known += 1
            opening = outer[known].start if known < len(outer) else -1
            kinds.append("B")
        else:
            kinds.append(_kind(token.text))
        low.append(token.text.lower() if stop == at + 1 else token.text[0])
        starts.append(token.start)
        ends.append(tokens[stop - 1].end)
        at = stop


def _brackets(tokens: Sequence[Token]) -> dict[int, int]:
    found: dict[int, int] = {}
    opened = -1
    for at, token in enumerate(tokens):
        if token.text in ("(", "["):
            opened = at
        elif token.text in (")", "]") and opened >= 0:
            if at - opened <= _LONGEST_BRACKET:
                found[opened] = at
            opened = -1
    return found


def _kind(word: str) -> Kind:
    first = word[0]
    if first.isalpha():
        return "N" if first.isupper() else "w"
    if first.isdigit():
        return "N"
    if word in _STOPS:
        return "."
    return "," if word in _BORDERS else "x"


def _cut_parts(unit: Unit, rules: QuoteRules) -> None:
    # The capital that opens a sentence makes no noun of an article.
    if unit.kind[0] == "N" and unit.low[0] in rules.function_words:
        unit.kind[0] = "w"
    unit.first_person = any(word in rules.classes["first-person"] for word in unit.low)
    first = 0
    stop = unit.body
    for at in range(stop + 1):
        if at < stop:
            unit.part_of.append(len(unit.parts))
        if at == stop or unit.kind[at] in ",.":
            if at > first:
                unit.parts.append(_part(unit, first, at, rules))
            elif at < stop and unit.part_of:
                unit.part_of[-1] = max(len(unit.parts) - 1, 0)
            first = at + 1
    unit.part_of.extend([max(len(unit.parts) - 1, 0)] * (len(unit) - len(unit.part_of)))


def _part(unit: Unit, first: int, stop: int, rules: QuoteRules) -> Part:
    low, kind, classes = unit.low, unit.kind, rules.classes
    head = first
    while head + 1 < stop and low[head] in classes["coordinator"]:
        head += 1
    part = Part(first, stop, head, coordinated=head > first)
    for at in range(first, stop):
        word = low[at]
        if kind[at] not in "wN" or (kind[at] == "N" and at > 0):
            continue
        if word in classes["determiner"] or (
            at > first and low[at - 1] in classes["infinitive-mark"]
        ):
            continue
        if word in rules.finite or (kind[at] == "w" and _is_weak_past(word, rules)):
            attribute = at + 1 < stop and kind[at + 1] == "N" and _after_determiner(unit, at, rules)
            if attribute and word not in classes["auxiliary"]:
                continue
            part.finite.append(at)
            if not unit.first_person and word in rules.subjunctive and kind[at] == "w":
                part.subjunctive.append(at)
            elif not unit.first_person and word in classes["subjunctive-second"]:
                part.second.append(at)
        if _is_to_infinitive(unit, at, stop, rules):
            part.to_infinitive = True
    if not part.finite and not part.to_infinitive:
        part.subjunctive = _guessed_subjunctive(unit, part, rules)
        part.finite = part.subjunctive or _guessed_finite(unit, part, rules)
    if part.to_infinitive and (
        not classes["infinitive-mark"].isdisjoint(low[max(stop - 2, 0) : stop - 1])
        or rules.has_mark(low[stop - 1])
    ):
        sure = classes["auxiliary"] | classes["modal"] | classes["modality-verb"]
        part.finite = [place for place in part.finite if low[place] in sure]
    part.opening = _opening(unit, part, rules)
    return part


def _is_to_infinitive(unit: Unit, at: int, stop: int, rules: QuoteRules) -> bool:
    """Whether "zu gehen" or "anzugeben" begins there."""
    if unit.low[at] in rules.classes["infinitive-mark"]:
        return at + 1 < stop and unit.kind[at + 1] == "w" and unit.low[at + 1].endswith("n")
    return rules.is_marked(unit.low[at])


def _guessed_subjunctive(unit: Unit, part: Part, rules: QuoteRules) -> list[int]:
    """A form on -e right behind the phrase that opens a main clause ("der Bund bereite … vor").

    No other word stands there: Konjunktiv I of any verb ends so in the third person (Duden
    Grammatik, Konjunktiv I), and an adjective would need an article before it.
    """
    low, first = unit.low, part.head
    if unit.first_person or unit.heading or first + 1 >= part.stop:
        return []
    end = first + 1 if low[first] in rules.classes["nominative"] else 0
    end = end or phrase_end(unit, first, part.stop, rules)
    if not first < end < part.stop - 1 or low[first] in rules.classes["preposition"]:
        return []
    word = low[end]
    fits = unit.kind[end] == "w" and word.endswith("e") and len(word) > 4
    return [end] if fits and not word.endswith("te") and word not in rules.function_words else []


def _guessed_finite(unit: Unit, part: Part, rules: QuoteRules) -> list[int]:
    """A form on -t that may be a verb; at the end of a clause with the verb last also -en, -te."""
    low, kind, classes = unit.low, unit.kind, rules.classes
    last = part.stop - 1
    subordinate = low[part.head] in classes["relative"] or low[part.head] in classes["subordinator"]
    if (
        subordinate
        and last > part.head
        and kind[last] == "w"
        and low[last].endswith(("t", "en", "te"))
    ):
        return [last]
    return [
        at
        for at in range(part.first, part.stop)
        if kind[at] == "w"
        and low[at].endswith("t")
        and len(low[at]) > 3
        and low[at] not in rules.never_finite
        and low[at] not in classes["adverb"]
        and not low[at].startswith("ge")
    ][:1]


def _is_weak_past(word: str, rules: QuoteRules) -> bool:
    return (
        len(word) > 5
        and word.endswith(rules.endings["weak-past-ending"])
        and not word.endswith(rules.endings["superlative-ending"])
    )


def _after_determiner(unit: Unit, at: int, rules: QuoteRules) -> bool:
    word = unit.low[at - 1] if at else ""
    return word in rules.classes["determiner"] or word in rules.classes["oblique"]


def _opening(unit: Unit, part: Part, rules: QuoteRules) -> Opening:
    low, classes = unit.low, rules.classes
    head = part.head
    if (
        head + 1 < part.stop
        and low[head] in classes["adverb"]
        and low[head + 1] in classes["conjunction"]
    ):
        head += 1
    word = low[head]
    if word in classes["conjunction"]:
        return "content"
    final = bool(part.finite) and part.finite[-1] >= part.stop - 2
    if word in classes["as"] and (final or (part.first == 0 and not part.finite)):
        return "as"
    if part.first > 0 and part.finite:
        if word in classes["question"] and final:
            return "question"
        behind = low[head + 1] if head + 1 < part.stop else ""
        if (
            word in classes["preposition"]
            and behind in classes["relative"]
            and not _verb_second(unit, part, head + 1, rules)
        ):
            return "relative"
        if word in classes["relative"] and not _verb_second(unit, part, head, rules):
            return "relative"
    if word in classes["subordinator"] and (final or part.to_infinitive):
        return "conjunction"
    return ""


def _verb_second(unit: Unit, part: Part, head: int, rules: QuoteRules) -> bool:
    """Whether the finite verb follows the phrase that opens the part, as in main clauses."""
    verb = part.finite[0]
    end = max(phrase_end(unit, head, verb, rules), head + 1)
    while end < verb and unit.low[end] in rules.classes["adverb"]:
        end += 1
    if end == verb:
        return head + 1 < verb or verb < part.stop - 1
    # "die Partei im Landtag habe": an attribute with a preposition belongs to the phrase.
    return (
        end > head + 1
        and unit.low[end] in rules.classes["preposition"]
        and phrase_end(unit, end + 1, verb, rules) == verb
        and verb < part.stop - 1
    )
