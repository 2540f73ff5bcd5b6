"""Results of other programs: what is taken of them, and every mistake with its place."""

from pathlib import Path

import numpy as np
import pytest

from coder.formats.tracks_csv import ColumnMap, Rule, Taken, read_csv, read_own
from coder.formats.tracks_icatcher import read_icatcher
from coder.formats.tracks_openface import read_openface
from coder.formats.tracks_table import TrackTable, framed, signal_texts, signals_of_texts
from coder.model.problem import FormatError
from coder.model.track import Signal, Why

OPENFACE = """\
frame, face_id, timestamp, confidence, success, gaze_angle_x, gaze_angle_y, pose_Tz, pose_Rx, pose_Ry, pose_Rz, \
AU12_r, AU12_c
1, 0, 0.000, 0.98, 1, 0.100, 0.200, 500.0, 0.300, -0.400, 0.500, 1.25, 1.0
2, 0, 0.040, 0.98, 0, 0.100, 0.200, 500.0, 0.300, -0.400, 0.500, 1.25, 1.0
3, 0, 0.080, 0.40, 1, 0.100, 0.200, 500.0, 0.300, -0.400, 0.500, 1.25, 1.0
"""

TWO_FACES = """\
frame, face_id, timestamp, confidence, success, pose_Ry
1, 0, 0.000, 0.98, 1, -0.100
1, 1, 0.000, 0.98, 1, 0.100
2, 1, 0.040, 0.98, 1, 0.200
"""


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(caught: pytest.ExceptionInfo[FormatError]) -> list[str]:
    """Place and sentence of each."""
    return [f"{one.where}: {one.what}" for one in caught.value.problems]


def shown(table: TrackTable, signal: str) -> list[float | None]:
    """The values, None where they are not valid."""
    values = zip(table.values[signal].tolist(), table.valid[signal].tolist(), strict=True)
    return [round(value, 1) if good else None for value, good in values]


# ---- OpenFace


def test_openface_frames_count_from_one_and_its_radians_become_degrees_in_our_directions(written) -> None:
    table = read_openface(written(OPENFACE), {"": "child"})
    assert table.frames is not None
    assert table.frames.tolist() == [0, 1, 2]
    assert shown(table, "child_openface_yaw_deg") == [22.9, None, None], "−0.4 rad is to image right"
    assert shown(table, "child_openface_pitch_deg") == [-17.2, None, None], "0.3 rad is down"
    assert shown(table, "child_openface_roll_deg") == [28.6, None, None]
    assert shown(table, "child_openface_gaze_yaw_deg") == [5.7, None, None], "0.1 rad is to image right"
    assert shown(table, "child_openface_gaze_pitch_deg") == [-11.5, None, None]
    assert shown(table, "child_openface_distance_mm") == [500.0, None, None]
    assert shown(table, "child_openface_au12_r") == [1.2, None, None]
    assert shown(table, "child_openface_confidence") == [1.0, 1.0, 0.4]
    assert table.why["child_openface_yaw_deg"].tolist() == [Why.SEEN, Why.NO_FACE, Why.NOT_SAID]


def test_openface_rotations_are_those_of_a_face_that_looks_at_the_camera(written) -> None:
    """A second way: turn a face that looks along −z by R = Rx · Ry · Rz and see where it looks."""
    rx, ry = 0.3, -0.4
    about_x = np.array([[1, 0, 0], [0, np.cos(rx), -np.sin(rx)], [0, np.sin(rx), np.cos(rx)]])
    about_y = np.array([[np.cos(ry), 0, np.sin(ry)], [0, 1, 0], [-np.sin(ry), 0, np.cos(ry)]])
    x, y, z = about_x @ about_y @ np.array([0, 0, -1.0])
    table = read_openface(written(OPENFACE), {"": "child"})
    yaw, pitch = (table.values[f"child_openface_{name}_deg"][0] for name in ("yaw", "pitch"))
    assert np.sign(yaw) == np.sign(x), "x is to image right"
    assert np.sign(pitch) == np.sign(-y), "y is down"
    assert z < 0


