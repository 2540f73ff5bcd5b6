"""The real models on the sample clip, against what is known to be on it.

The clip is rendered and easy: these bounds guard against breakage. They say nothing about real families.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from coder.features.extractor import Block
from coder.features.geometry import Camera, turns_to, yaws_pitches_deg
from coder.features.look_columns import NAMES, looks_of
from coder.features.run import extract
from coder.features.sighting import Look, Sighting
from tests.features import plugins

SAMPLE = Path(__file__).parents[2] / "sample_media"
FILM = SAMPLE / "dyad-first.mp4"
SETTINGS = {"every": "5"}
CAMERA = Camera(640, 360, 39.2)

BODY_YAW_DEG = {"parent": 40.0, "child": -36.0}
"""How the bodies are seated; the truth file gives the turn of the head against the body."""


def block_of(extractor: str, settings: dict[str, str], start: int = 0, workers: int = 1) -> list[Block]:
    """All blocks of the clip."""
    messages = extract(FILM, extractor, settings, start=start, workers=workers)
    return [message for message in messages if isinstance(message, Block)]


def looks(blocks: Sequence[Block]) -> list[Look]:
    """What was seen."""
    columns = {
        "frame": np.concatenate([block.indices for block in blocks]),
        "at_us": np.concatenate([block.at_us for block in blocks]),
    }
    for row, name in enumerate(NAMES):
        columns[name] = np.concatenate([block.values[row] for block in blocks])
        columns[f"{name}.valid"] = np.concatenate([block.valid[row] for block in blocks])
    return looks_of(columns)


def by_side(look: Look) -> dict[str, Sighting]:
    """The parent sits on the left, the child on the right."""
    found = sorted(
        (one for one in look.sightings if one.face is not None and one.score > 0.5),
        key=lambda one: 0 if one.face is None else one.face.box.left,
    )
    return dict(zip(("parent", "child"), found, strict=False)) if len(found) == 2 else {}


def yaw_deg(one: Sighting) -> float:
    """Where a head points, to the right of the picture."""
    assert one.face is not None
    turn = turns_to(CAMERA.rays(np.array([one.face.head.centre_px]))) @ one.face.head.rotation
    return float(yaws_pitches_deg(turn[:, :, 2])[0][0])


@pytest.fixture(scope="module")
def seen() -> list[Look]:
    """The clip, every fifth frame."""
    return looks(block_of("people", SETTINGS))


@pytest.fixture(scope="module")
def truth(seen: list[Look]) -> dict[str, NDArray[np.str_]]:
    """The truth file's columns at the frames that were looked at."""
    with (SAMPLE / "dyad-first.truth.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([rows[look.index][name] for look in seen]) for name in rows[0]}


def test_each_frame_is_looked_at_at_its_time(seen: list[Look]) -> None:
    assert [look.index for look in seen] == list(range(0, 200, 5))
    assert [look.at_us for look in seen] == [i * 40_000 for i in range(0, 200, 5)]
    assert {(look.width_px, look.height_px) for look in seen} == {(640, 360)}


def test_two_people_are_seen_with_their_bodies_and_nobody_else(seen: list[Look]) -> None:
    both = [by_side(look) for look in seen]
    assert np.mean([len(people) == 2 for people in both]) >= 0.9
    one_body = [one.body is not None for people in both for one in people.values()]
    assert np.mean(one_body) >= 0.9
    assert np.mean([sum(one.face is not None for one in look.sightings) > 2 for look in seen]) <= 0.1


@pytest.mark.parametrize("person", ["parent", "child"])
def test_head_yaw_is_near_the_truth(seen: list[Look], truth: dict[str, NDArray[np.str_]], person: str) -> None:
    true_deg = truth[f"{person}_head_yaw_deg"].astype(float) + BODY_YAW_DEG[person]
    pairs = [
        (yaw_deg(people[person]), true)
        for look, true in zip(seen, true_deg, strict=True)
        if (people := by_side(look))
    ]
    measured, true = np.array(pairs).T
    assert np.abs(measured - true).mean() < 8
    assert np.corrcoef(measured, true)[0, 1] > 0.8


def test_a_face_tells_its_light_its_sharpness_and_how_open_eyes_are(seen: list[Look]) -> None:
    people = [one for look in seen for one in by_side(look).values() if one.face is not None and one.face.meshed]
    assert all(30 < one.light < 230 for one in people)
    assert all(one.sharpness > 5 for one in people)
    assert all(one.eyes_open is not None and 0 <= one.eyes_open < 0.6 for one in people)
    assert all(one.iris_px is not None and 1 < one.iris_px < 15 for one in people)


def test_two_people_do_not_look_alike_and_each_looks_like_itself(seen: list[Look]) -> None:
    pairs = [people for look in seen if (people := by_side(look))]

    def apart(a: Sighting, b: Sighting) -> float:
        return float(np.sqrt(np.nanmean(np.square(np.subtract(a.appearance, b.appearance)))))

    own = [apart(a[who], b[who]) for a in pairs[:10] for b in pairs[-10:] for who in ("parent", "child")]
    other = [apart(a["parent"], b["child"]) for a in pairs[:10] for b in pairs[-10:]]
    assert np.quantile(own, 0.9) < np.quantile(other, 0.1)


def test_head_distance_ranks_as_the_true_distance(seen: list[Look], truth: dict[str, NDArray[np.str_]]) -> None:
    pairs = []
    for look, true_mm in zip(seen, truth["head_distance_mm"].astype(float), strict=True):
        faces = [one.face for one in by_side(look).values() if one.face is not None]
        if len(faces) == 2:
            gap_px = np.hypot(*np.subtract(faces[0].head.centre_px, faces[1].head.centre_px))
            pairs.append((gap_px / np.mean([face.head.height_px for face in faces]), true_mm))
    assert len(pairs) > 0.9 * len(seen)
    assert spearmanr(*np.array(pairs).T).statistic > 0.8


@pytest.mark.slow
def test_a_mirror_turns_the_heads_round(seen: list[Look], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    mirrored = looks(block_of("mirrored-people", SETTINGS))
    sums = []
    for look, other in zip(seen, mirrored, strict=True):
        people, images = by_side(look), by_side(other)
        if people and images:  # who sits on the left in the mirror sits on the right
            sums += [
                yaw_deg(people["parent"]) + yaw_deg(images["child"]),
                yaw_deg(people["child"]) + yaw_deg(images["parent"]),
            ]
    assert len(sums) > 1.8 * 0.9 * len(seen)
    assert np.abs(sums).mean() < 6


@pytest.mark.slow
def test_the_same_film_gives_the_same_numbers_by_any_number_of_workers_and_after_a_resume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    settings = {"every": "4"}
    whole, again = block_of("short-people", settings), block_of("short-people", settings, workers=2)
    rest = block_of("short-people", settings, start=100)
    assert [(b.start, b.stop) for b in rest] == [(100, 150), (150, 200)]
    for a, b in [*zip(whole, again, strict=True), *zip(whole[2:], rest, strict=True)]:
        assert a.indices.tolist() == b.indices.tolist()
        assert a.values.tobytes() == b.values.tobytes()
        assert a.valid.tobytes() == b.valid.tobytes()
