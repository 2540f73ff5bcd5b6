"""The commands for a session's films: a second camera, its timing, films that moved, copies."""

import json
import shutil
from pathlib import Path

import pytest

from coder.model.time import clock, seconds_text
from coder.settings.shipped import shipped
from tests.cli.conftest import FILM, Run

SAMPLES = shipped("sample_media")


@pytest.fixture
def films(tmp_path: Path, run: Run) -> Path:
    """A study "study" with the two cameras of the session "two", beside the films."""
    for name in ("a", "b"):
        shutil.copyfile(SAMPLES / f"two-cameras.{name}.mp4", tmp_path / f"{name}.mp4")
    assert run("study", "new", tmp_path / "study").exit_code == 0
    assert run("session", "add", tmp_path / "study", tmp_path / "a.mp4", "--name", "two").exit_code == 0
    done = run("session", "add-camera", tmp_path / "study", tmp_path / "b.mp4", "--session", "two")
    assert done.exit_code == 0
    assert "“camera 2” added" in done.stdout
    return tmp_path


def timing(run: Run, films: Path, *words: str) -> tuple[int, dict[str, int], str]:
    done = run("session", "timing", films / "study", "--session", "two", *words, "--json")
    return done.exit_code, json.loads(done.stdout or "{}"), done.stderr


def test_timing_is_told_set_and_taken_from_the_sound(run: Run, films: Path) -> None:
    assert timing(run, films, "--camera", "2")[1]["offset_us"] == 0
    set_by_hand = timing(run, films, "--camera", "2", "--offset", "-1.5", "--skew", "-80")
    assert (set_by_hand[1]["offset_us"], set_by_hand[1]["skew_ppm"]) == (-1_500_000, -80)
    assert timing(run, films, "--camera", "camera 2", "--offset", "2")[1]["skew_ppm"] == -80
    found = timing(run, films, "--camera", "2", "--sound")[1]
    assert abs(found["offset_us"] - 1_500_000) < 5_000
    assert timing(run, films, "--camera", "2")[1] == found


def test_timing_that_cannot_be_is_refused(run: Run, films: Path) -> None:
    for words, sentence in (
        (("--camera", "1", "--offset", "3"), "first film"),
        (("--camera", "2", "--offset", "99"), "wholly outside"),
        (("--camera", "window side", "--offset", "9"), "no camera “window side”"),
    ):
        status, _, said = timing(run, films, *words)
        assert (status, len(said.strip().splitlines())) == (1, 1)
        assert sentence in said
    for words in (("--sound", "--skew", "1"), ("--offset", "nan"), ("--offset", "inf")):
        assert timing(run, films, "--camera", "2", *words)[0] == 2


def test_films_of_other_rooms_are_not_laid_side_by_side(run: Run, films: Path) -> None:
    study = films / "study"
    film = SAMPLES / "hard-to-see.mp4"
    assert run("session", "add-camera", study, film, "--session", "two", "--camera", "hall").exit_code == 0
    status, _, said = timing(run, films, "--camera", "hall", "--sound")
    assert status == 1
    assert "do not agree" in said
    assert timing(run, films, "--camera", "hall")[1]["offset_us"] == 0
    told = run("media", "sync", films / "a.mp4", film)
    assert (told.exit_code, told.stdout) == (1, "")
    assert "do not agree" in told.stderr


def test_sync_tells_its_proposal(run: Run, films: Path) -> None:
    found = json.loads(run("media", "sync", films / "a.mp4", films / "b.mp4", "--json").stdout)
    assert found["enough"] is True
    assert abs(found["offset_us"] - 1_500_000) < 5_000
    assert {"session_us", "lag_us", "strength"} == found["matches"][0].keys()
    told = run("media", "sync", films / "a.mp4", films / "b.mp4").stdout
    assert "+1.49" in told or "+1.50" in told


def test_moved_films_are_relinked_and_found(run: Run, films: Path) -> None:
    study = films / "study"
    (films / "b.mp4").rename(films / "moved.mp4")
    assert run("study", "check", study).exit_code == 1
    wrong = run("session", "relink", study, films / "a.mp4", "--session", "two", "--camera", "2")
    assert wrong.exit_code == 1
    assert "not the film that was coded" in wrong.stderr
    right = run("session", "relink", study, films / "moved.mp4", "--session", "two", "--camera", "2")
    assert right.exit_code == 0
    assert run("study", "check", study).exit_code == 0
    (films / "archive").mkdir()
    for name in ("a.mp4", "moved.mp4"):
        (films / name).rename(films / "archive" / f"old {name}")
    found = json.loads(run("session", "find-films", study, films / "archive", "--json").stdout)
    assert sorted(Path(media["path"]).name for media in found) == ["old a.mp4", "old moved.mp4"]
    assert run("study", "check", study).exit_code == 0
    assert "No missing film" in run("session", "find-films", study, films / "archive").stdout


def test_convert_writes_a_film_of_as_many_frames(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "copy.mp4"
    assert run("media", "convert", FILM, "--out", out).exit_code == 0
    facts = json.loads(run("media", "probe", out, "--json").stdout)
    assert (facts["frame_count"], facts["duration_us"], facts["group_longest"]) == (200, 8_000_000, 25)
    again = run("media", "convert", FILM, "--out", out)
    assert (again.exit_code, "will not be replaced" in again.stderr) == (1, True)


def test_proxy_tells_where_the_small_copy_is(run: Run) -> None:
    made = json.loads(run("media", "proxy", FILM, "--json").stdout)
    assert Path(made["file"]).stat().st_size == made["size"] > 10_000
    assert run("media", "proxy", FILM).stdout.strip() == f"Written: {made['file']}"


def test_probe_tells_gaps_and_first_stamps(run: Run) -> None:
    facts = json.loads(run("media", "probe", SAMPLES / "phone.mp4", "--json").stdout)
    longest = max(facts["gaps"], key=lambda gap: gap["duration_us"])
    assert [stream["starts_s"] for stream in facts["streams"]] == [0, 0]
    told = run("media", "probe", SAMPLES / "phone.mp4").stdout
    assert told.count("\ngap ") == 5
    assert f"{seconds_text(longest['duration_us'])} from {clock(longest['at_us'])}" in told
