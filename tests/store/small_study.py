"""A study small enough to see whole: one film of ten seconds, one child, two coders, one scheme."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from coder.model.coding import Event, PassHeader
from coder.model.disagreement import Disagreement, DisagreementKind, Settlement, Verdict
from coder.model.edit import Change, Edit
from coder.model.evidence import Answer, Concern, Question, Ruling
from coder.model.persons import Anchor, IdentityMark, Role
from coder.model.scheme import SchemeId
from coder.model.study import Assignment, Coder, Fingerprint, Media, Participant, Purpose, Session
from coder.model.study import Role as CoderRole
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore

WINDOW = Span(0, 10 * SECOND_US)
ADA = Coder("ada", "Ada", CoderRole.CLINICIAN)
BEN = Coder("ben", "Ben", CoderRole.SUPERVISOR)
FILM = Media("film", "media/visit.mp4", Fingerprint("ab" * 32, 1234), "room camera", 10 * SECOND_US, 250)
CHILD = Participant("kim", "child", "Kim")
PARENT = Participant("kim-m", "parent", "Kim's mother")
VISIT = Session("visit", "First visit", WINDOW, (FILM,), (CHILD, PARENT), "2026-03-01", "sunny")
SCHEME_TEXT = 'name = "play"\r\nversion = "1"\r\n# Übung\r\n'
SCHEME = SchemeId("play", "1", hashlib.sha256(SCHEME_TEXT.encode()).hexdigest())
TASK = Assignment("task", VISIT.id, ADA.id, SCHEME, Purpose.MAIN)
MAIN = PassHeader("main", VISIT.id, SCHEME, ADA.id, Purpose.MAIN, WINDOW)
ABOUT = Disagreement(
    Span(SECOND_US, 2 * SECOND_US), "gaze", "parent", None, DisagreementKind.MISSED, SECOND_US, event_a="e1"
)
SETTLED = Settlement(
    "settled", "main", "second", ABOUT, Verdict.A, "seen in the mirror", "ben", "2026-11-22T10:00:00+00:00"
)
MARK = IdentityMark(
    "mark",
    "film",
    Span(SECOND_US, 4 * SECOND_US),
    (Anchor(2 * SECOND_US, 0.25, 0.5, Role.PARENT), Anchor(2 * SECOND_US, 0.1 + 0.2, 0.625, Role.NOBODY)),
    "ada",
    "2026-11-23T10:00:00+00:00",
)
ASKED = Question(
    Concern.AGAINST,
    "main",
    "gaze",
    "parent",
    Span(SECOND_US, 2 * SECOND_US),
    "child_toward",
    0.8,
    None,
    1.6,
    "e1",
    "ab12",
)
RULED = Ruling("ruled", ASKED, Answer.FEATURE_WRONG, "in the mirror", "ben", "2026-11-23T10:00:00+00:00")
SECOND = PassHeader("second", VISIT.id, SCHEME, BEN.id, Purpose.RELIABILITY, WINDOW)


def small_study(folder: Path) -> StudyStore:
    """The study with an empty pass of each coder, open."""
    store = StudyStore.create(folder, "Play at home")
    store.add_coder(ADA)
    store.add_coder(BEN)
    store.add_session(VISIT)
    store.add_scheme(SCHEME, SCHEME_TEXT)
    store.add_assignments((TASK,))
    store.new_pass(MAIN)
    store.new_pass(SECOND)
    return store


def look(start_s: float, end_s: float | None = None, code: str = "parent", note: str = "") -> Event:
    """A look from one second to another (a moment if no end is given)."""
    start_us = round(start_s * SECOND_US)
    end_us = start_us if end_s is None else round(end_s * SECOND_US)
    return Event(str(uuid4()), "gaze", code, Span(start_us, end_us), (("side", "left"),), note)


def added(*events: Event) -> Edit:
    """The edit that adds events."""
    return Edit.of("Code", *(Change(None, event) for event in events))


def recoded(event: Event, code: str) -> Edit:
    """The edit that gives an event another code."""
    return Edit.of("Recode", Change(event, replace(event, code=code)))


def linked(events: Sequence[Event], chance: random.Random) -> Edit:
    """One edit that says of a few events what answers them, and which moments justify them; or takes it back."""
    changes = []
    for event in chance.sample(events, min(len(events), 4)):
        begins = sorted(chance.randrange(9 * SECOND_US) for _ in range(chance.randrange(4)))
        moments = tuple(Span(begin, begin + SECOND_US // 2) for begin in begins)
        answer = chance.choice(events).id if chance.random() < 0.7 else ""
        changes.append(Change(event, replace(event, answer=answer, moments=moments)))
    return Edit.of("Judge", *changes)


def removed(event: Event) -> Edit:
    """The edit that takes an event away."""
    return Edit.of("Delete", Change(event, None))


def group(events: Sequence[Event], chance: random.Random) -> Edit:
    """One edit of up to a dozen events: some are moved, recoded or taken away, some are new."""
    chosen = chance.sample(events, min(len(events), chance.randrange(2, 8)))
    changes = [Change(None, look(chance.random() * 10)) for _ in range(chance.randrange(2, 6))]
    for event in chosen:
        begin = chance.randrange(9 * SECOND_US)
        later = replace(event, span=Span(begin, begin + event.span.duration_us % SECOND_US))
        changes.append(Change(event, chance.choice([later, replace(event, code="object"), None])))
    return Edit.of("Group", *changes)


def journalled(store: StudyStore, pass_id: str = "main") -> set[Event]:
    """The events of a pass as its journal tells them, worked out here and not by the store."""
    told: dict[str, Event] = {}
    for change in (change for edit in store.edits(pass_id) for change in edit.changes):
        if change.before is not None:
            assert told.pop(change.before.id) == change.before
        if change.after is not None:
            assert change.after.id not in told
            told[change.after.id] = change.after
    return set(told.values())


def everything(store: StudyStore) -> tuple[object, ...]:
    """All that the store holds, as values that compare."""
    headers = store.passes()
    return (
        replace(store.study),
        store.coders(),
        store.sessions(),
        store.schemes(),
        tuple(store.scheme_text(scheme) for scheme in store.schemes()),
        store.assignments(),
        headers,
        tuple(tuple(store.load_pass(header.id)) for header in headers),
        tuple(store.journal(header.id) for header in headers),
        store.tracks(),
        store.assignments(withdrawn=True),
        store.settlements(),
        store.identity_marks(),
        store.identity_marks(withdrawn=True),
        store.rulings(),
        store.training.courses(),
        store.training.masters(),
        store.training.attempts(),
        store.training.finished(),
        store.training.rule_changes(),
        store.training.certificates(),
        store.training.records(),
    )
