"""What training came to ask for: courses, sealed masters, attempts, the rule's changes, certificates.

Seven new tables; nothing of what is there is touched. Their triggers are made after it, with all others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _id() -> "sa.Column[str]":
    return sa.Column("id", sa.Text, primary_key=True)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _ref(name: str, target: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "course",
        _id(),
        _whole("position"),
        _ref("chain", "course.id"),
        _text("name"),
        _text("version"),
        _text("sha256"),
        _text("scheme_name"),
        _text("scheme_version"),
        _text("text"),
        _text("at"),
        _text("seal"),
        sa.ForeignKeyConstraint(["scheme_name", "scheme_version"], ["scheme.name", "scheme.version"]),
        sa.UniqueConstraint("name", "version"),
    )
    op.create_table(
        "master",
        _id(),
        _whole("position"),
        _ref("course_id", "course.id"),
        _text("step"),
        _ref("session_id", "session.id"),
        _whole("version"),
        _text("sealed"),
        _text("seal"),
        sa.UniqueConstraint("course_id", "step", "version"),
    )
    op.create_table(
        "attempt",
        _id(),
        _whole("position"),
        _ref("course_id", "course.id"),
        _text("step"),
        _ref("coder_id", "coder.id"),
        _ref("session_id", "session.id"),
        sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), unique=True),
        _ref("master_id", "master.id"),
        _whole("number"),
        _whole("first_view"),
        _text("began_at"),
        _text("seal"),
        sa.UniqueConstraint("course_id", "step", "coder_id", "number"),
    )
    op.create_table(
        "attempt_done",
        sa.Column("id", sa.Text, sa.ForeignKey("attempt.id"), primary_key=True),
        _whole("answered"),
        _whole("asked"),
        _text("at"),
        _text("seal"),
    )
    op.create_table(
        "rule_change",
        _id(),
        _whole("position"),
        _ref("course_id", "course.id"),
        _text("text"),
        _ref("actor", "coder.id"),
        _text("at"),
        _text("why"),
        _text("seal"),
    )
    op.create_table(
        "certificate",
        _id(),
        _whole("position"),
        _ref("course_id", "course.id"),
        _ref("coder_id", "coder.id"),
        _whole("test_set"),
        _text("text"),
        _text("at"),
        _text("seal"),
        sa.UniqueConstraint("course_id", "coder_id", "test_set"),
    )
    op.create_table(
        "training_record",
        _id(),
        _whole("position"),
        _ref("coder_id", "coder.id"),
        _text("sha256"),
        _text("text"),
        _text("at"),
        _text("seal"),
    )
