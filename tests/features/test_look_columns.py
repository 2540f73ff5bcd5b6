"""What was seen is kept in columns and comes back as it was."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from scipy.spatial.transform import Rotation

from coder.features.face import Box, Face
from coder.features.geometry import Head
from coder.features.look_columns import APPEARANCE, NAMES, Columns, columns_of, looks_of, numbers_of
from coder.features.sighting import JOINTS, MOST, Body, Look, Sighting


def head(rng: Generator) -> Head:
    """A head turned anyhow."""
    turn = Rotation.from_euler("yxz", rng.uniform(-170, 170, 3), degrees=True).as_matrix()
    return Head(turn, (float(rng.uniform(0, 1920)), float(rng.uniform(0, 1080))), float(rng.uniform(1, 20)))


def sighting(rng: Generator, *, face: bool = True, mesh: bool = True, body: bool = True) -> Sighting:
    """Somebody, with all that can be told of them or less."""
    box = Box(*(float(edge) for edge in rng.uniform(-20, 2000, 4)))
    coarse = None if mesh and rng.random() < 0.5 else head(rng)
    return Sighting(
        face=Face(box, head(rng), coarse, mesh, 80.5, (0.05, -0.01) if mesh else None) if face else None,
        body=Body(rng.uniform(0, 1000, (len(JOINTS), 2)), rng.random(len(JOINTS))) if body else None,
        score=float(rng.random()),
        iris_px=float(rng.uniform(2, 12)) if mesh else None,
        eyes_open=float(rng.random()) if mesh else None,
        mouth_open=0.0 if mesh else None,
        sharpness=123.25,
        light=99.5,
        appearance=tuple(rng.random(APPEARANCE).tolist()) if face else (),
        motion=None if rng.random() < 0.3 else 1.5,
        followed=not face,
    )


def look(index: int, sightings: Sequence[Sighting], camera_px: float | None = 0.5) -> Look:
    """One frame at 25 a second."""
    return Look(index, index * 40_000, 1280, 720, tuple(sightings), 88.0, 40.0, camera_px, camera_px)


def require_same(a: Look, b: Look) -> None:
    """Equal, numbers up to float32."""
    for name in ("index", "at_us", "width_px", "height_px", "camera_px", "light_change"):
        assert getattr(a, name) == getattr(b, name), name
    assert len(a.sightings) == len(b.sightings)
    assert columns_of([a]).keys() == columns_of([b]).keys()
    for one, other in zip(a.sightings, b.sightings, strict=True):
        assert (one.face is None) == (other.face is None)
        assert (one.body is None) == (other.body is None)
        for name in ("score", "iris_px", "eyes_open", "mouth_open", "sharpness", "light", "motion", "appearance"):
            mine, theirs = getattr(one, name), getattr(other, name)
            assert (mine is None) == (theirs is None), name
            assert mine is None or mine == pytest.approx(theirs, rel=1e-6), name
        assert one.followed == other.followed
        if one.face is not None and other.face is not None:
            assert (one.face.meshed, one.face.iris is None) == (other.face.meshed, other.face.iris is None)
            for a_head, b_head in ((one.face.head, other.face.head), (one.face.coarse, other.face.coarse)):
                assert (a_head is None) == (b_head is None)
                if a_head is not None and b_head is not None:
                    np.testing.assert_allclose(a_head.rotation, b_head.rotation, atol=1e-5)
                    np.testing.assert_allclose(a_head.centre_px, b_head.centre_px, rtol=1e-6)
            np.testing.assert_allclose(
                (one.face.box.left, one.face.box.bottom), (other.face.box.left, other.face.box.bottom), rtol=1e-6
            )
        if one.body is not None and other.body is not None:
            np.testing.assert_allclose(one.body.points_px, other.body.points_px, rtol=1e-6)
            np.testing.assert_allclose(one.body.seen, other.body.seen, rtol=1e-6)


def test_looks_come_back_as_they_were() -> None:
    rng = default_rng(7)
    kinds = [{}, {"mesh": False}, {"face": False}, {"body": False}]
    looks = [
        look(at, sorted((sighting(rng, **kind) for kind in kinds[: at % 5]), key=lambda seen: -seen.score))
        for at in range(20)
    ]
    looks.append(look(30, (), None))
    again = looks_of(columns_of(looks))
    assert len(again) == len(looks)
    for a, b in zip(looks, again, strict=True):
        require_same(a, b)


def test_the_surest_sightings_are_kept() -> None:
    rng = default_rng(3)
    crowd = [sighting(rng) for _ in range(MOST + 3)]
    (again,) = looks_of(columns_of([look(0, crowd)]))
    wanted = sorted((seen.score for seen in crowd), reverse=True)[:MOST]
    assert [seen.score for seen in again.sightings] == pytest.approx(wanted, rel=1e-6)


def test_nobody_at_all_gives_columns_too() -> None:
    columns = columns_of([])
    assert {len(column) for column in columns.values()} == {0}
    assert looks_of(columns) == []


def test_what_was_not_seen_is_not_valid_and_no_value_is_nan() -> None:
    values, valid = numbers_of([look(0, [sighting(default_rng(1), face=False)])])
    shown = dict(zip(NAMES, valid[:, 0], strict=True))
    assert shown["s0_score"]
    assert shown["s0_nose_x_px"]
    assert not shown["s0_left_px"]
    assert not shown["s1_score"]
    assert np.isfinite(values).all()


def test_a_missing_column_is_told() -> None:
    columns: Columns = {name: column for name, column in columns_of([]).items() if name != "s3_score.valid"}
    with pytest.raises(KeyError, match=r"s3_score\.valid"):
        looks_of(columns)
