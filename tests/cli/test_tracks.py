"""`coder features import` and `export`, as a person types them."""

import csv
import json
from pathlib import Path

from coder.store import StudyStore
from coder.workflows.studies import open_study
from tests.cli.conftest import Run

OPENFACE = "frame, face_id, timestamp, confidence, success, pose_Ry\n" + "".join(
    f"{i + 1}, 0, {i / 25:.3f}, 0.98, {int(i > 1)}, -0.100\n" for i in range(200)
)


def tracks(study: Path) -> list[str]:
    """Who made the tracks of a study."""
    store: StudyStore
    with open_study(study, looking=True) as store:
        return [record.provenance.extractor for record in store.tracks()]


def test_a_file_is_looked_into_then_taken_then_exported(study: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "face.csv"
    file.write_text(OPENFACE)
    words = ("features", "import", study, file, "--session", "first", "--as", "openface", "--person", "parent")
    looked = run(*words, "--look")
    assert looked.exit_code == 0, looked.output
    assert "parent_openface_yaw_deg     deg   99%" in looked.output
    assert "200 rows would be taken into session “first”, camera 1" in looked.output
    assert tracks(study) == []
    taken = run(*words, "--json", "--version", "2.2.0")
    assert json.loads(taken.stdout)["taken"] is True
    assert tracks(study) == ["imported openface"]
    out = run("features", "export", study, "--session", "first", "--out", tmp_path / "out")
    assert out.exit_code == 0, out.output
    (written,) = (tmp_path / "out").iterdir()
    rows = list(csv.DictReader(written.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 200
    assert (rows[0]["parent_openface_yaw_deg"], rows[0]["parent_openface_yaw_deg.why"]) == ("", "no_face")
    assert rows[2]["parent_openface_yaw_deg.valid"] == "1"
    assert rows[2]["session_us"] == "80000"


def test_any_table_is_taken_by_its_columns(study: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pulse.csv"
    file.write_text("ms,pulse,quality\n0,110,1\n1000,-1,1\n2000,300,0\n3000,112,1\n")
    words = [
        "features",
        "import",
        study,
        file,
        "--session",
        "first",
        "--as",
        "csv",
        "--time",
        "ms",
        "--time-in",
        "ms",
    ]
    more = [
        "--column",
        "pulse=pulse:1/min",
        "--valid",
        "quality>0",
        "--missing",
        "-1",
        "--begins",
        "1.5",
        "--json",
    ]
    told = json.loads(run(*words, *more).stdout)
    assert told["rows"] == 4
    assert told["signals"] == [{"id": "child_pulse", "unit": "1/min", "known": 0.5, "low": 110.0, "high": 112.0}]


def test_mistakes_are_one_sentence_each_and_nothing_is_kept(study: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "face.csv"
    file.write_text(OPENFACE.replace("0.98, 1, -0.100\n5,", "high, 1, -0.100\n5,"))
    done = run("features", "import", study, file, "--session", "first", "--as", "openface")
    assert done.exit_code == 1
    assert done.stderr == "face.csv:5:confidence: “high” is not a number.\n"
    assert run("features", "import", study, file, "--session", "first", "--as", "csv").exit_code == 2
    assert (
        run("features", "import", study, file, "--session", "first", "--as", "openface", "--face", "0=x").exit_code
        == 2
    )
    missing = run("features", "import", study, tmp_path / "no.csv", "--session", "first", "--as", "icatcher")
    assert "There is no such file" in missing.stderr
    nothing = run("features", "export", study, "--session", "first", "--out", tmp_path / "out")
    assert (nothing.exit_code, tracks(study)) == (1, [])
