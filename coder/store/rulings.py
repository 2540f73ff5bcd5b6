"""What people answered to the questions of evidence. Append-only: the newest answer about a question holds.

The question itself is kept, field by field, so that what was said at the time can be read and counted without
measuring again.
"""

from math import isfinite

import sqlalchemy as sa

from coder.language import tr
from coder.model.evidence import Answer, Concern, Question, Ruling
from coder.model.problem import Problem, StoreError
from coder.model.time import Span
from coder.store import rows, schema

_table, _coding = schema.ruling, schema.coding_pass


def add(connection: sa.Connection, ruling: Ruling) -> None:
    """Keep a ruling; its pass and whoever made it must be in the study."""
    rows.refuse_second(connection, _table, ruling.id, "ruling")
    rows.require(connection, schema.coder, ruling.actor, "coder")
    about = ruling.about
    rows.require(connection, _coding, about.pass_id, "pass")
    numbers = [about.coverage, about.score, 0.0 if about.value is None else about.value]
    if not all(map(isfinite, numbers)):
        raise StoreError(Problem(tr("A question of evidence holds what is no number."), about.key))
    values = {
        "id": ruling.id,
        "position": rows.next_position(connection, _table),
        "pass_id": about.pass_id,
        "concern": about.concern.value,
        "tier": about.tier,
        "code": about.code,
        "start_us": about.span.start_us,
        "end_us": about.span.end_us,
        "feature": about.feature,
        "coverage": float(about.coverage),
        "value": None if about.value is None else float(about.value),
        "score": float(about.score),
        "event_id": about.event_id,
        "measured_by": about.measured_by,
        "answer": ruling.answer.value if ruling.answer is not None else None,
        "note": ruling.note,
        "actor": ruling.actor,
        "at": ruling.at,
    }
    rows.add(connection, _table, values)


def listed(connection: sa.Connection, session_id: str | None, pass_id: str | None) -> tuple[Ruling, ...]:
    """The rulings of a session, of a pass, or of the study, oldest first."""
    select = sa.select(_table).order_by(_table.c.position)
    if session_id is not None:
        select = select.join(_coding, _coding.c.id == _table.c.pass_id).where(_coding.c.session_id == session_id)
    if pass_id is not None:
        select = select.where(_table.c.pass_id == pass_id)
    return tuple(_ruling(row) for row in rows.all_rows(connection, select))


def _ruling(row: rows.Row) -> Ruling:
    about = Question(
        concern=Concern(row["concern"]),
        pass_id=row["pass_id"],
        tier=row["tier"],
        code=row["code"],
        span=Span(row["start_us"], row["end_us"]),
        feature=row["feature"],
        coverage=row["coverage"],
        value=row["value"],
        score=row["score"],
        event_id=row["event_id"],
        measured_by=row["measured_by"],
    )
    answer = Answer(row["answer"]) if row["answer"] else None
    return Ruling(row["id"], about, answer, row["note"], row["actor"], row["at"])
