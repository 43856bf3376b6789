"""Finds what is concluded and what is given for it: reasons, precedents, objections.

Connectives say most of it ("denn", "deshalb", "zwar … aber"). Where a voice argues, as in a
commentary, the sentences beside a claim are taken for its reasons without one: such edges
have no cue.
"""

from __future__ import annotations

from collections.abc import Sequence

from beleg.encoder.model import Floats
from beleg.layers.argument.carrying import Carried, Weakness, carrying
from beleg.layers.argument.graph import build_graph
from beleg.layers.argument.head import sentence_logits
from beleg.layers.argument.prose import find_unmarked
from beleg.layers.argument.reading import read_units
from beleg.layers.argument.relations import find_relations
from beleg.records import Argument, Quotation
from beleg.rules.connective_rules import ConnectiveRules
from beleg.text import Sentence

__all__ = ["Carried", "Weakness", "carrying", "find_argument", "sentence_logits"]


def find_argument(
    text: str,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quotation],
    *,
    rules: ConnectiveRules,
    logits: Floats | None = None,
) -> Argument:
    """The argument of an article as a graph; the quotation of a node is the innermost.

    sentences, quotes: of `text`, each in order. logits: [sentences, 2], as `sentence_logits` gives
    them; without, only traits tell what has no connective. Every conclusion has at least one edge to it.
    """
    if not text:
        return Argument(nodes=(), edges=())
    units = read_units(sentences, quotes, rules)
    relations = list(find_relations(units, rules))
    told = {} if logits is None else dict(zip((s.span for s in sentences), logits, strict=True))
    relations += find_unmarked(units, relations, told, rules)
    return build_graph(relations)
