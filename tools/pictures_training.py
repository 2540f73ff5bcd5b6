"""The scenes of training: one course as two trainees go through it, and a supervisor's view of all trainees."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget

from coder.desktop.cohort_page import CohortPage
from coder.desktop.feedback_page import FeedbackPage
from coder.desktop.guided_page import GuidedPage
from coder.desktop.learning_page import LearningPage
from coder.desktop.training_pages import TrainingPages
from coder.desktop.workstation import Workstation
from coder.model.study import Coder, Purpose, Role
from coder.model.training import StepKind, TakenCourse
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder, find_coder
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_guided, finish_guided
from coder.workflows.training.courses import take_course, taken_courses, training_study
from coder.workflows.training.from_file import attempt_from_file
from coder.workflows.training.history import attempts
from coder.workflows.training.records import Record, bring_record, record_bytes, record_of

SAMPLES = shipped("sample_media")
COURSE, LOOKS = "cue-response", "gaze-near"
VISITED = "first-practice"
TRAINEES = "Home visits, trainees"
CERTIFIED = {"Eve": 400, "Gil": 340}
"""Who was certified elsewhere, and how many days ago."""


def trained() -> None:
    """The training study: Sasha, who is hasty and has practised, and Robin, who has passed the test."""
    with training_study() as store:
        taken = take_course(store, SAMPLES / "courses" / f"{COURSE}.toml")
        go_through(store, taken, "Robin", "careful")
        learnt = [step for step in taken.course.steps if step.kind is not StepKind.TEST]
        go_through(store, taken, "Sasha", "hasty", steps=len(learnt), again=2)


def trainees(folder: Path) -> None:
    """A supervisor's study: one certified, one failed, one stuck, one drifting, two due, one just begun."""
    with new_study(folder / TRAINEES, TRAINEES) as store:
        taken = take_course(store, SAMPLES / "courses" / f"{LOOKS}.toml")
        go_through(store, taken, "Ada", "careful")
        go_through(store, taken, "Ben", "confused")
        go_through(store, taken, "Cleo", "drifting-5", steps=5, again=2)
        go_through(store, taken, "Dora", "careful", steps=3)
        go_through(store, taken, "Kim", "careful")
        visited(store)
        with new_study(folder / "Training room", "Training room") as room:
            there = take_course(room, SAMPLES / "courses" / f"{LOOKS}.toml")
            for name, days in CERTIFIED.items():
                done = record_of(room, go_through(room, there, name, "careful").id)
                file = folder / f"{name}.record.json"
                file.write_bytes(record_bytes(earlier(done, days)))
                bring_record(store, file)


def go_through(
    store: StudyStore, taken: TakenCourse, name: str, kind: str, *, steps: int = 99, again: int = 1
) -> Coder:
    """A trainee who goes through the first steps as the simulated coder of that kind; practice several times."""
    coder = add_coder(store, name, Role.TRAINEE)
    for step in taken.course.steps[:steps]:
        if step.kind is StepKind.GUIDED:
            asked = len(step.exercises)
            finish_guided(store, begin_guided(store, taken, step.id, coder.id).id, asked - 1, asked)
            continue
        film, scheme, *_ = Path(step.master).name.split(".")
        for _ in range(again if step.kind is StepKind.PRACTICE else 1):
            file = SAMPLES / "passes" / f"{film}.{scheme}.{kind}.csv"
            attempt_from_file(store, taken, step.id, coder.id, file)
    return coder


def earlier(record: Record, days: int) -> Record:
    """The record as if the test had been passed some days earlier."""

    def ago(day: str) -> str:
        return (date.fromisoformat(day[:10]) - timedelta(days)).isoformat()

    (course,) = record.courses
    papers = tuple(
        replace(paper, issued_at=ago(paper.issued_at), expires_at=ago(paper.expires_at))
        for paper in course.certificates
    )
    last = date.fromisoformat(max(course.days_coded))
    coded = {ago(day) for day in course.days_coded}
    if days < 365:  # whoever is still certified has gone on coding
        coded |= {(last - timedelta(at)).isoformat() for at in range(0, days, 60)}
    return replace(record, courses=(replace(course, certificates=papers, days_coded=tuple(sorted(coded))),))


