"""Where heads are, and whether the stated uncertainty is the true one."""

from dataclasses import replace

import numpy as np
import pytest

from coder.features.concluding.figures import figures
from coder.features.concluding.heads import Heads, heads_of, steadied
from coder.features.concluding.placing import Placed, child_scale, placed
from coder.features.concluding.proximity import distance_cm, proximity
from coder.features.concluding.trunk import trunk_deg
from coder.features.geometry import FACE_HEIGHT_CM, Camera
from coder.model.track import Why
from tests.features.concluding.room import CAMERA, Somebody, seen

PARENT = Somebody((-25, 12, -150), yaw_deg=40)
CHILD = Somebody((25, -5, -150), yaw_deg=-40, scale=0.75)
TIMES_US = np.arange(30, dtype=np.int64) * 100_000


def heads(who: Somebody, camera: Camera = CAMERA, looks: int = 30) -> Heads:
    """The same look again and again."""
    return heads_of([seen(who, camera)] * looks, TIMES_US[:looks], CAMERA)


def place(parent: Somebody, child: Somebody) -> Placed:
    """The two of them."""
    return placed(heads(parent), heads(child), CAMERA, 0.75)


def test_two_side_by_side_are_measured_from_eyes_to_eyes() -> None:
    found = place(PARENT, CHILD)
    true = CHILD.eyes_cm - PARENT.eyes_cm
    assert found.way_cm[0] == pytest.approx(true, abs=2.5)
    assert (found.depth_sd_cm > 5).all()


def test_depth_is_believed_in_part_only() -> None:
    near = place(PARENT, replace(CHILD, at_cm=(20, -5, -120)))
    assert 5 < near.depth_cm[0] < 30
    beside = place(PARENT, replace(CHILD, at_cm=(-20, -5, -120)))
    assert 0 < beside.depth_cm[0] < near.depth_cm[0]  # next to each other in the picture: seldom one far behind


def test_irises_tell_how_large_the_childs_face_is() -> None:
    for scale in (0.6, 0.75, 0.9):
        found, spread = child_scale(heads(PARENT), heads(replace(CHILD, scale=scale)), 0.75)
        assert abs(np.log(found / scale)) < 0.8 * abs(np.log(0.75 / scale)) + 0.01
        assert spread < 0.15
    few = child_scale(heads(PARENT, looks=5), heads(replace(CHILD, scale=0.6), looks=5), 0.75)
    assert few == (0.75, 0.15)


def test_irises_too_small_to_see_say_nothing() -> None:
    far = replace(CHILD, at_cm=(25, -5, -500), scale=0.6)
    assert child_scale(heads(PARENT), heads(far), 0.75) == (0.75, 0.15)


def test_the_stated_uncertainty_is_about_right_over_families_and_cameras() -> None:
    """Families, seats and lenses drawn at random: the true distance lies inside in about two cases of three."""
    chance = np.random.default_rng(7)
    inside = []
    for _ in range(300):
        size = np.exp(chance.normal(0, 0.07))
        true_camera = Camera(1280, 720, chance.uniform(48, 72))
        ruler = np.exp(chance.normal(0, 0.15))  # how wrong the canonical face is as a ruler
        away = chance.uniform(120, 250)
        apart, azimuth = chance.uniform(25, 90), chance.normal(0, 0.6)
        dx, dz = apart * np.cos(azimuth) / 2, apart * np.sin(azimuth) / 2
        parent = Somebody((-dx, 10, -away - dz), yaw_deg=50, scale=1.0)
        child = Somebody((dx, -5, -away + dz), yaw_deg=-50, scale=float(np.exp(chance.normal(np.log(0.75), 0.15))))
        rows = [heads(one, true_camera, looks=1) for one in (parent, child)]
        grown = [replace(row, px_per_cm=row.px_per_cm * size * ruler) for row in rows]
        mean, error = distance_cm(placed(grown[0], grown[1], CAMERA, 0.75))
        inside.append(abs(mean[0] - np.linalg.norm(child.eyes_cm - parent.eyes_cm)) <= error[0])
    assert 0.6 < np.mean(inside) < 0.85


def test_distance_by_id_and_in_head_heights() -> None:
    parent, child = heads(PARENT), heads(CHILD)
    why = np.full(30, Why.SEEN, np.uint8)
    why[3] = Why.NO_FACE
    found = proximity(parent, child, placed(parent, child, CAMERA, 0.75), why)
    gap = np.hypot(50, 17)
    assert found["head_distance_heads"].values[0] == pytest.approx(gap / (FACE_HEIGHT_CM * 0.875), rel=0.01)
    assert found["head_distance_mm"].values[0] == pytest.approx(
        10 * np.linalg.norm(CHILD.eyes_cm - PARENT.eyes_cm), rel=0.2
    )
    assert found["head_distance_error_mm"].values[0] > 50
    for series in found.values():
        assert series.why[3] == Why.NO_FACE
        assert series.values[3] == 0


def test_a_face_without_a_mesh_is_brought_to_the_size_of_the_mesh() -> None:
    one = seen(CHILD)
    assert one.face is not None
    coarse = replace(one.face.head, px_per_cm=one.face.head.px_per_cm * 1.25)
    both = replace(one, face=replace(one.face, coarse=coarse))
    only = replace(one, face=replace(one.face, head=coarse, coarse=coarse, meshed=False))
    found = heads_of([both] * 400 + [only], np.arange(401, dtype=np.int64) * 3_000_000, CAMERA)
    assert found.px_per_cm[400] == pytest.approx(found.px_per_cm[0], rel=0.02)


def test_the_trunk_by_its_shoulders_and_to_the_side_to_which_the_head_is_turned() -> None:
    for who, turn in ((replace(PARENT, trunk_deg=50), 50), (replace(CHILD, trunk_deg=35), -35)):
        sightings = [seen(who)] * 30
        found = trunk_deg(figures(sightings), heads(who), TIMES_US, adult=who.scale == 1)
        assert found[0] == pytest.approx(turn, abs=1)
    assert np.isnan(trunk_deg(figures([seen(PARENT)] * 30), heads(PARENT), TIMES_US, adult=True)).all()


def test_a_running_median_over_time() -> None:
    times_us = np.array([0, 100, 200, 300, 2000], np.int64)
    values = np.array([1.0, 9.0, 2.0, np.nan, 5.0])
    assert steadied(values, times_us, 100).tolist()[:3] == [5.0, 2.0, 5.5]
    assert np.isnan(steadied(values, times_us, 100)[3])
    assert steadied(values, times_us, 100)[4] == 5
    assert np.isnan(steadied(np.full(3, np.nan), times_us[:3], 100)).all()
