"""Courses by command: those that came with the program, one of a study's sessions, its next version, mistakes."""

import json
from pathlib import Path
from typing import Any

import pytest

from coder.settings.shipped import shipped
from tests.cli.conftest import FILM, Run

BUILT_IN = sorted(path.stem for path in (shipped("sample_media") / "courses").glob("*.toml"))
ROWS = ("bids,bid_c,1,1", "bids,bid_c,4,4", "engage,en_off,0,3", "engage,en_watch,3,6", "engage,en_off,6,8")


@pytest.fixture
def coded(tmp_path: Path, run: Run) -> Path:
    """A study with one session, which Robin has coded."""
    folder, table = tmp_path / "study", tmp_path / "robin.csv"
    table.write_text("tier,code,onset,offset\n" + "\n".join(ROWS), "utf-8")
    run("study", "new", folder)
    run("session", "add", folder, FILM, "--name", "visit")
    done = run("import", folder, table, "--session", "visit", "--coder", "robin", "--scheme", "shared-play")
    assert done.exit_code == 0, done.output
    return folder


def made(run: Run, study: Path, out: Path, *more: str) -> dict[str, Any]:
    """A course of two clips of the session, as `make --json` tells it."""
    words = ("--scheme", "shared-play", "--title", "Our course", "--summary", "Ours.", "--min-events", "1")
    clips = ("--practice", "visit:0-3.5", "--test", "visit@robin:0:03.5-8", "--tier", "bids", "--tier", "engage")
    done = run("course", "make", study, *words, *clips, *more, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_course_is_made_shown_checked_and_revised(tmp_path: Path, run: Run, coded: Path) -> None:
    found = made(run, coded, tmp_path / "first", "--margin", "engage=300")
    assert (found["course"]["name"], found["steps"]) == ("our-course", 2)
    checked = run("course", "check", tmp_path / "first")
    assert checked.stdout == "“Our course” 1.0 is in order: 2 steps, 6 master codes.\n"
    shown = run("course", "show", tmp_path / "first" / "course.toml").stdout
    assert "Our course, version 1.0" in shown
    assert "at least" in shown
    assert "en_watch" not in shown
    again = run("course", "revise", tmp_path / "first", "--margin", "bids=200", "--out", tmp_path / "second")
    assert again.exit_code == 0, again.output
    assert "“Our course” 1.1 is in" in again.stdout
    assert "it is no lock" in again.stdout
    sealed = [(tmp_path / name / "masters" / "test-1.master").read_text("utf-8") for name in ("first", "second")]
    assert sealed[0] != sealed[1]


def test_another_pass_becomes_the_master_of_a_step(tmp_path: Path, run: Run, coded: Path) -> None:
    made(run, coded, tmp_path / "first")
    revise = ("course", "revise", tmp_path / "first", "--out", tmp_path / "second", "--master")
    assert "--master needs --study" in run(*revise, "test-1=visit").stderr
    told = run(*revise, "exam=visit", "--study", coded)
    assert told.exit_code == 1
    assert (
        "“exam=visit” names no step of the course. Write STEP=SESSION; steps: practice-1, test-1." in told.stderr
    )
    assert run(*revise, "test-1=visit@robin", "--study", coded).exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--practice", "visit:3-3"), "visit:3-3: The clip ends where it begins, at 00:00:03.000."),
        (("--practice", "visit:0-99"), "The clip leaves the stretch that was coded. Coded are 00:00:00.000 to"),
        (("--practice", "vist"), "The study has no session “vist”. Sessions: visit."),
        (("--practice", "visit@sasha"), "Whose pass of “visit” is to be the master? Submitted: robin."),
        (("--margin", "engage=wide"), "engage=wide: “wide” is no margin. Give whole milliseconds, 0 to 10000."),
        (("--margin", "gaze=100"), "The scheme has no tier “gaze”. There are: engage, bids, turns."),
        (("--practice", "visit:2-5"), "step test-1, film: The test shows 1.500 s of film, from 00:00:03.500 on"),
        (("--clips", "2"), "rule, clips: Test 1 has 1 clip, and the rule wants 2 in a row."),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_nothing_is_written(
    tmp_path: Path, run: Run, coded: Path, words: tuple[str, ...], told: str
) -> None:
    common = ("course", "make", coded, "--scheme", "shared-play", "--title", "Our course", "--summary", "Ours.")
    done = run(*common, "--test", "visit:3.5-8", "--min-events", "1", *words, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_course_with_mistakes_is_told_with_its_lines(tmp_path: Path, run: Run, coded: Path) -> None:
    made(run, coded, tmp_path / "first")
    file = tmp_path / "first" / "course.toml"
    file.write_text(file.read_text("utf-8").replace('kind = "practice"', 'kind = "practise"'), "utf-8")
    for command in ("show", "check"):
        done = run("course", command, file)
        assert done.exit_code == 1
        assert "step practice-1, kind: “practise” is not possible here. Did you mean “practice”?" in done.stderr


def test_a_film_that_is_not_the_one_is_found_by_check(tmp_path: Path, run: Run, coded: Path) -> None:
    made(run, coded, tmp_path / "first", "--copy")
    film = tmp_path / "first" / "films" / "film-1.mp4"
    film.write_bytes((shipped("sample_media") / "phone.mp4").read_bytes())
    done = run("course", "check", tmp_path / "first")
    assert done.exit_code == 1
    assert "The film of “Practise, clip 1” is not the one that the master was coded on." in done.stderr


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_courses_that_came_with_the_program_are_in_order(run: Run, name: str) -> None:
    done = run("course", "check", name, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["ok"] is True


def test_the_courses_that_came_with_the_program_are_listed(run: Run) -> None:
    listed = json.loads(run("course", "list", "--json").stdout)
    assert [(Path(one["file"]).stem, one["problems"]) for one in listed] == [(name, []) for name in BUILT_IN]
    assert all(name in run("course", "list").stdout for name in BUILT_IN)
