"""What is known of a session from the tracks of its films: drawn, one letter a tenth of a second."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.model.study import Fingerprint, Media
from coder.model.time import SECOND_US, Span
from coder.model.track import Provenance, Why
from coder.store import StudyStore
from coder.store.tracks import write_track_table
from coder.workflows.measured import curves_of, episodes_of, measured, tracks_of, witnesses
from tests.store.small_study import FILM, VISIT, small_study

SECOND_FILM = Media(
    "second", "media/side.mp4", Fingerprint("cd" * 32, 99), "child camera", 10 * SECOND_US, 250, SECOND_US, 500
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with small_study(tmp_path / "study") as opened:
        yield opened


def track(store: StudyStore, film: Media, extractor: str = "dyad", version: str = "1", **letters: str) -> None:
    """child_found="11.0": on, on, not seen, off; a digit is a value, tens of pixels for a face's width."""
    frames = max(map(len, letters.values()))
    columns: dict[str, NDArray[Any]] = {
        "frame": np.arange(frames, dtype=np.int64),
        "at_us": np.arange(frames, dtype=np.int64) * 100_000,
    }
    for name, drawn in letters.items():
        scale = 10.0 if name.endswith("_px") else 1.0
        columns[name] = np.array([0.0 if one == "." else scale * int(one) for one in drawn], np.float32)
        columns[f"{name}.valid"] = np.array([one != "." for one in drawn])
        columns[f"{name}.why"] = np.array([Why.NO_FACE if one == "." else 0 for one in drawn], np.uint8)
    provenance = Provenance(extractor, version, film.fingerprint.sha256, {}, {}, {}, frames, 0)
    write_track_table(store, film.id, columns, provenance)


def test_before_a_measurement_there_is_nothing(store: StudyStore) -> None:
    session = store.session(VISIT.id)
    assert measured(store, session) is None
    assert tracks_of(store, session) == {}
    assert witnesses(store, session) == ()
    assert episodes_of((), session.window) == ()


def test_coverage_counts_faces_heads_and_the_longest_gap(store: StudyStore) -> None:
    heads = {"child_yaw_deg": "1111......", "parent_yaw_deg": "11111111.."}
    track(store, FILM, child_found="1111001111", parent_found="1111111110", **heads)
    found = measured(store, store.session(VISIT.id))
    assert found is not None
    shares = [found.child, found.parent, found.both, found.both_heads]
    assert shares == pytest.approx([0.08, 0.09, 0.07, 0.04])  # of ten seconds
    assert found.longest_gap_us == 10 * SECOND_US - 900_000  # the film was measured for a second only


def test_a_new_measurement_of_a_film_replaces_what_it_measures_again(store: StudyStore) -> None:
    track(store, FILM, child_found="0000", parent_found="0000", touch="1111")
    assert measured(store, store.session(VISIT.id)) is not None
    track(store, FILM, version="2", child_found="1111", parent_found="1111")
    session = store.session(VISIT.id)
    found = measured(store, session)
    assert found is not None
    assert found.both == pytest.approx(0.04)
    assert found.longest_gap_us == 9_600_000  # what was not looked at was not seen
    assert set(tracks_of(store, session)) == {"child_found", "parent_found", "touch"}


def test_reasons_come_along(store: StudyStore) -> None:
    track(store, FILM, child_found="1.1.")
    found = tracks_of(store, store.session(VISIT.id))["child_found"]
    assert found.reasons(Span(0, 400_000)) == {Why.NO_FACE: 0.5}


def test_times_are_those_of_the_session(store: StudyStore) -> None:
    store.add_media(VISIT.id, SECOND_FILM)
    track(store, SECOND_FILM, touch="1111")
    times_us = tracks_of(store, store.session(VISIT.id), ["touch"])["touch"].times_us
    assert times_us.tolist() == [SECOND_FILM.to_session_us(at_us) for at_us in range(0, 400_000, 100_000)]


def test_of_two_cameras_the_better_seen_wins_and_both_are_kept(store: StudyStore) -> None:
    store.add_media(VISIT.id, replace(SECOND_FILM, offset_us=0, skew_ppm=0))
    large, small = "9" * 20, "2" * 20
    for film, width in ((FILM, small), (replace(SECOND_FILM, offset_us=0, skew_ppm=0), large)):
        on = "1" * 20 if film is FILM else "0" * 20
        track(
            store,
            film,
            **{f"{who}_found": "1" * 20 for who in ("child", "parent")},
            **{f"{who}_face_px": width for who in ("child", "parent")},
            **{f"{who}_yaw_deg": "0" * 20 for who in ("child", "parent")},
            touch=on,
        )
    session = store.session(VISIT.id)
    assert set(tracks_of(store, session, ["touch"])) == {"touch"}
    assert tracks_of(store, session, ["touch"])["touch"].values.max() == 0
    each = {one.media.id: one.tracks["touch"].values.max() for one in witnesses(store, session)}
    assert each == {FILM.id: 1.0, SECOND_FILM.id: 0.0}


def test_what_was_only_seen_is_for_nobody(store: StudyStore) -> None:
    track(store, FILM, extractor="people", s0_score="1111")
    assert tracks_of(store, store.session(VISIT.id)) == {}


def test_episodes_of_curves_in_the_order_of_the_timeline(store: StudyStore) -> None:
    track(store, FILM, voice="0111100000", mutual_face="0000011100", head_distance_heads="1111111111")
    session = store.session(VISIT.id)
    rows = episodes_of(tuple(tracks_of(store, session).values()), session.window)
    assert [(row[0].signal.id, [one.span for one in row]) for row in rows] == [
        ("mutual_face", [Span(500_000, 800_000)]),
        ("voice", [Span(100_000, 500_000)]),
    ]


def test_curves_are_withheld_while_somebody_must_stay_blind(store: StudyStore) -> None:
    track(store, FILM, touch="1111")
    assert curves_of(store, store.session(VISIT.id)) == ()
