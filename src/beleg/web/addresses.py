"""Addresses within the application that came from a browser."""

from __future__ import annotations

import re

# No scheme, no host ("//…", and "/\…", which browsers read alike), nothing that splits a header.
_OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1000}")


def within(address: object, otherwise: str = "/") -> str:
    """`address` if it leads to a page of ours, else `otherwise`."""
    return address if isinstance(address, str) and _OURS.fullmatch(address) else otherwise
