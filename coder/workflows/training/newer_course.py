"""When a newer version of a course may stand in the place of an older one: nobody's work may be lost."""

from collections.abc import Iterator, Mapping, Sequence

from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.study import Fingerprint
from coder.model.time import Span
from coder.model.training import Course, TakenCourse
from coder.model.version import version_order
from coder.store import StudyStore
from coder.workflows.training.history import Gone, attempts, gone, set_done


def refuse_unfit(
    store: StudyStore, before: TakenCourse, course: Course, stretches: Mapping[str, tuple[Fingerprint, Span]]
) -> None:
    """Raise CodingError with all that keeps `course` from following `before`.

    stretches: by the id of the step, which film it shows and how much of it.
    """
    changed = _other_steps(store, before, course, stretches)
    problems = (*_older(before, course), *_in_a_test(store, before), *changed)
    if problems:
        raise CodingError(*problems)


def _older(before: TakenCourse, course: Course) -> Iterator[Problem]:
    if version_order(course.id.version) <= version_order(before.course.id.version):
        what = tr(
            "The study has version {newest} of this course, which is newer than version {version}.",
            newest=before.course.id.version,
            version=course.id.version,
        )
        yield Problem(what, course.title, tr("Give the changed course a higher version."))


def _in_a_test(store: StudyStore, before: TakenCourse) -> Iterator[Problem]:
    busy = [coder.name for coder in store.coders() if _under_test(before, gone(store, before, coder.id))]
    if busy:
        what = tr("{names} is in the middle of a test of this course.", names=", ".join(busy))
        yield Problem(what, before.course.title, tr("Take the new version once the test is finished."))


def _under_test(taken: TakenCourse, found: Sequence[Gone]) -> bool:
    begun = {one.attempt.step_id for one in found}
    return any(
        begun & {step.id for step in taken.course.tests(test_set)} and not set_done(taken, found, test_set)
        for test_set in taken.course.test_sets
    )


def _other_steps(
    store: StudyStore, before: TakenCourse, course: Course, stretches: Mapping[str, tuple[Fingerprint, Span]]
) -> Iterator[Problem]:
    """What is called the same must be the same: attempts at a step are told by its id."""
    known = {step.id: step for step in before.course.steps}
    for step in course.steps:
        if step.id in known:
            session = store.session(before.sessions[step.id])
            same_clip = stretches[step.id] == (session.media[0].fingerprint, session.window)
            same_place = (step.kind, step.test_set) == (known[step.id].kind, known[step.id].test_set)
            if not same_clip or not same_place:
                what = tr("The step “{step}” has another clip or purpose than before.", step=step.id)
                yield Problem(what, course.title, tr("Give it another id."))
    begun = {one.step_id for one in attempts(store, before)}
    for test_set in before.course.test_sets:
        mine = {step.id for step in before.course.tests(test_set)}
        if mine & begun and mine != {step.id for step in course.tests(test_set)}:
            what = tr("Test {number} was taken, and the new version has other clips in it.", number=test_set)
            yield Problem(what, course.title, tr("Put new clips into a test of their own, with a higher number."))