def test_openface_faces_are_whose_a_person_says(written) -> None:
    table = read_openface(written(TWO_FACES), {"0": "parent", "1": "child"})
    assert shown(table, "parent_openface_yaw_deg") == [5.7, None]
    assert shown(table, "child_openface_yaw_deg") == [-5.7, -11.5]
    one = read_openface(written(TWO_FACES), {"1": "child"})
    assert one.remarks == ("Face 0 is left out.",)
    with pytest.raises(FormatError) as caught:
        read_openface(written(TWO_FACES), {"": "child"})
    assert problems(caught) == ["table.csv:face_id: There are several faces; say whose each one is."]
    with pytest.raises(FormatError, match="There is no face 7"):
        read_openface(written(TWO_FACES), {"7": "child"})


def test_every_mistake_of_an_openface_file_is_told_with_its_place(written) -> None:
    spoiled = OPENFACE.replace("2, 0, 0.040, 0.98", "1, 0, 0.040, high").replace("0.500, 1.25, 1.0\n3", "0.5\n3")
    with pytest.raises(FormatError) as caught:
        read_openface(written(spoiled + "3, 0, 0.080, 0.9, 1, x, 0, 0, 0, 0, 0, 0, 0\n"), {"": "child"})
    assert problems(caught) == [
        "table.csv:3: The row has 11 cells, and the heading has 13.",
        "table.csv:5:gaze_angle_x: “x” is not a number.",
    ]
    with pytest.raises(FormatError) as caught:
        read_openface(written("frame,success\n1,1\n"), {"": "child"})
    assert "no column “confidence”" in str(caught.value)


# ---- iCatcher+


def test_icatchers_text_is_read_and_where_no_infant_was_found_nothing_is_known(written) -> None:
    text = "0, none, -1.00\n1, noface, -1.00\n2, nobabyface, -1.00\n3, away, 0.91\n4, left, 0.80\n5, right, 0.99\n"
    table = read_icatcher(written(text, "film.txt"), "child")
    assert table.frames is not None
    assert table.frames.tolist() == [0, 1, 2, 3, 4, 5]
    assert shown(table, "child_icatcher_on_screen") == [None, None, None, 0.0, 1.0, 1.0]
    assert shown(table, "child_icatcher_side") == [None, None, None, 0.0, -1.0, 1.0]
    assert shown(table, "child_icatcher_confidence") == [None, None, None, 0.9, 0.8, 1.0]
    assert table.why["child_icatcher_side"].tolist()[:3] == [Why.NOT_SAID, Why.NO_FACE, Why.NO_FACE]


def test_icatchers_archive_says_the_same(written, tmp_path: Path) -> None:
    np.savez(tmp_path / "film.npz", np.array([-3, -2, -1, 0, 1, 2]), np.array([-1, -1, -1, 0.91, 0.8, 0.99]))
    text = "0, none, -1\n1, noface, -1\n2, nobabyface, -1\n3, away, 0.91\n4, left, 0.80\n5, right, 0.99\n"
    a = read_icatcher(written(text, "film.txt"), "child")
    b = read_icatcher(tmp_path / "film.npz", "child")
    assert [shown(a, one.id) for one in a.signals] == [shown(b, one.id) for one in b.signals]


def test_icatcher_that_tells_on_and_off_only_tells_no_side(written) -> None:
    table = read_icatcher(written("0, on, 0.9\n1, off, 0.9\n", "film.txt"), "child")
    assert [one.id for one in table.signals] == ["child_icatcher_on_screen", "child_icatcher_confidence"]
    assert shown(table, "child_icatcher_on_screen") == [1.0, 0.0]


