"""`coder measures`: of a study and of a file, for people and for programs."""

import csv
import json
from pathlib import Path

import pytest

from coder.settings.shipped import shipped
from tests.cli.conftest import Run

ROBIN = shipped("sample_media") / "dyad-first.gaze-near.robin.csv"


def test_every_pass_of_a_study_is_measured(run: Run, study: Path) -> None:
    done = run("measures", study)
    assert done.exit_code == 0
    heads = [line for line in done.output.splitlines() if line.startswith("first – ")]
    assert heads == [
        f"first – {coder} – {title}"
        for title in ("Who Looks Where, How Near", "Shared Play")
        for coder in ("robin", "sasha")
    ]
    assert "Looking at each other’s face" in done.output
    found = json.loads(run("measures", study, "--session", "first", "--coder", "sasha", "--json").output)
    assert {one["coder"] for one in found} == {"sasha"}
    assert {one["scheme"] for one in found} == {"gaze-near", "shared-play"}
    assert all(one["value"] is not None or one["why"].endswith(".") for one in found)


def test_a_file_gives_the_same_numbers_as_a_study(run: Run, study: Path) -> None:
    alone = json.loads(run("measures", "--events", ROBIN, "--scheme", "gaze-near", "--to", "8.0", "--json").output)
    kept = json.loads(run("measures", study, "--coder", "robin", "--json").output)
    in_study = [one for one in kept if one["scheme"] == "gaze-near"]
    assert [(one["part"], one["value"]) for one in alone] == [(one["part"], one["value"]) for one in in_study]


def test_the_table_has_a_line_for_each_number(run: Run, study: Path, tmp_path: Path) -> None:
    out = tmp_path / "measures.csv"
    done = run("measures", study, "--out", out)
    assert done.exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert done.output == f"{len(rows)} numbers written to {out}\n"
    assert all(bool(row["value"]) or row["why"] for row in rows)
    robin = next(row for row in rows if row["measure"] == "mutual_face" and row["coder"] == "robin")
    assert (robin["part"], robin["unit"]) == ("time", "s")
    assert float(robin["value"]) > 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Give a STUDY, or a file with --events."),
        (("--events", ROBIN), "--events needs --scheme and --to"),
        (("--events", ROBIN, "--scheme", "gaze-near", "--from", "9", "--to", "8"), "ends before it begins"),
        (("--events", ROBIN, "--scheme", "gaze-nea", "--to", "8"), "There is no scheme “gaze-nea”."),
        (("--events", "nowhere.csv", "--scheme", "gaze-near", "--to", "8"), "nowhere.csv"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run: Run, words: tuple[str | Path, ...], told: str) -> None:
    done = run("measures", *words)
    assert done.exit_code != 0
    assert told in done.stderr


def test_a_name_that_leads_nowhere_is_told(run: Run, study: Path, tmp_path: Path) -> None:
    assert "There is no such pass." in run("measures", study, "--coder", "nobody").stderr
    assert "second" in run("measures", study, "--session", "second").stderr
    assert "ends in .csv" in run("measures", study, "--out", tmp_path / "measures.txt").stderr
