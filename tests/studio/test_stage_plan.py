"""Cameras, bones and the sharing of pictures: arithmetic of the stage that needs neither bodies nor Blender."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.scenario import load, names
from studio.stage import bones, plan
from studio.stage.exposure import Shot, groups_of
from studio.stage.pose import Frame, Pose

ANGLES = st.floats(-170, 170)
PART = st.floats(-1, 1)
DIRECTIONS = st.tuples(PART, PART, PART).filter(lambda v: np.linalg.norm(v) > 0.1)


def camera() -> plan.Camera:
    return plan.Camera(np.array([0.0, -2.0, 1.0]), np.array([0.0, 0.0, 1.0]), 36.0, 640, 360)


def test_a_camera_sees_its_target_in_the_middle_and_measures_depth_along_its_axis() -> None:
    assert camera().project(np.array([0.0, 0.0, 1.0])) == pytest.approx([320, 180, 2.0])
    assert camera().project(np.array([0.5, 0.0, 1.0])) == pytest.approx([480, 180, 2.0])  # to the right
    assert camera().project(np.array([0.0, 0.0, 1.25])) == pytest.approx([320, 100, 2.0])  # up
    assert camera().project(np.array([0.0, -3.0, 1.0]))[2] < 0  # behind it


def test_a_lens_of_the_sensor_s_width_sees_as_wide_as_it_is_far() -> None:
    left, right = camera().project(np.array([[-1.0, 0.0, 1.0], [1.0, 0.0, 1.0]]))
    assert (left[0], right[0]) == pytest.approx((0, 640))


@pytest.mark.parametrize("clip", names())
def test_every_camera_of_the_scripts_has_the_table_or_seat_before_it(clip: str) -> None:
    scenario = load(clip)
    for one in scenario.cameras:
        seen = plan.camera_of(scenario, one)
        for seat in plan.seats(scenario.room.seating, SimpleNamespace(height_m=0.85)).values():  # type: ignore[arg-type]  # only the height counts
            x, y, depth = seen.project(seat.eyes)
            assert 0 < x < scenario.picture.width
            assert 0 < y < scenario.picture.height
            assert 1.0 < depth < 2.2


@pytest.mark.parametrize("toy", ["ball", "cup", "block"])
@pytest.mark.parametrize("spot", ["parent", "middle", "child"])
def test_toys_lie_on_the_table_and_not_in_each_other(toy: str, spot: str) -> None:
    lying = [plan.toy_place(toy, spot, nth) for nth in range(3)]
    for x, y, z in lying:
        assert plan.on_table(x, y, 0.02)
        assert z == plan.TABLE_TOP + plan.TOY_SIZES[toy][2] / 2
    assert np.linalg.norm(lying[0] - lying[1]) > 0.06


@given(ANGLES, st.floats(-80, 80))
def test_aiming_and_turning_are_each_other_s_inverse(yaw: float, pitch: float) -> None:
    ahead = bones.aim_turn(yaw, pitch) @ np.array([0.0, -1.0, 0.0])
    assert bones.aim(ahead) == pytest.approx((yaw, pitch), abs=1e-6)


@given(DIRECTIONS, DIRECTIONS)
def test_the_turn_between_two_directions_takes_one_to_the_other(
    a: tuple[float, ...], b: tuple[float, ...]
) -> None:
    start, goal = bones.unit(np.array(a)), bones.unit(np.array(b))
    turn = bones.rot_between(start, goal)
    assert turn @ start == pytest.approx(goal, abs=1e-6)
    assert turn @ turn.T == pytest.approx(np.eye(3), abs=1e-9)
    assert np.linalg.det(turn) == pytest.approx(1.0)


def test_the_neck_s_shares_make_the_whole_turn() -> None:
    whole = np.eye(3)
    for turn in bones.head_turn(30.0, 0.0).values():
        whole = whole @ turn
    assert whole == pytest.approx(bones.rz(30.0))


def shot(body: str, parent: str = "-", child: str = "-") -> Shot:
    nobody = Pose(np.eye(4))
    return Shot(Frame(nobody, nobody), "day", body, (parent, child))


def test_equal_frames_share_a_picture_and_a_changed_face_shares_the_rest() -> None:
    film = [shot("a"), shot("a"), shot("a", parent="smiles"), shot("b"), shot("a")]
    groups = groups_of(film)
    assert [[s.faces[0] for s in group.shots] for group in groups] == [["-", "smiles"], ["-"]]
    assert film[0].key == film[4].key != film[2].key
