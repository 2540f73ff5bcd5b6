"""A supervisor's study: simulated coders go through a shipped course here and elsewhere, and code visits twice.

    Ada   careful     certified here
    Ben   confused    has taken the only test here, and not passed
    Cleo  drifting    has practised twice, looks away from what both use, and is stuck
    Dora  careful     has watched two clips and practised once
    Eve   careful     certified elsewhere 400 days ago: expired
    Gil   careful     certified elsewhere 340 days ago, and coding since: due soon
    Kim   careful     certified elsewhere 30 days ago, and drifting since in five visits that Robin has coded too
    Fin               has begun nothing

Robin is a clinician and in no course.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coder.model.study import Coder, Purpose, Role
from coder.model.training import StepKind, TakenCourse
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_guided, finish_guided
from coder.workflows.training.courses import take_course
from coder.workflows.training.from_file import attempt_from_file
from coder.workflows.training.records import CourseRecord, Record, bring_record, record_bytes, record_of

SAMPLES = shipped("sample_media")
SCHEME, VISITED = "gaze-near", "first-practice"
STEPS = 8
DAYS_AGO = {"Eve": 400, "Gil": 340, "Kim": 30}


def today() -> date:
    """As the program counts days."""
    return datetime.now(UTC).date()


def supervised(folder: Path) -> Path:
    """The study's folder; the records that were brought to it lie beside it."""
    with new_study(folder / "Home visits", "Home visits") as store:
        taken = take_course(store, SAMPLES / "courses" / f"{SCHEME}.toml")
        trained(store, taken, "Ada", "careful")
        trained(store, taken, "Ben", "confused")
        trained(store, taken, "Cleo", "drifting-5", steps=5, again=2)
        trained(store, taken, "Dora", "careful", steps=3)
        add_coder(store, "Fin", Role.TRAINEE)
        for file in elsewhere(folder).values():
            bring_record(store, file)
        visited(store)
    return folder / "Home visits"


def trained(
    store: StudyStore, taken: TakenCourse, name: str, kind: str, *, steps: int = STEPS, again: int = 1
) -> Coder:
    """A coder who has gone through the first steps as the simulated coder of that kind; practice several times."""
    coder = add_coder(store, name, Role.TRAINEE)
    for step in taken.course.steps[:steps]:
        if step.kind is StepKind.GUIDED:
            attempt, asked = begin_guided(store, taken, step.id, coder.id), len(step.exercises)
            finish_guided(store, attempt.id, asked, asked)
            continue
        film = Path(step.master).name.partition(".")[0]
        for _ in range(again if step.kind is StepKind.PRACTICE else 1):
            file = SAMPLES / "passes" / f"{film}.{SCHEME}.{kind}.csv"
            attempt_from_file(store, taken, step.id, coder.id, file)
    return coder


def elsewhere(folder: Path) -> dict[str, Path]:
    """Records of those who were certified on another computer, by name."""
    files = {}
    with new_study(folder / "Training room", "Training room") as store:
        taken = take_course(store, SAMPLES / "courses" / f"{SCHEME}.toml")
        for name, days in DAYS_AGO.items():
            found = record_of(store, trained(store, taken, name, "careful").id)
            coded_since = [today() - timedelta(ago) for ago in range(days, 0, -60)] if name != "Eve" else []
            files[name] = folder / f"{name}.record.json"
            files[name].write_bytes(record_bytes(earlier(found, days, coded_since)))
    return files


def earlier(record: Record, days: int, coded_since: Sequence[date]) -> Record:
    """The record as if all had been done some days earlier; with days on which its coder has coded since."""

    def ago(at: str) -> str:
        moment = datetime.fromisoformat(at) - timedelta(days)
        return moment.isoformat() if "T" in at else moment.date().isoformat()

    def moved(one: CourseRecord) -> CourseRecord:
        papers = (
            replace(paper, issued_at=ago(paper.issued_at), expires_at=ago(paper.expires_at))
            for paper in one.certificates
        )
        coded = sorted({*map(ago, one.days_coded), *(day.isoformat() for day in coded_since)})
        scores = tuple(replace(score, done_at=ago(score.done_at)) for score in one.scores)
        tests = tuple(replace(test, at=ago(test.at)) for test in one.tests)
        return replace(one, certificates=tuple(papers), scores=scores, tests=tests, days_coded=tuple(coded))

    return replace(record, courses=tuple(map(moved, record.courses)))


def visited(store: StudyStore) -> None:
    """Five visits, coded by Robin as the master would, and by Kim, who marks later from visit to visit."""
    for number in range(1, 6):
        name = f"visit {number}"
        add_session(store, SAMPLES / f"{VISITED}.mp4", name)
        for coder, file, purpose in (
            ("Robin", f"{VISITED}.{SCHEME}.master.csv", Purpose.MAIN),
            ("Kim", f"passes/{VISITED}.{SCHEME}.drifting-{number}.csv", Purpose.RELIABILITY),
        ):
            import_events(store, SAMPLES / file, session=name, coder=coder, scheme=SCHEME, purpose=purpose)
