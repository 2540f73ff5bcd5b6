"""Measuring sessions: every film of each, cancelled without loss, resumed to the same bit, one failure alone."""

import multiprocessing
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from numpy.typing import NDArray

from coder.features.extractor import CHUNK_US
from coder.model.problem import CoderError
from coder.model.study import Session
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.tracks import read_track_table
from coder.workflows.cameras import add_camera_steps
from coder.workflows.extracted import Became, Extracted, Outcome, left_text, of_session
from coder.workflows.extraction import extract_steps
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study
from coder.workflows.under_way import under_way
from tests.clips import X264, Recipe, write_film
from tests.features import plugins

SAMPLES = shipped("sample_media")
FILM = SAMPLES / "dyad-first.mp4"  # 200 frames, no sound
SPOKEN = SAMPLES / "phone.mp4"

Columns = Mapping[str, NDArray[Any]]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StudyStore]:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    with new_study(tmp_path / "study", "Trial") as opened:
        yield opened
    assert not multiprocessing.active_children()


def ran(store: StudyStore, *sessions: Session, extractor: str = "change", **more: Any) -> Extracted:
    """Everything measured with one extractor."""
    return finish(extract_steps(store, [one.id for one in sessions], extractors=[extractor], **more))


def columns_of(store: StudyStore, session: Session) -> Columns:
    """The one track of a session."""
    (record,) = store.tracks(session.id)
    return read_track_table(store, record).columns


def same(a: Columns, b: Columns) -> bool:
    """Bit for bit."""
    return list(a) == list(b) and all(a[name].tobytes() == b[name].tobytes() for name in a)


def became(found: Extracted) -> list[tuple[str, Became]]:
    """Session and what became of it, in the order of the sessions' names."""
    return sorted((one.session, one.became) for one in found.outcomes)


