"""The journal of a pass: append-only entries, each holding the hash of the one before.

An event row and its journal entry are written in one transaction. The chain shows any later change to an entry;
whoever can rewrite the whole file can rewrite the chain too, and only a copy kept elsewhere would show it.
"""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coder.model.coding import Certainty, Event, Modifiers, PassHeader, PassStatus
from coder.model.edit import Change, Edit, EditKind
from coder.model.time import Span

SUBMIT = "submit"
REOPEN = "reopen"
VIEW = "view"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a pass's journal.

    n: 1, 2, 3 … within the pass. kind: "do", "undo", "redo", "submit", "reopen" (whose label is the reason) or
    "view" (a stretch was watched; `target` says which).
    at: ISO 8601, UTC. station: the computer's name. prev: the hash of entry n - 1; `genesis` for the first.
    """

    pass_id: str
    n: int
    id: str
    kind: str
    target: str | None
    label: str
    changes: tuple[Change, ...]
    actor: str
    station: str
    at: str
    prev: str
    hash: str

    @property
    def edit(self) -> Edit | None:
        """The edit that was journalled; None for a submission, a reopening or a viewing."""
        if self.kind in {SUBMIT, REOPEN, VIEW}:
            return None
        return Edit(self.id, self.label, self.changes, EditKind(self.kind), self.target)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A pass was submitted, or reopened for a reason. at: ISO 8601, UTC."""

    pass_id: str
    status: PassStatus
    at: str
    reason: str


def now_text() -> str:
    """The moment, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def row_of(
    pass_id: str,
    *,
    entry_id: str,
    kind: str,
    label: str,
    actor: str,
    target: str | None = None,
    changes: Iterable[Change] = (),
) -> dict[str, object]:
    """A journal row without its place in the chain; see `chained`."""
    return {
        "pass_id": pass_id,
        "id": entry_id,
        "kind": kind,
        "target": target,
        "label": label,
        "changes": _changes_text(changes),
        "actor": actor,
        "station": platform.node(),
        "at": now_text(),
    }


def chained(row: Mapping[str, object], n: int, prev: str) -> dict[str, object]:
    """The row as entry `n`, behind the entry whose hash is `prev`."""
    body = {**row, "n": n, "prev": prev}
    return {**body, "hash": entry_hash(body)}


def entry_hash(row: Mapping[str, object]) -> str:
    """The hash that a journal row should have."""
    return _sha256({name: value for name, value in row.items() if name != "hash"})


def genesis(header: PassHeader) -> str:
    """The hash a pass starts from: all of its header but the status."""
    values = {
        "id": header.id,
        "session_id": header.session_id,
        "scheme": [header.scheme.name, header.scheme.version, header.scheme.sha256],
        "coder_id": header.coder_id,
        "purpose": header.purpose,
        "window_us": [header.window.start_us, header.window.end_us],
    }
    return _sha256({**values, "made_from": header.made_from} if header.made_from else values)


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry that a journal row holds; ValueError, KeyError or TypeError if the row is damaged."""
    changes = tuple(
        Change(_event(change["before"]), _event(change["after"])) for change in json.loads(row["changes"])
    )
    return Entry(**{**row, "changes": changes})


def modifiers_text(modifiers: Modifiers) -> str:
    """Modifiers as they are stored: a JSON list of pairs."""
    return json.dumps(modifiers, ensure_ascii=False, separators=(",", ":"))


def modifiers_of(text: str) -> Modifiers:
    """Modifiers from how they are stored."""
    return tuple((key, value) for key, value in json.loads(text))


def viewing_text(span: Span) -> str:
    """Which stretch was watched, as the journal keeps it: `start_us-end_us`."""
    return f"{span.start_us}-{span.end_us}"


def viewing_of(text: str) -> Span:
    """The stretch from how the journal keeps it."""
    start_us, _, end_us = text.partition("-")
    return Span(int(start_us), int(end_us))


def moments_text(moments: tuple[Span, ...]) -> str | None:
    """The moments of a rating as they are stored: a JSON list of [start_us, end_us]; None if there are none."""
    return json.dumps(_pairs(moments), separators=(",", ":")) if moments else None


def moments_of(text: str | None) -> tuple[Span, ...]:
    """Moments from how they are stored."""
    return _moments(json.loads(text or "[]"))


def either_text(either: tuple[str, ...]) -> str | None:
    """The codes that are as right as they are stored: a JSON list; None if there are none."""
    return json.dumps(either, ensure_ascii=False, separators=(",", ":")) if either else None


def either_of(text: str | None) -> tuple[str, ...]:
    """Codes that are as right, from how they are stored."""
    return tuple(json.loads(text or "[]"))


def _pairs(moments: tuple[Span, ...]) -> list[list[int]]:
    return [[moment.start_us, moment.end_us] for moment in moments]


def _moments(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _changes_text(changes: Iterable[Change]) -> str:
    listed = [{"before": _values(change.before), "after": _values(change.after)} for change in changes]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def _values(event: Event | None) -> dict[str, object] | None:
    if event is None:
        return None
    values: dict[str, object] = {
        "id": event.id,
        "tier": event.tier,
        "code": event.code,
        "start_us": event.span.start_us,
        "end_us": event.span.end_us,
        "modifiers": event.modifiers,
        "note": event.note,
    }
    # What is usual is left out: an entry reads as it did before these were known, to the byte.
    if event.certainty is not Certainty.CERTAIN:
        values["certainty"] = event.certainty.value
    if event.reaction_us:
        values["reaction_us"] = event.reaction_us
    if event.answer:
        values["answer"] = event.answer
    if event.moments:
        values["moments"] = _pairs(event.moments)
    if event.either:
        values["either"] = event.either
    return values


def _event(values: Mapping[str, Any] | None) -> Event | None:
    if values is None:
        return None
    modifiers = tuple((key, value) for key, value in values["modifiers"])
    span = Span(values["start_us"], values["end_us"])
    return Event(
        values["id"],
        values["tier"],
        values["code"],
        span,
        modifiers,
        values["note"],
        Certainty(values.get("certainty", "")),
        values.get("reaction_us", 0),
        values.get("answer", ""),
        _moments(values.get("moments", ())),
        tuple(values.get("either", ())),
    )


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
