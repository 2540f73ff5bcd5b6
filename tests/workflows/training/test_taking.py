"""Taking a course into a study: what becomes of it, twice, changed, interrupted, and what is refused."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coder.model.problem import CoderError, CodingError, FormatError
from coder.model.study import Coder
from coder.model.time import SECOND_US, Span
from coder.model.training import TakenCourse
from coder.store import StudyStore
from coder.store.training import TrainingStore
from coder.workflows.studies import new_study
from coder.workflows.training.attempts import begin_attempt
from coder.workflows.training.courses import (
    course_entry,
    shipped_courses,
    take_course,
    taken_course,
    taken_courses,
    training_folder,
    training_study,
)
from coder.workflows.training.progress import progress
from coder.workflows.training.results import master_to_watch, result
from tests.workflows.training.small_course import (
    COURSE,
    TRY,
    calls,
    course_file,
    go,
    learnt,
    master_csv,
    step,
    training,
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[StudyStore]:
    """An empty study."""
    with new_study(tmp_path / "study", "Training") as store:
        yield store


def version(number: str, text: str = COURSE) -> str:
    """The course's file as another version."""
    return text.replace('version = "1.0"\ntitle', f'version = "{number}"\ntitle')


def test_each_clip_becomes_a_session_and_the_scheme_is_kept(study: StudyStore, tmp_path: Path) -> None:
    taken = take_course(study, course_file(tmp_path / "course"))
    found = {one.name: one.window for one in study.sessions()}
    assert found == {
        "clip watch": Span(0, 2 * SECOND_US),
        "clip try": Span(2 * SECOND_US, 4 * SECOND_US),
        **{
            f"clip {name}": Span(at * SECOND_US, (at + 1) * SECOND_US)
            for name, at in zip("abcd", (4, 5, 6, 7), strict=True)
        },
    }
    assert set(taken.sessions) == {"watch", "try", "a", "b", "c", "d"}
    assert study.schemes() == (taken.course.scheme,)
    assert taken.rule == taken.course.rule
    assert taken_courses(study) == (taken,)
    assert taken_course(study, "calls-first") == taken_course(study, taken.id) == taken
    assert study.passes() == ()
    assert study.check() == ()


def test_the_master_of_a_guided_step_is_watched_with_its_reasons(study: StudyStore, tmp_path: Path) -> None:
    taken = take_course(study, course_file(tmp_path / "course"))
    found = master_to_watch(study, taken, "watch")
    assert [event.onset_us for event in found.coding.row("calls")] == [
        200_000,
        500_000,
        800_000,
        1_200_000,
        1_500_000,
        1_800_000,
    ]
    assert {event.note for event in found.coding.row("calls")} == {"The parent says the name."}
    assert [one.at_us for one in found.exercises] == [500_000]
    assert found.films[0][1].is_file()


def test_the_same_file_again_changes_nothing_and_finds_a_film_that_moved(
    study: StudyStore, tmp_path: Path
) -> None:
    taken = take_course(study, course_file(tmp_path / "course"))
    shutil.move(tmp_path / "course", tmp_path / "moved")
    before = study.sessions()
    assert not study.media_path(before[0].media[0]).is_file()
    assert take_course(study, tmp_path / "moved" / "course.toml") == taken
    assert [one.id for one in study.sessions()] == [one.id for one in before]
    assert all(study.media_path(one.media[0]).is_file() for one in study.sessions())
    assert len(study.training.courses()) == 1


def test_two_courses_share_the_sessions_of_the_clips_that_they_share(study: StudyStore, tmp_path: Path) -> None:
    first = take_course(study, course_file(tmp_path / "one"))
    text = COURSE.replace('name = "calls-first"', 'name = "calls-second"')
    second = take_course(study, course_file(tmp_path / "two", text))
    assert second.sessions == first.sessions
    assert len(study.sessions()) == 6
    assert [one.course.id.name for one in taken_courses(study)] == ["calls-first", "calls-second"]


def test_a_session_that_has_the_clips_name_already_keeps_it(study: StudyStore, tmp_path: Path) -> None:
    take_course(study, course_file(tmp_path / "one"))
    other = COURSE.replace('name = "calls-first"', 'name = "calls-second"').replace(
        TRY, step("try", "practice", 2, 3)
    )
    taken = take_course(study, course_file(tmp_path / "two", other))
    assert study.session(taken.sessions["try"]).name == "clip try (2)"


