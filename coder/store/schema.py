"""The tables of a study, and the triggers that make its journal append-only.

Types are kept to what SQLite and PostgreSQL share: text ids, whole microseconds in BigInteger, JSON as text (its
bytes are hashed). The tables are made by `migrations/`; a test keeps the two in step.
"""

import hashlib
import json
from collections.abc import Mapping

import sqlalchemy as sa

from coder.store.columns import METADATA, SEAL, number, ref, row_id, scheme_key, text, usual, whole
from coder.store.schema_training import TRAINING

APPLICATION_ID = 0x436F6472  # "Codr", in the header of every study file
study = sa.Table("study", METADATA, row_id(), text("name"), text("created_at"), text(SEAL))

coder = sa.Table(
    "coder",
    METADATA,
    row_id(),
    whole("position"),
    text("name"),
    text("role"),
    text(SEAL),
    usual("reaction_us", sa.BigInteger),
)

participant = sa.Table("participant", METADATA, row_id(), text("role"), text("pseudonym"), text(SEAL))

session = sa.Table(
    "session",
    METADATA,
    row_id(),
    whole("position"),
    text("name"),
    whole("window_start_us"),
    whole("window_end_us"),
    text("recorded_on"),
    text("note"),
    text(SEAL),
    usual("group_name", sa.Text),
)

session_participant = sa.Table(
    "session_participant",
    METADATA,
    sa.Column("session_id", sa.Text, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("participant_id", sa.Text, sa.ForeignKey("participant.id"), primary_key=True),
    whole("position"),
    text(SEAL),
)

media = sa.Table(
    "media",
    METADATA,
    row_id(),
    ref("session_id", "session.id"),
    whole("position"),
    text("path"),
    text("sha256"),
    whole("size"),
    text("role"),
    whole("duration_us"),
    whole("frame_count"),
    whole("offset_us"),
    whole("skew_ppm"),
    text(SEAL),
)

scheme = sa.Table(
    "scheme",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    whole("position"),
    text("sha256"),
    text("text"),
    text(SEAL),
)

assignment = sa.Table(
    "assignment",
    METADATA,
    row_id(),
    whole("position"),
    ref("session_id", "session.id"),
    ref("coder_id", "coder.id"),
    text("scheme_name"),
    text("scheme_version"),
    text("purpose"),
    text(SEAL),
    usual("origin", sa.Text),
    usual("withdrawn", sa.Text),
    scheme_key(),
)

# rev and head are the number and the hash of the last entry of the pass's journal
coding_pass = sa.Table(
    "coding_pass",
    METADATA,
    row_id(),
    whole("position"),
    ref("session_id", "session.id"),
    ref("coder_id", "coder.id"),
    text("scheme_name"),
    text("scheme_version"),
    text("purpose"),
    whole("window_start_us"),
    whole("window_end_us"),
    text("status"),
    whole("rev"),
    text("head"),
    usual("made_from", sa.Text),
    scheme_key(),
)

event = sa.Table(
    "event",
    METADATA,
    sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    text("tier"),
    text("code"),
    whole("start_us"),
    whole("end_us"),
    text("modifiers"),
    text("note"),
    usual("certainty", sa.Text),
    usual("reaction_us", sa.BigInteger),
    usual("answer", sa.Text),
    usual("moments", sa.Text),
    usual("either", sa.Text),
)

edit = sa.Table(
    "edit",
    METADATA,
    sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), primary_key=True),
    sa.Column("n", sa.BigInteger, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    text("kind"),
    sa.Column("target", sa.Text),
    text("label"),
    text("changes"),
    text("actor"),
    text("station"),
    text("at"),
    text("prev"),
    text("hash"),
)

track = sa.Table(
    "track",
    METADATA,
    row_id(),
    whole("position"),
    ref("media_id", "media.id"),
    text("run"),
    text("extractor"),
    text("version"),
    text("path"),
    text("sha256"),
    whole("rows"),
    text("signals"),
    text("provenance"),
    text("created_at"),
    text(SEAL),
    sa.UniqueConstraint("media_id", "run"),
)

# verdict is empty where a settlement takes the one before back
settlement = sa.Table(
    "settlement",
    METADATA,
    row_id(),
    whole("position"),
    ref("pass_a", "coding_pass.id"),
    ref("pass_b", "coding_pass.id"),
    whole("start_us"),
    whole("end_us"),
    text("tier"),
    usual("code_a", sa.Text),
    usual("code_b", sa.Text),
    text("kind"),
    whole("weight_us"),
    text("event_a"),
    text("event_b"),
    text("detail"),
    text("value_a"),
    text("value_b"),
    whole("apart"),
    usual("verdict", sa.Text),
    text("note"),
    ref("actor", "coder.id"),
    text("at"),
    text(SEAL),
)

# anchors: JSON, a list of [at_us, x, y, role]; withdraws: the mark that this row takes back, and then no anchors
identity_mark = sa.Table(
    "identity_mark",
    METADATA,
    row_id(),
    whole("position"),
    ref("media_id", "media.id"),
    whole("start_us"),
    whole("end_us"),
    text("anchors"),
    ref("actor", "coder.id"),
    text("at"),
    sa.Column("withdraws", sa.Text, sa.ForeignKey("identity_mark.id")),
    text(SEAL),
)

# answer is empty where a ruling takes the one before back
ruling = sa.Table(
    "ruling",
    METADATA,
    row_id(),
    whole("position"),
    ref("pass_id", "coding_pass.id"),
    text("concern"),
    text("tier"),
    text("code"),
    whole("start_us"),
    whole("end_us"),
    text("feature"),
    number("coverage"),
    usual("value", sa.Double),
    number("score"),
    text("event_id"),
    text("measured_by"),
    usual("answer", sa.Text),
    text("note"),
    ref("actor", "coder.id"),
    text("at"),
    text(SEAL),
)

SEALED = (
    study,
    coder,
    participant,
    session,
    session_participant,
    media,
    scheme,
    assignment,
    track,
    settlement,
    identity_mark,
    ruling,
    *TRAINING,
)
APPEND_ONLY = (edit, scheme, settlement, identity_mark, ruling, *TRAINING)


def seal(table: str, values: Mapping[str, object]) -> str:
    """The sha256 of a row, so that `check` sees a flipped bit that SQLite itself would not.

    Empty columns do not count: a migration may add columns without touching the rows that are there.
    """
    filled = {name: value for name, value in values.items() if name != SEAL and value is not None}
    return hashlib.sha256(json.dumps([table, filled], sort_keys=True).encode()).hexdigest()


def sealed(table: sa.Table, values: Mapping[str, object]) -> dict[str, object]:
    """The row with its seal, ready to insert."""
    return {**values, SEAL: seal(table.name, values)}


def triggers() -> dict[str, str]:
    """The SQLite triggers that refuse to change what is append-only: statement by name."""
    return {
        f"{table.name}_no_{action.lower()}": (
            f"CREATE TRIGGER {table.name}_no_{action.lower()} BEFORE {action} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
        )
        for table in APPEND_ONLY
        for action in ("UPDATE", "DELETE")
    }
