"""Beleg reads German news articles and keeps the books on them."""

__version__ = "0.1.0"
