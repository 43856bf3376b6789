"""The tables of the ledger, for SQLite and PostgreSQL alike.

The analysis of an article is kept whole (`analyses.record`); what is searched, sorted or counted
across articles is written beside it in rows (`quotations`, `article_people`), which are made anew
from the analysis and its corrections whenever one of them changes. What has a life of its own
(`forecasts`, `checks`, `people`) keeps its row through every new analysis.

The full-text tables are not here, since the two databases do them differently: see `search`.
A change here needs a migration: `make migration MESSAGE="what changes"`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import sqlalchemy as sa
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
    types,
)
from sqlalchemy.dialects.postgresql import JSONB

from beleg.records import CheckReason


class Instant(types.TypeDecorator[datetime]):
    """A moment in UTC; SQLite knows no time zones, so there it is kept without and read with."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a moment without a time zone, which could be any."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """In UTC, with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[int]:
    # Ids of deleted rows never come back, so that history stays unambiguous.
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _to(table: str, *, name: str | None = None, nullable: bool = False) -> Column[int]:
    return Column(
        name or f"{table.removesuffix('s')}_id",
        Integer,
        ForeignKey(f"{table}.id"),
        nullable=nullable,
    )


# A text has one row, however many outlets print it. latest_day: the day it is sorted and filtered
# by: published, else the last day of its dating window. rev: raised by every change, see
# `beleg.ledger.conflicts`. previous_id: an earlier text from the same address. analysis_id: the
# analysis as the machine made it; reckoned_id: the same as reckoned from the day of publication
# that people say, where that is another one.
articles = Table(
    "articles",
    metadata,
    _key(),
    Column("text_hash", String(80), nullable=False, unique=True),
    Column("title", Text),
    Column("author", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", Date),
    Column("earliest", Date),
    Column("latest", Date),
    Column("day", Date),
    Column("basis", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False, default="new"),
    Column("added_at", Instant, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("analysis_id", Integer, nullable=False, default=0),
    _to("articles", name="previous_id", nullable=True),
    Column("rev", Integer, nullable=False, default=1),
    Column("reckoned_id", Integer),
    CheckConstraint("state IN ('new', 'read', 'done')", name="state"),
    Index("ix_articles_day_id", "day", "id"),
    Index("ix_articles_state_id", "state", "id"),
    Index("ix_articles_url", "url"),
    Index("ix_articles_outlet", "outlet"),
    sqlite_autoincrement=True,
)

# Where and under which name a text was seen: the first time and every other.
appearances = Table(
    "appearances",
    metadata,
    _key(),
    _to("articles"),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("author", Text),
    Column("outlet", Text),
    Column("published", Date),
    Column("seen_at", Instant, nullable=False),
    UniqueConstraint("article_id", "source"),
    sqlite_autoincrement=True,
)

# Every analysis ever made of an article: the contract's JSON, compressed (zlib). beleg: the version
# that made it, or reckoned it anew.
analyses = Table(
    "analyses",
    metadata,
    _key(),
    _to("articles"),
    Column("beleg", String(32), nullable=False),
    Column("model", String(80), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("ix_analyses_article_id", "article_id"),
    sqlite_autoincrement=True,
)

# What a person says about a record of an analysis. before, after: the record as in the contract's
# JSON; refs: the people and quotations it names, so that it can be found again in a new analysis.
corrections = Table(
    "corrections",
    metadata,
    _key(),
    _to("articles"),
    _to("analyses", name="analysis_id"),
    Column("layer", String(16), nullable=False),
    Column("action", String(16), nullable=False),
    Column("before", Json),
    Column("after", Json),
    Column("refs", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("revoked_at", Instant),
    Column("revoked_by", Text),
    CheckConstraint("action IN ('confirm', 'correct', 'reject', 'add', 'merge')", name="action"),
    Index("ix_corrections_article_id", "article_id"),
    sqlite_autoincrement=True,
)

# People across articles. merged_into: the one that a person said is the same; root_id: the end of
# that chain, itself where there is none.
people = Table(
    "people",
    metadata,
    _key(),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("note", Text, nullable=False, default=""),
    # Checked at the end of a change: an archive is read in the order of the numbers.
    Column(
        "merged_into",
        Integer,
        ForeignKey("people.id", deferrable=True, initially="DEFERRED"),
    ),
    Column("root_id", Integer, nullable=False, default=0),
    Column("rev", Integer, nullable=False, default=1),
    Index("ix_people_folded_kind", "folded", "kind"),
    Index("ix_people_root_id", "root_id"),
    sqlite_autoincrement=True,
)

# Pairs that a person said are two, so that nobody is asked again; low_id < high_id.
parted = Table(
    "parted",
    metadata,
    Column("low_id", Integer, ForeignKey("people.id"), primary_key=True),
    Column("high_id", Integer, ForeignKey("people.id"), primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
)

# Who of an article's people is whom. basis: "local" (nobody across articles: a group, a surname
# alone), "alone" (nobody of that name before), "suggested" (the same name), "confirmed" (a person
# said so).
article_people = Table(
    "article_people",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("local", String(16), primary_key=True),
    _to("people", name="person_id", nullable=True),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("roles", Json, nullable=False),
    Column("mentions", Integer, nullable=False),
    Column("basis", String(16), nullable=False),
    CheckConstraint("basis IN ('local', 'alone', 'suggested', 'confirmed')", name="basis"),
    Index("ix_article_people_person_id_article_id", "person_id", "article_id"),
)

quotations = Table(
    "quotations",
    metadata,
    _key(),
    _to("articles"),
    Column("local", String(16), nullable=False),
    Column("type", String(32), nullable=False),
    Column("medium", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", String(16)),
    Column("speaker_name", Text),
    _to("people", name="person_id", nullable=True),
    Column("parent", String(16)),
    Column("sourcing", String(16), nullable=False),
    Column("day", Date),
    UniqueConstraint("article_id", "local"),
    Index("ix_quotations_person_id_day", "person_id", "day"),
    Index("ix_quotations_sourcing_id", "sourcing", "id"),
    sqlite_autoincrement=True,
)

# What happened when, for a timeline across articles; days as far as they are known.
events = Table(
    "events",
    metadata,
    _key(),
    _to("articles"),
    Column("local", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    UniqueConstraint("article_id", "local"),
    Index("ix_events_earliest_id", "earliest", "id"),
    sqlite_autoincrement=True,
)

# Who takes part in an event, by number across articles.
event_people = Table(
    "event_people",
    metadata,
    Column("event_id", Integer, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    Index("ix_event_people_person_id", "person_id"),
)

# holder: name as the article has it, or its author's; person_id: across articles, null for authors
# and the unnamed. outlet: where it was printed. state: see `beleg.ledger.forecasts`; "due" is
# not among them, since it depends on the day one asks. present: whether the latest analysis still
# has it; a forecast that somebody wrote on is never deleted. chain: the voices, by name, from the
# outermost to the holder, empty for the author's own.
forecasts = Table(
    "forecasts",
    metadata,
    _key(),
    _to("articles"),
    Column("local", String(16)),
    Column("present", Boolean, nullable=False, default=True),
    Column("kind", String(16), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("holder", Text),
    Column("by_author", Boolean, nullable=False, default=False),
    _to("people", name="person_id", nullable=True),
    Column("outlet", Text),
    Column("topic", Text),
    Column("state", String(16), nullable=False, default="open"),
    Column("version", Integer, nullable=False, default=1),
    Column("earliest", Date),
    Column("latest", Date),
    Column("made_on", Date),
    Column("chain", Json, nullable=False),
    Column("rev", Integer, nullable=False, default=1),
    CheckConstraint("state IN ('open', 'yes', 'no', 'void', 'disputed')", name="state"),
    Index("ix_forecasts_article_id", "article_id"),
    Index("ix_forecasts_state_latest_id", "state", "latest", "id"),
    Index("ix_forecasts_latest_id", "latest", "id"),
    # With state and day, so that SQLite does not go through all that is open instead.
    Index("ix_forecasts_person_id_state_latest", "person_id", "state", "latest"),
    # The authors' own are counted with this index alone.
    Index("ix_forecasts_holder_state_latest", "holder", "state", "latest", "by_author"),
    Index("ix_forecasts_kind_state_latest", "kind", "state", "latest"),
    # The few that the latest analysis no longer has.
    Index(
        "ix_forecasts_absent",
        "id",
        sqlite_where=text("present = 0"),
        postgresql_where=text("NOT present"),
    ),
    Index("ix_forecasts_outlet_state_latest", "outlet", "state", "latest"),
    Index("ix_forecasts_outlet_id", "outlet", "id"),
    Index("ix_forecasts_topic_state_latest", "topic", "state", "latest"),
    sqlite_autoincrement=True,
)

# The question as it was at each time: words of the article, days, and who put it so.
wordings = Table(
    "wordings",
    metadata,
    Column("forecast_id", Integer, ForeignKey("forecasts.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("condition", Text),
    Column("earliest", Date),
    Column("latest", Date),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("why", Text, nullable=False, default=""),
)

# How probable a wording is said to be. origin: "extracted" (a certainty word and its scale) or
# "own" (somebody who uses the ledger). low and high are equal for a single figure.
probabilities = Table(
    "probabilities",
    metadata,
    _key(),
    _to("forecasts"),
    Column("version", Integer, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("scale", Text),
    Column("words", Text),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    CheckConstraint("origin IN ('extracted', 'own')", name="origin"),
    CheckConstraint("0 <= low AND low <= high AND high <= 1", name="range"),
    Index("ix_probabilities_forecast_id", "forecast_id"),
    sqlite_autoincrement=True,
)

# How a forecast came out, signed; taken back only by a further entry of the same row.
resolutions = Table(
    "resolutions",
    metadata,
    _key(),
    _to("forecasts"),
    Column("version", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("disputed_at", Instant),
    Column("disputed_by", Text),
    Column("disputed_why", Text),
    Column("revoked_at", Instant),
    Column("revoked_by", Text),
    Column("revoked_why", Text),
    CheckConstraint("outcome IN ('yes', 'no', 'void')", name="outcome"),
    Index("ix_resolutions_forecast_id", "forecast_id"),
    sqlite_autoincrement=True,
)


def has_reason(reason: CheckReason, dialect: str) -> TextClause:
    """That a check has this reason, in the very words of the reason's index.

    Written into the statement: a database does not know of a parameter that an index fits it.
    """
    if reason not in get_args(CheckReason):
        raise ValueError(f"{reason!r} is no reason")
    if dialect == "postgresql":
        return text(f"why @> '[\"{reason}\"]'")
    return text(f"instr(why, '\"{reason}\"') > 0")


def _index_of(reason: CheckReason) -> Index:
    """The checks with a reason, in the order of lists."""
    return Index(
        "ix_checks_reason_" + reason.replace(" ", "_").replace("-", "_"),
        "state",
        "weight",
        "id",
        sqlite_where=has_reason(reason, "sqlite"),
        postgresql_where=has_reason(reason, "postgresql"),
    )


# The checklist with what became of it. verdict: the checker's own words; rating: 1 (false) to
# 5 (true) as ClaimReview has it, null where no scale fits. claim: of the words of the statement, see
# `beleg.ledger.checks.sync.claim_of`. day: the one the article is sorted by. outlet: the article's.
checks = Table(
    "checks",
    metadata,
    _key(),
    _to("articles"),
    Column("present", Boolean, nullable=False, default=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("why", Json, nullable=False),
    Column("records", Json, nullable=False),
    Column("weight", Float, nullable=False),
    Column("claim", String(32), nullable=False),
    Column("day", Date),
    Column("outlet", Text),
    Column("state", String(16), nullable=False, default="open"),
    Column("verdict", Text),
    Column("rating", Integer),
    Column("evidence", Text),
    Column("note", Text, nullable=False, default=""),
    Column("checked_at", Instant),
    Column("checked_by", Text),
    Column("rev", Integer, nullable=False, default=1),
    CheckConstraint("state IN ('open', 'checked', 'dropped')", name="state"),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    Index("ix_checks_article_id", "article_id"),
    Index("ix_checks_state_weight_id", "state", "weight", "id"),
    Index("ix_checks_outlet_state_weight_id", "outlet", "state", "weight", "id"),
    Index("ix_checks_claim_state", "claim", "state"),
    *map(_index_of, get_args(CheckReason)),
    sqlite_autoincrement=True,
)

# Every change: rows are only ever added, which triggers of the database see to.
history = Table(
    "history",
    metadata,
    _key(),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("action", String(32), nullable=False),
    Column("subject", String(16), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("article_id", Integer),
    Column("before", Json),
    Column("after", Json),
    Index("ix_history_subject_subject_id", "subject", "subject_id"),
    Index("ix_history_article_id", "article_id"),
    sqlite_autoincrement=True,
)

# Who may use the web application, where it is public.
accounts = Table(
    "accounts",
    metadata,
    _key(),
    Column("name", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("role", String(8), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("made_at", Instant, nullable=False),
    CheckConstraint("role IN ('read', 'edit', 'admin')", name="role"),
    sqlite_autoincrement=True,
)

# token_hash: SHA-256 of what the browser holds, so that a copy of the ledger opens no session.
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("accounts"),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_sessions_account_id", "account_id"),
)

# Secret addresses of the calendar. token_hash: as of sessions. used_at: the last use, to a day.
calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id"), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
)

# What happened at the door: log-ins, refusals, changes of accounts.
audit = Table(
    "audit",
    metadata,
    _key(),
    Column("at", Instant, nullable=False),
    Column("what", String(32), nullable=False),
    Column("account", Text),
    Column("address", Text),
    Column("detail", Text, nullable=False, default=""),
    Index("ix_audit_at", "at"),
    sqlite_autoincrement=True,
)
