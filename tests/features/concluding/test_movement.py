"""Robust z of movement, and synchrony over time, of people whose movement is made."""

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.features.concluding.movement import moving
from coder.model.persons import Role
from coder.model.track import Why
from tests.features.concluding.sitting import scene, sits

P, C = Role.PARENT, Role.CHILD
Floats = NDArray[np.float64]


def restless(seed: int, n: int) -> Floats:
    """Grey levels of somebody who moves by bouts."""
    level = np.random.default_rng(seed).normal(size=n)
    for i in range(1, n):
        level[i] += 0.8 * level[i - 1]
    return np.asarray(np.exp(level * 0.6))


def moved(parent: Floats, child: Floats, **more: object) -> dict[str, tuple[Floats, NDArray[np.uint8]]]:
    def shown(role: Role, levels: Floats, i: int):  # type: ignore[no-untyped-def]  # a sighting or nobody
        return sits(role, motion=float(levels[i])) if np.isfinite(levels[i]) else None

    made = scene(len(parent), lambda i: shown(P, parent, i), lambda i: shown(C, child, i), **more)  # type: ignore[arg-type]  # keywords of `scene`
    return {name: (row.values, row.why) for name, row in moving(made).items()}


def test_the_z_is_about_the_sessions_median_in_spreads() -> None:
    levels = restless(1, 500)
    values, why = moved(levels, restless(2, 500))["parent_motion"]
    logs = np.log(levels + 0.25)
    expected = (logs - np.median(logs)) / (1.4826 * np.median(np.abs(logs - np.median(logs))))
    np.testing.assert_allclose(values, expected)
    assert (why == Why.SEEN).all()


def test_brighter_clothes_do_not_move_more() -> None:
    levels = restless(1, 500) + 1
    dull, bright = (moved(levels * by, levels)["parent_motion"][0] for by in (1, 3))
    assert np.corrcoef(dull, bright)[0, 1] > 0.99
    assert np.abs(dull - bright).max() < 0.4


def test_who_never_moves_is_never_high() -> None:
    tremble = 0.01 * np.random.default_rng(3).random(300)
    assert np.abs(moved(tremble, restless(2, 300))["parent_motion"][0]).max() < 1


def test_reasons_are_kept() -> None:
    camera: list[float | None] = [0.0] * 60
    camera[0], camera[30] = None, 200.0
    parent = restless(1, 60)
    parent[40:45] = np.nan
    found = moved(parent, restless(2, 60), camera_px=camera)
    values, why = found["parent_motion"]
    assert why[0] == Why.NOTHING_BEFORE
    assert why[30] == Why.CAMERA_MOVED
    assert (why[40:45] == Why.NO_FACE).all()
    assert (values[why != Why.SEEN] == 0).all()
    assert found["camera_px"][1][0] == Why.NOTHING_BEFORE


def test_too_few_values_have_no_median_worth_the_name() -> None:
    assert not (moved(restless(1, 15), restless(2, 15))["parent_motion"][1] == Why.SEEN).any()


def test_synchrony_is_high_where_they_move_together_and_about_nothing_elsewhere() -> None:
    a, b = restless(1, 1800), restless(2, 1800)
    b[900:1200] = np.roll(a, 4)[900:1200]
    values, why = moved(a, b)["motion_synchrony"]
    together, apart = values[950:1150], np.concatenate([values[:800], values[1300:]])
    assert (why == Why.SEEN).all()
    assert together.min() > 0.5
    assert abs(apart.mean()) < 0.1
    assert np.quantile(apart, 0.95) < together.min()


def test_independent_people_are_at_chance_on_average() -> None:
    found = [moved(restless(s, 900), restless(s + 500, 900))["motion_synchrony"][0].mean() for s in range(10, 30)]
    assert abs(np.mean(found)) < 0.02


def test_synchrony_is_not_said_where_one_is_not_seen() -> None:
    a, b = restless(1, 900), restless(2, 900)
    b[300:600] = np.nan
    values, why = moved(a, b)["motion_synchrony"]
    assert (why[380:520] == Why.NO_FACE).all()
    assert (values[380:520] == 0).all()
    assert (why[50:250] == Why.SEEN).all()


@pytest.mark.parametrize("n", [0, 1, 50, 199])
def test_a_short_film_has_no_synchrony(n: int) -> None:
    assert not (moved(restless(1, n), restless(2, n))["motion_synchrony"][1] == Why.SEEN).any()
