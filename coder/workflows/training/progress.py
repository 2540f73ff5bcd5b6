"""How far a trainee is in a course: what is done, what is open, what comes next, and why something is locked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coder.language import tr
from coder.model.study import Coder
from coder.model.training import Attempt, Certificate, Standing, Step, StepKind, TakenCourse
from coder.store import StudyStore
from coder.workflows.training.certifying import Where, outcome, standing_of
from coder.workflows.training.history import Gone, gone, set_done

_DUE = (Standing.DUE_SOON, Standing.EXPIRED, Standing.ABSENT)


class StepState(StrEnum):
    """Where a step stands. A practice step that was submitted once is DONE, however often it is tried again."""

    LOCKED = "locked"
    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True)
class StepProgress:
    """One step. why: a sentence that says why it is locked, "" if it is not. attempts: oldest first."""

    step: Step
    state: StepState
    why: str = ""
    attempts: tuple[Gone, ...] = ()

    @property
    def begun(self) -> Attempt | None:
        """The attempt that is open: to go on with; None if there is none."""
        return self.attempts[-1].attempt if self.attempts and not self.attempts[-1].done else None

    @property
    def last(self) -> Gone | None:
        """The newest attempt that was submitted or finished; None if there is none."""
        return next((one for one in reversed(self.attempts) if one.done), None)

    @property
    def may_try(self) -> bool:
        """True if the trainee may begin it, go on, or (guided and practice) do it again."""
        once = self.step.kind is StepKind.TEST
        return self.state is not StepState.LOCKED and not (once and self.state is StepState.DONE)


@dataclass(frozen=True)
class SetState:
    """One test.

    done: how many of its `clips` were submitted. passed: None until the last one was, and where damage keeps it
    from being told. why: as of a step.
    """

    test_set: int
    state: StepState
    why: str
    done: int
    clips: int
    passed: bool | None = None


@dataclass(frozen=True)
class CourseProgress:
    """A trainee in a course.

    next: what to do now, None if there is nothing to do (certified) or nothing left (failed, no further test).
    certificate: the newest one. where: where the trainee stands today.
    """

    taken: TakenCourse
    coder: Coder
    steps: tuple[StepProgress, ...]
    next: Step | None
    tests: tuple[SetState, ...]
    certificate: Certificate | None
    where: Where

    def of(self, step_id: str) -> StepProgress:
        """The step of that id. Raises KeyError."""
        for one in self.steps:
            if one.step.id == step_id:
                return one
        raise KeyError(step_id)


def progress(store: StudyStore, taken: TakenCourse, coder_id: str, today: date | None = None) -> CourseProgress:
    """How far a trainee is on a day (UTC), today if it is left out.

    A certificate that a crash kept from being issued is issued now.
    """
    coder = store.coder(coder_id)
    found = gone(store, taken, coder_id)
    passed = {
        test_set: outcome(store, taken, coder_id, test_set)
        for test_set in taken.course.test_sets
        if set_done(taken, found, test_set)
    }
    where = standing_of(store, taken, coder_id, today, passed)
    learnt = tuple(_learning(taken, found))
    ready = all(one.state is StepState.DONE for one in learnt)
    tests = tuple(_tests(taken, found, passed, where, ready=ready))
    states = {one.test_set: one for one in tests}
    tested = (one for test_set in taken.course.test_sets for one in _clips(taken, found, states[test_set]))
    by_id = {one.step.id: one for one in (*learnt, *tested)}
    steps = tuple(by_id[step.id] for step in taken.course.steps)
    todo = (StepState.OPEN, StepState.BEGUN)
    following = next((one.step for one in steps if one.state in todo), None)
    return CourseProgress(taken, coder, steps, following, tests, where.certificate, where)


def _learning(taken: TakenCourse, found: tuple[Gone, ...]) -> Iterator[StepProgress]:
    """The guided and practice steps: each opens when those before it are done."""
    waits_for: Step | None = None
    for step in taken.course.steps:
        if step.kind is StepKind.TEST:
            continue
        mine = _at(step, found)
        if any(one.done for one in mine):
            yield StepProgress(step, StepState.DONE, attempts=mine)
            continue
        if waits_for is not None:
            why = tr("First comes “{step}”.", step=waits_for.title)
            yield StepProgress(step, StepState.LOCKED, why, mine)
            continue
        waits_for = step
        yield StepProgress(step, StepState.BEGUN if mine else StepState.OPEN, attempts=mine)


def _tests(
    taken: TakenCourse, found: tuple[Gone, ...], passed: dict[int, bool | None], where: Where, *, ready: bool
) -> Iterator[SetState]:
    """The tests: the first when all is learnt, a later one for a second try, and for a re-check."""
    submitted = {one.attempt.step_id for one in found if one.done}
    begun = {one.attempt.step_id for one in found}
    before: int | None = None
    for test_set in taken.course.test_sets:
        steps = {step.id for step in taken.course.tests(test_set)}
        done, state, why = len(steps & submitted), StepState.OPEN, ""
        if test_set in passed:
            state = StepState.DONE
        elif steps & begun:
            state = StepState.BEGUN  # and stays open: coding it ends the absence that it is a re-check of
        elif not ready:
            state, why = StepState.LOCKED, tr("The test opens when you have done all steps before it.")
        elif before is not None and passed.get(before) is None:
            state, why = StepState.LOCKED, tr("This test is for a second try, and for a re-check.")
        elif before is not None and passed[before] and where.standing not in _DUE:
            state, why = StepState.LOCKED, tr("You have passed; this test is for a re-check.")
        yield SetState(test_set, state, why, done, len(steps), passed.get(test_set))
        before = test_set


def _clips(taken: TakenCourse, found: tuple[Gone, ...], test: SetState) -> Iterator[StepProgress]:
    """The clips of a test, coded one after the other."""
    waits_for: Step | None = None
    for step in taken.course.tests(test.test_set):
        mine = _at(step, found)
        if any(one.done for one in mine):
            yield StepProgress(step, StepState.DONE, attempts=mine)
        elif test.state is StepState.LOCKED:
            yield StepProgress(step, StepState.LOCKED, test.why, mine)
        elif waits_for is not None:
            why = tr("The clips of a test come one after the other, first “{step}”.", step=waits_for.title)
            yield StepProgress(step, StepState.LOCKED, why, mine)
        else:
            waits_for = step
            yield StepProgress(step, StepState.BEGUN if mine else StepState.OPEN, attempts=mine)


def _at(step: Step, found: tuple[Gone, ...]) -> tuple[Gone, ...]:
    return tuple(one for one in found if one.attempt.step_id == step.id)
