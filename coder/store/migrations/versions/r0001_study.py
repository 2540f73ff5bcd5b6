"""The first study format."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _id() -> "sa.Column[str]":
    return sa.Column("id", sa.Text, primary_key=True)


def _scheme() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["scheme_name", "scheme_version"], ["scheme.name", "scheme.version"])


def upgrade() -> None:
    """Make all tables."""
    _people_and_films()
    _coding()


def _people_and_films() -> None:
    op.create_table("study", _id(), _text("name"), _text("created_at"), _text("seal"))
    op.create_table("coder", _id(), _whole("position"), _text("name"), _text("role"), _text("seal"))
    op.create_table("participant", _id(), _text("role"), _text("pseudonym"), _text("seal"))
    op.create_table(
        "session",
        _id(),
        _whole("position"),
        _text("name"),
        _whole("window_start_us"),
        _whole("window_end_us"),
        _text("recorded_on"),
        _text("note"),
        _text("seal"),
    )
    op.create_table(
        "session_participant",
        sa.Column("session_id", sa.Text, sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("participant_id", sa.Text, sa.ForeignKey("participant.id"), primary_key=True),
        _whole("position"),
        _text("seal"),
    )
    op.create_table(
        "media",
        _id(),
        sa.Column("session_id", sa.Text, sa.ForeignKey("session.id"), nullable=False),
        _whole("position"),
        _text("path"),
        _text("sha256"),
        _whole("size"),
        _text("role"),
        _whole("duration_us"),
        _whole("frame_count"),
        _whole("offset_us"),
        _whole("skew_ppm"),
        _text("seal"),
    )
    op.create_table(
        "track",
        _id(),
        _whole("position"),
        sa.Column("media_id", sa.Text, sa.ForeignKey("media.id"), nullable=False),
        _text("run"),
        _text("extractor"),
        _text("version"),
        _text("path"),
        _text("sha256"),
        _whole("rows"),
        _text("signals"),
        _text("provenance"),
        _text("created_at"),
        _text("seal"),
        sa.UniqueConstraint("media_id", "run"),
    )


def _coding() -> None:
    op.create_table(
        "scheme",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        _whole("position"),
        _text("sha256"),
        _text("text"),
        _text("seal"),
    )
    op.create_table(
        "assignment",
        _id(),
        _whole("position"),
        sa.Column("session_id", sa.Text, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("coder_id", sa.Text, sa.ForeignKey("coder.id"), nullable=False),
        _text("scheme_name"),
        _text("scheme_version"),
        _text("purpose"),
        _text("seal"),
        _scheme(),
    )
    op.create_table(
        "coding_pass",
        _id(),
        _whole("position"),
        sa.Column("session_id", sa.Text, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("coder_id", sa.Text, sa.ForeignKey("coder.id"), nullable=False),
        _text("scheme_name"),
        _text("scheme_version"),
        _text("purpose"),
        _whole("window_start_us"),
        _whole("window_end_us"),
        _text("status"),
        _whole("rev"),
        _text("head"),
        _scheme(),
    )
    op.create_table(
        "event",
        sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        _text("tier"),
        _text("code"),
        _whole("start_us"),
        _whole("end_us"),
        _text("modifiers"),
        _text("note"),
    )
    op.create_table(
        "edit",
        sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), primary_key=True),
        sa.Column("n", sa.BigInteger, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _text("kind"),
        sa.Column("target", sa.Text),
        _text("label"),
        _text("changes"),
        _text("actor"),
        _text("station"),
        _text("at"),
        _text("prev"),
        _text("hash"),
    )
