"""Run by Alembic: on the connection of `beleg.ledger.migrate`, inside its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON

from beleg.ledger.schema import Instant, metadata

# Full-text tables, which the two databases make in their own ways, are no part of the metadata.
_WORDS = ("article_words", "quotation_words", "person_words")


def _plain(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Steps do not import the package: what they made stays what it was."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def _ours(name: str | None, kind: str, _: Any) -> bool:
    return not (kind == "table" and name is not None and name.startswith(_WORDS))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_item=_plain,
    include_name=_ours,
)
context.run_migrations()
