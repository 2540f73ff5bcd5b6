"""What the rule decides in a study: the rule of the moment, its changes, a certificate once and for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import nan
from pathlib import Path

import pytest

from coder.model.problem import CodingError
from coder.model.study import Coder, Purpose, Role
from coder.model.training import Matter, Requirement, Rule, Standing, TakenCourse
from coder.store import StudyStore
from coder.store.training import TrainingStore
from coder.workflows.passes import add_coder, begin_pass, submit_pass
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_attempt
from coder.workflows.training.certifying import (
    certificates,
    certify,
    change_rule,
    decision,
    rule_changes,
    standing_of,
)
from coder.workflows.training.courses import take_course, taken_course
from coder.workflows.training.progress import progress
from tests.workflows.training.small_course import (
    AT_MS,
    COURSE,
    HEAD,
    calls,
    course_file,
    go,
    learnt,
    master_csv,
    training,
)

Study = tuple[StudyStore, TakenCourse, Coder, Coder]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A study that has taken the small course; Ann, who has learnt, and Mika, a supervisor."""
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        learnt(store, taken, ann)
        yield store, taken, ann, add_coder(store, "Mika", Role.SUPERVISOR)


def test_the_certificate_says_everything_that_it_rests_on(study: Study) -> None:
    store, taken, ann, _ = study
    go(store, taken, ann, "a")
    go(store, taken, ann, "b", (200, 500))
    (paper,) = certificates(store)
    assert (paper.coder, paper.course, paper.scheme, paper.test_set) == (
        "Ann",
        taken.course.id,
        taken.course.scheme,
        1,
    )
    assert paper.masters == ("clip a v1", "clip b v1")
    assert paper.decision == decision(store, taken, ann.id, 1)
    assert paper.decision.clips == ("clip a", "clip b")
    issued = date.fromisoformat(paper.issued_at)
    assert date.fromisoformat(paper.expires_at) == issued + timedelta(200)
    assert paper.notice == "Says nothing."