def test_interrupted_it_is_taken_again_and_uses_what_is_there(
    study: StudyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = course_file(tmp_path / "course")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(TrainingStore, "take", _power_goes)
        with pytest.raises(KeyboardInterrupt):
            take_course(study, file)
    assert taken_courses(study) == ()
    there = study.sessions()
    take_course(study, file)
    assert study.sessions() == there
    assert len(taken_courses(study)) == 1


def _power_goes(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_newer_version_keeps_attempts_and_gives_changed_masters_the_next_version(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        learnt(store, taken, ann)
        (tried,) = [one for one in store.training.attempts() if one.step_id == "try"]
        newer = take_course(
            store, course_file(tmp_path / "new", version("1.1"), master_csv([0, 1, 2, 4, 5, 6, 7]))
        )
        assert (newer.id, newer.course.id.version, newer.sessions) == (taken.id, "1.1", taken.sessions)
        versions = [(one.step_id, one.version) for one in store.training.masters()]
        assert versions == [*((name, 1) for name in ("watch", "try", "a", "b", "c", "d")), ("try", 2)]
        assert progress(store, newer, ann.id).next == newer.course.step("a")
        again = begin_attempt(store, newer, "try", ann.id)
        assert (again.master_id == tried.master_id, again.number) == (False, 2)
        assert result(store, tried.id).key.version == 1
        assert result(store, tried.id).score.seen["calls", "call"] == 6


def test_a_changed_reason_is_a_changed_master(tmp_path: Path) -> None:
    store, _, _ = training(tmp_path)
    with store:
        file = course_file(tmp_path / "new", version("1.1"), master_csv(reason="Otherwise."))
        assert take_course(store, file).course.id.version == "1.1"
        assert [one.version for one in store.training.masters()] == [1] * 6 + [2] * 6


REFUSED = {
    "another content": (COURSE.replace("A small course.", "Other."), "has version 1.0 of this course with other"),
    "an older version": (version("0.9"), "version 1.0 of this course, which is newer than version 0.9"),
    "another clip": (
        version("1.1").replace(TRY, step("try", "practice", 2, 3)),
        "The step “try” has another clip or purpose",
    ),
    "another purpose": (
        version("1.1").replace(TRY, step("try", "guided", 2, 4)),
        "The step “try” has another clip or purpose",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_changed_course_is_refused_in_a_sentence(tmp_path: Path, case: str) -> None:
    text, words = REFUSED[case]
    store, taken, _ = training(tmp_path)
    with store:
        held = store.training.courses(), store.sessions()
        with pytest.raises(CodingError, match=words) as told:
            take_course(store, course_file(tmp_path / "new", text))
        assert len(told.value.problems) == 1
        assert (store.training.courses(), store.sessions()) == held
        assert taken_courses(store) == (taken,)


def in_the_test(store: StudyStore, taken: TakenCourse, ann: Coder) -> None:
    learnt(store, taken, ann)
    go(store, taken, ann, "a")


def test_nobody_is_interrupted_in_a_test_by_a_newer_version(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        in_the_test(store, taken, ann)
        file = course_file(tmp_path / "new", version("1.1"))
        with pytest.raises(CodingError, match="Ann is in the middle of a test of this course"):
            take_course(store, file)
        go(store, taken, ann, "b")
        assert take_course(store, file).course.id.version == "1.1"


def test_a_test_that_was_taken_keeps_its_clips(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        in_the_test(store, taken, ann)
        go(store, taken, ann, "b")
        other = version("1.1").replace('id = "b"', 'id = "e"').replace('clip = "clip b"', 'clip = "clip e"')
        with pytest.raises(CodingError, match="Test 1 was taken, and the new version has other clips in it"):
            take_course(store, course_file(tmp_path / "new", other))


def test_another_film_than_the_one_that_was_coded_is_refused(study: StudyStore, tmp_path: Path) -> None:
    text = COURSE.replace(
        'clip = "clip try"\n', f'clip = "clip try"\nfilm_sha256 = "{"0" * 64}"\nfilm_bytes = 5\n'
    )
    with pytest.raises(CodingError, match="The film of “Step try” is not the one"):
        take_course(study, course_file(tmp_path / "course", text))
    assert study.sessions() == ()


def test_what_is_no_course_is_told_in_a_sentence_and_lists_go_on(tmp_path: Path) -> None:
    file = tmp_path / "no.toml"
    file.write_text("name = 1")
    found = course_entry(file)
    assert found.course is None
    assert found.problems
    with new_study(tmp_path / "study", "Training") as store, pytest.raises(FormatError):
        take_course(store, file)
    with (
        new_study(tmp_path / "other", "Training") as store,
        pytest.raises(CoderError, match="no course “x”"),
    ):
        taken_course(store, "x")


def test_every_scheme_has_a_course_that_can_be_read() -> None:
    found = shipped_courses()
    assert [str(problem) for one in found for problem in one.problems] == []
    assert {one.course.scheme.name for one in found if one.course} == {
        "cue-response",
        "face-to-face",
        "gaze-near",
        "ratings",
        "shared-play",
    }


def test_the_training_study_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODER_DATA_DIR", str(tmp_path / "data"))
    with training_study() as store:
        assert store.folder == training_folder() == tmp_path / "data" / "training-study"
        made = store.study.id
    with training_study() as store:
        assert store.study.id == made


def test_the_films_of_a_built_in_course_are_found_again_where_the_program_has_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODER_DATA_DIR", str(tmp_path / "data"))
    course = next(one for one in shipped_courses() if one.path.stem == "face-to-face")
    with training_study() as store:
        take_course(store, course.path)
        for session in store.sessions():
            (film,) = session.media
            store.update_media(replace(film, path=f"/gone/{film.path}"))
    with training_study() as store:
        assert all(store.media_path(one.media[0]).is_file() for one in store.sessions())
        assert len(store.training.courses()) == 1


def test_calls_are_coded_where_the_clip_is(tmp_path: Path) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        learnt(store, taken, ann)
        attempt = begin_attempt(store, taken, "a", ann.id)
        calls(store, attempt, 200)
        (event,) = store.load_pass(attempt.pass_id)
        assert event.onset_us == 4_200_000
        assert store.header(attempt.pass_id).window == Span(4 * SECOND_US, 5 * SECOND_US)