def visited(store: StudyStore) -> None:
    """Visits that Kim codes too, later and later."""
    for number in range(1, 6):
        name = f"visit {number}"
        add_session(store, SAMPLES / f"{VISITED}.mp4", name)
        for coder, file, purpose in (
            ("Robin", f"{VISITED}.{LOOKS}.master.csv", Purpose.MAIN),
            ("Kim", f"passes/{VISITED}.{LOOKS}.drifting-{number}.csv", Purpose.RELIABILITY),
        ):
            import_events(store, SAMPLES / file, session=name, coder=coder, scheme=LOOKS, purpose=purpose)


def training_scenes(studies: Path) -> Mapping[str, Callable[[Workstation], QWidget]]:
    """Every scene by its name, in an order a person could walk. studies: where `trainees` made the study."""
    return {
        "training": courses,
        "course": course,
        "guided": guided,
        "guided-question": question,
        "feedback": feedback,
        "learning": learning,
        "decision": decision,
        "cohort": lambda station: cohort(station, studies / TRAINEES),
        "cohort-failed": lambda station: choose(station, "Ben"),
    }


def learner(station: Workstation, name: str) -> TrainingPages:
    """The pages of the training study, for one of those who learn there."""
    station.close_study()
    station.train("courses")
    assert station.training is not None
    station.training.coder = find_coder(open_store(station), name)
    return station.training


def open_store(station: Workstation) -> StudyStore:
    """The study that is open."""
    assert station.store is not None
    return station.store


def the_course(station: Workstation) -> TakenCourse:
    """The one course of the training study."""
    (taken,) = taken_courses(open_store(station))
    return taken


def courses(station: Workstation) -> QWidget:
    """The courses that there are."""
    learner(station, "Sasha").show_courses()
    return station.window


def course(station: Workstation) -> QWidget:
    """The course of somebody who has practised: next comes the test."""
    pages = learner(station, "Sasha")
    pages.show_course(the_course(station).id)
    return station.window


def guided(station: Workstation) -> QWidget:
    """The master's codes with their reasons, at the second of them."""
    pages = learner(station, "Sasha")
    taken = the_course(station)
    pages.try_step(taken, taken.course.steps[0].id)
    page = pages.page
    assert isinstance(page, GuidedPage)
    until_painted(page)
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_PageDown)
        QTest.qWait(400)
    return station.window


def question(station: Workstation) -> QWidget:
    """The first question after them."""
    assert station.training is not None
    page = station.training.page
    assert isinstance(page, GuidedPage)
    for _ in page.stops:
        QTest.keyClick(page, Qt.Key.Key_PageDown)
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.qWait(600)
    return station.window


def feedback(station: Workstation) -> QWidget:
    """What the hasty coder is told of a clip, at the first difference."""
    pages = learner(station, "Sasha")
    taken, store = the_course(station), open_store(station)
    coded = [one for one in attempts(store, taken, find_coder(store, "Sasha").id) if one.pass_id]
    pages.show_attempt(taken, coded[-1].id)
    page = pages.page
    assert isinstance(page, FeedbackPage)
    until_painted(page)
    return station.window


def until_painted(page: GuidedPage | FeedbackPage) -> None:
    """Wait for the film."""
    while page.view.painted.value is None:
        QTest.qWait(50)


def learning(station: Workstation) -> QWidget:
    """The hasty coder's curves."""
    pages = learner(station, "Sasha")
    pages.show_learning(the_course(station))
    while not isinstance(pages.page, LearningPage):
        QTest.qWait(50)
    return station.window


def decision(station: Workstation) -> QWidget:
    """What the rule says of the careful coder's test."""
    pages = learner(station, "Robin")
    pages.show_decision(the_course(station), 1)
    return station.window


def cohort(station: Workstation, folder: Path) -> QWidget:
    """All trainees of the supervisor's study; the one who drifts is chosen."""
    station.open_study(folder)
    station.train("cohort")
    QTest.qWait(50)
    while station.strip.busy:
        QTest.qWait(50)
    return choose(station, "Kim")


def choose(station: Workstation, name: str) -> QWidget:
    """Another trainee of the same study."""
    assert station.training is not None
    page = station.training.cohort.page
    assert isinstance(page, CohortPage)
    page.list.choose(next(at for at, row in enumerate(page.list.lines.rows) if row.coder.name == name))
    return station.window