def test_another_film_in_its_place_is_refused_and_the_next_session_goes_on(
    store: StudyStore, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    shutil.copy(FILM, film)
    exchanged, whole = add_session(store, film, "exchanged"), add_session(store, FILM, "whole")
    film.write_bytes(film.read_bytes() + b"\0")
    found = ran(store, exchanged, whole)
    assert became(found) == [("exchanged", Became.FAILED), ("whole", Became.MEASURED)]
    (problem,) = found.problems()
    assert "exchanged: The film of session “exchanged” is not the file that was added" in str(problem)
    assert not store.tracks(exchanged.id)
    assert columns_of(store, whole)["frame"].tolist() == list(range(0, 200, 2))


def test_one_two_and_three_processes_give_the_same_bits(store: StudyStore) -> None:
    session = add_session(store, FILM)
    tables = []
    for workers in (1, 2, 3):
        assert became(ran(store, session, workers=workers, again=True)) == [("dyad-first", Became.MEASURED)]
        tables.append(columns_of(store, session))
    assert same(tables[0], tables[1])
    assert same(tables[0], tables[2])
    assert tables[0]["at_us"].tolist() == [index * 40_000 for index in range(0, 200, 2)]
    assert not tables[0]["brightness.valid"][0]
    assert tables[0]["brightness.valid"][1:].all()
    (record,) = store.tracks(session.id)
    assert record.provenance.settings == {"frame_rate": "25"}
    assert (record.provenance.frames_decoded, record.provenance.frames_dropped) == (100, 0)


def test_cancelled_work_leaves_no_half_track_and_goes_on_behind_its_last_part(
    store: StudyStore, tmp_path: Path
) -> None:
    session, notes = add_session(store, FILM), tmp_path / "notes"
    notes.mkdir()
    (notes / "hold").write_text("100")
    settings = {"change": {"notes": str(notes)}}
    told: list[Outcome] = []
    steps = extract_steps(store, [session.id], settings, extractors=["change"], told=told.append)
    while not (notes / "50").exists():
        next(steps)
    while not next(steps).done >= 500 * 8:  # half of the film's eight seconds, in thousandths
        pass
    steps.close()
    assert not multiprocessing.active_children()
    assert [one.became for one in told] == [Became.CANCELLED]
    assert not store.tracks(session.id)
    (half,) = under_way(store)
    assert half.done == 99  # the last frame that was looked at is 98
    assert half.count == 200
    assert not half.problems
    (notes / "0").unlink()
    (notes / "hold").unlink()
    ran(store, session, settings=settings)
    assert not (notes / "0").exists()  # the first segment was not measured again
    resumed = columns_of(store, session)
    ran(store, session, settings=settings, workers=2, again=True)
    assert same(resumed, columns_of(store, session))
    assert not under_way(store)
    assert not list(store.folder.glob("tracks/**/*.parts"))


@pytest.mark.parametrize("extractor", ["killed", "aborting", "raising"])
def test_a_death_costs_its_own_session_and_is_remembered(store: StudyStore, extractor: str) -> None:
    first, second = add_session(store, FILM, "first"), add_session(store, FILM, "second")
    found = finish(
        extract_steps(
            store,
            [first.id, second.id],
            {extractor: {"at": "100"}},
            extractors=[extractor, "brightness"],
            workers=2,
        )
    )
    by_extractor = {(one.session, one.extractor): one.became for one in found.outcomes}
    assert by_extractor == {
        ("first", extractor): Became.FAILED,
        ("second", extractor): Became.FAILED,
        ("first", "brightness"): Became.MEASURED,
        ("second", "brightness"): Became.MEASURED,
    }
    assert of_session(found.outcomes, first.id) == Became.FAILED
    with pytest.raises(CoderError, match="first: Measuring stopped"):
        found.require()
    halves = under_way(store)
    assert len(halves) == 2
    assert all("Measuring stopped" in half.problems[0].what and half.done <= 100 for half in halves)


def test_measuring_the_same_again_does_nothing_unless_it_is_asked_for(store: StudyStore, tmp_path: Path) -> None:
    session, notes = add_session(store, FILM), tmp_path / "notes"
    notes.mkdir()
    settings = {"brightness": {"notes": str(notes)}}
    for again, measured in ((False, True), (False, False), (True, True)):
        found = ran(store, session, extractor="brightness", settings=settings, again=again)
        assert became(found) == [("dyad-first", Became.MEASURED if measured else Became.THERE)]
        assert bool(list(notes.iterdir())) == measured
        for file in notes.iterdir():
            file.unlink()


def test_a_spoiled_track_is_measured_again(store: StudyStore) -> None:
    session = add_session(store, FILM)
    ran(store, session)
    (record,) = store.tracks(session.id)
    path = store.folder / record.path
    path.write_bytes(path.read_bytes()[:-9])
    assert became(ran(store, session)) == [("dyad-first", Became.MEASURED)]
    assert len(columns_of(store, session)["frame"]) == 100


def test_every_film_of_a_session_is_measured(store: StudyStore) -> None:
    session = add_session(store, SAMPLES / "two-cameras.a.mp4", "two")
    finish(add_camera_steps(store, session.id, SAMPLES / "two-cameras.b.mp4"))
    session = store.session(session.id)
    found = ran(store, session, extractor="brightness", workers=2)
    assert [one.became for one in found.outcomes] == [Became.MEASURED] * 2
    rows = {record.media_id: record.rows for record in store.tracks(session.id)}
    assert rows == {media.id: media.frame_count for media in session.media}


def test_sound_is_measured_on_the_films_clock_with_its_reasons(store: StudyStore) -> None:
    session = add_session(store, SPOKEN)
    tables = []
    for workers in (1, 3):
        ran(store, session, extractor="loudness", workers=workers, again=True)
        tables.append(columns_of(store, session))
    assert same(*tables)
    table = tables[0]
    length_us = session.media[0].duration_us
    assert table["at_us"].tolist() == [index * CHUNK_US for index in range(len(table["frame"]))]
    assert abs(len(table["frame"]) * CHUNK_US - length_us) < 3 * CHUNK_US
    assert set(table["brightness.why"][table["brightness.valid"]]) == {0}
    assert table["brightness"].max() > 0.01


def test_a_film_without_sound_has_nothing_to_be_listened_to(store: StudyStore, tmp_path: Path) -> None:
    silent = write_film(Recipe("silent.mp4", frames=50, options=X264, sound=""), tmp_path)
    found = ran(store, add_session(store, silent), extractor="loudness")
    assert became(found) == [("silent", Became.NOTHING)]
    assert found.outcomes[0].problems[0].what == "The film has no sound."
    found.require()


def test_an_unknown_setting_or_extractor_is_named_before_anything_starts(store: StudyStore) -> None:
    session = add_session(store, FILM)
    for settings, extractors, named in (
        ({"people": {"evry": "2"}}, ["people"], "evry"),
        ({"dyad": {"child_syde": "left"}}, ["people"], "child_syde"),
        ({}, ["horoscope"], "horoscope"),
    ):
        with pytest.raises(CoderError, match=named):
            finish(extract_steps(store, [session.id], settings, extractors=extractors))
    assert not under_way(store)


@pytest.mark.parametrize(
    ("left_s", "told"),
    [
        (None, ""),
        (40.0, "less than a minute left"),
        (70.0, "about 1 minute left"),
        (14 * 60.0, "about 14 minutes left"),
        (80 * 60.0, "about 1 h 20 min left"),
        (118 * 60.0, "about 2 h 00 min left"),
    ],
)
def test_the_time_that_is_left_is_told_roughly(left_s: float | None, told: str) -> None:
    assert left_text(left_s) == told
