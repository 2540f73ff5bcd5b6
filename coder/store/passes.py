"""Coding passes: the events as they stand, and the journal of how they came to stand so, in step."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from coder.language import tr
from coder.model.coding import Certainty, CodingPass, Event, PassHeader, PassStatus, Viewing
from coder.model.edit import Change, Edit, EditKind
from coder.model.problem import Problem, StoreError
from coder.model.scheme import SchemeId
from coder.model.study import Purpose
from coder.model.time import Span
from coder.store import journal, rows, schema
from coder.store.journal import Entry, StatusChange
from coder.store.rows import Row

_coding, _event, _edit = schema.coding_pass, schema.event, schema.edit
_VALUES = (
    "tier",
    "code",
    "start_us",
    "end_us",
    "modifiers",
    "note",
    "certainty",
    "reaction_us",
    "answer",
    "moments",
    "either",
)

# Built once: putting a statement together takes longer than running it.
_as_it_was = sa.and_(
    _event.c.pass_id == sa.bindparam("old_pass_id"),
    _event.c.id == sa.bindparam("old_id"),
    *(_event.c[name].is_not_distinct_from(sa.bindparam(f"old_{name}")) for name in _VALUES),
)
_DELETE = _event.delete().where(_as_it_was)
_UPDATE = _event.update().where(_as_it_was).values({name: sa.bindparam(f"new_{name}") for name in _VALUES})
_HEADERS = sa.select(_coding, schema.scheme.c.sha256.label("scheme_sha256")).join(schema.scheme)
_STATE = sa.select(_coding.c.status, _coding.c.rev, _coding.c.head).where(_coding.c.id == sa.bindparam("pass_id"))
_ADVANCE = (
    _coding.update()
    .where(_coding.c.id == sa.bindparam("pass_id"), _coding.c.rev == sa.bindparam("old_rev"))
    .values({name: sa.bindparam(f"new_{name}") for name in ("status", "rev", "head")})
)
_TARGET = sa.select(_edit.c.n).where(
    _edit.c.id == sa.bindparam("target"), _edit.c.pass_id == sa.bindparam("pass_id"), _edit.c.kind == "do"
)
_ENTRIES = sa.select(_edit).where(_edit.c.pass_id == sa.bindparam("pass_id")).order_by(_edit.c.n)
_EVENTS = sa.select(_event).where(_event.c.pass_id == sa.bindparam("pass_id"))


def add(connection: sa.Connection, header: PassHeader) -> None:
    """Add an empty, open pass of a session, coder and scheme that the study has."""
    rows.refuse_second(connection, _coding, header.id, "pass")
    rows.require(connection, schema.session, header.session_id, "session")
    rows.require(connection, schema.coder, header.coder_id, "coder")
    rows.scheme_text(connection, header.scheme)
    if header.status is not PassStatus.OPEN:
        raise StoreError(Problem(tr("A new pass is open; submit it once it is coded.")))
    values = {
        "id": header.id,
        "position": rows.next_position(connection, _coding),
        "session_id": header.session_id,
        "coder_id": header.coder_id,
        "scheme_name": header.scheme.name,
        "scheme_version": header.scheme.version,
        "purpose": header.purpose.value,
        "window_start_us": header.window.start_us,
        "window_end_us": header.window.end_us,
        "status": header.status.value,
        "rev": 0,
        "head": journal.genesis(header),
        "made_from": json.dumps(header.made_from) if header.made_from else None,
    }
    connection.execute(_coding.insert(), values)


def headers(connection: sa.Connection, session_id: str | None = None) -> tuple[PassHeader, ...]:
    """The passes of a session, or all, in the order in which they were made."""
    select = _HEADERS.order_by(_coding.c.position)
    if session_id is not None:
        select = select.where(_coding.c.session_id == session_id)
    return tuple(_header(row) for row in rows.all_rows(connection, select))


def header(connection: sa.Connection, pass_id: str) -> PassHeader:
    """The header of one pass."""
    row = connection.execute(_HEADERS.where(_coding.c.id == pass_id)).mappings().first()
    if row is None:
        raise _unknown(pass_id)
    return _header(row)


def event_count(connection: sa.Connection, pass_id: str) -> int:
    """How many events a pass has."""
    count = sa.select(sa.func.count()).select_from(_event).where(_event.c.pass_id == pass_id)
    return int(connection.execute(count).scalar_one())


def load(connection: sa.Connection, pass_id: str) -> CodingPass:
    """A pass with all its events."""
    return CodingPass.of(header(connection, pass_id), events(connection, pass_id))


def events(connection: sa.Connection, pass_id: str) -> list[Event]:
    """The events of a pass, in no order."""
    found = connection.execute(_EVENTS, {"pass_id": pass_id})
    return [
        Event(
            row.id,
            row.tier,
            row.code,
            Span(row.start_us, row.end_us),
            journal.modifiers_of(row.modifiers),
            row.note,
            Certainty(row.certainty or ""),
            row.reaction_us or 0,
            row.answer or "",
            journal.moments_of(row.moments),
            journal.either_of(row.either),
        )
        for row in found
    ]


def entry_rows(connection: sa.Connection, pass_id: str) -> list[Row]:
    """The journal of a pass as it is stored, in order."""
    return [dict(row) for row in connection.execute(_ENTRIES, {"pass_id": pass_id}).mappings()]


def entries(connection: sa.Connection, pass_id: str) -> tuple[Entry, ...]:
    """The journal of a pass, in order."""
    return tuple(journal.entry_of(row) for row in entry_rows(connection, pass_id))


def save(connection: sa.Connection, pass_id: str, edit: Edit, actor: str) -> None:
    """Write an edit's journal entry and make its changes; the work does not grow with the pass."""
    _refuse_muddled(edit)
    if edit.kind is not EditKind.DO:
        asked = {"target": edit.target, "pass_id": pass_id}
        if connection.execute(_TARGET, asked).first() is None:
            raise StoreError(
                Problem(
                    tr("There is no edit to {kind} in this pass.", kind=edit.kind), hint=tr("Open the pass again.")
                )
            )
    row = journal.row_of(
        pass_id,
        entry_id=edit.id,
        kind=edit.kind.value,
        target=edit.target,
        label=edit.label,
        changes=edit.changes,
        actor=actor,
    )
    _append(connection, row, PassStatus.OPEN, PassStatus.OPEN)
    _change(connection, pass_id, edit.changes)


