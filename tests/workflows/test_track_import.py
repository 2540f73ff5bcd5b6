"""Tracks from files: at the true times of a film's frames, whole or not at all, with where they came from."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coder.formats.tracks_csv import ColumnMap, Taken
from coder.media import open_index
from coder.model.problem import CoderError, FormatError
from coder.model.study import Session
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.tracks import read_track_table
from coder.workflows.cameras import add_camera_steps
from coder.workflows.measured import curves_of, tracks_of
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study
from coder.workflows.track_export import export_tracks
from coder.workflows.track_import import Asked, find_tracks, import_tracks

PHONE = shipped("sample_media") / "phone.mp4"  # its frames come at a variable rate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened


@pytest.fixture
def session(store: StudyStore) -> Session:
    return add_session(store, PHONE, "phone")


def openface(folder: Path, frames: range) -> Path:
    """A file of OpenFace; yaw is a hundredth of a radian a frame, to image left."""
    rows = [f"{i + 1}, 0, {i / 25:.3f}, 0.98, {int(i != 3)}, {i / 100:.3f}" for i in frames]
    file = folder / "phone.csv"
    file.write_text("\n".join(["frame, face_id, timestamp, confidence, success, pose_Ry", *rows]) + "\n")
    return file


def test_rows_that_name_frames_are_at_the_true_times_of_these_frames(
    store: StudyStore, session: Session, tmp_path: Path
) -> None:
    file = openface(tmp_path, range(50))
    found = find_tracks(store, file, Asked("openface"), session=session)
    assert not store.tracks(session.id), "finding writes nothing"
    import_tracks(store, found)
    track = tracks_of(store, session)["child_openface_yaw_deg"]
    times_us = open_index(PHONE).times_us[:50]
    assert track.times_us.tolist() == times_us.tolist()
    assert len(set(np.diff(times_us).tolist())) > 2, "this film's frames are not a fixed time apart"
    assert track.values[10] == pytest.approx(-np.degrees(0.1))
    assert track.valid.tolist() == [i != 3 for i in range(50)]
    assert (track.signal.label, track.signal.unit) == ("child: head to image right (OpenFace)", "deg")


def test_the_track_says_where_it_came_from(store: StudyStore, session: Session, tmp_path: Path) -> None:
    file = openface(tmp_path, range(5))
    asked = Asked("openface", version="2.2.0")
    record = import_tracks(store, find_tracks(store, file, asked, session=session))
    told = record.provenance
    assert (told.extractor, told.version) == ("imported openface", "2.2.0")
    assert told.settings["file"] == "phone.csv"
    assert told.settings["file sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert told.settings["least confidence"] == "0.7"
    assert told.media_sha256 == session.media[0].fingerprint.sha256


def test_a_file_that_was_mended_takes_the_place_of_the_first(
    store: StudyStore, session: Session, tmp_path: Path
) -> None:
    for count in (10, 20):
        found = find_tracks(store, openface(tmp_path, range(count)), Asked("openface"), session=session)
        import_tracks(store, found)
    assert len(tracks_of(store, session)["child_openface_yaw_deg"].values) == 20


def test_frames_that_the_film_does_not_have_are_refused_and_nothing_is_kept(
    store: StudyStore, session: Session, tmp_path: Path
) -> None:
    count = session.media[0].frame_count
    with pytest.raises(FormatError, match=f"frame {count}, and the film has {count} frames"):
        find_tracks(store, openface(tmp_path, range(count + 1)), Asked("openface"), session=session)
    assert not store.tracks(session.id)


def test_times_outside_the_film_are_left_out_and_told(store: StudyStore, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "pulse.csv"
    file.write_text("s,pulse\n-1,100\n0.5,110\n19,120\n25,130\n")
    how = ColumnMap("s", "s", (Taken("pulse"),), "child")
    found = find_tracks(store, file, Asked("csv", how=how), session=session)
    assert found.remarks == ("2 rows lie outside the film and are left out.",)
    import_tracks(store, found)
    (track,) = curves_of(store, session)
    assert track.signal.id == "child_pulse"
    assert track.times_us.tolist() == [500_000, 19_000_000]
    file.write_text("s,pulse\n500,110\n")
    with pytest.raises(FormatError, match="No row lies inside the film"):
        find_tracks(store, file, Asked("csv", how=how), session=session)


def test_of_several_films_one_must_be_named(store: StudyStore, tmp_path: Path) -> None:
    films = [shipped("sample_media") / f"two-cameras.{camera}.mp4" for camera in "ab"]
    session = add_session(store, films[0], "two")
    finish(add_camera_steps(store, session.id, films[1], "side"))
    session = store.session(session.id)
    file = openface(tmp_path, range(5))
    with pytest.raises(FormatError, match="several films"):
        find_tracks(store, file, Asked("openface"), session=session)
    assert find_tracks(store, file, Asked("openface"), session=session, camera="side").media == session.media[1]


def test_a_film_that_was_exchanged_is_told(store: StudyStore, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(PHONE.read_bytes())
    session = add_session(store, film, "exchanged")
    film.write_bytes((shipped("sample_media") / "dyad-first.mp4").read_bytes())
    with pytest.raises(CoderError, match="not the file that was added"):
        find_tracks(store, openface(tmp_path, range(5)), Asked("openface"), session=session)


def test_what_is_exported_comes_back_to_the_last_digit(
    store: StudyStore, session: Session, tmp_path: Path
) -> None:
    import_tracks(store, find_tracks(store, openface(tmp_path, range(50)), Asked("openface"), session=session))
    (written,) = export_tracks(store, session, tmp_path / "out")
    assert written.file.name == "phone.camera-1.imported-openface.csv"
    assert written.rows == 50
    again = find_tracks(store, written.file, Asked("coder"), session=session)
    before = read_track_table(store, store.tracks(session.id)[0])
    assert again.at_us.tolist() == before.at_us.tolist()
    for name in before.signals:
        valid = before.valid(name)
        assert again.table.valid[name].tolist() == valid.tolist()
        assert again.table.values[name][valid].tolist() == before.values(name)[valid].tolist()
        why = before.why(name)
        assert why is not None
        assert again.table.why[name].tolist() == why.tolist()


def test_two_results_of_one_program_are_two_files(store: StudyStore, session: Session, tmp_path: Path) -> None:
    for name in ("calm", "pulse"):
        table = tmp_path / f"{name}.csv"
        table.write_text(f"time,{name}\n0,1\n1,2\n", encoding="utf-8")
        asked = Asked("csv", how=ColumnMap("time", columns=(Taken(name),)))
        import_tracks(store, find_tracks(store, table, asked, session=session))
    files = [written.file for written in export_tracks(store, session, tmp_path / "out")]
    assert len(set(files)) == 2
    headings = {file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")[3] for file in files}
    assert headings == {"calm", "pulse"}


def test_nothing_measured_is_nothing_to_export(store: StudyStore, session: Session, tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="Nothing was measured"):
        export_tracks(store, session, tmp_path / "out")
