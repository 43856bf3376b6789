"""`beleg forecasts`, `beleg resolve` and `beleg scores`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import click

from beleg.cli.listing import columns_of, put_rows, rows_of
from beleg.cli.opened import opened
from beleg.cli.options import LEDGER, LIMIT, TODAY, UI, WHO, lines_as
from beleg.cli.people import number_of
from beleg.cli.talking import put, talk, talk_of_more
from beleg.errors import LedgerRefused
from beleg.ledger.choices import GROUPINGS, ORIGINS, OUTCOMES, By, Origin, Outcome, Which

if TYPE_CHECKING:
    from beleg.ledger.scores import LedgerScore
    from beleg.ledger.store import Change


@click.command()
@click.option("--due", "which", flag_value="due", help="To be resolved: the last day has come.")
@click.option("--open", "which", flag_value="open", help="Still to come, the next first.")
@click.option("--resolved", "which", flag_value="resolved", help="With how they came out.")
@click.option("--person", metavar="ID|NAME", help="Only of this person.")
@click.option("--outlet", metavar="NAME", help="Only of this outlet.")
@click.option("--topic", metavar="NAME", help="Only on this topic.")
@LIMIT
@lines_as("ics")
@TODAY
@UI
@LEDGER
def forecasts(
    which: Which | None,
    person: str | None,
    outlet: str | None,
    topic: str | None,
    limit: int,
    kind: str,
    today: date,
    ui: str,
    ledger: str | None,
) -> None:
    """List forecasts: who holds what, until when, and what came of it.

    --format ics is a calendar of the deadlines, from 31 days ago on, with a reminder for
    each that is still to be resolved.
    """
    if kind == "ics" and which is not None:
        raise click.UsageError(f"a calendar has all deadlines: leave out --{which}.")
    from beleg.ledger.forecasts import ForecastEntry, ForecastFilter, list_forecasts

    with opened(ledger) as book, book.read() as db:
        number = None if person is None else number_of(db, person)
        chosen = ForecastFilter(person=number, outlet=outlet, topic=topic)
        if kind == "ics":
            from beleg.ledger.calendar import deadlines_ics
            from beleg.ledger.deadlines import deadline_entries

            entries = deadline_entries(db, today=today, chosen=chosen)
            made_at = datetime.combine(today, time(), UTC)
            put(deadlines_ics(entries, name="Beleg", made_at=made_at).decode("utf-8"))
            return
        found = list_forecasts(db, which or "all", chosen, today=today, limit=limit + 1)
    shown = ("id", "article_id", "latest", "state", "holder", "said", "question")
    put_rows(rows_of(found[:limit]), columns_of(ForecastEntry), shown=shown, kind=kind, ui=ui)
    talk_of_more(len(found) > limit, limit)


@click.command()
@click.argument("number", type=int)
@click.argument("outcome", type=click.Choice(OUTCOMES), required=False)
@click.option("--evidence", metavar="ADDRESS", help="Where it can be read how it came out.")
@click.option("--note", default="", help="How it came out, in words; needed without evidence.")
@click.option("--why", default="", help="For the history; needed with --revoke.")
@click.option("--revoke", is_flag=True, help="Take the resolution back; it stays on record.")
@WHO
@LEDGER
def resolve(
    number: int,
    outcome: Outcome | None,
    evidence: str | None,
    note: str,
    why: str,
    revoke: bool,
    who: str,
    ledger: str | None,
) -> None:
    """Say how forecast NUMBER came out, or with --revoke take that back.

    void: the question cannot be answered, for instance since its condition was not met.
    A disputed forecast is settled by this.

    \b
    Examples:
      beleg resolve 7 yes --evidence https://zeitung.example/ergebnis
      beleg resolve 7 --revoke --why "Es war die falsche Wahl."
    """
    if revoke == (outcome is not None):
        raise click.UsageError("give yes, no or void, or else --revoke.")
    if revoke and not why.strip():
        raise click.UsageError("--revoke needs --why.")
    with opened(ledger) as book, book.change(who=who, why=why) as change:
        state = (
            _revoke(change, number, why)
            if outcome is None
            else _resolve(change, number, outcome, evidence, note)
        )
    talk(f"forecast {number}: {state}")


@click.command()
@click.option("--by", type=click.Choice(GROUPINGS), help="[default: all]")
@click.option(
    "--origin",
    type=click.Choice(ORIGINS),
    default="extracted",
    show_default=True,
    help="Score the article's words for how sure it is, or the ledger users' own figures.",
)
@click.option(
    "--minimum",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Scored forecasts from which on there is a rank.",
)
@lines_as()
@TODAY
@UI
@LEDGER
def scores(
    by: By | None,
    origin: Origin,
    minimum: int,
    kind: str,
    today: date,
    ui: str,
    ledger: str | None,
) -> None:
    """Reckon how good forecasts were: Brier score, log score, and what they rest on.

    What each figure means: docs/scores.md.
    """
    from beleg.ledger import scores as ledger_scores

    with opened(ledger) as book, book.read() as db:
        found = ledger_scores.scores(db, today=today, by=by, origin=origin, minimum=minimum)
    rows = [_score_row(one) for one in found.groups]
    shown = (
        *("rank", "forecasts", "resolved", "scored", "brier", "base_rate", "skill", "log_score"),
        "name",
    )
    put_rows(rows, _SCORE_COLUMNS, shown=shown, kind=kind, ui=ui)


_SCORE_COLUMNS = (
    *("rank", "name", "person", "forecasts", "passed", "running", "without_deadline", "early"),
    *("resolved", "void", "scored", "brier", "brier_best", "brier_worst", "base_rate", "skill"),
    *("log_score", "ruled_out"),
)


def _score_row(one: LedgerScore) -> dict[str, object]:
    score, found = one.score, one.score.accuracy
    row: dict[str, object] = {name: getattr(score, name, None) for name in _SCORE_COLUMNS}
    row |= {"name": one.name, "person": one.person}
    if found is not None:
        names = ("brier", "brier_best", "brier_worst", "skill", "log_score", "ruled_out")
        row |= {name: getattr(found, name) for name in names}
        row["base_rate"] = found.base_rate.count / found.base_rate.total
    return row


def _resolve(change: Change, number: int, outcome: Outcome, evidence: str | None, note: str) -> str:
    from beleg.ledger import forecasts

    forecasts.decide(change, number, outcome, evidence=evidence, note=note)
    return outcome


def _revoke(change: Change, number: int, why: str) -> str:
    from beleg.ledger import forecasts

    standing = forecasts.forecast(change.db, number).resolution
    if standing is None:
        raise LedgerRefused(f"forecast {number}", "not resolved", "There is nothing to take back")
    state: str = forecasts.revoke(change, standing.id, why)
    return state
