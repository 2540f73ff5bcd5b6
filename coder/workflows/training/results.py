"""What came of an attempt, once it may be shown; the master of a guided step; nothing else opens a master."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from coder.language import tr
from coder.model.coding import CodingPass, PassHeader
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme
from coder.model.study import Coder, Media, Purpose, Session
from coder.model.training import Attempt, Exercise, Master, Score, Step, StepKind, TakenCourse
from coder.store import StudyStore
from coder.training.differences import Difference, differences
from coder.training.exercises import exercises
from coder.training.patterns import Beside, Pattern, patterns
from coder.training.scoring import score
from coder.training.tolerance import beside
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.training.history import Gone, gone, step_of
from coder.workflows.training.taken import master_of, newest_master, scheme_of, taken_course


@dataclass(frozen=True)
class Result:
    """An attempt beside the master.

    films: the session's, and where each lies. scheme: in the language that is spoken. master: the master's codes
    as pass A, its zones applied to this attempt. coding: the trainee's pass, B. key: the master as it was made,
    with its zones and origin. differences: in the order of time. patterns: what stands out, weightiest first.
    exercises: of the step.
    """

    attempt: Attempt
    step: Step
    taken: TakenCourse
    coder: Coder
    session: Session
    films: tuple[tuple[Media, Path], ...]
    scheme: Scheme
    master: CodingPass
    coding: CodingPass
    key: Master
    score: Score
    differences: tuple[Difference, ...]
    patterns: tuple[Pattern, ...]
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True)
class Watched:
    """What a guided step shows.

    coding: the master's codes as a pass. exercises: as the course lists them, or made from the master where it
    lists none.
    """

    taken: TakenCourse
    step: Step
    coding: CodingPass
    master: Master
    scheme: Scheme
    session: Session
    films: tuple[tuple[Media, Path], ...]
    exercises: tuple[Exercise, ...] = ()


def result(store: StudyStore, attempt_id: str) -> Result:
    """What came of a submitted attempt. Raises CodingError, one sentence, while nothing of it may be shown."""
    attempt = next((one for one in store.training.attempts() if one.id == attempt_id), None)
    if attempt is None or not attempt.pass_id:
        raise CodingError(Problem(tr("There is no such attempt at coding a clip.")))
    taken = taken_course(store, attempt.course_id)
    found = {one.attempt.id: one for one in gone(store, taken, attempt.coder_id)}
    return _result(store, taken, _may_be_shown(taken, found[attempt_id]))


def results(store: StudyStore, taken: TakenCourse, coder_id: str) -> tuple[Result, ...]:
    """`result` of all attempts that may be shown, in the order of their submission."""
    return tuple(_result(store, taken, one) for one in shown(store, taken, coder_id))


def scores(
    store: StudyStore, taken: TakenCourse, coder_id: str, *, steps: Collection[str] = (), limits: bool = True
) -> tuple[Score, ...]:
    """The scores of all attempts that may be shown, in the order of their submission.

    steps: ids of those that are asked for, () for all practice and tests. limits: 95 %, which are dear.
    """
    found = shown(store, taken, coder_id)
    return tuple(
        compared(store, taken, one, limits=limits).score
        for one in found
        if not steps or one.attempt.step_id in steps
    )


def master_to_watch(store: StudyStore, taken: TakenCourse, step_id: str) -> Watched:
    """The master of a guided step. Raises CodingError for any other step: its master is sealed."""
    step = next((one for one in taken.course.steps if one.id == step_id), None)
    if step is None or step.kind is not StepKind.GUIDED:
        what = tr("“{step}” is no step to watch: its master is sealed.", step=step.title if step else step_id)
        raise CodingError(Problem(what, taken.course.title))
    place = newest_master(store, taken, step_id)
    master = master_of(store, place.id)
    session = store.session(place.session_id)
    header = PassHeader(place.id, session.id, master.scheme, "", Purpose.TRAINING, master.window)
    scheme = scheme_of(store, taken)
    return Watched(
        taken,
        step,
        CodingPass.of(header, master.events),
        master,
        scheme,
        session,
        _films(store, session),
        step.exercises or exercises(master, scheme, step.tiers),
    )


def shown(store: StudyStore, taken: TakenCourse, coder_id: str) -> list[Gone]:
    """The attempts at practice and test steps that may be shown, in the order of their submission."""
    found = [
        one
        for one in gone(store, taken, coder_id)
        if one.done and one.attempt.pass_id and not one.sealed and step_of(taken, one.attempt) is not None
    ]
    return sorted(found, key=lambda one: one.submitted_at)


def _may_be_shown(taken: TakenCourse, one: Gone) -> Gone:
    """The attempt, if it may be shown."""
    step = step_of(taken, one.attempt)
    if step is None:
        what = tr("The course has the step “{step}” no more.", step=one.attempt.step_id)
        raise CodingError(Problem(what, taken.course.title))
    if not one.done:
        raise CodingError(
            Problem(tr("What came of an attempt is shown once it is submitted."), step.title, tr("Submit it."))
        )
    if one.sealed:
        what = tr("Nothing of a test is shown before its last clip is submitted.")
        raise CodingError(Problem(what, step.title, tr("Go on with the next clip.")))
    return one


def _result(store: StudyStore, taken: TakenCourse, one: Gone) -> Result:
    attempt = one.attempt
    step, key, master, coding, scheme, made = compared(store, taken, one)
    session = store.session(attempt.session_id)
    return Result(
        attempt,
        step,
        taken,
        store.coder(attempt.coder_id),
        session,
        _films(store, session),
        scheme,
        master,
        coding,
        key,
        made,
        differences(master, coding, scheme, step.tiers),
        patterns([Beside(master, coding)], scheme, step.tiers),
        step.exercises,
    )


class Compared(NamedTuple):
    """An attempt beside its master. key: the master as it was made; master: as pass A beside the attempt, B."""

    step: Step
    key: Master
    master: CodingPass
    coding: CodingPass
    scheme: Scheme
    score: Score


def compared_at(
    store: StudyStore, taken: TakenCourse, coder_id: str, steps: Collection[str]
) -> tuple[Compared, ...]:
    """The attempts at these steps beside their masters, without limits, in the order in which they were begun.

    Raises CodingError, one sentence, while nothing of one of them may be shown.
    """
    found = [one for one in gone(store, taken, coder_id) if one.attempt.step_id in steps]
    return tuple(compared(store, taken, _may_be_shown(taken, one), limits=False) for one in found)


def compared(store: StudyStore, taken: TakenCourse, one: Gone, *, limits: bool = True) -> Compared:
    """One of `shown` beside its master. limits: 95 %, which are dear."""
    step = taken.course.step(one.attempt.step_id)
    key = master_of(store, one.attempt.master_id)
    coding = store.load_pass(one.attempt.pass_id)
    scheme = in_language(frozen_scheme(store, coding.header.scheme))
    master = beside(key, coding, scheme)
    made = score(step, one.attempt, one.submitted_at, master, coding, scheme, limits=limits)
    return Compared(step, key, master, coding, scheme, made)


def _films(store: StudyStore, session: Session) -> tuple[tuple[Media, Path], ...]:
    return tuple((media, store.media_path(media)) for media in session.media)