def test_a_crash_between_submission_and_certificate_is_made_up_for(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, taken, ann, _ = study
    go(store, taken, ann, "a")
    attempt = begin_attempt(store, taken, "b", ann.id)
    calls(store, attempt, 200, 500, 800)

    def power_goes(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(TrainingStore, "issue", power_goes)
        with pytest.raises(KeyboardInterrupt):
            submit_pass(store, attempt.pass_id)
    assert certificates(store) == ()
    found = progress(store, taken, ann.id)
    assert certificates(store) == (found.certificate,)
    assert progress(store, taken, ann.id).certificate == certify(store, taken, ann.id, 1) == found.certificate
    assert len(certificates(store)) == 1


def test_a_study_that_may_only_be_read_issues_nothing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    store, taken, ann, _ = study
    with monkeypatch.context() as failing:
        failing.setattr("coder.workflows.passes.certify_after", lambda *_: None)
        go(store, taken, ann, "a")
        go(store, taken, ann, "b")
    folder = store.folder
    store.close()
    with StudyStore.open(folder, readonly=True) as reading:
        found = progress(reading, taken, ann.id)
        assert (found.certificate, found.tests[0].passed) == (None, True)
        assert found.where.standing is Standing.IN_TRAINING, "not failed: a certificate is only not written yet"
        assert decision(reading, taken, ann.id, 1).passed


LOWER = Rule((Requirement("F1", "calls", 0.5),), (("calls", "call"),), clips=2, min_events=3, min_sensitivity=0.3)


def test_the_later_change_of_a_rule_holds_though_the_clock_was_set_back(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, taken, _, mika = study
    tomorrow = (datetime.now(UTC) + timedelta(1)).isoformat(timespec="microseconds")
    with monkeypatch.context() as fast:
        fast.setattr("coder.workflows.training.certifying.now_text", lambda: tomorrow)
        change_rule(store, taken, LOWER, mika.id, "The clock is a day fast.")
    newest = replace(LOWER, min_events=2)
    change_rule(store, taken, newest, mika.id, "The clock is right again.")
    assert taken_course(store, taken.id).rule == newest


def test_a_changed_rule_holds_for_tests_that_are_finished_from_then_on(study: Study) -> None:
    store, taken, ann, mika = study
    for step in "ab":
        go(store, taken, ann, step, (200,))  # one call of three: F1 0.5
    assert not decision(store, taken, ann.id, 1).passed
    change = change_rule(store, taken, LOWER, mika.id, "  The clips are very short. ")
    assert (change.actor, change.why) == (mika.id, "The clips are very short.")
    assert rule_changes(store, taken.id) == (change,)
    taken = taken_course(store, taken.id)
    assert taken.rule == LOWER
    assert decision(store, taken, ann.id, 1).rule != LOWER
    assert (certify(store, taken, ann.id, 1), certificates(store)) == (None, ())
    for step in "cd":
        go(store, taken, ann, step, (200,))
    assert decision(store, taken, ann.id, 2).rule == LOWER
    assert [one.test_set for one in certificates(store)] == [2]


def test_a_newer_version_of_the_course_leaves_a_changed_rule_unless_it_brings_another(
    study: Study, tmp_path: Path
) -> None:
    store, taken, _, mika = study
    change_rule(store, taken, LOWER, mika.id, "Short clips.")
    second = COURSE.replace('version = "1.0"\ntitle', 'version = "1.1"\ntitle')
    assert take_course(store, course_file(tmp_path / "second", second)).rule == LOWER
    third = second.replace('version = "1.1"', 'version = "1.2"').replace("target = 0.75", "target = 0.9")
    newest = take_course(store, course_file(tmp_path / "third", third))
    assert newest.rule.requirements[0].target == 0.9


NO_RULE = {
    "nobody’s": (LOWER, "Ann", "why", "Only a supervisor changes the rule"),
    "for no reason": (LOWER, "Mika", "  ", "needs a reason"),
    "the same": (None, "Mika", "why", "in force already"),
    "too many clips": (
        replace(LOWER, clips=3),
        "Mika",
        "why",
        "A test of this course has 2 clips. Give 1 to 2 clips.",
    ),
    "no clip": (replace(LOWER, clips=0), "Mika", "why", "Give 1 to 2 clips"),
    "nothing asked": (replace(LOWER, requirements=()), "Mika", "why", "at least one requirement"),
    "no day": (replace(LOWER, valid_days=0), "Mika", "why", "Days are counted from 1"),
    "more than all": (replace(LOWER, min_sensitivity=1.1), "Mika", "why", "between 0 and 1"),
    "per cent": (
        replace(LOWER, requirements=(Requirement("F1", "calls", 80.0),)),
        "Mika",
        "why",
        "F1 is at most 1; a target of 80.0 can never be met. Write 80 % as 0.8.",
    ),
    "no number": (replace(LOWER, requirements=(Requirement("F1", "calls", nan),)), "Mika", "why", "at most 1"),
}


def test_more_events_than_the_masters_have_are_not_asked_for(study: Study) -> None:
    store, taken, _, mika = study
    most = len(AT_MS) * len(taken.course.tests(1))
    with pytest.raises(CodingError, match=f"{most} times, and the rule wants {most + 1}") as told:
        change_rule(store, taken, replace(LOWER, min_events=most + 1), mika.id, "why")
    assert len(told.value.problems) == len(taken.course.test_sets), "each test says so"
    assert rule_changes(store, taken.id) == ()
    change_rule(store, taken, replace(LOWER, min_events=most), mika.id, "why")


def test_what_need_not_be_marked_is_not_counted_on(tmp_path: Path) -> None:
    header, *rows = master_csv().splitlines()
    lenient = [f"{row},(nothing)" if row.startswith("calls,call,4.2,") else f"{row}," for row in rows]
    store = new_study(tmp_path / "study", "Training")
    with store:
        text = COURSE.replace("min_events = 3", "min_events = 1")
        master = "\n".join([f"{header},either", *lenient])
        taken = take_course(store, course_file(tmp_path / "course", text, master))
        mika = add_coder(store, "Mika", Role.SUPERVISOR)
        with pytest.raises(CodingError, match="In test 1 the masters have “Call” 5 times, and the rule wants 6"):
            change_rule(store, taken, replace(LOWER, min_events=6), mika.id, "why")
        change_rule(store, taken, replace(LOWER, min_events=5), mika.id, "why")


@pytest.mark.parametrize("case", NO_RULE)
def test_a_rule_that_will_not_do_is_refused_in_a_sentence(study: Study, case: str) -> None:
    store, taken, ann, mika = study
    rule, actor, why, words = NO_RULE[case]
    with pytest.raises(CodingError, match=words) as told:
        change_rule(store, taken, rule or taken.rule, {"Ann": ann, "Mika": mika}[actor].id, why)
    assert len(told.value.problems) == 1
    assert rule_changes(store, taken.id) == ()


def test_a_clip_that_was_coded_elsewhere_before_does_not_count(tmp_path: Path) -> None:
    """Practice in a second course shows what this course tests: the attempt is no first view."""
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        text = HEAD.replace("calls-first", "calls-second") + COURSE[len(HEAD) :].replace('to = "4"', 'to = "4"')
        text = text.replace(
            'from = "2"\nto = "4"\nclip = "clip try"', 'from = "4"\nto = "4.5"\nclip = "clip early"'
        )
        text = text.replace('from = "4"\nto = "5"\nclip = "clip a"', 'from = "2"\nto = "3"\nclip = "clip other"')
        other = take_course(store, course_file(tmp_path / "other", text))
        learnt(store, other, ann)
        learnt(store, taken, ann)
        first = go(store, taken, ann, "a")
        second = go(store, taken, ann, "b")
        assert (first.first_view, second.first_view) == (False, True)
        decided = decision(store, taken, ann.id, 1)
        assert not decided.passed
        assert [one.matter for one in decided.unmet] == [Matter.CLIPS]
        assert certificates(store) == ()


def test_a_film_that_was_coded_with_another_scheme_is_still_seen_for_the_first_time(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        begin_pass(store, taken.sessions["a"], ann.id, "gaze-near", Purpose.TRAINING)
        learnt(store, taken, ann)
        assert go(store, taken, ann, "a").first_view


def test_where_a_coder_stands_counts_only_their_own_coding_with_the_scheme(study: Study) -> None:
    store, taken, ann, mika = study
    assert standing_of(store, taken, mika.id).last_coded_on is None
    assert standing_of(store, taken, ann.id).last_coded_on == date.fromisoformat(
        store.training.attempts(coder_id=ann.id)[-1].began_at[:10]
    )
