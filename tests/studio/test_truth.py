"""The truth table: written and read without loss, and every wrong cell named."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.truth import PERSON_COLUMNS, TruthError, columns, read_truth, truth_text, write_truth
from tests.studio.truths import drawn


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = drawn("bbBff", "ffhhx", holder={"ball": "ncccb"}, child_is={"smile": "00369"}).truth
    write_truth(made, tmp_path / "clip.truth.csv")
    read = read_truth(tmp_path / "clip.truth.csv")
    assert read.time_us.tolist() == [0, 100_000, 200_000, 300_000, 400_000]
    assert read.child.target.tolist() == ["ball", "ball", "ball", "parent_face", "parent_face"]
    assert read.child.settled.tolist() == [True, True, False, True, True]
    assert read.child.smile.tolist() == [0.0, 0.0, 0.333, 0.667, 1.0]
    assert read.parent.eyes.tolist() == [1.0, 1.0, 1.0, 1.0, 0.0]
    assert read.holder["ball"].tolist() == ["none", "child", "child", "child", "both"]
    assert truth_text(read) == truth_text(made)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.truth.csv"]


def test_the_columns_stand_in_the_order_of_the_contract() -> None:
    found = columns(["ball"])
    assert found[:3] == ("frame", "time_s", "parent_target")
    assert found[2 + len(PERSON_COLUMNS)] == "child_target"
    assert found[-3:] == ("head_distance_mm", "mutual_gaze", "ball_holder")


def test_times_off_the_millisecond_are_kept(tmp_path: Path) -> None:
    made = replace(drawn("bb", "ff").truth, time_us=np.array([0, 41_667]))
    write_truth(made, tmp_path / "phone.truth.csv")
    assert read_truth(tmp_path / "phone.truth.csv").time_us.tolist() == [0, 41_667]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("1,0.100000,", "1,0.000000,", "time_s does not rise"),
        ("1,0.100000,", "3,0.100000,", "not numbered 0, 1, 2"),
        (",child_face,", ",child_ear,", "row 2, column parent_target: “child_ear” is none of child_face"),
        ("550.0", "far", "row 2, column head_distance_mm: “far” is not a number"),
        ("parent_settled,", "", "missing: parent_settled"),
        ("none,none,none", "none,none,none,none", "row 2 has"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = truth_text(drawn("bb", "ff").truth)
    assert old in text
    (tmp_path / "clip.truth.csv").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TruthError) as caught:
        read_truth(tmp_path / "clip.truth.csv")
    assert sentence in str(caught.value)


def test_a_truth_that_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    made = drawn("bb", "ff").truth
    (tmp_path / "clip.truth.csv").write_text("old", "utf-8")
    with pytest.raises(TruthError):
        write_truth(replace(made, head_distance_mm=np.array([550.0, np.nan])), tmp_path / "clip.truth.csv")
    assert (tmp_path / "clip.truth.csv").read_text("utf-8") == "old"


def test_another_table_is_refused_without_a_list_of_every_column(tmp_path: Path) -> None:
    (tmp_path / "clip.truth.csv").write_text("x,y\n1,2\n", "utf-8")
    with pytest.raises(TruthError) as caught:
        read_truth(tmp_path / "clip.truth.csv")
    (sentence,) = str(caught.value).splitlines()
    assert "missing: frame, time_s, parent_target, parent_settled and " in sentence
    assert sentence.endswith("not known: x, y); make it anew with `python -m studio truth`.")


def test_an_empty_or_missing_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.truth.csv").write_text("", "utf-8")
    with pytest.raises(TruthError, match="has no frame"):
        read_truth(tmp_path / "empty.truth.csv")
    with pytest.raises(TruthError, match="cannot be read"):
        read_truth(tmp_path / "none.truth.csv")
