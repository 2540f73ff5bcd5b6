"""What is said on the bench while a step of a course is coded, and when it is submitted."""

from coder.language import tr
from coder.model.training import Step, StepKind, TakenCourse
from coder.store import StudyStore
from coder.workflows.training.history import attempt_of, step_of
from coder.workflows.training.taken import taken_course


def bench_words(taken: TakenCourse, step: Step) -> str:
    """What stands above the picture: which step this is, and what will be shown when."""
    if step.kind is not StepKind.TEST:
        return tr("“{title}”. When you submit it, you see each difference from the master.", title=step.title)
    at, count = place_in_test(taken, step)
    if count == 1:
        return tr("Test. You code it once; what is right is shown when you have submitted it.")
    return tr("Test, clip {at} of {count}: nothing is shown before the whole test is done.", at=at, count=count)


def submit_words(store: StudyStore, pass_id: str) -> str:
    """What submitting a pass means if it is an attempt at a step; "" if it is none. Raises CoderError."""
    attempt = attempt_of(store, pass_id)
    taken = taken_course(store, attempt.course_id) if attempt is not None else None
    step = step_of(taken, attempt) if taken is not None and attempt is not None else None
    if taken is None or step is None:
        return ""
    words = locking_words(taken, step)
    return words if len(store.load_pass(pass_id)) else tr("Nothing is coded yet. {words}", words=words)


def locking_words(taken: TakenCourse, step: Step) -> str:
    """What submitting an attempt at a step means."""
    if step.kind is not StepKind.TEST:
        return tr("This attempt will be locked, and you see how it differs from the master. You can try again.")
    at, count = place_in_test(taken, step)
    if at < count:
        return tr(
            "Clip {at} of {count} of the test will be locked for good: only the first attempt counts. The next "
            "clip follows.",
            at=at,
            count=count,
        )
    return tr("The last clip of the test will be locked for good. Then you see what came of the test.")


def place_in_test(taken: TakenCourse, step: Step) -> tuple[int, int]:
    """Which clip of its test a step is, from 1, and of how many."""
    tests = [one.id for one in taken.course.tests(step.test_set)]
    return tests.index(step.id) + 1, len(tests)
