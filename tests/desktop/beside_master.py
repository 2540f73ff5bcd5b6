"""A trainee's pass beside the master, as feedback is given it: real passes of a real study on a sample film."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, TierKind
from coder.model.training import (
    Attempt,
    Clip,
    Course,
    CourseId,
    Edge,
    Master,
    Rule,
    Step,
    StepKind,
    TakenCourse,
    Zone,
)
from coder.store import StudyStore
from coder.training.differences import Difference, differences
from coder.training.patterns import Beside, Pattern, patterns
from coder.training.scoring import score
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.training.results import Result
from tests.workflows.supervised import MASTER, supervised

REASON = "The eyes land here and stay."


def beside_master(
    folder: Path,
    *,
    scheme: str = "gaze-near",
    clip: str = "phone",
    coder: str = "Sasha",
    kind: StepKind = StepKind.PRACTICE,
) -> tuple[StudyStore, Result]:
    """A new study in `folder` with the master's pass and a simulated coder's, and what came of the latter."""
    store = supervised(folder, clips=(clip,), coders=(coder,), schemes=(scheme,))
    by_name = {store.coder(header.coder_id).name: store.load_pass(header.id) for header in store.passes()}
    return store, compared(store, by_name[MASTER], by_name[coder], kind=kind)


def compared(
    store: StudyStore,
    master: CodingPass,
    coding: CodingPass,
    *,
    kind: StepKind = StepKind.PRACTICE,
    found: Sequence[Difference] | None = None,
    habits: Sequence[Pattern] | None = None,
) -> Result:
    """What came of a pass. Each of the master's codes has a reason, each state a zone for its onset."""
    scheme = in_language(frozen_scheme(store, master.header.scheme))
    master = CodingPass.of(master.header, [replace(one, note=f"{REASON} {one.id[:4]}") for one in master])
    session = store.session(coding.header.session_id)
    step = Step("p1", kind, Clip(session.name, f"{session.name}.mp4"), "m.csv", "Second practice")
    course = Course(CourseId("to-code", "1.0", "0" * 64), "Learning to code", "", scheme.id, (step,), Rule(()))
    attempt = Attempt(
        "a1",
        "c1",
        "p1",
        coding.header.coder_id,
        session.id,
        coding.header.id,
        "m1",
        2,
        first_view=False,
        began_at="",
    )
    return Result(
        attempt,
        step,
        TakenCourse("c1", course, {"p1": session.id}, course.rule),
        store.coder(coding.header.coder_id),
        session,
        tuple((media, store.media_path(media)) for media in session.media),
        scheme,
        master,
        coding,
        Master(1, scheme.id, master.window, tuple(master), _zones(master, scheme)),
        score(step, attempt, "2026-11-23T10:00:00+00:00", master, coding, scheme),
        differences(master, coding, scheme) if found is None else tuple(found),
        patterns([Beside(master, coding)], scheme) if habits is None else tuple(habits),
    )


def _zones(master: CodingPass, scheme: Scheme) -> tuple[Zone, ...]:
    """Each state may begin anywhere in its first tenth."""
    states = [tier.id for tier in scheme.tiers if tier.kind is TierKind.STATE]
    return tuple(
        Zone(one.id, Edge.ONSET, replace(one.span, end_us=one.onset_us + one.span.duration_us // 10))
        for one in master
        if one.tier in states
    )
