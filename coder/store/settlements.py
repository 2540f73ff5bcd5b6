"""What was settled about disagreements. Append-only: whoever changes their mind settles it once more.

The difference itself is kept, field by field, so that what was said at the time can be read and counted without
comparing the passes again.
"""

import sqlalchemy as sa

from coder.language import tr
from coder.model.disagreement import Disagreement, DisagreementKind, Settlement, Verdict
from coder.model.problem import Problem, StoreError
from coder.model.time import Span
from coder.store import rows, schema

_table, _coding = schema.settlement, schema.coding_pass


def add(connection: sa.Connection, settlement: Settlement) -> None:
    """Keep a settlement; both passes must be of one session, and whoever settled it a coder of the study."""
    rows.refuse_second(connection, _table, settlement.id, "settlement")
    rows.require(connection, schema.coder, settlement.actor, "coder")
    for pass_id in (settlement.pass_a, settlement.pass_b):
        rows.require(connection, _coding, pass_id, "pass")
    both = sa.select(_coding.c.session_id).where(_coding.c.id.in_((settlement.pass_a, settlement.pass_b)))
    sessions = [row.session_id for row in connection.execute(both)]
    if len(sessions) != 2 or len(set(sessions)) != 1:
        raise StoreError(Problem(tr("A settlement is about two passes of one session.")))
    about = settlement.about
    values = {
        "id": settlement.id,
        "position": rows.next_position(connection, _table),
        "pass_a": settlement.pass_a,
        "pass_b": settlement.pass_b,
        "start_us": about.span.start_us,
        "end_us": about.span.end_us,
        "tier": about.tier,
        "code_a": about.code_a,
        "code_b": about.code_b,
        "kind": about.kind.value,
        "weight_us": about.weight_us,
        "event_a": about.event_a,
        "event_b": about.event_b,
        "detail": about.detail,
        "value_a": about.value_a,
        "value_b": about.value_b,
        "apart": about.apart,
        "verdict": settlement.verdict.value if settlement.verdict is not None else None,
        "note": settlement.note,
        "actor": settlement.actor,
        "at": settlement.at,
    }
    rows.add(connection, _table, values)


def listed(
    connection: sa.Connection, session_id: str | None, passes: tuple[str, str] | None
) -> tuple[Settlement, ...]:
    """The settlements of a session, of two passes in this order, or of the study, oldest first."""
    select = sa.select(_table).order_by(_table.c.position)
    if session_id is not None:
        select = select.join(_coding, _coding.c.id == _table.c.pass_a).where(_coding.c.session_id == session_id)
    if passes is not None:
        select = select.where(_table.c.pass_a == passes[0], _table.c.pass_b == passes[1])
    return tuple(_settlement(row) for row in rows.all_rows(connection, select))


def _settlement(row: rows.Row) -> Settlement:
    about = Disagreement(
        span=Span(row["start_us"], row["end_us"]),
        tier=row["tier"],
        code_a=row["code_a"],
        code_b=row["code_b"],
        kind=DisagreementKind(row["kind"]),
        weight_us=row["weight_us"],
        event_a=row["event_a"],
        event_b=row["event_b"],
        detail=row["detail"],
        value_a=row["value_a"],
        value_b=row["value_b"],
        apart=row["apart"],
    )
    return Settlement(
        id=row["id"],
        pass_a=row["pass_a"],
        pass_b=row["pass_b"],
        about=about,
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        note=row["note"],
        actor=row["actor"],
        at=row["at"],
    )
