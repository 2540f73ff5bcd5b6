"""Attempts that come as files: cut to the clip, whole or not at all, counted once in a test."""

from dataclasses import replace

import pytest

from coder.model.coding import PassStatus
from coder.model.problem import CoderError
from coder.model.time import Span
from coder.model.training import StepKind
from coder.workflows.training.attempts import begin_attempt
from coder.workflows.training.certifying import certificates
from coder.workflows.training.from_file import answered_inside, attempt_from_file
from coder.workflows.training.history import attempts
from coder.workflows.training.progress import progress
from coder.workflows.training.results import result
from tests.reliability.drawn import a_pass
from tests.workflows.training.small_course import calls, learnt, master_csv, training, watch


@pytest.fixture
def course(tmp_path):
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        yield store, taken, ann


@pytest.fixture
def film(tmp_path):
    """All of the film coded as the master has it."""
    file = tmp_path / "ann.csv"
    file.write_text(master_csv(), encoding="utf-8")
    return file


def test_a_file_of_the_whole_film_is_cut_to_the_clip(course, film):
    store, taken, ann = course
    watch(store, taken, ann)
    attempt, _ = attempt_from_file(store, taken, "try", ann.id, film)
    coding = store.load_pass(attempt.pass_id)
    assert coding.header.status is PassStatus.SUBMITTED
    assert all(2_000_000 <= event.onset_us < event.offset_us + 1 <= 4_000_001 for event in coding)
    assert len(coding.row("calls")) == 6
    assert result(store, attempt.id).differences == ()


def test_a_course_can_be_taken_to_its_certificate_by_files(course, film):
    store, taken, ann = course
    learnt(store, taken, ann)
    while (step := progress(store, taken, ann.id).next) is not None:
        assert step.kind is StepKind.TEST
        attempt_from_file(store, taken, step.id, ann.id, film)
    (certificate,) = certificates(store, ann.id)
    assert certificate.decision.clips == ("clip a", "clip b")


def test_a_wrong_file_begins_nothing(course, tmp_path):
    store, taken, ann = course
    learnt(store, taken, ann)
    before = attempts(store)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("tier,code,onset,offset\ncalls,shout,4.2,4.2\n", encoding="utf-8")
    with pytest.raises(CoderError, match="shout"):
        attempt_from_file(store, taken, "a", ann.id, wrong)
    assert attempts(store) == before


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("nowhere", "The course has no step “nowhere”.*Steps: watch, try"),
        ("watch", "“Step watch” is watched, not coded"),
        ("a", "opens when you have done all steps before it"),
    ],
)
def test_steps_that_no_file_can_go_to(course, film, step, said):
    store, taken, ann = course
    with pytest.raises(CoderError, match=said):
        attempt_from_file(store, taken, step, ann.id, film)
    assert attempts(store) == ()


def test_a_clip_of_a_test_counts_once(course, film):
    store, taken, ann = course
    learnt(store, taken, ann)
    attempt_from_file(store, taken, "a", ann.id, film)
    with pytest.raises(CoderError):
        attempt_from_file(store, taken, "a", ann.id, film)


def test_what_was_begun_on_the_bench_is_finished_there(course, film):
    store, taken, ann = course
    watch(store, taken, ann)
    attempt = begin_attempt(store, taken, "try", ann.id)
    calls(store, attempt, 200)
    with pytest.raises(CoderError, match="was begun on the bench"):
        attempt_from_file(store, taken, "try", ann.id, film)
    assert len(store.load_pass(attempt.pass_id)) == 1


def test_an_answer_beyond_the_clip_is_none():
    asks, answers = a_pass("a", cues="v.....g.").row("cues")
    linked = [replace(asks, answer=answers.id), answers]
    assert [one.answer for one in answered_inside(linked, Span(0, 4_000_000))] == ["", ""]
    assert [one.answer for one in answered_inside(linked, Span(0, 8_000_000))] == [answers.id, ""]
