"""The small study with a course: a step to watch, one to practise, a test; all that training writes."""

from dataclasses import replace

from coder.model.agreement import Estimate
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.model.training import (
    Ask,
    Attempt,
    Certificate,
    Clip,
    Course,
    CourseId,
    Criterion,
    Decision,
    Exercise,
    Matter,
    Requirement,
    Rule,
    RuleChange,
    Step,
    StepKind,
)
from coder.store import StudyStore
from coder.store.training import GuidedDone, MasterVersion, TakenVersion, TrainingRecord
from tests.store.small_study import FILM, MAIN, SCHEME, added, look

NOON = "2026-11-23T12:00:00.000000+00:00"
RULE = Rule((Requirement("F1", "gaze", 0.7, code="parent", unit_us=500_000),), (("gaze", "parent"),), clips=1)
CLIP = Clip("visit", "visit.mp4", Span(0, 10 * SECOND_US), FILM.fingerprint)
COURSE = Course(
    CourseId("looks", "1.0", "cd" * 32),
    "Looks",
    "Where does the child look?",
    SCHEME,
    (
        Step("watch", StepKind.GUIDED, CLIP, "m.csv", "Watch", exercises=(Exercise(Ask.ONSET, "gaze", 7),)),
        Step("try", StepKind.PRACTICE, CLIP, "m.csv", "Practise", "Now you.", tiers=("gaze",)),
        Step("test", StepKind.TEST, CLIP, "m.csv", "Test", test_set=2),
    ),
    RULE,
    authors=("Ada", "Ben"),
    notice="“Übung”",
)
TAKEN = TakenVersion("course", "course", COURSE, NOON)
MASTERS = tuple(MasterVersion(f"m-{step.id}", "course", step.id, "visit", 1) for step in COURSE.steps)
WATCHED = Attempt("watched", "course", "watch", "ada", "visit", "", "m-watch", 1, True, NOON)
TRIED = Attempt("tried", "course", "try", "ada", "visit", "tried-pass", "m-try", 1, False, NOON)
TRIED_PASS = replace(MAIN, id="tried-pass", purpose=Purpose.TRAINING)
DONE = GuidedDone("watched", 1, 3, NOON)
CHANGED = RuleChange("change", "course", replace(RULE, min_events=3), "ben", NOON, "Short clips.")
DECIDED = Decision(
    True,
    RULE,
    ("visit",),
    (
        Criterion(
            matter=Matter.METRIC, needed=0.7, got=Estimate(value=0.1 + 0.2, n=9, low=0.1), met=True, clip="v"
        ),
        Criterion(matter=Matter.EVENTS, needed=10.0, got=None, met=None, code=("gaze", "parent")),
    ),
)
CERTIFICATE = Certificate(
    "paper", "ada", "Ada", COURSE.id, "Looks", SCHEME, 2, DECIDED, ("visit v1",), "2026-11-23", "2027-11-23", "–"
)
RECORD = TrainingRecord("record", "ada", "ef" * 32, "{}", NOON)


def trained(store: StudyStore) -> None:
    """Write all of it into the small study."""
    store.training.take(TAKEN, [(master, f"sealed {master.id}") for master in MASTERS])
    store.training.begin(WATCHED, None)
    store.training.finish(DONE)
    store.training.begin(TRIED, TRIED_PASS, added(look(1, 2)))
    store.training.change_rule(CHANGED)
    store.training.issue("course", CERTIFICATE)
    store.training.keep_record(RECORD)
