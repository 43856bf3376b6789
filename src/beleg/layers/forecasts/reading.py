"""A sentence as the layer reads it: what each token can be, and the parts between borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beleg.rules.forecast_rules import ForecastRules
from beleg.text.article import Span
from beleg.text.tokens import Token

# opener of a part: "sub" a subordinator, "rel" a relative pronoun, "asks" a question word,
# "infinitive" an infinitive with zu and no finite verb, "part" no finite verb, "main" the rest
Opening = Literal["main", "sub", "rel", "asks", "infinitive", "part"]

NEAR = 25  # tokens a verb is from its particle or auxiliary; finite verbs of a part looked at
_BORDERS = frozenset(",;:()–—/")
_QUOTES = frozenset("„“”‚‘’»«›‹\"'[]…")  # an ellipsis in brackets is no border either
_INSERTED = 3  # parts behind its conjunction in which a clause may end
_OPENING_REACH = 3  # tokens in which a subordinator opens a part ("und dass", "in dem")


@dataclass(slots=True)
class Part:
    """Tokens `[start, stop)` between two borders; `lead`: index of the word that opens it.

    finite: indices of finite verbs.
    """

    start: int
    stop: int
    lead: int
    opening: Opening
    finite: list[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence: its tokens in lower case, their codes, its parts.

    codes: those of the timeline table; "," border, "q" quotation mark, "N" noun or name,
        "#" number, "t" part of a time, "w" weak preterite, "a" any other word.
    part_of: for each token the index of its part, or -1 at borders.
    """

    tokens: Sequence[Token]
    lower: list[str]
    codes: list[str]
    parts: list[Part]
    part_of: list[int]

    def is_infinitive(self, index: int, rules: ForecastRules) -> bool:
        """Whether the token can be an infinitive at the end of its clause."""
        if self.lower[index] in rules.classes["being"] and self.codes[index] != "F":
            return self._ends(index)  # "sein" is a determiner elsewhere
        if self.codes[index] in "NDRKpxt#,q" or self.lower[index] in rules.classes["not-verb"]:
            return False
        word = self.lower[index]
        if self.codes[index] == "F" and (
            rules.shapes["never-infinitive"].match(word) or word in rules.timeline.past
        ):
            return False
        return bool(rules.shapes["infinitive"].match(word)) and not self._before_noun(index, rules)

    def _ends(self, index: int) -> bool:
        return index + 1 == len(self.codes) or self.codes[index + 1] in ",qKF"

    def is_participle(self, index: int, rules: ForecastRules) -> bool:
        """Whether the token can be a participle that is no attribute."""
        if index < 0 or self.codes[index] in "NDRKpt#,q":
            return False
        return rules.shapes["participle"].match(self.lower[index]) is not None

    def with_zu(self, index: int, rules: ForecastRules) -> bool:
        """Whether the infinitive has "zu" before it or in it."""
        if index and self.lower[index - 1] in rules.timeline.classes["infinitive-particle"]:
            return True
        return rules.shapes["marked-infinitive"].match(self.lower[index]) is not None

    def _before_noun(self, index: int, rules: ForecastRules) -> bool:
        after = index + 1
        while after < len(self.codes) and self.codes[after] == "a" and after < index + 4:
            if self.is_participle(after, rules):
                return False
            after += 1
        return after < len(self.codes) and self.codes[after] == "N"


def tells_of_past(reading: Reading, part: Part, rules: ForecastRules) -> bool:
    """Whether a part has a finite preterite."""
    past = rules.timeline.past
    return any(reading.codes[i] == "w" or reading.lower[i] in past for i in part.finite[:NEAR])


def opens_with_verb(reading: Reading, number: int, behind: int, rules: ForecastRules) -> bool:
    """ "Bricht der Damm, so wird …": a part with its verb first, before one that begins with its
    verb or with "so", "dann". behind: a token of that one. A preterite states a contrast."""
    part = reading.parts[number]
    first = reading.lower[part.lead]
    unknown = not part.finite and rules.shapes["finite"].match(first) is not None
    if number or part.stop - part.start < 2 or not (unknown or part.lead in part.finite[:1]):
        return False
    if tells_of_past(reading, part, rules) and first not in rules.classes["condition-verb"]:
        return False
    after = reading.parts[reading.part_of[behind]]
    return reading.lower[after.lead] in rules.classes["then"] or after.lead in after.finite[:1]


