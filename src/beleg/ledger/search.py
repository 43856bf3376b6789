"""Full-text search: FTS5 in SQLite, tsvector in PostgreSQL, with the same stems in both.

A query is words, all of which have to occur; "words in quotation marks" stand in this order one
after the other; -word must not occur; word* is the beginning of a word. PostgreSQL keeps 255
places of a word in an article: what stands beside a later one is found, but not in its phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    TableClause,
    Text,
    any_,
    cast,
    column,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from beleg.errors import LedgerRefused
from beleg.ledger.counting import COUNTED
from beleg.ledger.stems import folded, stem, stems
from beleg.messages import Message

Index = Literal["article_words", "quotation_words", "person_words"]
_PART = re.compile(r'(-?)(?:["„“”»«]([^"„“”»«]*)["„“”»«]?|([^\s"„“”»«]+))')
_MATHEMATICAL = range(0x1D400, 0x1D800)  # letters in bold and the like
_TERMS = 32  # more words than anybody types; each costs a look into the index
_POSITIONS = 16_383  # the highest a tsvector can hold
_PER_WORD = 256  # and the most positions of one word


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; prefix: the last is only a beginning."""

    words: tuple[str, ...]
    prefix: bool
    wanted: bool


def parse(query: str) -> tuple[Term, ...]:
    """The terms of a query. Raises LedgerRefused if there is no word to look for, or too many."""
    terms = []
    for minus, phrase, word in _PART.findall(query):
        words = tuple(stems(phrase or word))
        prefix = not phrase and word.endswith("*")
        if prefix and words:
            # A beginning is not stemmed: "Verhandl*" is meant as it stands.
            words = (*words[:-1], folded(re.findall(r"[^\W_]+", word)[-1]))
        if words:
            terms.append(Term(words, prefix, not minus))
    if not any(term.wanted for term in terms):
        raise LedgerRefused(
            "the search",
            Message("no_word", "no word to look for"),
            "Give one without a minus sign",
        )
    if sum(len(term.words) for term in terms) > _TERMS:
        raise LedgerRefused(
            "the search",
            Message("too_many_words", f"more than {_TERMS} words", most=_TERMS),
            "Give fewer",
        )
    return tuple(terms)


@cache
def words_table(index: Index) -> TableClause:
    """The table of an index, to join with: `rowid` is the id of what was indexed."""
    return table(index, column("rowid", Integer), column("words", Text))


def matching(db: Connection, index: Index, query: str) -> ColumnElement[bool]:
    """The condition on `words_table(index)` that a query stands for. Raises LedgerRefused."""
    terms, words = parse(query), words_table(index).c.words
    if db.dialect.name == "postgresql":
        return words.op("@@", is_comparison=True)(cast(_tsquery(terms), TSQUERY))
    return words.op("MATCH", is_comparison=True)(_fts5(terms))


def narrowed(
    db: Connection, query: Select[Any], ids: ColumnElement[int], index: Index, asked: str
) -> Select[Any]:
    """`query` for those of `ids` that `asked` finds in an index. Raises LedgerRefused.

    PostgreSQL is told the ids themselves where they are few: it takes the comparison of words for
    cheap and would rather go through all rows in the order of the list than look into the index.
    """
    if db.dialect.name == "postgresql":
        few = few_found(db, index, asked)
        if few is not None:
            return query.where(ids == any_(literal(few, ARRAY(Integer))))
    words = words_table(index)
    return query.join(words, words.c.rowid == ids).where(matching(db, index, asked))


def few_found(db: Connection, index: Index, asked: str) -> Sequence[int] | None:
    """What `asked` finds, in no order; None for more than a thousand. Raises LedgerRefused."""
    ids = select(words_table(index).c.rowid).where(matching(db, index, asked))
    few = db.scalars(ids.limit(COUNTED + 1)).all()
    return few if len(few) <= COUNTED else None


def only_words(chosen: Any) -> str | None:
    """The query of a filter (a dataclass with a `query`) that asks for nothing else."""
    return chosen.query if chosen == type(chosen)(query=chosen.query) else None


