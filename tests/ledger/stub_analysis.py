"""In the place of the network: an analysis that knows one name and one quotation."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

from made import analysis_of

from beleg.ledger import adding
from beleg.records import Analysis
from beleg.text.article import Article

_AT_ONCE = 8
_SAID = re.compile("„([^“]+)“, sagte Erna Müller")


class Stub:
    """Reads some articles ahead, as the real one does; counts what it analyses."""

    def __init__(self, model: str = "test@1", *, seconds: float = 0.0) -> None:
        self.model = model
        self.read: list[str] = []
        self._seconds = seconds

    def put_in(self, set_: Callable[[object, str, object], None] = setattr) -> None:
        """Puts itself in the place of the real one."""
        set_(adding, "analyse_each", self)
        set_(adding, "load_encoder", lambda: SimpleNamespace(name=self.model))

    def __call__(
        self, readers: Iterable[Callable[[], Article]], *, mode: str
    ) -> Iterator[Analysis | Exception]:
        ahead: list[Article | Exception] = []
        for reader in readers:
            try:
                ahead.append(reader())
            except Exception as error:
                ahead.append(error)
            if len(ahead) == _AT_ONCE:
                yield from map(self._analysis, ahead)
                ahead = []
        yield from map(self._analysis, ahead)

    def _analysis(self, found: Article | Exception) -> Analysis | Exception:
        if isinstance(found, Exception):
            return found
        time.sleep(self._seconds)
        self.read.append(found.source)
        if "Fehler" in found.text:
            return ZeroDivisionError("a fault of ours")
        said = _SAID.search(found.text)
        return analysis_of(
            found.text,
            people={"Erna Müller": "person"} if "Erna Müller" in found.text else {},
            said={said[1]: "Erna Müller"} if said else {},
            title=found.title,
            published=found.published,
            model=self.model,
        )
