"""What goes wrong around a study: slips of the hand, films exchanged, files lost. No command does any harm."""

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from coder.model.track import Provenance
from coder.settings.shipped import shipped
from coder.store.tracks import write_track_table
from coder.workflows.passes import open_pass
from coder.workflows.studies import open_study, overview
from tests.cli.conftest import FILM, Run

GAZE = ("--scheme", "gaze-near")
TABLE = "tier,code,onset,offset\ncg,cg_face,0,1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A pass of one event."""
    file = tmp_path / "one.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "words",
    [
        ("media", "frame", FILM, "--index", "0", "--out"),
        ("report", "STUDY", "--out"),
        ("budgets", "STUDY", "--out"),
    ],
)
def test_a_film_is_never_written_over(
    study: Path, tmp_path: Path, run: Run, words: tuple[str | Path, ...]
) -> None:
    film = tmp_path / "film.mp4"
    shutil.copy(FILM, film)
    for path in (film, study / "study.sqlite"):
        result = run(*(study if word == "STUDY" else word for word in words), path)
        assert result.exit_code == 1
        assert "a name that ends in" in result.stderr
    assert film.read_bytes() == FILM.read_bytes()
    assert run("study", "check", study).exit_code == 0


def test_passes_whose_names_differ_in_signs_or_case_get_files_of_their_own(
    study: Path, table: Path, tmp_path: Path, run: Run
) -> None:
    for coder in ("a b", "a-b", "A-B"):
        assert run("import", study, table, "--session", "first", "--coder", coder, *GAZE).exit_code == 0
    exported = json.loads(run("export", study, "--out", tmp_path / "out", "--json").stdout)
    files = {one["coder"]: Path(one["file"]) for one in exported if one["coder"] not in ("robin", "sasha")}
    assert [files[coder].name for coder in ("a b", "a-b", "A-B")] == [
        "first.gaze-near.a-b.main.csv",
        "first.gaze-near.a-b.main.2.csv",
        "first.gaze-near.A-B.main.3.csv",
    ]
    assert all(f",{coder}," in file.read_text("utf-8-sig") for coder, file in files.items())
    alone = json.loads(run("export", study, "--out", tmp_path / "out", "--coder", "a-b", "--json").stdout)
    assert [Path(one["file"]).name for one in alone] == [files["a-b"].name]


@pytest.mark.parametrize("name", ["tab\tand\nline", "  tab and   line "])
def test_a_name_stands_on_one_line(study: Path, table: Path, run: Run, name: str) -> None:
    assert run("session", "add", study, FILM, "--name", name).exit_code == 0
    assert run("import", study, table, "--session", name, "--coder", name, *GAZE).exit_code == 0
    shown = json.loads(run("study", "show", study, "--json").stdout)["sessions"][-1]
    assert shown["session"]["name"] == shown["passes"][0]["coder"]["name"] == "tab and line"


@pytest.mark.parametrize("name", ["red \x1b[31m", "x" * 101, "broken \udcff"])
def test_a_name_that_cannot_be_printed_is_refused(study: Path, run: Run, name: str) -> None:
    result = run("session", "add", study, FILM, "--name", name)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.isascii() or "\x1b" not in result.stderr


def test_a_name_typed_on_another_system_is_the_same_name(study: Path, table: Path, run: Run) -> None:
    assert run("session", "add", study, FILM, "--name", "Zoe\u0308").exit_code == 0
    assert run("import", study, table, "--session", "Zo\u00eb", "--coder", "kim", *GAZE).exit_code == 0


def test_a_damaged_film_is_taken_with_a_warning_that_stays(tmp_path: Path, run: Run) -> None:
    film, folder = tmp_path / "cut.mp4", tmp_path / "study"
    film.write_bytes(FILM.read_bytes()[:100_000])
    run("study", "new", folder)
    added = run("session", "add", folder, film)
    assert added.exit_code == 0
    assert "The end of the film is missing" in added.stderr
    with open_study(folder) as store:
        assert store.sessions()[0].note in added.stderr


def test_check_finds_a_film_that_was_exchanged(tmp_path: Path, run: Run) -> None:
    film, folder = tmp_path / "film.mp4", tmp_path / "study"
    film.write_bytes(FILM.read_bytes())
    run("study", "new", folder)
    run("session", "add", folder, film)
    film.write_bytes(FILM.read_bytes()[:-1] + b"\0")
    result = run("study", "check", folder)
    assert result.exit_code == 1
    assert "not the file that was added" in result.stderr


