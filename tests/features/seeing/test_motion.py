"""Made pictures with known movement: of the camera, of the light, of one person."""

from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from coder.features.face import Box, Face
from coder.features.geometry import Head
from coder.features.seeing.motion import Small, motion
from coder.features.seeing.places import Person, places
from coder.features.sighting import JOINTS, Body

WIDE, HIGH = 640, 360
RGB = NDArray[np.uint8]


def person(x: float, y: float, head_px: float = 60.0, body: bool = True) -> Person:
    """A face with its middle at x, y, and below it somebody who sits upright with the hands before the belly."""
    box = Box(x - 0.4 * head_px, y - head_px / 2, x + 0.4 * head_px, y + head_px / 2)
    head = Head(np.eye(3), (x, y), head_px / 17.66)
    places_of = {
        "nose": (0, 0),
        "shoulder": (0.9, 1.0),
        "elbow": (1.1, 2.2),
        "wrist": (0.3, 2.6),
        "index": (0.1, 2.6),
        "hip": (0.6, 3.2),
        "knee": (0.8, 4.0),
    }
    points = np.array(
        [
            (
                x + (1 if joint.startswith("left") else -1) * places_of[joint.split("_")[-1]][0] * head_px,
                y + places_of[joint.split("_")[-1]][1] * head_px,
            )
            for joint in JOINTS
        ]
    )
    face = Face(box, head, None, meshed=True, width_px=0.8 * head_px, iris=None)
    return face, Body(points, np.ones(len(JOINTS))) if body else None


LEFT, RIGHT = person(160, 120), person(480, 120)


