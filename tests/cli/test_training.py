"""`coder training`: a course of the program's own taken from its beginning to a certificate, by commands."""

import json
from pathlib import Path

import pytest

from coder.model.study import Coder, Role
from coder.settings.shipped import shipped
from coder.workflows.studies import open_study

PASSES = shipped("sample_media") / "passes"
COURSE = "face-to-face"


@pytest.fixture
def folder(tmp_path, run):
    """A study that has taken the shortest course."""
    assert run("study", "new", tmp_path / "study", "--name", "T").exit_code == 0
    said = run("training", "take", tmp_path / "study", COURSE)
    assert said.exit_code == 0, said.output
    assert "taken, with" in said.stdout
    return tmp_path / "study"


def go(run, folder, who, coder):
    """Take every step that comes next, with the passes of a simulated coder; the steps, in order."""
    taken = []
    first = run("training", "courses", folder, "--json")
    step = json.loads(first.stdout)[0]["taken"]["course"]["steps"][0]
    while step is not None:
        if step["kind"] == "guided":
            said = run("training", "watch", folder, step["id"], "--coder", who)
            assert said.exit_code == 0, said.output
            step = json.loads(run("training", "progress", folder, "--coder", who, "--json").stdout)["next"]
        else:
            clip = Path(step["clip"]["film"]).name.split(".")[0]
            file = PASSES / f"{clip}.{COURSE}.{coder}.csv"
            said = run("training", "attempt", folder, step["id"], "--file", file, "--coder", who, "--json")
            assert said.exit_code == 0, said.output
            taken.append(step["id"])
            step = json.loads(said.stdout)["next"]
    return taken


def test_the_careful_coder_is_certified(folder, run, tmp_path):
    assert len(go(run, folder, "Ann", "careful")) >= 3
    said = run("training", "decision", folder, "--coder", "Ann").stdout
    assert said.startswith("You have passed")
    assert "95 % limits" in said
    assert "missed" not in said
    listed = run("training", "certificate", folder, "--coder", "Ann").stdout.splitlines()
    assert len(listed) == 3
    out = tmp_path / "ann.pdf"
    assert run("training", "certificate", folder, "--coder", "Ann", "--out", out).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert "Certified, until" in run("training", "progress", folder, "--coder", "Ann").stdout
    assert "Ann" in run("training", "courses", folder).stdout


def test_the_hasty_coder_is_told_about_lateness_and_does_not_pass(folder, run):
    go(run, folder, "Ben", "hasty")
    said = run("training", "feedback", folder, "--coder", "Ben", "--step", "test-pause").stdout
    assert "- You mark late:" in said
    assert " late   " in said
    decided = run("training", "decision", folder, "--coder", "Ben").stdout
    assert decided.startswith("You have not passed")
    assert run("training", "certificate", folder, "--coder", "Ben").stdout.count("\n") == 2
    refused = run("training", "certificate", folder, "--coder", "Ben", "--out", folder / "x.pdf")
    assert (refused.exit_code, refused.stderr.strip()) == (
        1,
        "Ben has no certificate. It is issued when a test is passed.",
    )
    found = json.loads(run("training", "feedback", folder, "--coder", "Ben", "--json").stdout)
    assert {one["says"] for one in found["differences"]}
    assert found["score"]["agreements"]


def test_a_guided_step_shows_codes_with_reasons_and_no_other_step_does(folder, run):
    course = json.loads(run("training", "courses", folder, "--json").stdout)[0]["taken"]["course"]
    guided = next(step["id"] for step in course["steps"] if step["kind"] == "guided")
    said = run("training", "watch", folder, guided, "--coder", "Ann").stdout.splitlines()
    assert said[0].startswith("00:00:")
    assert all(": " in line for line in said)
    test = next(step["id"] for step in course["steps"] if step["kind"] == "test")
    refused = run("training", "watch", folder, test, "--coder", "Ann")
    assert refused.exit_code == 1
    assert "sealed" in refused.stderr


def test_nothing_of_a_test_is_told_before_its_last_clip(folder, run):
    course = json.loads(run("training", "courses", folder, "--json").stdout)[0]["taken"]["course"]
    for step in course["steps"]:
        clip = Path(step["clip"]["film"]).name.split(".")[0]
        if step["kind"] == "guided":
            run("training", "watch", folder, step["id"], "--coder", "Ann")
            continue
        file = PASSES / f"{clip}.{COURSE}.hasty.csv"
        said = run("training", "attempt", folder, step["id"], "--file", file, "--coder", "Ann")
        assert said.exit_code == 0, said.output
        if step["kind"] == "test":
            break
    for words in (("feedback",), ("decision",)):
        refused = run("training", *words, folder, "--coder", "Ann")
        assert refused.exit_code == 1, refused.output
        assert "late" not in refused.output.split()


def test_the_rule_is_shown_and_changed_by_a_supervisor_with_a_reason(folder, run):
    before = run("training", "rule", folder).stdout
    assert before.startswith("All of this must be reached")
    with open_study(folder) as store:
        store.add_coder(Coder("sue", "Sue", Role.SUPERVISOR))
    refused = run("training", "rule", folder, "--target", "1=0.9")
    assert (refused.exit_code, "--by NAME" in refused.stderr) == (1, True)
    refused = run("training", "rule", folder, "--target", "1=0.9", "--by", "Sue")
    assert refused.exit_code == 1
    assert "reason" in refused.stderr
    changed = run("training", "rule", folder, "--target", "1=0.9", "--by", "Sue", "--why", "Stricter than most")
    assert changed.exit_code == 0, changed.output
    assert "at least 0.90" in changed.stdout
    assert "by Sue: Stricter than most" in changed.stdout
    assert "reached" not in run("training", "rule", folder, "--target", "99=0.9", "--by", "Sue").stdout


def test_what_is_missing_is_said_in_one_sentence(tmp_path, run):
    run("study", "new", tmp_path / "empty", "--name", "E")
    said = run("training", "rule", tmp_path / "empty")
    assert (said.exit_code, said.stderr.strip()) == (
        1,
        "The study has no course. Take one: coder training take STUDY COURSE",
    )
    said = run("training", "take", tmp_path / "empty", tmp_path / "no.toml")
    assert said.exit_code == 1
    assert len(said.stderr.strip().splitlines()) == 1


def test_a_trainee_without_attempts(folder, run):
    with open_study(folder) as store:
        store.add_coder(Coder("eve", "Eve", Role.TRAINEE))
    said = run("training", "feedback", folder, "--coder", "Eve")
    assert (said.exit_code, said.stderr.strip()) == (1, "Eve: There is no attempt in this course yet.")