def test_a_lost_track_keeps_nobody_from_the_codes(study: Path, run: Run) -> None:
    with open_study(study) as store:
        (session,) = store.sessions()
        film = session.media[0]
        source = Provenance("dyad-faces", "1", film.fingerprint.sha256, {}, {}, {}, 2, 0)
        found = {name: np.ones(2, np.float32) for name in ("child_found", "parent_found")}
        valid = {f"{name}.valid": np.ones(2, np.bool_) for name in found}
        where = {"frame": np.array([0, 1]), "at_us": np.array([0, 40_000])}
        record = write_track_table(store, film.id, where | found | valid, source)
    (study / record.path).unlink()
    assert run("study", "show", study).exit_code == 0
    assert run("report", study).exit_code == 0
    assert "measure it again" in (study / "reports" / "reliability.html").read_text("utf-8")
    result = run("study", "check", study)
    assert result.exit_code == 1
    assert record.path in result.stderr
    with open_study(study) as store:
        first = overview(store).sessions[0].passes[0]
        assert "measure it again" in open_pass(store, first.header.id).remark


def test_the_report_comes_back_into_a_folder_that_was_tidied_up(study: Path, run: Run) -> None:
    shutil.rmtree(study / "reports")
    assert run("report", study).exit_code == 0
    assert (study / "reports" / "reliability.html").is_file()


def test_the_demo_leaves_another_study_alone(study: Path, run: Run) -> None:
    before = run("study", "show", study, "--json").stdout
    result = run("demo", "--folder", study, "--no-window")
    assert result.exit_code == 1
    assert "the demo will not touch" in result.stderr
    assert run("study", "show", study, "--json").stdout == before


def test_a_file_beside_the_study_is_not_the_study(study: Path, table: Path, run: Run) -> None:
    beside = study / "notes.csv"
    shutil.copy(table, beside)
    assert run("study", "show", study / "study.sqlite").exit_code == 0
    result = run("study", "show", beside)
    assert result.exit_code == 1
    assert "no study" in result.stderr


def test_the_shipped_sample_needs_no_warning(tmp_path: Path, run: Run) -> None:
    run("study", "new", tmp_path / "study")
    assert run("session", "add", tmp_path / "study", shipped("sample_media") / "dyad-first.mp4").stderr == ""


def test_a_study_that_may_not_be_written_can_be_looked_at(
    study: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (study / "study.sqlite").read_bytes()
    with monkeypatch.context() as archive:
        archive.setattr("os.access", lambda _path, mode: mode != os.W_OK)
        assert run("study", "show", study).exit_code == 0
        assert run("study", "check", study).exit_code == 0
        assert run("reliability", study).exit_code == 0
        assert run("budgets", study).exit_code == 0
        assert run("report", study, "--out", tmp_path / "report.html").exit_code == 0
        assert run("export", study, "--out", tmp_path / "out").exit_code == 0
        assert "may not be written" in run("session", "add", study, FILM).stderr
    assert (study / "study.sqlite").read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_film_whose_name_is_no_text_is_refused_in_words(tmp_path: Path, run: Run) -> None:
    film = Path(os.fsdecode(os.fsencode(tmp_path) + b"/film\xff.mp4"))
    shutil.copy(FILM, film)
    run("study", "new", tmp_path / "study")
    result = run("session", "add", tmp_path / "study", film, "--name", "first")
    assert result.exit_code == 1
    assert "Rename the film" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_folder_that_leads_nowhere_is_refused_in_words(tmp_path: Path, run: Run) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    result = run("study", "new", tmp_path / "loop")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_an_imported_pass_with_gaps_is_taken_and_says_so(study: Path, table: Path, run: Run) -> None:
    taken = run("import", study, table, "--session", "first", "--coder", "kim", *GAZE)
    assert taken.exit_code == 0
    assert "1 event of kim" in taken.stdout
    remark, gap, *_ = taken.stderr.splitlines()
    assert remark.startswith("They are taken as they are")
    assert "00:00:01.000" in gap
    words = ("--session", "first", "--coder", "lee", "--open", "--json")
    assert json.loads(run("import", study, table, *words, *GAZE).stdout)["wanting"] == []
