"""An index for each reason of a check, so that rare ones need not be looked for among all.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_REASONS = (
    "unnamed source", "unconfirmed", "denied", "load-bearing",
    "exact figure", "precise quotation", "dated", "announced date",
)  # fmt: skip


def upgrade() -> None:
    """Apply: the database makes them from what is there, in the memory it gives itself."""
    for reason in _REASONS:
        op.create_index(
            "ix_checks_reason_" + reason.replace(" ", "_").replace("-", "_"),
            "checks",
            ["state", "weight", "id"],
            sqlite_where=sa.text(f"instr(why, '\"{reason}\"') > 0"),
            postgresql_where=sa.text(f"why @> '[\"{reason}\"]'"),
        )
