"""Quotations by rules alone: tables of words that report, Konjunktiv, quotation marks."""

from beleg.layers.quotes.by_rules.find import find_quotations_by_rules, is_plain
from beleg.layers.quotes.by_rules.nested import find_nested, holding

__all__ = ["find_nested", "find_quotations_by_rules", "holding", "is_plain"]