def test_mistakes_of_icatcher_files_are_told(written, tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read_icatcher(
            written("0, left, 0.9\n1, up, 0.9\nx, left, 0.9\n3, left\n4, left, 7\n", "film.txt"), "child"
        )
    assert problems(caught) == [
        "film.txt:2: “up” is not a class of iCatcher+.",
        "film.txt:3: “x” is not a number of a frame.",
        "film.txt:4: The line has 2 parts and not 3.",
        "film.txt:5: “7” is not a confidence.",
    ]
    with pytest.raises(FormatError, match="do not rise"):
        read_icatcher(written("0, left, 0.9\n0, left, 0.9\n", "film.txt"), "child")
    np.savez(tmp_path / "film.npz", np.array([0, 3]), np.array([0.9, 0.9]))
    with pytest.raises(FormatError, match="class 3, which is not known"):
        read_icatcher(tmp_path / "film.npz", "child")
    (tmp_path / "film.npz").write_bytes(b"PK no archive")
    with pytest.raises(FormatError, match="no archive"):
        read_icatcher(tmp_path / "film.npz", "child")


# ---- any table


PULSE = "time;heart rate;quality\n0,5;120;0,9\n1,5;NA;0,9\n2,5;130;0,2\n3,5;131;\n"


def test_a_table_is_read_by_its_map(written) -> None:
    how = ColumnMap(
        "time",
        "s",
        (Taken("heart rate", "pulse", "1/min"),),
        "child",
        (Rule.of("quality >= 0.5"),),
        begins_us=1_000_000,
    )
    table = read_csv(written(PULSE), how)
    assert table.at_us is not None
    assert table.at_us.tolist() == [1_500_000, 2_500_000, 3_500_000, 4_500_000]
    assert shown(table, "child_pulse") == [120.0, None, None, None], "NA, a poor quality, none"
    assert table.signals[0].unit == "1/min"
    assert table.settings["valid"] == "quality>=0.5"


@pytest.mark.parametrize(
    ("unit", "cells", "expected"),
    [
        ("ms", ["0", "33.4", "66,7"], [0, 33_400, 66_700]),
        ("us", ["0", "33367", "66733"], [0, 33_367, 66_733]),
        ("clock", ["00:00:00.000", "00:00:01.500", "00:01:00"], [0, 1_500_000, 60_000_000]),
    ],
)
def test_times_may_be_in_many_units(written, unit: str, cells: list[str], expected: list[int]) -> None:
    text = "t\tv\n" + "".join(f"{cell}\t1\n" for cell in cells)
    table = read_csv(written(text), ColumnMap("t", unit, (Taken("v"),)))
    assert table.at_us is not None
    assert table.at_us.tolist() == expected


def test_frames_may_count_from_one(written) -> None:
    table = read_csv(written("f,v\n1,5\n3,6\n"), ColumnMap("f", "frames", (Taken("v"),), first_frame=1))
    assert table.frames is not None
    assert table.frames.tolist() == [0, 2]
    with pytest.raises(FormatError, match="“0” is not a time in frames"):
        read_csv(written("f,v\n0,5\n"), ColumnMap("f", "frames", (Taken("v"),), first_frame=1))


def test_every_mistake_of_a_table_is_told_with_its_place(written) -> None:
    text = "t,v,w\n1,5,x\n0.5,-1,2\nsoon,3,4\n5,6\n"
    with pytest.raises(FormatError) as caught:
        read_csv(written(text), ColumnMap("t", "s", (Taken("v"), Taken("w")), missing=frozenset({"-1"})))
    assert problems(caught) == [
        "table.csv:2:w: “x” is not a number.",
        "table.csv:3:t: The time does not rise.",
        "table.csv:4:t: “soon” is not a time in s.",
        "table.csv:5: The row has 2 cells, and the heading has 3.",
    ]


def test_a_map_that_will_not_do_is_told_before_the_table_is_read(written) -> None:
    file = written("t,v\n1,5\n")
    for how, words in (
        (ColumnMap("t", "s", (Taken("x"),)), "no column “x”"),
        (ColumnMap("t", "years", (Taken("v"),)), "cannot be in “years”"),
        (ColumnMap("t", "s", ()), "No column"),
        (ColumnMap("t", "s", (Taken("v", "a b"),)), "cannot be the name"),
        (ColumnMap("t", "s", (Taken("v", "x"), Taken("v", "x"))), "Two columns"),
    ):
        with pytest.raises(FormatError, match=words):
            read_csv(file, how)
    with pytest.raises(FormatError, match="no rule"):
        Rule.of("confidence is high")
    with pytest.raises(FormatError, match="no such file"):
        read_csv(file.with_name("other.csv"), ColumnMap("t", "s", (Taken("v"),)))
    with pytest.raises(FormatError, match="empty"):
        read_csv(written("\n", "empty.csv"), ColumnMap("t", "s", (Taken("v"),)))
    with pytest.raises(FormatError, match="no rows"):
        read_csv(written("t,v\n"), ColumnMap("t", "s", (Taken("v"),)))
    broken = written("t,v\n1,5\n", "latin.csv")
    broken.write_bytes("größe,v\n".encode("latin-1"))
    with pytest.raises(FormatError, match="UTF-8"):
        read_csv(broken, ColumnMap("t", "s", (Taken("v"),)))


def test_a_hundred_mistakes_are_enough(written) -> None:
    text = "t,v\n" + "".join(f"{row},x\n" for row in range(250))
    with pytest.raises(FormatError) as caught:
        read_csv(written(text), ColumnMap("t", "s", (Taken("v"),)))
    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1].what == "150 more mistakes follow."