def found(db: Connection, index: Index, asked: str) -> Select[Any]:
    """What `asked` finds, to be counted, from the index alone. Raises LedgerRefused."""
    query = select(literal(1)).select_from(words_table(index))
    return query.where(matching(db, index, asked))


def put(db: Connection, index: Index, texts: Iterable[tuple[int, str]]) -> None:
    """Writes texts, as (id, text), into an index that does not have these ids yet."""
    postgres = db.dialect.name == "postgresql"
    rows = [{"id": id_, "words": _tsvector(t) if postgres else " ".join(stems(t))} for id_, t in texts]  # fmt: skip
    if rows:
        words = "CAST(:words AS tsvector)" if postgres else ":words"
        db.execute(text(f"INSERT INTO {index} (rowid, words) VALUES (:id, {words})"), rows)  # noqa: S608


def drop(db: Connection, index: Index, ids: Sequence[int]) -> None:
    """Takes ids out of an index; those it does not have are no matter."""
    if ids:
        rows = [{"id": id_} for id_ in ids]
        db.execute(text(f"DELETE FROM {index} WHERE rowid = :id"), rows)  # noqa: S608


def found_words(query: str, text: str) -> list[tuple[int, int]]:
    """Where words of the query stand in `text`, as [start, end) in code points, to mark them."""
    likely, whole, begun = _sought(query)
    return [
        word.span()
        for word in likely.finditer(text)
        if stem(word[0]) in whole or (begun and folded(word[0]).startswith(begun))
    ]


@lru_cache(maxsize=1_000)  # a page marks the same words in each of its hits
def _sought(query: str) -> tuple[re.Pattern[str], frozenset[str], tuple[str, ...]]:
    """What words that a query means look like, their stems, and the beginnings among these."""
    wanted = [term for term in parse(query) if term.wanted]
    whole = frozenset(word for term in wanted for word in term.words)
    begun = tuple(term.words[-1] for term in wanted if term.prefix)
    return _words_from({word[0] for word in whole}), whole, begun


def _words_from(letters: Set[str]) -> re.Pattern[str]:
    """Words that begin with these letters, however they are written.

    Stemming never touches the first letter, and most words begin with another one.
    """
    signs = "".join(_written().get(letter, letter) for letter in sorted(letters))
    return re.compile(rf"[{re.escape(signs)}](?<![^\W_].)[^\W_]*", re.DOTALL)


@cache
def _written() -> Mapping[str, str]:
    """By letter: all signs that are folded to it, or to something that begins with it."""
    by: dict[str, list[str]] = {}
    for sign in map(chr, chain(range(0x10000), _MATHEMATICAL)):
        if sign.isalnum() and (letter := folded(sign)[:1]):
            by.setdefault(letter, []).append(sign)
    return {letter: "".join(signs) for letter, signs in by.items()}


def _fts5(terms: Iterable[Term]) -> str:
    """https://www.sqlite.org/fts5.html#full_text_query_syntax; words hold no quotation marks."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for term in terms:
        phrase = f'"{" ".join(term.words)}"' + ("*" if term.prefix else "")
        (wanted if term.wanted else unwanted).append(phrase)
    query = " AND ".join(wanted)
    return f"({query})" + "".join(f" NOT {phrase}" for phrase in unwanted)


def _tsquery(terms: Iterable[Term]) -> str:
    parts = []
    for term in terms:
        words = [f"'{word}'" for word in term.words]
        words[-1] += ":*" if term.prefix else ""
        parts.append(("" if term.wanted else "!") + f"({' <-> '.join(words)})")
    return " & ".join(parts)


def _tsvector(text: str) -> str:
    """The stems with their places, as PostgreSQL writes a tsvector; its own parser is not asked."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(stems(text), start=1):
        at = places.setdefault(word, [])
        if len(at) < _PER_WORD - 1:
            at.append(min(place, _POSITIONS))
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())
