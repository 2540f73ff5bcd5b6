"""What evidence came to ask for: a person's word about who is who, and answers to what the tracks ask.

Two new tables; nothing of what is there is touched. Their triggers are made after the migration, with all others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _ref(name: str, target: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "identity_mark",
        sa.Column("id", sa.Text, primary_key=True),
        _whole("position"),
        _ref("media_id", "media.id"),
        _whole("start_us"),
        _whole("end_us"),
        _text("anchors"),
        _ref("actor", "coder.id"),
        _text("at"),
        sa.Column("withdraws", sa.Text, sa.ForeignKey("identity_mark.id")),
        _text("seal"),
    )
    op.create_table(
        "ruling",
        sa.Column("id", sa.Text, primary_key=True),
        _whole("position"),
        _ref("pass_id", "coding_pass.id"),
        _text("concern"),
        _text("tier"),
        _text("code"),
        _whole("start_us"),
        _whole("end_us"),
        _text("feature"),
        sa.Column("coverage", sa.Double, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("score", sa.Double, nullable=False),
        _text("event_id"),
        _text("measured_by"),
        sa.Column("answer", sa.Text),
        _text("note"),
        _ref("actor", "coder.id"),
        _text("at"),
        _text("seal"),
    )
