"""Feature tracks: whole or refused, and taken up where a killed extraction ended."""

import random
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from coder.model.problem import StoreError
from coder.model.track import Provenance, Why
from coder.store import StudyStore
from coder.store.parquet import Columns, of_parquet, to_parquet
from coder.store.tracks import TrackWriter, read_track_table, write_track_table
from tests.store.small_study import FILM

GAZE = Provenance(
    extractor="gaze",
    version="1.2",
    media_sha256=FILM.fingerprint.sha256,
    settings={"smooth_us": "200000"},
    models={"face.task": "cd" * 32},
    packages={"numpy": "2"},
    frames_decoded=0,
    frames_dropped=0,
)


def frames(start: int, end: int) -> Columns:
    """Rows of those frames at 25 a second: a yaw that wanders, a distance now and then not measured."""
    number = np.arange(start, end, dtype=np.int64)
    yaw = (np.sin(number / 40) * 30).astype(np.float32)
    distance = np.where(number % 7 == 0, np.nan, number / 10)
    return {
        "frame": number,
        "at_us": number * 40_000,
        "yaw": yaw,
        "yaw.valid": np.ones(len(number), dtype=bool),
        "distance": distance,
        "distance.valid": number % 7 != 0,
    }


def assert_same(found: Columns, wanted: Columns) -> None:
    assert list(found) == list(wanted)
    for name, column in wanted.items():
        assert found[name].dtype == column.dtype
        np.testing.assert_array_equal(found[name], column)


def test_a_track_comes_back_as_it_was_written(store: StudyStore) -> None:
    record = write_track_table(store, "film", frames(0, 20_000), GAZE)
    assert store.tracks("visit") == store.tracks() == (record,)
    assert store.tracks("another") == ()
    assert (record.rows, record.signals) == (20_000, ("yaw", "distance"))
    assert record.path.startswith("tracks/visit/gaze-")
    table = read_track_table(store, record)
    assert_same(table.columns, frames(0, 20_000))
    assert table.provenance == record.provenance == GAZE
    assert table.signals == ("yaw", "distance")
    np.testing.assert_array_equal(table.at_us, table.frame * 40_000)
    np.testing.assert_array_equal(table.valid("distance"), ~np.isnan(table.values("distance")))
    assert store.check() == ()


def test_some_signals_can_be_read_alone(store: StudyStore) -> None:
    record = write_track_table(store, "film", frames(0, 50), GAZE)
    table = read_track_table(store, record, ["distance"])
    assert list(table.columns) == ["frame", "at_us", "distance", "distance.valid"]
    with pytest.raises(StoreError, match="no signal “height”"):
        read_track_table(store, record, ["height"])


def test_reasons_come_back_where_there_are_any(store: StudyStore) -> None:
    why = np.where(frames(0, 50)["distance.valid"], Why.SEEN, Why.TURNED_AWAY).astype(np.uint8)
    record = write_track_table(store, "film", {**frames(0, 50), "distance.why": why}, GAZE)
    assert record.signals == ("yaw", "distance")
    for table in (read_track_table(store, record), read_track_table(store, record, ["yaw", "distance"])):
        np.testing.assert_array_equal(table.why("distance"), why)
        assert table.why("yaw") is None


def test_a_new_track_of_the_same_run_takes_the_place_of_the_old(store: StudyStore) -> None:
    old = write_track_table(store, "film", frames(0, 50), GAZE)
    other = write_track_table(store, "film", frames(0, 50), replace(GAZE, settings={"smooth_us": "0"}))
    new = write_track_table(store, "film", frames(0, 80), replace(GAZE, settings=MappingProxyType(GAZE.settings)))
    assert old.run == new.run != other.run
    assert store.tracks() == (other, new)
    assert sorted(path.name for path in (store.folder / "tracks" / "visit").iterdir()) == sorted(
        Path(record.path).name for record in (other, new)
    )
    assert store.check() == ()


def test_a_killed_extraction_goes_on_behind_its_last_finished_part(store: StudyStore) -> None:
    first = TrackWriter(store, "film", GAZE, part_rows=100)
    assert first.next_frame == 0
    for start in range(0, 330, 30):
        first.append(frames(start, start + 30))
    assert first.next_frame == 330
    del first  # killed: what was appended after the last part is gone
    second = TrackWriter(store, "film", GAZE, part_rows=100)
    assert second.next_frame == 240
    for start in range(240, 400, 40):
        second.append(frames(start, start + 40))
        assert second.rows == start + 40
    record = second.finish(frames_decoded=400, frames_dropped=2)
    assert record.provenance == replace(GAZE, frames_decoded=400, frames_dropped=2)
    table = read_track_table(store, record)
    assert_same(table.columns, frames(0, 400))
    assert table.provenance == record.provenance
    assert [path.suffix for path in (store.folder / "tracks" / "visit").iterdir()] == [".parquet"]


def test_a_person_who_cancels_keeps_everything_measured_so_far(store: StudyStore) -> None:
    writer = TrackWriter(store, "film", GAZE)
    writer.append(frames(0, 30))
    writer.flush()
    writer.flush()
    assert TrackWriter(store, "film", GAZE).next_frame == 30
    assert TrackWriter(store, "film", replace(GAZE, version="2")).next_frame == 0
    writer.discard()
    assert TrackWriter(store, "film", GAZE).next_frame == 0


