"""From the forecasts of an analysis to rows that live on when the article is analysed anew.

A forecast is known again by its place and kind. What nobody wrote on follows the analysis: other
words or days become a further wording by "beleg", and what is no longer found is deleted. What
somebody wrote on (a resolution, a probability, a wording, a topic) keeps its wording and stays,
marked as no longer present. The history notes each of these; new forecasts in one note per article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, literal, select, update

from beleg.layers.forecasts.question import question_of
from beleg.ledger import schema
from beleg.ledger.same_place import same_places
from beleg.ledger.store import Change
from beleg.records import Analysis, Forecast
from beleg.text.article import Span

BELEG = "beleg"  # who words a forecast that nobody has worded anew
LONGEST = 2_000  # code points of a question; a sentence that long is none
_AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A forecast of the analysis: what goes into its row, its wording and its probability."""

    span: Span
    row: dict[str, Any]
    wording: dict[str, Any]
    certainty: dict[str, Any] | None


def sync_forecasts(
    change: Change, article_id: int, analysis: Analysis, people: Mapping[str, int | None]
) -> None:
    """Brings an article's forecasts up to its analysis, with all corrections already in it.

    people: the person across articles for each of the analysis's people, None for nobody. Where
    two may write at once, the caller holds the article's row.
    """
    rows = _rows(change, article_id)
    found = _found(analysis, people)
    if not rows and not found:
        return
    kept = same_places(
        [(Span(row.start, row.end), row.kind) for row in rows],
        [(one.span, one.row["kind"]) for one in found],
    )
    if kept:
        said = _extracted(change, article_id)
        _follow(change, [(rows[at], found[number]) for number, at in sorted(kept.items())], said)
    _enter(change, article_id, [one for number, one in enumerate(found) if number not in kept])
    still = set(kept.values())
    _part(change, [row for at, row in enumerate(rows) if at not in still])


def _rows(change: Change, article_id: int) -> Sequence[Row[Any]]:
    f, w = schema.forecasts.c, schema.wordings.c
    p, r = schema.probabilities.c, schema.resolutions.c
    mine = schema.wordings.alias().c
    touched = (
        f.topic.is_not(None)
        | exists().where(p.forecast_id == f.id, p.origin == "own")
        | exists().where(r.forecast_id == f.id)
        | exists(select(literal(1)).where(mine.forecast_id == f.id, mine.made_by != BELEG))
    )
    return change.db.execute(
        select(
            schema.forecasts,
            w.question,
            w.condition,
            (w.made_by == BELEG).label("by_beleg"),
            touched.label("touched"),
        )
        .join_from(
            schema.forecasts,
            schema.wordings,
            (w.forecast_id == f.id) & (w.version == f.version),
        )
        .where(f.article_id == article_id)
        .order_by(f.id)
    ).all()


def _extracted(change: Change, article_id: int) -> dict[tuple[int, int], Row[Any]]:
    """The extracted probability of each forecast and version."""
    f, p = schema.forecasts.c, schema.probabilities.c
    rows = change.db.execute(
        select(schema.probabilities)
        .join_from(schema.probabilities, schema.forecasts, p.forecast_id == f.id)
        .where(f.article_id == article_id, p.origin == "extracted")
        .order_by(p.id)
    )
    return {(row.forecast_id, row.version): row for row in rows}


def _found(analysis: Analysis, people: Mapping[str, int | None]) -> list[_Found]:
    names = {person.id: person.name for person in analysis.people}
    chains = {quote.id: quote.chain for quote in analysis.quotes}
    times = {time.id: time for time in analysis.times}
    document = analysis.document
    day = document.published or analysis.dating.latest
    found = []
    for forecast in analysis.forecasts:
        by_author = forecast.holder == _AUTHOR
        chain = chains.get(forecast.quote, ()) if forecast.quote else ()
        own = [times[forecast.time]] if forecast.time in times else []
        question = question_of(document.text, forecast, names=names, times=own)
        whole = document.text[forecast.span.start : forecast.span.end]
        wording = {
            # Where the forecast is nothing but its time, that is what it says.
            "question": _cut(question.words or " ".join(whole.split())),
            "condition": _cut(" ".join(question.condition.split())) if question.condition else None,
            "earliest": question.since,
            "latest": question.until,
        }
        row = {
            "local": forecast.id,
            "kind": forecast.kind,
            "start": forecast.span.start,
            "end": forecast.span.end,
            "holder": document.author if by_author else names.get(forecast.holder),
            "by_author": by_author,
            "person_id": None if by_author else people.get(forecast.holder),
            "outlet": document.outlet,
            "made_on": day,
            "chain": [names[voice] for voice in chain if voice in names],
        }
        certainty = _certainty(document.text, forecast)
        found.append(_Found(span=forecast.span, row=row, wording=wording, certainty=certainty))
    return found


