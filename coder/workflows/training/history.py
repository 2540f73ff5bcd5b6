"""What trainees have gone at, as the study keeps it, and what of it may not be shown yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.training import Attempt, Step, StepKind, TakenCourse
from coder.store import StudyStore
from coder.workflows.training.taken import taken_courses


@dataclass(frozen=True, slots=True)
class Gone:
    """An attempt and what became of it.

    submitted_at: ISO 8601, UTC, "" while it is open; of a guided step when it was finished. sealed: nothing of it
    may be shown yet, though it is submitted: it belongs to a test that is not done. right, asked: of the exercises
    of a guided step.
    """

    attempt: Attempt
    submitted_at: str = ""
    sealed: bool = False
    right: int = 0
    asked: int = 0

    @property
    def done(self) -> bool:
        """True once it was submitted, or finished."""
        return bool(self.submitted_at)


@dataclass(frozen=True)
class UnderTest:
    """What a study hides because of tests that are not done; ids of those who are not done with them.

    passes: by the id of the pass. clips: by (session, name of the scheme), of everybody who is in a course that
    tests on that clip. coding: the same of practice that is not submitted.
    """

    passes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clips: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    coding: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


def attempts(
    store: StudyStore, taken: TakenCourse | None = None, coder_id: str | None = None
) -> tuple[Attempt, ...]:
    """The attempts of the study, at one course, of one coder, in the order in which they were begun."""
    return store.training.attempts(None if taken is None else taken.id, coder_id)


def attempt_of(store: StudyStore, pass_id: str) -> Attempt | None:
    """The attempt that a pass is, if it is one."""
    return next((one for one in store.training.attempts() if one.pass_id == pass_id), None)


def step_of(taken: TakenCourse, attempt: Attempt) -> Step | None:
    """The step that an attempt was at; None if the course's newest version has it no more."""
    return next((step for step in taken.course.steps if step.id == attempt.step_id), None)


def gone(store: StudyStore, taken: TakenCourse, coder_id: str) -> tuple[Gone, ...]:
    """What a trainee has gone at in a course, in the order in which it was begun."""
    return _gone(store, taken, attempts(store, taken, coder_id), store.training.submitted(taken.id, coder_id))


def set_done(taken: TakenCourse, found: Iterable[Gone], test_set: int) -> bool:
    """True once the last clip of a test was submitted: only then may anything of it be shown.

    found: what one trainee has gone at.
    """
    submitted = {one.attempt.step_id for one in found if one.done}
    return {step.id for step in taken.course.tests(test_set)} <= submitted


def under_test(store: StudyStore) -> UnderTest:
    """What the study hides. A test is hidden until everybody who is in its course is done with it.

    Whoever has finished it sees what came of it as a result; here it is what lists and files would show of it.
    """
    everything = attempts(store)
    passes: dict[str, tuple[str, ...]] = {}
    clips: dict[tuple[str, str], tuple[str, ...]] = {}
    coding: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for taken in taken_courses(store) if everything else ():
        mine = [one for one in everything if one.course_id == taken.id]
        found: dict[str, list[Gone]] = defaultdict(list)
        for one in _gone(store, taken, mine, store.training.submitted(taken.id)):
            found[one.attempt.coder_id].append(one)
        scheme = taken.course.scheme.name
        for test_set in taken.course.test_sets:
            waiting = tuple(coder for coder, one in found.items() if not set_done(taken, one, test_set))
            steps = {step.id for step in taken.course.tests(test_set)} if waiting else set()
            passes |= {one.pass_id: waiting for one in mine if one.step_id in steps}
            clips |= {(taken.sessions[step], scheme): waiting for step in steps}
        for coder, ones in found.items():
            for one in ones:
                if one.attempt.pass_id and not one.done:
                    coding[one.attempt.session_id, scheme] += (coder,)
    return UnderTest(passes, clips, coding)


def refuse_test_clip(store: StudyStore, session_id: str, scheme_name: str) -> None:
    """Raise CodingError if a session is a clip of a test with that scheme: coding it elsewhere would spoil it."""
    for taken in taken_courses(store):
        tests = {taken.sessions[step.id] for step in taken.course.steps if step.kind is StepKind.TEST}
        if taken.course.scheme.name == scheme_name and session_id in tests:
            what = tr("“{session}” is a clip of a test.", session=store.session(session_id).name)
            hint = tr("Code it where the course “{course}” asks for it.", course=taken.course.title)
            raise CodingError(Problem(what, hint=hint))


def refuse_master(store: StudyStore, course_name: str, step_id: str) -> None:
    """Raise CodingError if somebody who takes that course in this study is still to code the step.

    For whoever makes the course's next version: the answers would lie open on the screen.
    """
    for taken in taken_courses(store):
        step = next((one for one in taken.course.steps if one.id == step_id), None)
        if taken.course.id.name != course_name or step is None or step.kind is StepKind.GUIDED:
            continue
        wanted = {step.id}
        if step.kind is StepKind.TEST:
            wanted = {one.id for one in taken.course.tests(step.test_set)}
        waiting = [coder.name for coder in store.coders() if _still_to_code(gone(store, taken, coder.id), wanted)]
        if waiting:
            what = tr("The master of “{step}” stays sealed while the course is taken here.", step=step.title)
            hint = tr("Not done with it: {names}. Change it in another study.", names=", ".join(waiting))
            raise CodingError(Problem(what, taken.course.title, hint))


def _still_to_code(found: Sequence[Gone], wanted: set[str]) -> bool:
    return bool(found) and not wanted <= {one.attempt.step_id for one in found if one.done}


def _gone(
    store: StudyStore, taken: TakenCourse, found: Iterable[Attempt], submitted: Mapping[str, str]
) -> tuple[Gone, ...]:
    """submitted: when each pass was, by its id."""
    guided = store.training.finished()
    ended = {**submitted, **{one.attempt_id: one.at for one in guided.values()}}
    mine = [Gone(one, ended.get(one.pass_id or one.id, "")) for one in found]
    by_coder: dict[str, list[Gone]] = defaultdict(list)
    for one in mine:
        by_coder[one.attempt.coder_id].append(one)
    undone = {
        (coder, test_set)
        for coder, ones in by_coder.items()
        for test_set in taken.course.test_sets
        if not set_done(taken, ones, test_set)
    }

    def told(one: Gone) -> Gone:
        step, done = step_of(taken, one.attempt), guided.get(one.attempt.id)
        test = step is not None and step.kind is StepKind.TEST and (one.attempt.coder_id, step.test_set) in undone
        return Gone(
            one.attempt,
            one.submitted_at,
            sealed=test and one.done,
            right=done.right if done else 0,
            asked=done.asked if done else 0,
        )

    return tuple(told(one) for one in mine)
