"""`coder training learning`, `cohort` and `record`, as a supervisor types them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.store.raw import without_triggers
from tests.workflows.training.small_course import go, learnt, training, watch


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study in which Ann has passed and Ben is stuck."""
    folder = tmp_path_factory.mktemp("coded")
    store, taken, (ann, ben) = training(folder, "Ann", "Ben")
    with store:
        learnt(store, taken, ann)
        for step in "ab":
            go(store, taken, ann, step)
        watch(store, taken, ben)
        for _ in range(3):
            go(store, taken, ben, "try", (200,))
    return folder / "study"


def test_learning_is_told_attempt_by_attempt(coded: Path, run: Run) -> None:
    done = run("training", "learning", coded, "--coder", "Ben")
    assert done.exit_code == 0
    line = next(line for line in done.output.splitlines() if line.startswith("“Call”: F1"))
    assert line.split()[-5:] == ["0.29", "0.29", "0.29", "0.29", "0.75"]
    told = json.loads(run("training", "learning", coded, "--coder", "Ben", "--json").output)
    assert {"curves", "confusions", "habits"} == set(told)


def test_the_cohort_says_who_needs_somebody(coded: Path, run: Run) -> None:
    done = run("training", "cohort", coded)
    assert done.exit_code == 0
    ann, ben = (next(line for line in done.output.splitlines() if name in line) for name in ("Ann", "Ben"))
    assert "Certified, until" in ann
    assert not ann.endswith("yes")
    assert ben.endswith("yes")
    assert "0.29 over the last three attempts; needed is 0.75." in done.output
    members = json.loads(run("training", "cohort", coded, "--json").output)["members"]
    assert [(one["coder"]["name"], one["needs_somebody"]) for one in members] == [("Ann", False), ("Ben", True)]


def test_the_cohort_says_whose_something_is_damaged_and_shows_the_others(
    coded: Path, tmp_path: Path, run: Run
) -> None:
    study = shutil.copytree(coded, tmp_path / "study")
    with without_triggers(study) as connection:
        connection.execute("UPDATE certificate SET text = ''")  # Ann has the only one
    done = run("training", "cohort", study)
    assert done.exit_code == 0
    ann, ben = (next(line for line in done.output.splitlines() if name in line) for name in ("Ann", "Ben"))
    assert ann.split()[-5:] == ["cannot", "be", "read", "–", "yes"]
    assert ben.endswith("yes")
    assert "Something of Ann in “Hear the calls” is damaged, so nothing of it is counted.\n- " in done.output
    told = json.loads(run("training", "cohort", study, "--json").output)
    assert [one["coder"]["name"] for one in told["members"]] == ["Ben"]
    assert [one["coder"]["name"] for one in told["damaged"]] == ["Ann"]
    assert "damaged" in told["damaged"][0]["problems"][0]["what"]


def test_a_record_goes_to_another_study(coded: Path, tmp_path: Path, run: Run) -> None:
    file, other = tmp_path / "ann.record.json", tmp_path / "main"
    assert run("training", "record", "write", coded, "--coder", "Ann", "--out", file).exit_code == 0
    assert run("study", "new", other, "--name", "Home visits").exit_code == 0
    done = run("training", "record", "bring", other, file)
    assert (done.exit_code, done.output.strip()) == (
        0,
        "Kept for Ann: “Hear the calls” 1.0 (attempts: 3, certificates: 1).",
    )
    assert "Ann" in run("training", "record", "list", other).output
    cohort = run("training", "cohort", other).output
    assert "Certified, until" in cohort
    assert "The study does not have the scheme of this course" in cohort


def test_what_goes_wrong_is_said_in_one_sentence(coded: Path, tmp_path: Path, run: Run) -> None:
    file, other = tmp_path / "ann.record.json", tmp_path / "main"
    run("training", "record", "write", coded, "--coder", "Ann", "--out", file)
    run("study", "new", other, "--name", "Home visits")
    file.write_text(file.read_text(encoding="utf-8").replace("Ann", "Eve"), encoding="utf-8")
    done = run("training", "record", "bring", other, file)
    assert done.exit_code == 1
    assert "was changed after it was written" in done.stderr
    assert run("training", "record", "list", other).output.splitlines()[2:] == []
    assert run("training", "record", "write", coded, "--coder", "Nobody", "--out", file).exit_code == 1
