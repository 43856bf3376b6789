"""All quotations of an article that the rules see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beleg.layers.quotes.by_rules.attribution import attributed
from beleg.layers.quotes.by_rules.cues import find_cues
from beleg.layers.quotes.by_rules.direct import attributed_direct, direct_quotations
from beleg.layers.quotes.by_rules.indirect import indirect_quotations
from beleg.layers.quotes.by_rules.nouns import by_nouns
from beleg.layers.quotes.by_rules.running import hearsay, reported, running_on, runs_on
from beleg.layers.quotes.by_rules.unit import Unit
from beleg.layers.quotes.by_rules.view import cut_units
from beleg.layers.quotes.found import FoundQuotation
from beleg.rules.quote_rules import QuoteRules
from beleg.text import Sentence, Span
from beleg.text.marks import Marked


def find_quotations_by_rules(
    article_text: str,
    sentences: Sequence[Sentence],
    marked: Sequence[Marked],
    *,
    rules: QuoteRules,
) -> tuple[FoundQuotation, ...]:
    """The quotations of an article by their first words, the outer before the inner.

    Time is linear in the length of the article.
    """
    found: list[FoundQuotation] = []
    last: FoundQuotation | None = None
    near = False
    for unit in cut_units(sentences, marked, rules):
        quotes = _in_unit(unit, article_text, last, near, rules)
        if (
            len(quotes) > 0
            and found
            and near
            and quotes[0].type == "indirect-free-indirect"
            and last is not None
            and last.type == "indirect-free-indirect"
        ):
            # One quotation goes on over the sentences.
            before = max(
                i for i, quote in enumerate(found) if quote.type == "indirect-free-indirect"
            )
            joined = Span(found[before].spans[0].start, quotes[0].spans[0].end)
            found[before] = last = replace(found[before], spans=(joined,))
            quotes = quotes[1:]
            found.extend(quotes)
            continue
        found.extend(quotes)
        near = bool(quotes)
        if quotes:
            last = next((quote for quote in quotes if quote.speaker), quotes[0])
            if quotes[0].type == "indirect-free-indirect":
                last = quotes[0]
    found.sort(key=lambda quote: (quote.spans[0].start, -quote.spans[-1].end))
    return tuple(found)


def _in_unit(
    unit: Unit,
    text: str,
    last: FoundQuotation | None,
    near: bool,
    rules: QuoteRules,
) -> list[FoundQuotation]:
    if not unit.parts and not any(kind == "Q" for kind in unit.kind):
        return []
    cues = find_cues(unit, rules)
    governed = indirect_quotations(unit, cues, rules)
    quotes = [quote for quote, _ in governed]
    quotes.extend(by_nouns(unit, quotes, rules))
    by_phrase = [attributed_direct(quote, unit) for quote in attributed(unit, quotes, rules)]
    quotes.extend(by_phrase)
    if not quotes:
        whole = None
        if runs_on(unit, after_quote=near):
            whole = running_on(unit, last, rules)
        else:
            whole = hearsay(unit, last, rules)
        if whole is None and not any(
            kind == "Q" and unit.low[max(i - 1, 0)] == ":" for i, kind in enumerate(unit.kind)
        ):
            whole = reported(unit, cues, rules)
        if whole is not None:
            quotes.append(whole)
    elif (
        near
        and all(cue.at in unit.parts[unit.part_of[cue.at]].subjunctive for _, cue in governed)
        and governed
        and not by_phrase
    ):
        quotes.insert(0, running_on(unit, last, rules))
    known = {quote.spans for quote in quotes if quote.type == "direct"}
    direct = direct_quotations(unit, text, cues, quotes, last, rules)
    quotes.extend(quote for quote in direct if quote.spans not in known)
    return quotes