def read_sentence(tokens: Sequence[Token], times: Sequence[Span], rules: ForecastRules) -> Reading:
    """The reading of a sentence; `times` are the places of its times, in order."""
    lower = [token.text.lower() for token in tokens]
    codes: list[str] = []
    at = 0
    initial = True
    long_time = False  # the time read last has a comma in it, so that one closes it
    for index, token in enumerate(tokens):
        while at < len(times) and times[at].end <= token.start:
            at += 1
        if token.text == "," and codes and codes[-1] == "t" and long_time:
            codes.append("x")
            continue
        in_time = at < len(times) and times[at].start <= token.start
        code = "t" if in_time else _code(token.text, lower[index], initial, rules)
        if code == "," and token.text in "/-" and _joins(tokens, index):
            code = "x"  # "km/h", "„Jamaika“-Koalition"
        codes.append(code)
        if in_time:
            long_time = token.text == "," or (long_time and codes[-2:-1] == ["t"])
        if code != "q":
            initial = token.text in ":"
    reading = Reading(tokens, lower, codes, [], [-1] * len(tokens))
    _cut(reading, rules)
    return reading


def _joins(tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark stands between two tokens without any space."""
    if not 0 < index < len(tokens) - 1:
        return False
    mark = tokens[index]
    return tokens[index - 1].end == mark.start and tokens[index + 1].start == mark.end


def _code(text: str, lower: str, initial: bool, rules: ForecastRules) -> str:
    first = text[0]
    if not first.isalnum():
        if first in _QUOTES:
            return "q"
        return "," if first in _BORDERS or not text.strip(".!?-") else "x"
    if first.isdigit():
        return "#"
    if first.isupper() and not initial:
        return "N"
    known = rules.timeline.codes.get(lower)
    if known is not None:
        return known
    if lower in rules.modals:
        return "F"
    if first.isupper():
        return "a" if lower in rules.cues else "N"  # "Geplant ist …", "Künftig zahlt …"
    if (
        len(lower) > 4
        and lower.endswith(rules.timeline.weak_endings)
        and lower not in rules.timeline.weak_except
    ):
        return "w"
    return "a"


def _cut(reading: Reading, rules: ForecastRules) -> None:
    start = 0
    codes = reading.codes
    for index in range(len(codes) + 1):
        if index < len(codes) and codes[index] != ",":
            continue
        if index > start:
            for number in range(start, index):
                reading.part_of[number] = len(reading.parts)
            reading.parts.append(_part(reading, start, index, rules))
        start = index + 1
    _close_clauses(reading, rules)


def _close_clauses(reading: Reading, rules: ForecastRules) -> None:
    """Finds the verb of "falls Hallen verkauft werden", of "dass die, die es wollen, gehen können".

    At the end of a part such a verb looks like an infinitive; an open conjunction wants it finite.
    """
    open_until = -1  # the last part in which an open subordinate clause may end
    for number, part in enumerate(reading.parts):
        last = last_word(reading, part)
        opens = part.opening in ("sub", "asks", "rel")
        plural = reading.codes[last] == "F" and rules.shapes["en-form"].match(reading.lower[last])
        if part.finite:
            open_until = open_until if opens else -1
        elif plural and last > part.lead and (opens or number <= open_until):
            part.finite.append(last)
            open_until = open_until if opens else -1
        elif opens:
            open_until = number + _INSERTED


def _part(reading: Reading, start: int, stop: int, rules: ForecastRules) -> Part:
    finite: list[int] = []
    for index in range(start, stop):
        if _is_finite(reading, index, start, stop, bool(finite), rules):
            finite.append(index)
    part = Part(start, stop, start, "part", finite)
    first = start
    while first < stop - 1 and reading.codes[first] in "Kq":
        first += 1
    part.lead = first
    part.opening = _opening(reading, part, rules)
    return part


def _is_finite(
    reading: Reading, index: int, start: int, stop: int, another: bool, rules: ForecastRules
) -> bool:
    """another: whether a finite verb stands before it in the part."""
    code, word = reading.codes[index], reading.lower[index]
    if index > start and reading.lower[index - 1] in rules.timeline.classes["infinitive-particle"]:
        return False
    if (
        another
        and index == stop - 1
        and (rules.shapes["en-form"].match(word) or rules.shapes["infinitive"].match(word))
    ):
        return False  # "würde der Damm nicht aushalten", "werden alles tun"
    if code == "F":
        opens = index == start + 1 and index + 1 < stop and reading.codes[index + 1] == "F"
        if opens and word in rules.classes["becoming"]:
            return False  # "Verkauft werden sollen"
        infinitive = bool(
            word in rules.timeline.classes["infinitive-homograph"]
            or rules.shapes["en-form"].match(word)
        )
        if infinitive and index + 2 == stop and reading.codes[index + 1] == "F":
            return False  # "gebaut werden sollen"
        marked = infinitive and index + 3 == stop
        if marked and reading.lower[index + 1] in rules.timeline.classes["infinitive-particle"]:
            return False  # "halten zu können"
        # "kommen werden", "gebaut werden": an infinitive at the end beside another verb.
        if infinitive and index == stop - 1 and index > start:
            return not reading.is_participle(index - 1, rules)
        return True
    if code == "w":
        if rules.shapes["marked-infinitive"].match(word):
            return False  # "einzurichten"
        verb_behind = index + 1 < stop and reading.codes[index + 1] == "F"
        if verb_behind and rules.shapes["ten-form"].match(word):
            return False  # "arbeiten würde"
        return not (index + 1 < stop and reading.codes[index + 1] == "N")
    if code != "a" or rules.shapes["finite"].match(word) is None:
        return False
    if index + 1 < stop and reading.codes[index + 1] == "F" and index > start:
        return False  # "investiert werden"
    if index == stop - 1:
        return index > start
    return index == start or reading.codes[index - 1] in "Ntpq#" or index <= start + 2


def last_word(reading: Reading, part: Part) -> int:
    """The last token of a part that is no quotation mark."""
    last = part.stop - 1
    while last > part.lead and reading.codes[last] == "q":
        last -= 1
    return last


def _opening(reading: Reading, part: Part, rules: ForecastRules) -> Opening:
    classes, lower, codes = rules.timeline.classes, reading.lower, reading.codes
    last = last_word(reading, part)
    verb_last = bool(part.finite) and part.finite[-1] >= last - 1
    for index in range(part.lead, min(part.lead + _OPENING_REACH, part.stop)):
        word = lower[index]
        if word in classes["subordinator"]:
            part.lead = index
            return "asks" if _asks(word, rules) else "sub"
        if word in classes["maybe-subordinator"] and index <= part.lead + 1:
            early = part.finite and part.finite[0] <= index + 1
            marked = not part.finite and _ends_in_infinitive(reading, last, rules)
            if not early and not marked and (verb_last or not part.finite):
                part.lead = index
                if (
                    word in rules.classes["where"]
                    and part.start > 1
                    and codes[part.start - 2] == "N"
                ):
                    return "rel"  # "in Spanien, wo am 9. März gewählt werden soll"
                return "asks" if _asks(word, rules) else "sub"
        if codes[index] not in "xatR#D":
            break
    at = part.lead + 1 if codes[part.lead] == "R" and part.lead + 1 < part.stop else part.lead
    if part.start and lower[at] in classes["relative"] and (verb_last or not part.finite):
        # "der Damm werde verstärkt": the finite verb before its participle, so no relative clause.
        first = part.finite[0] if part.finite else last
        early = first < last - 1 or (first < last and codes[first] == "F" != codes[last])
        if not early and (part.finite or _opens_relative(reading, at, part.stop, rules)):
            asks = _asks(lower[at], rules) and part.start > 1 and codes[part.start - 2] != "N"
            return "asks" if asks else "rel"
    if part.finite:
        return "main"
    return "infinitive" if _ends_in_infinitive(reading, last, rules) else "part"


def _asks(word: str, rules: ForecastRules) -> bool:
    return word in rules.timeline.classes["complement"] and word not in rules.classes["that"]


def _opens_relative(reading: Reading, at: int, stop: int, rules: ForecastRules) -> bool:
    """ "die mit Booten …": a pronoun, no article, before a preposition or pronoun."""
    if at + 2 == stop:
        return bool(rules.shapes["en-form"].match(reading.lower[at + 1]))  # "die fragen"
    return at + 1 < stop and reading.codes[at + 1] in "RpxtD"


def _ends_in_infinitive(reading: Reading, last: int, rules: ForecastRules) -> bool:
    word = reading.lower[last]
    return bool(rules.shapes["infinitive"].match(word)) and reading.with_zu(last, rules)
