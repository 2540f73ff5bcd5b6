"""The pose and hand models on frames of the sample films, whose faces the truth gives.

The films are rendered and easy: these bounds guard against breakage. They say nothing about real families.
"""

import csv
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from coder.features.face import Box, Face
from coder.features.geometry import Head
from coder.features.seeing.bodies import Bodies, BodyFinder
from coder.features.sighting import JOINTS, Body

SAMPLE = Path(__file__).parents[3] / "sample_media"
RGB = NDArray[np.uint8]
AT = {joint: i for i, joint in enumerate(JOINTS)}


@pytest.fixture(scope="module")
def finder() -> Iterator[BodyFinder]:
    made = BodyFinder()
    yield made
    made.close()


@cache
def shown(clip: str, frame: int) -> tuple[RGB, dict[str, str]]:
    """A frame, and its row of the truth."""
    with av.open(str(SAMPLE / f"{clip}.mp4")) as film:
        picture = next(islice(film.decode(video=0), frame, None)).to_ndarray(format="rgb24")
    with (SAMPLE / f"{clip}.truth.csv").open(encoding="utf-8") as file:
        return picture, next(islice(csv.DictReader(file), frame, None))


def faces(row: dict[str, str], turned_deg: float = 0) -> list[Face]:
    """Those of parent and child, upright or rolled with the picture."""
    found = []
    roll = np.radians(turned_deg)
    rotation = np.array([(np.cos(roll), -np.sin(roll), 0), (np.sin(roll), np.cos(roll), 0), (0, 0, 1)])
    for person in ("parent", "child"):
        x, y, w, h = (float(row[f"{person}_face_{side}_px"]) for side in "xywh")
        head = Head(rotation, (x + w / 2, y + h / 2), h / 14)
        found.append(Face(Box(x, y, x + w, y + h), head, None, meshed=True, width_px=w, iris=None))
    return found


def both(bodies: Bodies) -> tuple[Body, Body]:
    parent, child = bodies.of_faces
    assert parent is not None
    assert child is not None
    return parent, child


def middle(body: Body) -> tuple[float, float]:
    x, y = (body.points_px[AT["left_shoulder"]] + body.points_px[AT["right_shoulder"]]) / 2
    return float(x), float(y)


@pytest.mark.parametrize("frame", [100, 750, 1270])
def test_each_face_gets_the_body_below_it(finder: BodyFinder, frame: int) -> None:
    picture, row = shown("cues-responses", frame)
    seen = faces(row)
    for face, body in zip(seen, both(finder.find(picture, seen)), strict=True):
        x, y = middle(body)
        assert abs(x - face.head.centre_px[0]) < 1.5 * face.box.side
        assert face.box.top < y < face.box.bottom + 2 * face.box.side


def test_the_order_of_the_faces_is_kept(finder: BodyFinder) -> None:
    picture, row = shown("cues-responses", 750)
    parent, child = both(finder.find(picture, faces(row)))
    swapped = finder.find(picture, faces(row)[::-1])
    np.testing.assert_array_equal(both(swapped)[0].points_px, child.points_px)
    np.testing.assert_array_equal(both(swapped)[1].points_px, parent.points_px)


def test_the_same_picture_gives_the_same_numbers_whatever_was_seen_before(finder: BodyFinder) -> None:
    picture, row = shown("cues-responses", 1035)
    first = both(finder.find(picture, faces(row)))
    finder.find(shown("cues-responses", 100)[0], faces(row))
    for body, again in zip(first, both(finder.find(picture, faces(row))), strict=True):
        np.testing.assert_array_equal(body.points_px, again.points_px)
        np.testing.assert_array_equal(body.seen, again.seen)


def test_a_face_on_a_blank_wall_has_no_body(finder: BodyFinder) -> None:
    picture, row = shown("cues-responses", 100)
    assert finder.find(np.full_like(picture, 200), faces(row)).of_faces == (None, None)


@pytest.mark.parametrize("turned_deg", [90, -90])
def test_the_body_of_somebody_who_lies_is_found_where_the_chin_points(finder: BodyFinder, turned_deg: int) -> None:
    """The picture is turned as if the two lay on their side."""
    picture, row = shown("cues-responses", 750)
    upright = both(finder.find(picture, faces(row)))
    high, wide = picture.shape[:2]
    turns = turned_deg // 90
    lying = np.ascontiguousarray(np.rot90(picture, turns))

    def turned(point: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = point[..., 0], point[..., 1]
        return np.stack([y, wide - x] if turns == 1 else [high - y, x], axis=-1)

    seen = []
    for face in faces(row, turned_deg):
        corners = turned(np.array([(face.box.left, face.box.top), (face.box.right, face.box.bottom)]))
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        head = Head(face.head.rotation, ((left + right) / 2, (top + bottom) / 2), face.head.px_per_cm)
        seen.append(Face(Box(left, top, right, bottom), head, None, meshed=True, width_px=0, iris=None))
    shoulders = [AT["left_shoulder"], AT["right_shoulder"]]
    for body, before, face in zip(both(finder.find(lying, seen)), upright, seen, strict=True):
        apart = np.linalg.norm(body.points_px[shoulders] - turned(before.points_px[shoulders]), axis=1)
        assert apart.max() < 0.6 * face.box.side


def test_somebody_whose_face_is_not_found_is_found_by_the_body(finder: BodyFinder) -> None:
    picture, row = shown("first-practice", 750)
    parent, child = faces(row)
    found = finder.find(picture, [child], whole=True)
    assert len(found.others) == 1
    body, score = found.others[0]
    assert abs(middle(body)[0] - parent.head.centre_px[0]) < 1.5 * parent.box.side
    assert 0 < score <= 1
    assert finder.find(picture, [child]).others == ()


def test_whoever_has_a_face_is_not_found_again_without_it(finder: BodyFinder) -> None:
    for frame in (100, 750, 1270):
        picture, row = shown("cues-responses", frame)
        assert finder.find(picture, faces(row), whole=True).others == ()


def test_a_hand_outside_the_picture_is_not_taken_to_be_the_others(finder: BodyFinder) -> None:
    """The mother's hands are below the picture; the pose model puts one of them on the child's."""
    picture, row = shown("face-to-face", 50)
    parent, child = both(finder.find(picture, faces(row)))
    near = np.linalg.norm(parent.points_px[AT["left_wrist"]] - child.points_px[AT["right_wrist"]])
    assert near < 40 <= float(row["parent_hand_to_other_mm"])
    assert parent.seen[AT["left_wrist"]] <= 0.3
    assert child.seen[AT["right_wrist"]] > 0.7


def test_small_and_large_pictures_show_the_same(finder: BodyFinder) -> None:
    picture, row = shown("cues-responses", 750)
    large = cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    triple = [
        Face(
            Box(*(3 * edge for edge in (face.box.left, face.box.top, face.box.right, face.box.bottom))),
            Head(np.eye(3), (3 * face.head.centre_px[0], 3 * face.head.centre_px[1]), 3 * face.head.px_per_cm),
            None, meshed=True, width_px=3 * face.width_px, iris=None,
        )
        for face in faces(row)
    ]  # fmt: skip
    for body, big, face in zip(
        both(finder.find(picture, faces(row))), both(finder.find(large, triple)), faces(row), strict=True
    ):
        surely = body.seen > 0.8
        apart = np.linalg.norm(big.points_px / 3 - body.points_px, axis=1)[surely]
        assert np.median(apart) < 0.2 * face.box.side
