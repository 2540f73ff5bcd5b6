"""What stands out in a test that is done, over all of its clips: what whoever did not pass should practise."""

from coder.model.training import TakenCourse
from coder.store import StudyStore
from coder.training.patterns import Beside, Pattern, patterns
from coder.workflows.training.results import compared_at
from coder.workflows.training.taken import scheme_of


def habits_in_test(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> tuple[Pattern, ...]:
    """The habits over a test's clips, weightiest first. Raises CodingError before its last clip is submitted."""
    tests = {step.id: step for step in taken.course.tests(test_set)}
    found = compared_at(store, taken, coder_id, tests)
    in_play = {tier for step in tests.values() for tier in step.tiers}
    besides = [Beside(one.master, one.coding) for one in found]
    return patterns(
        besides, scheme_of(store, taken), tuple(in_play) if all(s.tiers for s in tests.values()) else ()
    )
