"""What people said about who is who in a film. Append-only: a word that is taken back stays to be read."""

import json
from collections.abc import Callable
from uuid import uuid4

import sqlalchemy as sa

from coder.language import tr
from coder.model.persons import Anchor, IdentityMark, Role
from coder.model.problem import Problem, StoreError
from coder.model.time import Span
from coder.store import rows, schema

_table = schema.identity_mark


def add(connection: sa.Connection, mark: IdentityMark) -> None:
    """Keep a mark that holds; the film and whoever said it must be in the study."""
    if mark.withdrawn:
        raise ValueError("a mark is withdrawn after it was said")
    if not mark.anchors:
        raise StoreError(Problem(tr("This says nothing about anybody.")))
    rows.refuse_second(connection, _table, mark.id, "mark")
    _append(connection, mark, None)


def withdraw(connection: sa.Connection, mark_id: str, actor: str, at: str) -> None:
    """Write down that a mark holds no longer; StoreError if there is no such mark that holds."""
    held = [mark for mark in listed(connection, None, withdrawn=False) if mark.id == mark_id]
    if not held:
        raise StoreError(Problem(tr("The study has no mark “{name}” that holds.", name=mark_id)))
    taken = IdentityMark(str(uuid4()), held[0].media_id, held[0].span, (), actor, at)
    _append(connection, taken, mark_id)


def listed(connection: sa.Connection, media_id: str | None, *, withdrawn: bool) -> tuple[IdentityMark, ...]:
    """The marks of a film, or of all, oldest first: where two speak of one face, the later one holds.

    withdrawn: those that were taken back instead of those that hold.
    """
    select = sa.select(_table).order_by(_table.c.position)
    if media_id is not None:
        select = select.where(_table.c.media_id == media_id)
    found = rows.all_rows(connection, select)
    ended = {row["withdraws"]: row["at"] for row in found if row["withdraws"] is not None}
    wanted: Callable[[str], bool] = ended.__contains__ if withdrawn else lambda mark_id: mark_id not in ended
    return tuple(
        IdentityMark(
            id=row["id"],
            media_id=row["media_id"],
            span=Span(row["start_us"], row["end_us"]),
            anchors=tuple(Anchor(at, x, y, Role(role)) for at, x, y, role in json.loads(row["anchors"])),
            actor=row["actor"],
            at=row["at"],
            withdrawn=ended.get(row["id"], ""),
        )
        for row in found
        if row["withdraws"] is None and wanted(row["id"])
    )


def _append(connection: sa.Connection, mark: IdentityMark, withdraws: str | None) -> None:
    rows.require(connection, schema.media, mark.media_id, "film")
    rows.require(connection, schema.coder, mark.actor, "coder")
    anchors = [[anchor.at_us, anchor.x, anchor.y, anchor.role.value] for anchor in mark.anchors]
    values = {
        "id": mark.id,
        "position": rows.next_position(connection, _table),
        "media_id": mark.media_id,
        "start_us": mark.span.start_us,
        "end_us": mark.span.end_us,
        "anchors": json.dumps(anchors),
        "actor": mark.actor,
        "at": mark.at,
        "withdraws": withdraws,
    }
    rows.add(connection, _table, values)
