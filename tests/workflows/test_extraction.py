"""Measuring a session: refused for another film, cancelled without loss, resumed with the same numbers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coder.model.problem import CoderError
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.tracks import read_track_table
from coder.workflows.extraction import extract_steps
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study

FILM = shipped("sample_media") / "dyad-first.mp4"
EVERY_EIGHTH = {"every": "8"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened


def test_another_film_in_its_place_is_refused(store: StudyStore, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    shutil.copy(FILM, film)
    session = add_session(store, film)
    film.write_bytes(film.read_bytes() + b"\0")
    with pytest.raises(CoderError, match="not the file that was added"):
        finish(extract_steps(store, session.id))
    assert not store.tracks(session.id)


def test_cancelled_work_leaves_no_half_track_and_goes_on(store: StudyStore) -> None:
    session = add_session(store, FILM)
    steps = extract_steps(store, session.id, EVERY_EIGHTH)
    while next(steps).total == 0:
        pass
    steps.close()
    assert not store.tracks(session.id)
    coverage = finish(extract_steps(store, session.id, EVERY_EIGHTH))
    assert coverage.both is not None
    assert coverage.both > 0.9
    (record,) = store.tracks(session.id)
    assert record.provenance.frames_decoded == 25
    assert record.provenance.frames_dropped == 0
    table = read_track_table(store, record)
    assert list(table.frame) == list(range(0, 200, 8))
    assert list(table.at_us) == [index * 40_000 for index in range(0, 200, 8)]
    distance = table.values("head_distance_heads")[table.valid("head_distance_heads")]
    assert np.isfinite(distance).all()


def test_the_same_film_and_settings_give_the_same_numbers(store: StudyStore) -> None:
    session = add_session(store, FILM)
    tables = []
    for _ in range(2):
        finish(extract_steps(store, session.id, EVERY_EIGHTH))
        (record,) = store.tracks(session.id)
        tables.append(read_track_table(store, record))
    for name in tables[0].columns:
        assert np.array_equal(tables[0].columns[name], tables[1].columns[name]), name


def test_an_unknown_setting_is_named(store: StudyStore) -> None:
    session = add_session(store, FILM)
    with pytest.raises(CoderError, match="evry"):
        finish(extract_steps(store, session.id, {"evry": "2"}))


def test_no_part_is_left_behind(store: StudyStore) -> None:
    session = add_session(store, FILM)
    finish(extract_steps(store, session.id, EVERY_EIGHTH))
    assert not list(store.folder.glob("tracks/**/*.parts"))
