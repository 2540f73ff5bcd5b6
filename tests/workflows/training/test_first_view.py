"""What makes a clip of a test one that was seen before: any pass on its time of film with the scheme."""

from pathlib import Path

import pytest

from coder.model.study import Purpose
from coder.model.training import TakenCourse
from coder.store import StudyStore
from coder.workflows.passes import begin_pass
from coder.workflows.training.courses import take_course
from tests.workflows.training.small_course import COURSE, HEAD, course_file, go, learnt, training


def another_course(store: StudyStore, folder: Path, start_s: str, end_s: str) -> TakenCourse:
    """One whose practice shows that stretch of the same film, and whose tests show none of it."""
    text = HEAD.replace("calls-first", "calls-second") + COURSE[len(HEAD) :]
    text = text.replace('from = "2"\nto = "4"', f'from = "{start_s}"\nto = "{end_s}"')
    return take_course(store, course_file(folder, text.replace('from = "4"\nto = "5"', 'from = "2"\nto = "3"')))


@pytest.mark.parametrize(
    ("said", "start_s", "end_s", "first_view"),
    [
        ("half of the clip was on the bench", "4", "4.5", False),
        ("the stretch before it was, up to its first frame", "3", "4", True),
    ],
)
def test_a_pass_outside_of_any_course_is_a_view(
    tmp_path: Path, said: str, start_s: str, end_s: str, first_view: bool
) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        other = another_course(store, tmp_path / "other", start_s, end_s)
        begin_pass(store, other.sessions["try"], ann.id, "calls", Purpose.TRAINING)  # no attempt: just a look
        learnt(store, taken, ann)
        assert go(store, taken, ann, "a").first_view is first_view, said


def test_what_somebody_else_saw_is_no_view(tmp_path: Path) -> None:
    store, taken, (ann, bea) = training(tmp_path, "Ann", "Bea")
    with store:
        other = another_course(store, tmp_path / "other", "4", "4.5")
        begin_pass(store, other.sessions["try"], bea.id, "calls", Purpose.TRAINING)
        learnt(store, taken, ann)
        assert go(store, taken, ann, "a").first_view