def cloth(seed: int, wide: int, high: int, coarse: int = 16) -> RGB:
    """Something with structure of about `coarse` pixels."""
    rough = np.random.default_rng(seed).integers(40, 210, (high // coarse + 2, wide // coarse + 2, 3), np.uint8)
    return np.asarray(cv2.resize(rough, (wide, high), interpolation=cv2.INTER_CUBIC), np.uint8)


ROOM = cloth(1, WIDE + 80, HIGH + 80)


def picture(
    *,
    shift: tuple[float, float] = (0, 0),
    turn_deg: float = 0,
    gain: float = 1,
    offset: float = 0,
    slope: float = 0,
    noise: int | None = None,
    moved: tuple[int, int] = (0, 0),
    at: tuple[int, int] = (160, 260),
) -> RGB:
    """The room with a patterned patch of 80 px at `at`, `moved`; then the camera, the light and the sensor."""
    scene = ROOM.copy()
    patch = cloth(2, 80, 80, 8)
    x, y = at[0] + 40 + moved[0] - 40, at[1] + 40 + moved[1] - 40
    scene[y : y + 80, x : x + 80] = patch
    way = cv2.getRotationMatrix2D((WIDE / 2 + 40, HIGH / 2 + 40), turn_deg, 1)
    way[:, 2] += np.array(shift) - 40
    seen = cv2.warpAffine(scene, way, (WIDE, HIGH), flags=cv2.INTER_LINEAR).astype(np.float64)
    seen = seen * gain + offset + slope * np.linspace(0, 1, WIDE)[None, :, None]
    if noise is not None:
        seen += np.random.default_rng(noise).normal(0, 4, seen.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)


def energies(before: RGB, now: RGB) -> tuple[float, float]:
    found = motion(Small(before), Small(now), (LEFT, RIGHT))
    assert found is not None
    left, right = found.of
    assert left is not None
    assert right is not None
    return left, right


MOVING = energies(picture(), picture(moved=(12, 0)))[0]
"""What a patch that moves by 12 of its 80 px counts: the scale for what must not count."""


def test_what_moves_counts_for_the_person_in_whose_place_it_is() -> None:
    left, right = energies(picture(), picture(moved=(12, 0)))
    assert left > 1.5
    assert right < 0.01 * left
    left, right = energies(picture(at=(480, 260)), picture(at=(480, 260), moved=(12, 0)))
    assert right > 1.5
    assert left < 0.01 * right


@pytest.mark.parametrize(
    "change",
    [
        {"shift": (5.0, -3.0)},
        {"shift": (0.6, 0.4)},
        {"turn_deg": 1.5},
        {"gain": 1.25},
        {"offset": -25.0},
        {"slope": 40.0},
        {"shift": (7.0, 4.0), "gain": 0.8, "offset": 10.0},
    ],
)
def test_neither_the_camera_nor_the_light_counts(change: dict[str, float]) -> None:
    assert max(energies(picture(), picture(**change))) < 0.05 * MOVING  # type: ignore[arg-type]  # keywords of one kind each


def test_noise_of_the_sensor_hardly_counts() -> None:
    assert max(energies(picture(noise=3), picture(noise=4))) < 0.03 * MOVING


@pytest.mark.parametrize("change", [{"shift": (5.0, -3.0)}, {"gain": 1.25}, {"offset": -25.0, "noise": 5}])
def test_movement_is_still_seen_under_a_moving_camera_and_a_changing_light(change: dict[str, float]) -> None:
    left, right = energies(picture(), picture(moved=(12, 0), **change))  # type: ignore[arg-type]  # arguments by name, of several types
    assert 0.6 * MOVING < left < 1.4 * MOVING
    assert right < 0.05 * left


def test_the_movement_of_the_camera_and_the_change_of_light_are_told() -> None:
    found = motion(Small(picture()), Small(picture(shift=(6.0, -8.0), offset=12.0)), (LEFT, RIGHT))
    assert found is not None
    assert found.camera_px == pytest.approx(10, abs=0.5)
    assert found.light_change == pytest.approx(12, abs=1.5)


def test_a_still_camera_is_told_to_stand_still() -> None:
    found = motion(Small(picture(noise=1)), Small(picture(noise=2, moved=(12, 0))), (LEFT, RIGHT))
    assert found is not None
    assert found.camera_px < 0.15


def test_a_cut_is_no_movement() -> None:
    other = cloth(9, WIDE, HIGH)
    assert motion(Small(picture()), Small(other), (LEFT, RIGHT)) is None


def test_pictures_of_two_sizes_are_not_compared() -> None:
    assert motion(Small(picture()), Small(picture()[:300]), (LEFT, RIGHT)) is None


def test_a_blank_wall_has_no_movement_and_no_mistake() -> None:
    blank = np.full((HIGH, WIDE, 3), 90, np.uint8)
    assert energies(blank, blank) == (0.0, 0.0)
    assert max(energies(blank, blank + 30)) < 0.5


def test_the_same_pictures_give_the_same_numbers() -> None:
    before, now = picture(noise=1), picture(noise=2, moved=(5, 5), shift=(2, 2))
    assert energies(before, now) == energies(before, now)


def test_an_upright_phone_is_measured_too() -> None:
    turned: Callable[[RGB], RGB] = lambda seen: np.ascontiguousarray(np.rot90(seen))  # noqa: E731  said once, here
    upright = person(180, 200)
    found = motion(Small(turned(picture())), Small(turned(picture(shift=(4, 0)))), (upright,))
    assert found is not None
    assert found.camera_px == pytest.approx(4, abs=0.3)


def area(mask: NDArray[np.bool_]) -> int:
    return int(mask.sum())


def test_each_pixel_is_one_persons_at_most() -> None:
    for other_x in (200, 260, 340):
        (a, b), nobody = places([person(180, 120), person(other_x, 150, 40)], 0.5, HIGH // 2, WIDE // 2)
        assert not (a & b).any()
        assert not (a & nobody).any()


def test_a_child_on_a_lap_keeps_its_body_and_the_parent_what_is_beside_it() -> None:
    parent, child = person(300, 90, 70), person(305, 190, 40)
    (alone,), _ = places([child], 0.5, HIGH // 2, WIDE // 2)
    (of_parent, of_child), _ = places([parent, child], 0.5, HIGH // 2, WIDE // 2)
    assert area(of_child) > 0.5 * area(alone)
    assert area(of_parent) > 200


def test_a_body_that_was_not_found_is_taken_to_be_below_the_face() -> None:
    (own,), _ = places([person(160, 120, body=False)], 1, HIGH, WIDE)
    assert own[260, 160]
    assert not own[260, 480]


def test_without_a_face_the_place_is_the_bodys() -> None:
    _, body = LEFT
    (own,), _ = places([(None, body)], 1, HIGH, WIDE)
    assert own[260, 160]
    assert area(own) > 10_000


def test_energy_follows_how_much_moves() -> None:
    steps = [energies(picture(), picture(moved=(step, 0)))[0] for step in (1, 3, 6, 12)]
    assert all(less < more for less, more in pairwise(steps))
