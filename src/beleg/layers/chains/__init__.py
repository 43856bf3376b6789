"""Chains of voices: in which quotation each one stands, and on whose word it comes to us."""

from beleg.layers.chains.link import link_quotations
from beleg.layers.chains.voices import Via, find_vias

__all__ = ["Via", "find_vias", "link_quotations"]
