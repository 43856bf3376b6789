"""Adding many articles to a ledger, and analysing those it has anew.

Articles are analysed many at once, and entered one by one, each in a transaction of its own:
whatever stops the work leaves whole articles, and the same call again goes on where it stopped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

from sqlalchemy import Connection, or_, select

from beleg.analyse import analyse_each
from beleg.encoder.model import load_encoder
from beleg.errors import IntakeError, LedgerBroken, LedgerUnreachable
from beleg.ledger import schema
from beleg.ledger.article_changes import (
    Added,
    Outcome,
    add_appearance,
    add_article,
    known_article,
    renew_analysis,
)
from beleg.ledger.corrections import found_by_machine
from beleg.ledger.sources import Reader, SourceOptions, readers_of
from beleg.ledger.store import Ledger
from beleg.modes import Mode
from beleg.records import Analysis
from beleg.text.article import Article
from beleg.version import __version__

# With these, no article after this one can be entered either.
_LASTING = (LedgerUnreachable, LedgerBroken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one input.

    source: where the article was read, or what the failure names. outcome: see `Added`; "failed"
    with the reason in `failure`. article: its number in the ledger.
    """

    source: str
    outcome: Outcome | Literal["failed"]
    article: int | None = None
    failure: Exception | None = None


def add_all(
    ledger: Ledger, readers: Iterable[Reader], *, who: str, mode: Mode = "news", why: str = ""
) -> Iterator[Result]:
    """Enters the article of each reader (see `sources`), and says what became of it, in order.

    A text that the ledger has by this version, model and mode is not analysed again; only the
    place is noted. An article that cannot be read or entered costs no other. Nothing is done
    before the first result is asked for. Raises ModelError, and LedgerUnreachable or LedgerBroken
    as soon as the ledger cannot be written: what came before is kept.
    """
    model = load_encoder().name
    waiting: deque[_New] = deque()

    def new() -> Iterator[_New]:
        for read in readers:
            waiting.append(one := _New(ledger, read, mode=mode, model=model))
            yield one

    for analysis in analyse_each(new(), mode=mode):
        one = waiting.popleft()
        enter = partial(_enter, ledger, one, analysis, who=who, mode=mode, why=why)
        yield _result(one.source, enter)


def add_place(
    ledger: Ledger,
    place: str,
    *,
    options: SourceOptions,
    who: str,
    mode: Mode = "news",
) -> Iterator[Result]:
    """Enters whatever is at a place, as `readers_of` and `add_all` do."""
    return add_all(ledger, readers_of(place, options=options), who=who, mode=mode)


def outdated(db: Connection, mode: Mode) -> tuple[int, ...]:
    """The articles read in that mode whose analysis is by another version or model than now."""
    a, n = schema.articles.c, schema.analyses.c
    other = or_(n.beleg != __version__, n.model != load_encoder().name)
    query = select(a.id).join(schema.analyses, n.id == a.analysis_id)
    return tuple(db.scalars(query.where(n.mode == mode, other).order_by(a.id)))


def reanalyse(
    ledger: Ledger, *, who: str, why: str = "", only: int | None = None
) -> Iterator[Result]:
    """Analyses every article anew that is `outdated`, and says what became of each.

    only: the one that is meant, if it is one. Each keeps its mode, and what people corrected. Raises as `add_all` does.
    """
    for mode in get_args(Mode):
        with ledger.read() as db:
            ids = tuple(id_ for id_ in outdated(db, mode) if only in (None, id_))
        readers = (partial(_stored, ledger, id_) for id_ in ids)
        for id_, analysis in zip(ids, analyse_each(readers, mode=mode), strict=True):
            renew = partial(_renew, ledger, id_, analysis, who=who, mode=mode, why=why)
            yield _result(f"article {id_}", renew)


class _Known(Exception):
    """The ledger has this text: nothing is left to analyse."""


class _New:
    """Reads an article, unless the ledger knows it. Raises _Known, and what the reader raises."""

    def __init__(self, ledger: Ledger, read: Reader, *, mode: Mode, model: str) -> None:
        self._ledger = ledger
        self._read = read
        self._mode: Mode = mode
        self._model = model
        self.article: Article | None = None

    def __call__(self) -> Article:
        self.article = self._read()
        with self._ledger.read() as db:
            known = known_article(
                db,
                self.article.id,
                beleg=__version__,
                model=self._model,
                mode=self._mode,
                given=self.article.published_given,
            )
        if known:
            raise _Known
        return self.article

    @property
    def source(self) -> str:
        return self.article.source if self.article else "<unread>"


def _enter(
    ledger: Ledger, one: _New, analysis: Analysis | Exception, *, who: str, mode: Mode, why: str
) -> Added:
    """Raises the analysis if it is none."""
    if isinstance(analysis, _Known) and one.article is not None:
        with ledger.change(who=who, why=why) as change:
            return add_appearance(change, one.article)
    if isinstance(analysis, Exception):
        raise analysis
    with ledger.change(who=who, why=why) as change:
        return add_article(change, analysis, source=one.source, mode=mode)


def _renew(
    ledger: Ledger, id_: int, analysis: Analysis | Exception, *, who: str, mode: Mode, why: str
) -> Added:
    """Raises the analysis if it is none."""
    if isinstance(analysis, Exception):
        raise analysis
    with ledger.change(who=who, why=why) as change:
        return renew_analysis(change, id_, analysis, mode=mode)


def _result(source: str, enter: Callable[[], Added]) -> Result:
    """What came of it; raises what would stop all the others too."""
    try:
        added = enter()
    except _LASTING:
        raise
    except Exception as error:
        named = error.where if isinstance(error, IntakeError) else source
        return Result(source=named, outcome="failed", failure=error)
    return Result(source=source, outcome=added.outcome, article=added.id)


def _stored(ledger: Ledger, id_: int) -> Article:
    """An article as it was read, from its current analysis; what people said goes on that one."""
    with ledger.read() as db:
        analysis = found_by_machine(db, id_)
    document = analysis.document
    return Article(
        text=document.text,
        title=document.title,
        author=document.author,
        outlet=document.outlet,
        url=document.url,
        published=document.published,
        published_given=analysis.dating.basis == "given",
        source=f"article {id_}",
    )
