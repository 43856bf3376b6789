"""Beleg reads German news articles and keeps the books on them.

import beleg
analysis = beleg.analyse("Am Freitag trat sie zurück.", published=date(2024, 3, 7))
print(analysis.times[0].earliest)
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from beleg.version import __version__

if TYPE_CHECKING:
    from beleg.analyse import analyse, analyse_many
    from beleg.records import Analysis

__all__ = ["Analysis", "__version__", "analyse", "analyse_many"]
# All layers are loaded with the first use of one of these, so that commands start at once.
_WHERE = {
    "Analysis": "beleg.records",
    "analyse": "beleg.analyse",
    "analyse_many": "beleg.analyse",
}


class _Package(ModuleType):
    """This package: `beleg.analyse` is the function, also once the module of that name is loaded."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "analyse" and isinstance(value, ModuleType):
            value = vars(value)["analyse"]
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in _WHERE:
            raise AttributeError(f"module 'beleg' has no attribute {name!r}")
        from importlib import import_module

        found = getattr(import_module(_WHERE[name]), name)
        setattr(self, name, found)
        return found

    def __dir__(self) -> list[str]:
        return sorted({*vars(self), *__all__})


sys.modules[__name__].__class__ = _Package
