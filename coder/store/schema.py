"""The tables of a study, and the triggers that make its journal append-only.

Types are kept to what SQLite and PostgreSQL share: text ids, whole microseconds in BigInteger, JSON as text (its
bytes are hashed). The tables are made by `migrations/`; a test keeps the two in step.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

APPLICATION_ID = 0x436F6472  # "Codr", in the header of every study file
SEAL = "seal"

METADATA = sa.MetaData()


def _id() -> "sa.Column[str]":
    return sa.Column("id", sa.Text, primary_key=True)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _number(name: str) -> "sa.Column[float]":
    return sa.Column(name, sa.Double, nullable=False)


def _usual(name: str, kind: "type[sa.types.TypeEngine[Any]]") -> "sa.Column[Any]":
    """A column that is empty where the value is the usual one."""
    return sa.Column(name, kind)


def _ref(name: str, target: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def _scheme_key() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["scheme_name", "scheme_version"], ["scheme.name", "scheme.version"])


study = sa.Table("study", METADATA, _id(), _text("name"), _text("created_at"), _text(SEAL))

coder = sa.Table(
    "coder",
    METADATA,
    _id(),
    _whole("position"),
    _text("name"),
    _text("role"),
    _text(SEAL),
    _usual("reaction_us", sa.BigInteger),
)

participant = sa.Table("participant", METADATA, _id(), _text("role"), _text("pseudonym"), _text(SEAL))

session = sa.Table(
    "session",
    METADATA,
    _id(),
    _whole("position"),
    _text("name"),
    _whole("window_start_us"),
    _whole("window_end_us"),
    _text("recorded_on"),
    _text("note"),
    _text(SEAL),
    _usual("group_name", sa.Text),
)

session_participant = sa.Table(
    "session_participant",
    METADATA,
    sa.Column("session_id", sa.Text, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("participant_id", sa.Text, sa.ForeignKey("participant.id"), primary_key=True),
    _whole("position"),
    _text(SEAL),
)

media = sa.Table(
    "media",
    METADATA,
    _id(),
    _ref("session_id", "session.id"),
    _whole("position"),
    _text("path"),
    _text("sha256"),
    _whole("size"),
    _text("role"),
    _whole("duration_us"),
    _whole("frame_count"),
    _whole("offset_us"),
    _whole("skew_ppm"),
    _text(SEAL),
)

scheme = sa.Table(
    "scheme",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    _whole("position"),
    _text("sha256"),
    _text("text"),
    _text(SEAL),
)

assignment = sa.Table(
    "assignment",
    METADATA,
    _id(),
    _whole("position"),
    _ref("session_id", "session.id"),
    _ref("coder_id", "coder.id"),
    _text("scheme_name"),
    _text("scheme_version"),
    _text("purpose"),
    _text(SEAL),
    _usual("origin", sa.Text),
    _usual("withdrawn", sa.Text),
    _scheme_key(),
)

# rev and head are the number and the hash of the last entry of the pass's journal
coding_pass = sa.Table(
    "coding_pass",
    METADATA,
    _id(),
    _whole("position"),
    _ref("session_id", "session.id"),
    _ref("coder_id", "coder.id"),
    _text("scheme_name"),
    _text("scheme_version"),
    _text("purpose"),
    _whole("window_start_us"),
    _whole("window_end_us"),
    _text("status"),
    _whole("rev"),
    _text("head"),
    _usual("made_from", sa.Text),
    _scheme_key(),
)

event = sa.Table(
    "event",
    METADATA,
    sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    _text("tier"),
    _text("code"),
    _whole("start_us"),
    _whole("end_us"),
    _text("modifiers"),
    _text("note"),
    _usual("certainty", sa.Text),
    _usual("reaction_us", sa.BigInteger),
    _usual("answer", sa.Text),
    _usual("moments", sa.Text),
    _usual("either", sa.Text),
)

edit = sa.Table(
    "edit",
    METADATA,
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

track = sa.Table(
    "track",
    METADATA,
    _id(),
    _whole("position"),
    _ref("media_id", "media.id"),
    _text("run"),
    _text("extractor"),
    _text("version"),
    _text("path"),
    _text("sha256"),
    _whole("rows"),
    _text("signals"),
    _text("provenance"),
    _text("created_at"),
    _text(SEAL),
    sa.UniqueConstraint("media_id", "run"),
)

# verdict is empty where a settlement takes the one before back
settlement = sa.Table(
    "settlement",
    METADATA,
    _id(),
    _whole("position"),
    _ref("pass_a", "coding_pass.id"),
    _ref("pass_b", "coding_pass.id"),
    _whole("start_us"),
    _whole("end_us"),
    _text("tier"),
    _usual("code_a", sa.Text),
    _usual("code_b", sa.Text),
    _text("kind"),
    _whole("weight_us"),
    _text("event_a"),
    _text("event_b"),
    _text("detail"),
    _text("value_a"),
    _text("value_b"),
    _whole("apart"),
    _usual("verdict", sa.Text),
    _text("note"),
    _ref("actor", "coder.id"),
    _text("at"),
    _text(SEAL),
)

# anchors: JSON, a list of [at_us, x, y, role]; withdraws: the mark that this row takes back, and then no anchors
identity_mark = sa.Table(
    "identity_mark",
    METADATA,
    _id(),
    _whole("position"),
    _ref("media_id", "media.id"),
    _whole("start_us"),
    _whole("end_us"),
    _text("anchors"),
    _ref("actor", "coder.id"),
    _text("at"),
    sa.Column("withdraws", sa.Text, sa.ForeignKey("identity_mark.id")),
    _text(SEAL),
)

# answer is empty where a ruling takes the one before back
ruling = sa.Table(
    "ruling",
    METADATA,
    _id(),
    _whole("position"),
    _ref("pass_id", "coding_pass.id"),
    _text("concern"),
    _text("tier"),
    _text("code"),
    _whole("start_us"),
    _whole("end_us"),
    _text("feature"),
    _number("coverage"),
    _usual("value", sa.Double),
    _number("score"),
    _text("event_id"),
    _text("measured_by"),
    _usual("answer", sa.Text),
    _text("note"),
    _ref("actor", "coder.id"),
    _text("at"),
    _text(SEAL),
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
)
APPEND_ONLY = (edit, scheme, settlement, identity_mark, ruling)


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
