"""What a face is like: light, sharpness, openings, and what its owner looks like."""

import cv2
import numpy as np
import pytest
from numpy.random import default_rng
from scipy.spatial.transform import Rotation

from coder.features.face import Box, Face
from coder.features.geometry import Floats, Head
from coder.features.look_columns import APPEARANCE
from coder.features.seeing.cutting import RGB
from coder.features.seeing.quality import appearance, light_and_sharpness, openings


def face(x: float, y: float, side: float, turn: Floats | None = None) -> Face:
    """A face at a place."""
    half = side / 2
    head = Head(np.eye(3) if turn is None else turn, (x, y), side / 17)
    return Face(Box(x - half, y - half, x + half, y + half), head, None, meshed=True, width_px=side, iris=None)


def person(hair: tuple[int, int, int], shirt: tuple[int, int, int]) -> RGB:
    """Somebody with a face of 60 px at (200, 150), before a wall."""
    rgb = np.full((360, 400, 3), (140, 150, 160), np.uint8)
    cv2.rectangle(rgb, (140, 205), (260, 359), shirt, -1)
    cv2.rectangle(rgb, (165, 85), (235, 200), hair, -1)
    cv2.rectangle(rgb, (172, 122), (228, 185), (200, 160, 140), -1)
    return rgb


def colours(rgb: RGB, seen: Face) -> Floats:
    """The appearance, with the mean colour of the picture as it is."""
    return np.array(appearance(rgb, seen, rgb.reshape(-1, 3).mean(axis=0)))


def test_another_light_changes_an_appearance_little_and_other_clothes_much() -> None:
    seen = face(200, 150, 60)
    red = person((60, 40, 30), (180, 40, 40))
    blue = person((60, 40, 30), (40, 60, 180))
    dim = (red * np.array([0.45, 0.4, 0.3])).astype(np.uint8)  # half the light, and warmer
    here, there, other = colours(red, seen), colours(dim, seen), colours(blue, seen)
    assert len(here) == APPEARANCE
    assert np.isfinite(here[:12]).all()
    assert np.nanmax(np.abs(here - there)) < 0.15
    assert np.nanmax(np.abs(here - other)) > 1


def test_what_lies_outside_the_picture_is_not_known() -> None:
    rgb = person((60, 40, 30), (180, 40, 40))
    low = colours(rgb[:200], face(200, 150, 60))
    assert np.isfinite(low[:8]).all()  # hair and skin
    assert np.isnan(low[8:]).all()  # chest and belly


def test_a_lying_person_looks_as_when_sitting() -> None:
    rgb = np.ascontiguousarray(person((60, 40, 30), (180, 40, 40))[:, 20:380])  # square, so that it can be turned
    sitting = colours(rgb, face(180, 150, 60))
    lying = np.ascontiguousarray(np.rot90(rgb, -1))  # clockwise: the head is on the right
    clockwise = np.array([(0.0, 1, 0), (-1, 0, 0), (0, 0, 1)])
    turned = colours(lying, face(360 - 150, 180, 60, clockwise))
    assert np.nanmax(np.abs(sitting - turned)) < 0.2


def test_blur_takes_the_sharpness_and_darkness_the_light() -> None:
    rgb = default_rng(1).integers(60, 200, (200, 200, 3), np.uint8)
    seen = face(100, 100, 120)
    light, sharp = light_and_sharpness(rgb, seen)
    blurred = np.asarray(cv2.GaussianBlur(rgb, (0, 0), 3), np.uint8)
    assert light_and_sharpness(blurred, seen)[1] < sharp / 5
    assert light_and_sharpness(rgb // np.uint8(4), seen)[0] == pytest.approx(light / 4, abs=2)
    assert light_and_sharpness(rgb)[0] == pytest.approx(light, abs=3)


def test_a_face_outside_the_picture_has_no_light() -> None:
    assert light_and_sharpness(np.full((50, 50, 3), 200, np.uint8), face(500, 500, 40)) == (0.0, 0.0)


def mesh() -> Floats:
    """Only the points that are used: eyes 30 wide and 9 open, irises of 12, lips 6 apart in a face of 150."""
    points = np.zeros((478, 3))
    for corner, other, up, down, iris, x in ((33, 133, 159, 145, 469, -35.0), (362, 263, 386, 374, 474, 35.0)):
        points[corner], points[other] = (x - 15, 0, 0), (x + 15, 0, 0)
        points[up], points[down] = (x, -4.5, 0), (x, 4.5, 0)
        points[iris], points[iris + 2] = (x + 6, 0, 0), (x - 6, 0, 0)
        points[iris + 1], points[iris + 3] = (x, -6, 0), (x, 6, 0)
    points[13], points[14] = (0, 57, 0), (0, 63, 0)
    points[10], points[152] = (0, -60, 0), (0, 90, 0)
    return points


@pytest.mark.parametrize("turn", [(0, 0, 0), (35, 0, 0), (0, 20, 90), (-30, 10, 180)])
@pytest.mark.parametrize("scale", [1.0, 0.3])
def test_openings_do_not_depend_on_turn_and_size(turn: tuple[float, float, float], scale: float) -> None:
    turned = scale * mesh() @ Rotation.from_euler("yxz", turn, degrees=True).as_matrix().T + (200, 100, 0)
    told = openings(turned)
    assert told.eyes == pytest.approx(0.3)
    assert told.mouth == pytest.approx(0.04)
    assert told.iris_px == pytest.approx(12 * scale)
