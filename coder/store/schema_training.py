"""The tables of training: courses as they were taken, sealed masters, attempts, certificates. All append-only."""

import sqlalchemy as sa

from coder.store.columns import METADATA, SEAL, ref, row_id, scheme_key, text, whole

# A course as it was taken, one row for each version of it; chain: the first of them, under whose id it is known.
# text: the `Course` as `frozen.text_of` writes it
course = sa.Table(
    "course",
    METADATA,
    row_id(),
    whole("position"),
    ref("chain", "course.id"),
    text("name"),
    text("version"),
    text("sha256"),
    text("scheme_name"),
    text("scheme_version"),
    text("text"),
    text("at"),
    text(SEAL),
    scheme_key(),
    sa.UniqueConstraint("name", "version"),
)

# sealed: opaque here; an ordinary look must not show what is right
master = sa.Table(
    "master",
    METADATA,
    row_id(),
    whole("position"),
    ref("course_id", "course.id"),
    text("step"),
    ref("session_id", "session.id"),
    whole("version"),
    text("sealed"),
    text(SEAL),
    sa.UniqueConstraint("course_id", "step", "version"),
)

# pass_id is empty for a guided step
attempt = sa.Table(
    "attempt",
    METADATA,
    row_id(),
    whole("position"),
    ref("course_id", "course.id"),
    text("step"),
    ref("coder_id", "coder.id"),
    ref("session_id", "session.id"),
    sa.Column("pass_id", sa.Text, sa.ForeignKey("coding_pass.id"), unique=True),
    ref("master_id", "master.id"),
    whole("number"),
    whole("first_view"),
    text("began_at"),
    text(SEAL),
    sa.UniqueConstraint("course_id", "step", "coder_id", "number"),
)

# A guided step that was watched to its end; of other attempts the journal of the pass says so
attempt_done = sa.Table(
    "attempt_done",
    METADATA,
    sa.Column("id", sa.Text, sa.ForeignKey("attempt.id"), primary_key=True),
    whole("answered"),
    whole("asked"),
    text("at"),
    text(SEAL),
)

rule_change = sa.Table(
    "rule_change",
    METADATA,
    row_id(),
    whole("position"),
    ref("course_id", "course.id"),
    text("text"),
    ref("actor", "coder.id"),
    text("at"),
    text("why"),
    text(SEAL),
)

certificate = sa.Table(
    "certificate",
    METADATA,
    row_id(),
    whole("position"),
    ref("course_id", "course.id"),
    ref("coder_id", "coder.id"),
    whole("test_set"),
    text("text"),
    text("at"),
    text(SEAL),
    sa.UniqueConstraint("course_id", "coder_id", "test_set"),
)

# What a trainee did in another study, as it was brought from there
training_record = sa.Table(
    "training_record",
    METADATA,
    row_id(),
    whole("position"),
    ref("coder_id", "coder.id"),
    text("sha256"),
    text("text"),
    text("at"),
    text(SEAL),
)

TRAINING = (course, master, attempt, attempt_done, rule_change, certificate, training_record)
