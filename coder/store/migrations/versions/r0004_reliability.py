"""What reliability came to ask for: groups of sessions, origins of assignments, codes as right, settlements.

The new columns are empty for what is usual, so that the rows that are there need no touch. The triggers of the new
table are made after the migration, with all others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _ref(name: str, target: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("session", sa.Column("group_name", sa.Text))
    op.add_column("assignment", sa.Column("origin", sa.Text))
    op.add_column("assignment", sa.Column("withdrawn", sa.Text))
    op.add_column("event", sa.Column("either", sa.Text))
    op.create_table(
        "settlement",
        sa.Column("id", sa.Text, primary_key=True),
        _whole("position"),
        _ref("pass_a", "coding_pass.id"),
        _ref("pass_b", "coding_pass.id"),
        _whole("start_us"),
        _whole("end_us"),
        _text("tier"),
        sa.Column("code_a", sa.Text),
        sa.Column("code_b", sa.Text),
        _text("kind"),
        _whole("weight_us"),
        _text("event_a"),
        _text("event_b"),
        _text("detail"),
        _text("value_a"),
        _text("value_b"),
        _whole("apart"),
        sa.Column("verdict", sa.Text),
        _text("note"),
        _ref("actor", "coder.id"),
        _text("at"),
        _text("seal"),
    )