def set_status(connection: sa.Connection, pass_id: str, status: PassStatus, reason: str, actor: str) -> None:
    """Submit or reopen a pass; the journal says who, when and why."""
    submits = status is PassStatus.SUBMITTED
    kind, was = (journal.SUBMIT, PassStatus.OPEN) if submits else (journal.REOPEN, PassStatus.SUBMITTED)
    row = journal.row_of(pass_id, entry_id=str(uuid4()), kind=kind, label=reason, actor=actor)
    _append(connection, row, was, status)


def add_viewing(connection: sa.Connection, pass_id: str, span: Span, actor: str, finished_at: str = "") -> None:
    """Write into the journal of an open pass that a stretch was watched, to its end just now.

    finished_at: when that was, if it was before, for the pass that this one was made from.
    """
    target = journal.viewing_text(span)
    row = journal.row_of(pass_id, entry_id=str(uuid4()), kind=journal.VIEW, target=target, label="", actor=actor)
    if finished_at:
        row["at"] = finished_at
    _append(connection, row, PassStatus.OPEN, PassStatus.OPEN)


def viewings(connection: sa.Connection, pass_id: str) -> tuple[Viewing, ...]:
    """The viewings of a pass, in order."""
    select = (
        sa.select(_edit.c.target, _edit.c.at)
        .where(_edit.c.pass_id == pass_id, _edit.c.kind == journal.VIEW)
        .order_by(_edit.c.n)
    )
    return tuple(Viewing(journal.viewing_of(row.target), row.at) for row in connection.execute(select))


def status_changes(connection: sa.Connection, session_id: str | None) -> tuple[StatusChange, ...]:
    """Submissions and reopenings of a session's passes, or of all, in order of time; no events are read."""
    select = (
        sa.select(_edit.c.pass_id, _edit.c.kind, _edit.c.at, _edit.c.label)
        .where(_edit.c.kind.in_((journal.SUBMIT, journal.REOPEN)))
        .order_by(_edit.c.at, _edit.c.n)
    )
    if session_id is not None:
        select = select.join(_coding, _coding.c.id == _edit.c.pass_id).where(_coding.c.session_id == session_id)
    return tuple(
        StatusChange(
            row.pass_id,
            PassStatus.SUBMITTED if row.kind == journal.SUBMIT else PassStatus.OPEN,
            row.at,
            row.label,
        )
        for row in connection.execute(select)
    )


