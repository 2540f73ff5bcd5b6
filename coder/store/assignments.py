"""Who is to code what: the rows, none of which ever goes. One that was withdrawn says when and why."""

from collections.abc import Iterable

import sqlalchemy as sa

from coder.language import tr
from coder.model.problem import Problem, StoreError
from coder.model.scheme import SchemeId
from coder.model.study import Assignment, Purpose
from coder.store import rows, schema
from coder.store.schema import sealed

_table = schema.assignment


def add(connection: sa.Connection, assignments: Iterable[Assignment]) -> None:
    """Say who is to code what; each session, coder and scheme must be in the study."""
    position = rows.next_position(connection, _table)
    for place, assignment in enumerate(assignments, start=position):
        rows.refuse_second(connection, _table, assignment.id, "assignment")
        rows.require(connection, schema.session, assignment.session_id, "session")
        rows.require(connection, schema.coder, assignment.coder_id, "coder")
        rows.scheme_text(connection, assignment.scheme)
        values = {
            "id": assignment.id,
            "position": place,
            "session_id": assignment.session_id,
            "coder_id": assignment.coder_id,
            "scheme_name": assignment.scheme.name,
            "scheme_version": assignment.scheme.version,
            "purpose": assignment.purpose.value,
            "origin": assignment.origin or None,
            "withdrawn": assignment.withdrawn or None,
        }
        rows.add(connection, _table, values)


def withdraw(connection: sa.Connection, assignment_id: str, words: str) -> None:
    """Take an assignment back; `words` say when and why, and stay with it."""
    found = connection.execute(sa.select(_table).where(_table.c.id == assignment_id)).mappings().first()
    if found is None or found["withdrawn"]:
        raise StoreError(Problem(tr("The study has no assignment “{assignment}”.", assignment=assignment_id)))
    values = sealed(_table, {**found, "withdrawn": words})
    connection.execute(_table.update().where(_table.c.id == assignment_id).values(values))


def listed(connection: sa.Connection, session_id: str | None = None, *, withdrawn: bool) -> tuple[Assignment, ...]:
    """The assignments of a session, or all, that hold or that were withdrawn, in the order of their making."""
    ids = {(scheme.name, scheme.version): scheme for scheme in rows.schemes(connection)}
    which = _table.c.withdrawn.is_not(None) if withdrawn else _table.c.withdrawn.is_(None)
    select = sa.select(_table).where(which).order_by(_table.c.position)
    if session_id is not None:
        select = select.where(_table.c.session_id == session_id)
    found = rows.all_rows(connection, select)
    return tuple(_assignment(row, ids[row["scheme_name"], row["scheme_version"]]) for row in found)


def _assignment(row: rows.Row, scheme: SchemeId) -> Assignment:
    return Assignment(
        id=row["id"],
        session_id=row["session_id"],
        coder_id=row["coder_id"],
        scheme=scheme,
        purpose=Purpose(row["purpose"]),
        origin=row["origin"] or "",
        withdrawn=row["withdrawn"] or "",
    )
