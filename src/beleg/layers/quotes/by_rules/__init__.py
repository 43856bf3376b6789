"""Quotations by rules alone: tables of words that report, Konjunktiv, quotation marks."""

from beleg.layers.quotes.by_rules.find import find_quotations_by_rules

__all__ = ["find_quotations_by_rules"]