def _append(connection: sa.Connection, row: Row, was: PassStatus, becomes: PassStatus) -> None:
    state = connection.execute(_STATE, {"pass_id": row["pass_id"]}).first()
    if state is None:
        raise _unknown(row["pass_id"])
    if state.status != was.value:
        raise StoreError(_locked() if was is PassStatus.OPEN else Problem(tr("This pass is not submitted.")))
    entry = journal.chained(row, state.rev + 1, state.head)
    connection.execute(_edit.insert(), entry)
    advanced = {
        "pass_id": row["pass_id"],
        "old_rev": state.rev,
        "new_rev": state.rev + 1,
        "new_head": entry["hash"],
        "new_status": becomes.value,
    }
    if connection.execute(_ADVANCE, advanced).rowcount != 1:
        raise StoreError(_stale())


def _change(connection: sa.Connection, pass_id: str, changes: Iterable[Change]) -> None:
    """Make changes, each only if the event is still as the change says it was."""
    deletes, updates, inserts = [], [], []
    for change in changes:
        if change.before is None:
            assert change.after is not None
            inserts.append(_row(pass_id, change.after))
        elif change.after is None:
            deletes.append(_old(pass_id, change.before))
        else:
            new = _row(pass_id, change.after)
            updates.append({**_old(pass_id, change.before), **{f"new_{name}": new[name] for name in _VALUES}})
    _run(connection, _DELETE, deletes)
    _run(connection, _UPDATE, updates)
    if inserts:
        try:
            connection.execute(_event.insert(), inserts)
        except sa.exc.IntegrityError as error:
            raise StoreError(_stale()) from error


def _run(connection: sa.Connection, statement: Any, values: Sequence[dict[str, object]]) -> None:
    if values and connection.execute(statement, values).rowcount != len(values):
        raise StoreError(_stale())


def _refuse_muddled(edit: Edit) -> None:
    """An event may be taken away once and put in once: anything else has no single reverse."""
    for side in ("before", "after"):
        ids = [event.id for change in edit.changes if (event := getattr(change, side)) is not None]
        if len(set(ids)) != len(ids):
            raise StoreError(Problem(tr("The edit “{edit}” changes one event twice.", edit=edit.label)))


def _row(pass_id: str, event: Event) -> dict[str, object]:
    return {
        "pass_id": pass_id,
        "id": event.id,
        "tier": event.tier,
        "code": event.code,
        "start_us": event.span.start_us,
        "end_us": event.span.end_us,
        "modifiers": journal.modifiers_text(event.modifiers),
        "note": event.note,
        "certainty": event.certainty.value or None,
        "reaction_us": event.reaction_us or None,
        "answer": event.answer or None,
        "moments": journal.moments_text(event.moments),
        "either": journal.either_text(event.either),
    }


def _old(pass_id: str, event: Event) -> dict[str, object]:
    return {f"old_{name}": value for name, value in _row(pass_id, event).items()}


def _header(row: Any) -> PassHeader:
    return PassHeader(
        id=row["id"],
        session_id=row["session_id"],
        scheme=SchemeId(row["scheme_name"], row["scheme_version"], row["scheme_sha256"]),
        coder_id=row["coder_id"],
        purpose=Purpose(row["purpose"]),
        window=Span(row["window_start_us"], row["window_end_us"]),
        status=PassStatus(row["status"]),
        made_from=tuple(json.loads(row["made_from"] or "[]")),
    )


def _unknown(pass_id: str) -> StoreError:
    return StoreError(Problem(tr("The study has no pass “{pass_id}”.", pass_id=pass_id)))


def _locked() -> Problem:
    return Problem(tr("This pass is submitted and locked."), hint=tr("A supervisor can reopen it, with a reason."))


def _stale() -> Problem:
    return Problem(
        tr("The pass was changed in the meantime, so this edit no longer fits; nothing was saved."),
        hint=tr("Open the pass again and repeat the edit."),
    )
