"""What is drawn again between two moments: all that moved, nothing that did not, on a figure made of points."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.stage import plan
from studio.stage.body import EyeNow, Posed
from studio.stage.changes import FACE_MARGIN_PX, MARGIN_PX, Scene, area, changed
from studio.stage.data import BODY
from studio.stage.pose import Frame, Pose

CAMERA = plan.Camera(np.array([0.0, -2.0, 1.0]), np.array([0.0, 0.0, 1.0]), 36.0, 640, 360)
PIXEL_M = 2.0 / 640  # at the distance of the target


def figure(x: float) -> Any:
    """A column of points: the upper tenth is the head."""
    rest = np.column_stack([np.full(BODY, x), np.zeros(BODY), np.linspace(0.6, 1.3, BODY)])
    share = np.arange(BODY) >= BODY * 0.9
    eye = SimpleNamespace(radius=0.012, centre=np.array([x, 0.0, 1.27]))
    return SimpleNamespace(
        rest=rest, share=lambda _bone: share.astype(float), bi={"head": 0}, eye={"L": eye, "R": eye}, height_m=1.3
    )


HUMANS = {"parent": figure(-0.5), "child": figure(0.5)}


def posed(who: str, verts: NDArray[np.float64] | None = None, gaze_deg: float = 0.0, head: float = 0.0) -> Posed:
    human = HUMANS[who]
    bones = np.stack([np.eye(4), np.eye(4)])
    bones[0, 0, 3] = head
    c, s = np.cos(np.radians(gaze_deg)), np.sin(np.radians(gaze_deg))
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    eye = EyeNow(human.eye["L"].centre, human.eye["L"].centre, turn, gaze_deg, 0.0)
    return Posed(human.rest if verts is None else verts, bones, {"L": eye, "R": eye})


def scene(child: Posed | None = None, ball: tuple[float, float, float] = (0.0, 0.0, 0.8)) -> Scene:
    placed = np.eye(4)
    placed[:3, 3] = ball
    nobody = Pose(np.eye(4))
    return Scene(
        Frame(nobody, nobody, {"ball": placed}), {"parent": posed("parent"), "child": child or posed("child")}
    )


def boxes(after: Scene, hanging: frozenset[str] = frozenset()) -> list[tuple[int, int, int, int]]:
    return changed(scene(), after, HUMANS, hanging, CAMERA)


def shifted(low: float, high: float, by_m: float) -> NDArray[np.float64]:
    """The child's points between two heights, moved sideways."""
    verts = HUMANS["child"].rest.copy()
    between = (verts[:, 2] >= low) & (verts[:, 2] <= high)
    verts[between, 0] += by_m
    return verts


def test_the_same_moment_needs_nothing() -> None:
    assert boxes(scene()) == []


def test_a_moved_hand_needs_its_old_and_its_new_place_with_a_margin() -> None:
    ((left, top, right, bottom),) = boxes(scene(posed("child", shifted(0.7, 0.8, 0.1))))
    assert left == pytest.approx(320 + 0.5 / PIXEL_M - MARGIN_PX, abs=2)
    assert right == pytest.approx(320 + 0.6 / PIXEL_M + MARGIN_PX, abs=2)
    assert top == pytest.approx(180 + 0.2 / PIXEL_M - MARGIN_PX, abs=2)
    assert bottom == pytest.approx(180 + 0.3 / PIXEL_M + MARGIN_PX, abs=2)


def test_a_turned_eye_needs_only_the_eyes() -> None:
    ((left, top, right, bottom),) = boxes(scene(posed("child", gaze_deg=2.0)))
    assert right - left == pytest.approx(2 * (1.4 * 0.012 / PIXEL_M + FACE_MARGIN_PX), abs=3)
    assert bottom - top < 40


def test_a_moved_head_takes_its_hair_along_and_hanging_hair_more() -> None:
    turned = posed("child", shifted(1.23, 1.3, 0.01), head=0.01)
    short, hanging = boxes(scene(turned)), boxes(scene(turned), frozenset({"child"}))
    assert area(hanging) > 1.5 * area(short)
    assert max(box[3] for box in hanging) - max(box[3] for box in short) == pytest.approx(0.2 / PIXEL_M, abs=3)


def test_a_rolling_ball_is_drawn_where_it_was_and_where_it_is() -> None:
    ((left, _, right, _),) = boxes(scene(ball=(0.3, 0.0, 0.8)))
    width = plan.TOY_SIZES["ball"][0]
    # the near side of its box is nearer to the camera, therefore a little larger
    assert left == pytest.approx(320 - width / 2 / PIXEL_M - MARGIN_PX, abs=4)
    assert right == pytest.approx(320 + (0.3 + width / 2) / PIXEL_M + MARGIN_PX, abs=6)


def test_what_moves_far_apart_is_drawn_apart_and_what_overlaps_together() -> None:
    hand = posed("child", shifted(0.62, 0.66, 0.02))
    assert len(boxes(scene(hand, ball=(-0.3, 0.0, 1.2)))) == 2
    beside = changed(scene(ball=(0.5, 0.0, 0.7)), scene(hand, ball=(0.5, 0.0, 0.68)), HUMANS, frozenset(), CAMERA)
    assert len(beside) == 1
