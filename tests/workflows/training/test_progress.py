"""The way through a course: what opens when, in readable rows.

. locked   o open   b begun   d done        in the order watch, try, a, b (test 1), c, d (test 2)
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from coder.model.problem import CodingError
from coder.model.study import Coder
from coder.model.training import Standing, TakenCourse
from coder.store import StudyStore
from coder.workflows.passes import submit_pass
from coder.workflows.training.attempts import Again, begin_attempt, begin_guided, finish_guided
from coder.workflows.training.certifying import certificates, standing_of
from coder.workflows.training.progress import progress
from tests.workflows.training.small_course import calls, go, learnt, training, watch

LETTERS = {"locked": ".", "open": "o", "begun": "b", "done": "d"}
NONE = ()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[tuple[StudyStore, TakenCourse, Coder]]:
    """A study that has taken the small course, and Ann."""
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        yield store, taken, ann


def row(store: StudyStore, taken: TakenCourse, who: Coder, today: date | None = None) -> str:
    """The states of the steps, and what comes next."""
    found = progress(store, taken, who.id, today)
    states = "".join(LETTERS[one.state] for one in found.steps)
    return f"{states} {found.next.id if found.next else '-'}"


def test_each_step_opens_when_those_before_it_are_done(study: tuple[StudyStore, TakenCourse, Coder]) -> None:
    store, taken, ann = study
    assert row(store, taken, ann) == "o..... watch"
    attempt = begin_guided(store, taken, "watch", ann.id)
    assert row(store, taken, ann) == "b..... watch"
    finish_guided(store, attempt.id, 1, 1)
    assert row(store, taken, ann) == "do.... try"
    attempt = begin_attempt(store, taken, "try", ann.id)
    assert row(store, taken, ann) == "db.... try"
    submit_pass(store, attempt.pass_id)
    assert row(store, taken, ann) == "ddo... a"
    attempt = begin_attempt(store, taken, "a", ann.id)
    assert row(store, taken, ann) == "ddb... a"
    submit_pass(store, attempt.pass_id)
    assert row(store, taken, ann) == "dddo.. b"


def test_who_passes_is_done_and_the_second_test_waits_for_a_recheck(
    study: tuple[StudyStore, TakenCourse, Coder],
) -> None:
    store, taken, ann = study
    learnt(store, taken, ann)
    go(store, taken, ann, "a")
    go(store, taken, ann, "b")
    assert row(store, taken, ann) == "dddd.. -"
    found = progress(store, taken, ann.id)
    assert [one.passed for one in found.tests] == [True, None]
    assert found.certificate == certificates(store, ann.id)[0]
    assert found.of("c").why == "You have passed; this test is for a re-check."


def test_who_fails_takes_the_second_test(study: tuple[StudyStore, TakenCourse, Coder]) -> None:
    store, taken, ann = study
    learnt(store, taken, ann)
    go(store, taken, ann, "a")
    go(store, taken, ann, "b", NONE)
    assert row(store, taken, ann) == "ddddo. c"
    assert progress(store, taken, ann.id).where.standing is Standing.FAILED
    go(store, taken, ann, "c")
    go(store, taken, ann, "d")
    assert row(store, taken, ann) == "dddddd -"
    assert [one.passed for one in progress(store, taken, ann.id).tests] == [False, True]


def test_who_fails_all_tests_has_nothing_left(study: tuple[StudyStore, TakenCourse, Coder]) -> None:
    store, taken, ann = study
    learnt(store, taken, ann)
    for step in "abcd":
        go(store, taken, ann, step, NONE)
    assert row(store, taken, ann) == "dddddd -"
    found = progress(store, taken, ann.id)
    assert (found.certificate, found.where.standing) == (None, Standing.FAILED)


def test_an_open_attempt_is_gone_on_with_and_practice_may_be_repeated(
    study: tuple[StudyStore, TakenCourse, Coder],
) -> None:
    store, taken, ann = study
    watch(store, taken, ann)
    first = begin_attempt(store, taken, "try", ann.id)
    assert begin_attempt(store, taken, "try", ann.id) == first
    submit_pass(store, first.pass_id)
    second = begin_attempt(store, taken, "try", ann.id)
    assert (second.number, second.first_view, first.first_view) == (2, False, True)
    found = progress(store, taken, ann.id).of("try")
    assert (found.state, found.begun, found.last.attempt if found.last else None) == ("done", second, first)


def test_a_clip_of_a_test_is_coded_once(study: tuple[StudyStore, TakenCourse, Coder]) -> None:
    store, taken, ann = study
    learnt(store, taken, ann)
    go(store, taken, ann, "a")
    with pytest.raises(CodingError, match="a clip of a test is coded once"):
        begin_attempt(store, taken, "a", ann.id)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("try", "“Step try” is not open yet. First comes “Step watch”."),
        ("a", "“Step a” is not open yet. The test opens when you have done all steps before it."),
        ("watch", "“Hear the calls” has no such step “watch”. Steps: try, a, b, c, d."),
        ("nowhere", "“Hear the calls” has no such step “nowhere”. Steps: try, a, b, c, d."),
    ],
)
def test_what_is_not_open_is_refused_in_a_sentence(
    study: tuple[StudyStore, TakenCourse, Coder], step: str, words: str
) -> None:
    store, taken, ann = study
    with pytest.raises(CodingError) as told:
        begin_attempt(store, taken, step, ann.id)
    assert str(told.value) == words
    assert store.training.attempts() == ()
    assert store.passes() == ()


def test_trying_again_from_a_place_keeps_what_was_before_it(study: tuple[StudyStore, TakenCourse, Coder]) -> None:
    store, taken, ann = study
    watch(store, taken, ann)
    first = begin_attempt(store, taken, "try", ann.id)
    calls(store, first, 200, 900, 1_200, smile=(0, 1_500))
    submit_pass(store, first.pass_id)
    again = begin_attempt(store, taken, "try", ann.id, Again(first.id, 3_000_000))
    kept = store.load_pass(again.pass_id)
    assert [event.onset_us for event in kept.row("calls")] == [2_200_000, 2_900_000]
    assert [(event.onset_us, event.offset_us) for event in kept.row("face")] == [(2_000_000, 3_000_000)]
    assert {event.id for event in kept}.isdisjoint(event.id for event in store.load_pass(first.pass_id))
    assert (again.number, again.first_view) == (2, False)
    assert begin_attempt(store, taken, "try", ann.id) == again


def test_only_an_own_attempt_at_the_same_step_is_gone_on_from(tmp_path: Path) -> None:
    store, taken, (ann, bea) = training(tmp_path, "Ann", "Bea")
    with store:
        learnt(store, taken, ann)
        watched = watch(store, taken, bea)
        (tried,) = [one for one in store.training.attempts() if one.step_id == "try"]
        for attempt_id in (tried.id, watched.id, "x"):
            with pytest.raises(CodingError, match="no such attempt of yours"):
                begin_attempt(store, taken, "try", bea.id, Again(attempt_id, 0))
        assert [one.coder_id for one in store.training.attempts() if one.step_id == "try"] == [ann.id]


def test_two_trainees_do_not_wait_for_each_other(tmp_path: Path) -> None:
    store, taken, (ann, bea) = training(tmp_path, "Ann", "Bea")
    with store:
        learnt(store, taken, ann)
        go(store, taken, ann, "a")
        assert row(store, taken, bea) == "o..... watch"
        learnt(store, taken, bea)
        assert (row(store, taken, ann), row(store, taken, bea)) == ("dddo.. b", "ddo... a")


# Days since the certificate, and on which of them Ann coded. It holds 200 days, and 90 days without coding are
# allowed.
STANDS = [
    (0, [], Standing.CERTIFIED, "dddd.. -"),
    (90, [], Standing.DUE_SOON, "ddddo. c"),
    (91, [], Standing.ABSENT, "ddddo. c"),
    (91, [60], Standing.CERTIFIED, "dddd.. -"),
    (150, [91], Standing.ABSENT, "ddddo. c"),
    (199, [80, 160], Standing.DUE_SOON, "ddddo. c"),
    (200, [80, 160], Standing.EXPIRED, "ddddo. c"),
]


@pytest.mark.parametrize(("day", "coded", "standing", "states"), STANDS)
def test_a_recheck_is_open_once_it_is_due(
    study: tuple[StudyStore, TakenCourse, Coder],
    monkeypatch: pytest.MonkeyPatch,
    day: int,
    coded: list[int],
    standing: Standing,
    states: str,
) -> None:
    store, taken, ann = study
    learnt(store, taken, ann)
    go(store, taken, ann, "a")
    go(store, taken, ann, "b")
    issued = date.fromisoformat(certificates(store)[0].issued_at)
    days = tuple((issued + timedelta(one)).isoformat() for one in (0, *coded))
    monkeypatch.setattr(type(store.training), "days_coded", lambda *_: days)
    today = issued + timedelta(day)
    assert standing_of(store, taken, ann.id, today).standing is standing
    assert row(store, taken, ann, today) == states


def test_a_recheck_that_was_begun_stays_open_though_coding_it_ends_the_absence(
    study: tuple[StudyStore, TakenCourse, Coder], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, taken, ann = study
    learnt(store, taken, ann)
    go(store, taken, ann, "a")
    go(store, taken, ann, "b")
    issued = date.fromisoformat(certificates(store)[0].issued_at)
    with monkeypatch.context() as ahead:
        absent = replace(standing_of(store, taken, ann.id), standing=Standing.ABSENT)
        ahead.setattr("coder.workflows.training.progress.standing_of", lambda *_: absent)
        go(store, taken, ann, "c")
    assert standing_of(store, taken, ann.id, issued).standing is Standing.CERTIFIED
    assert row(store, taken, ann) == "dddddo d"
    go(store, taken, ann, "d")
    assert [one.test_set for one in certificates(store, ann.id)] == [1, 2]