@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_part_and_those_behind_it_are_measured_again(store: StudyStore, damage: str) -> None:
    writer = TrackWriter(store, "film", GAZE, part_rows=50)
    for start in range(0, 200, 50):
        writer.append(frames(start, start + 50))
    parts = sorted((store.folder / "tracks" / "visit").glob("gaze-*.parts/*"))
    assert len(parts) == 4
    content = parts[1].read_bytes()
    if damage == "gone":
        parts[1].unlink()
    else:
        parts[1].write_bytes(_flipped(content, 3_000) if damage == "flip" else content[:-20])
    if damage != "gone":
        with pytest.raises(StoreError, match="part of a track is damaged"):
            writer.finish()
    again = TrackWriter(store, "film", GAZE, part_rows=50)
    assert again.next_frame == 50
    again.append(frames(50, 200))
    assert_same(read_track_table(store, again.finish()).columns, frames(0, 200))


def _flipped(content: bytes, bit: int) -> bytes:
    flipped = bytearray(content)
    flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)


def test_every_flip_and_every_cut_in_a_track_is_found(store: StudyStore) -> None:
    record = write_track_table(store, "film", frames(0, 2_000), GAZE)
    path = store.folder / record.path
    content = path.read_bytes()
    chance = random.Random(5)
    bad = [_flipped(content, chance.randrange(len(content) * 8)) for _ in range(150)]
    bad += [content[: chance.randrange(len(content))] for _ in range(30)]
    for damaged in [*bad, b"", content + b"\0"]:
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match="not as it was written") as refusal:
            read_track_table(store, record)
        assert refusal.value.problems[0].hint == "Measure “gaze” again."
    assert [problem.what for problem in store.check()] == ["A track file is not as it was written."]
    path.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        read_track_table(store, record)
    assert "cannot be read" in store.check()[0].what


def test_the_page_sums_alone_find_every_flip_in_the_numbers() -> None:
    table = frames(0, 2_000)
    content = to_parquet(table, "notes")
    end_of_pages = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    chance = random.Random(6)
    found = 0
    for _ in range(300):
        damaged = _flipped(content, chance.randrange(4 * 8, end_of_pages * 8))
        try:
            columns, notes = of_parquet(damaged)
        except ValueError:
            found += 1
            continue
        assert_same(columns, table)  # a flip that nothing reads, such as in a page header's statistics
        assert notes == "notes"
    assert found > 250


BROKEN: dict[str, tuple[Columns, str]] = {
    "no mask": ({name: column for name, column in frames(0, 9).items() if name != "yaw.valid"}, "pairs of"),
    "no times": ({name: column for name, column in frames(0, 9).items() if name != "at_us"}, "frame, at_us"),
    "short column": ({**frames(0, 9), "yaw": np.zeros(8, np.float32)}, "column yaw should be 9 values"),
    "two dimensions": ({**frames(0, 9), "yaw": np.zeros((9, 1), np.float32)}, "column yaw should be"),
    "whole numbers": ({**frames(0, 9), "yaw": np.zeros(9, np.int64)}, "of float32 or float64"),
    "mask of numbers": ({**frames(0, 9), "yaw.valid": np.zeros(9, np.int8)}, "of bool"),
    "reasons of numbers": ({**frames(0, 9), "yaw.why": np.zeros(9, np.int64)}, "of uint8"),
    "reasons of nothing": ({**frames(0, 9), "height.why": np.zeros(9, np.uint8)}, "pairs of"),
    "times that stand still": ({**frames(0, 9), "at_us": np.zeros(9, np.int64)}, "at_us does not rise"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_table_is_refused(store: StudyStore, name: str) -> None:
    columns, sentence = BROKEN[name]
    with pytest.raises(ValueError, match=sentence):
        write_track_table(store, "film", columns, GAZE)
    assert store.tracks() == ()


def test_blocks_must_follow_each_other_and_have_the_same_columns(store: StudyStore) -> None:
    writer = TrackWriter(store, "film", GAZE)
    writer.append(frames(0, 10))
    writer.append(frames(0, 0))
    with pytest.raises(ValueError, match="frame 5 was measured already"):
        writer.append(frames(5, 20))
    yaw_only = {name: column for name, column in frames(10, 20).items() if not name.startswith("distance")}
    with pytest.raises(ValueError, match="do not have the same columns"):
        writer.append(yaw_only)
    writer.flush()
    with pytest.raises(ValueError, match="do not have the same columns"):
        TrackWriter(store, "film", GAZE).append(yaw_only)
    writer.append(frames(10, 20))
    assert writer.finish().rows == 20


def test_a_track_needs_its_film_and_some_frames(store: StudyStore) -> None:
    with pytest.raises(StoreError, match="no film “other”"):
        TrackWriter(store, "other", GAZE)
    with pytest.raises(StoreError, match=r"on another film than “media/visit\.mp4”"):
        TrackWriter(store, "film", replace(GAZE, media_sha256="00" * 32))
    with pytest.raises(StoreError, match="Nothing was measured"):
        TrackWriter(store, "film", GAZE).finish()


def test_a_refused_write_leaves_no_file_and_no_entry(store: StudyStore) -> None:
    (store.folder / "tracks" / "visit").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        write_track_table(store, "film", frames(0, 50), GAZE)
    assert store.tracks() == ()
    (store.folder / "tracks" / "visit").unlink()
    assert read_track_table(store, write_track_table(store, "film", frames(0, 50), GAZE)).frame.size == 50