def _certainty(text: str, forecast: Forecast) -> dict[str, Any] | None:
    certainty = forecast.certainty
    if certainty is None:
        return None
    words = " ".join(text[certainty.span.start : certainty.span.end].split())
    return {
        "low": certainty.low,
        "high": certainty.high,
        "scale": certainty.scale,
        "words": _cut(words),
    }


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _enter(change: Change, article_id: int, found: Sequence[_Found]) -> None:
    """New forecasts, each with its first wording."""
    if not found:
        return
    table = schema.forecasts
    rows = [
        {
            "article_id": article_id,
            **one.row,
            "earliest": one.wording["earliest"],
            "latest": one.wording["latest"],
        }
        for one in found
    ]
    # Without asking for their order, SQLite takes all rows in one statement.
    made = change.db.execute(insert(table).returning(table.c.local, table.c.id), rows)
    ids = {row.local: row.id for row in made}
    _word(change, [(ids[one.row["local"]], 1, one) for one in found], why="")
    new = sorted(ids.values())
    change.note(
        "find forecasts", "article", article_id, article=article_id, after={"forecasts": new}
    )


def _word(change: Change, found: Iterable[tuple[int, int, _Found]], *, why: str) -> None:
    """Wordings of forecasts as (forecast, version, what was found), with their probabilities."""
    found = list(found)
    if not found:
        return
    made = {"made_at": change.at, "made_by": BELEG}
    change.db.execute(
        insert(schema.wordings),
        [
            {"forecast_id": id_, "version": version, **one.wording, **made, "why": why}
            for id_, version, one in found
        ],
    )
    _say(change, [(id_, version, one.certainty) for id_, version, one in found])


def _say(change: Change, said: Iterable[tuple[int, int, dict[str, Any] | None]]) -> None:
    """Extracted probabilities as (forecast, version, certainty)."""
    rows = [
        {
            "forecast_id": id_,
            "version": version,
            "origin": "extracted",
            **certainty,
            "made_at": change.at,
            "made_by": BELEG,
        }
        for id_, version, certainty in said
        if certainty is not None
    ]
    if rows:
        change.db.execute(insert(schema.probabilities), rows)


def _follow(
    change: Change,
    pairs: Sequence[tuple[Row[Any], _Found]],
    said: Mapping[tuple[int, int], Row[Any]],
) -> None:
    """Brings known forecasts up to what was found."""
    changed, worded = [], []
    for row, one in pairs:
        values = {**one.row, "present": True, "version": row.version}
        values |= {"earliest": row.earliest, "latest": row.latest}
        before = {key: getattr(row, key) for key in one.wording}
        if before != one.wording and not row.touched:
            values |= {"earliest": one.wording["earliest"], "latest": one.wording["latest"]}
            values["version"] = row.version + 1
            worded.append((row.id, row.version + 1, one))
            _note(change, "reword", row, before=before, after=one.wording)
        elif before == one.wording and row.by_beleg:
            _restate(change, row, one, said.get((row.id, row.version)))
        if any(getattr(row, key) != value for key, value in values.items()):
            changed.append({"of": row.id, **values})
            _note_row(change, row, values)
    _word(change, worded, why="analysed anew")
    if changed:
        f = schema.forecasts.c
        keys = [key for key in changed[0] if key != "of"]
        change.db.execute(
            update(schema.forecasts)
            .where(f.id == bindparam("of"))
            .values(rev=f.rev + 1, **{key: bindparam(key) for key in keys}),
            changed,
        )


def _restate(change: Change, row: Row[Any], one: _Found, said: Row[Any] | None) -> None:
    """Another certainty for the same words takes the place of the one extracted before."""
    keys = ("low", "high", "scale", "words")
    before = {key: getattr(said, key) for key in keys} if said is not None else None
    if before == one.certainty:
        return
    if said is not None:
        change.db.execute(delete(schema.probabilities).where(schema.probabilities.c.id == said.id))
    _say(change, [(row.id, row.version, one.certainty)])
    _note(change, "extract probability", row, before=before, after=one.certainty)


def _note_row(change: Change, row: Row[Any], values: Mapping[str, Any]) -> None:
    """Notes what is not only another place or number in the analysis; wordings have their own."""
    own = {"local", "start", "end", "version", "earliest", "latest"}
    other = [key for key, value in values.items() if key not in own and getattr(row, key) != value]
    if other:
        before = {key: getattr(row, key) for key in other}
        _note(change, "follow", row, before=before, after={key: values[key] for key in other})


def _part(change: Change, rows: Sequence[Row[Any]]) -> None:
    """Forecasts that the analysis no longer has: kept where somebody wrote on them."""
    kept = [row.id for row in rows if row.touched and row.present]
    gone = [row.id for row in rows if not row.touched]
    f = schema.forecasts.c
    if kept:
        change.db.execute(
            update(schema.forecasts).where(f.id.in_(kept)).values(present=False, rev=f.rev + 1)
        )
    if gone:
        for table in (schema.wordings, schema.probabilities):
            change.db.execute(delete(table).where(table.c.forecast_id.in_(gone)))
        change.db.execute(delete(schema.forecasts).where(f.id.in_(gone)))
    for row in rows:
        if not row.touched:
            keys = ("kind", "start", "end", "holder", "question", "condition", "earliest", "latest")
            _note(change, "delete", row, before={key: getattr(row, key) for key in keys})
        elif row.present:
            _note(change, "miss", row, before={"present": True}, after={"present": False})


def _note(change: Change, action: str, row: Row[Any], *, before: Any, after: Any = None) -> None:
    change.note(
        action,
        "forecast",
        row.id,
        article=row.article_id,
        before=_plain(before),
        after=_plain(after),
    )


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """As JSON has it: days as ISO 8601."""
    if values is None:
        return None
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
    }