def test_our_own_tables_come_back_with_reasons(written) -> None:
    text = "frame,at_us,session_us,a,a.valid,a.why\n0,0,0,0.5,1,\n1,40000,40000,,0,no_face\n"
    table = read_own(written(text))
    assert shown(table, "a") == [0.5, None]
    assert table.why["a"].tolist() == [Why.SEEN, Why.NO_FACE]
    with pytest.raises(FormatError, match="no table that"):
        read_own(written("t,v\n1,5\n"))
    with pytest.raises(FormatError, match="“hidden” is not a value"):
        read_own(written(text.replace("no_face", "hidden")))


def test_what_signals_mean_is_kept_as_text() -> None:
    signals = (Signal("a", "Größe", "mm", 0.0, 2.5), Signal("b", "b", "", -1.0, 1.0))
    assert signals_of_texts({"file": "x", **signal_texts(signals)}) == signals


def test_curves_of_unknown_signals_are_framed_by_round_numbers() -> None:
    values = np.linspace(118, 171, 50)
    assert framed(values, np.ones(50, bool)) == (100.0, 200.0)
    assert framed(values, np.zeros(50, bool)) == (0.0, 1.0)
    low, high = framed(np.full(5, 3.0), np.ones(5, bool))
    assert low <= 3 < high


# ---- what no program writes, and somebody sends all the same


@pytest.mark.parametrize(
    ("unit", "cell"),
    [("s", "1e300"), ("s", "1e13"), ("s", "inf"), ("clock", "99999999999999:00:00"), ("frames", "1e18")],
)
def test_a_time_that_no_film_has_is_told(written, unit: str, cell: str) -> None:
    with pytest.raises(FormatError, match="is not a time in"):
        read_csv(written(f"t,v\n{cell},1\n"), ColumnMap("t", unit, (Taken("v"),)))


def test_a_value_that_nothing_has_is_told(written) -> None:
    with pytest.raises(FormatError, match="“-1e308” is not a number"):
        read_csv(written("t,v\n0,1\n1,-1e308\n"), ColumnMap("t", "s", (Taken("v"),)))


def test_a_signal_is_not_called_like_the_clock(written) -> None:
    with pytest.raises(FormatError, match="cannot be the name of a signal"):
        read_csv(written("t,v\n0,1\n"), ColumnMap("t", "s", (Taken("v", "frame"),)))


OWN = "frame,at_us,session_us,a,a.valid,a.why\n"


@pytest.mark.parametrize(
    "row",
    [
        "0,1e300,0,1,1,",  # no film lasts so long
        "0,0.2,0,1,1,",  # times are whole
        "0,0,0,,1,",  # nothing that is missing becomes 0
        "0,0,0,1,1,no_face",  # either it is valid or there is a reason why not
        "0,0,0,1,0.7,",
    ],
)
def test_an_export_that_contradicts_itself_is_told(written, row: str) -> None:
    with pytest.raises(FormatError, match="is not a value of this column"):
        read_own(written(OWN + row + "\n"))


@pytest.mark.parametrize("name", ["frame", "=cmd()", "a.valid"])
def test_what_cannot_be_a_signal_of_ours_is_not_taken_for_one(written, name: str) -> None:
    with pytest.raises(FormatError, match="no table that"):
        read_own(written(f"at_us,{name},{name}.valid\n0,1,1\n"))


def test_frames_that_no_film_has_are_told(written, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is not a number of a frame"):
        read_icatcher(written("99999999999999999999, left, 0.9\n", "film.txt"), "child")
    np.savez(tmp_path / "film.npz", np.array([0, np.nan]), np.array([0.9, 0.9]))
    with pytest.raises(FormatError, match="no archive"):
        read_icatcher(tmp_path / "film.npz", "child")
    for cell in ("1e25", "1.5", "-1"):
        with pytest.raises(FormatError, match=f"There is no frame {cell}"):
            read_openface(written(f"frame,confidence,success,pose_Rx\n{cell},1,1,0\n"), {"": "child"})
