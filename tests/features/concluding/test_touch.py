"""Hands, touches and leaning of two people who are drawn."""

import numpy as np
import pytest

from coder.features.concluding.figures import figures
from coder.features.concluding.reach import hand_gap_px
from coder.features.concluding.touch import touching
from coder.model.persons import Role
from coder.model.track import Why
from tests.features.concluding.sitting import HEADS_PX, STEP_US, scene, sits

P, C = Role.PARENT, Role.CHILD
TRUNK, FACE, FAR = (440.0, 240.0), (450.0, 130.0), (250.0, 330.0)
SHOULDER_X = 450 - 0.9 * HEADS_PX[C]


def gap_heads(hand: tuple[float, float]) -> float:
    people = scene(1, lambda _: sits(P, hand=hand)).people
    return float(hand_gap_px(figures(people[P]), figures(people[C]))[0]) / HEADS_PX[P]


@pytest.mark.parametrize("hand", [TRUNK, FACE, (SHOULDER_X - 12, 215.0), (430.0, 298.0)])
def test_a_hand_on_trunk_head_arm_or_hand_overlaps(hand: tuple[float, float]) -> None:
    assert gap_heads(hand) == 0


def test_the_gap_grows_with_the_way_to_the_body() -> None:
    gaps = [gap_heads((x, 240.0)) for x in (330, 300, 270, 240)]
    np.testing.assert_allclose(np.diff(gaps), 30 / HEADS_PX[P], atol=0.02)
    assert gaps[0] > 0


def test_the_fingers_reach_farther_than_the_knuckles() -> None:
    """Wrist at x, knuckle 5 px on, fingertip 4 px more."""
    people = scene(1, lambda _: sits(P, hand=(270.0, 240.0))).people
    gap = hand_gap_px(figures(people[P]), figures(people[C]))[0]
    elbow_x = 450 - 1.1 * HEADS_PX[C]
    assert gap == pytest.approx(elbow_x - 0.22 * HEADS_PX[C] - 279, abs=3)


def test_a_hand_at_the_body_is_a_touch_and_is_known_of_both() -> None:
    found = touching(scene(40, lambda i: sits(P, hand=TRUNK if 10 <= i < 30 else FAR)))
    touch = found["touch"]
    assert touch.valid.all()
    on = np.flatnonzero(touch.values)
    assert (on[0], on[-1]) == (10, 29)
    assert found["parent_hand_near"].values.sum() == 20
    assert found["child_hand_near"].values.sum() == 0
    assert (found["parent_hand_gap_heads"].values[10:30] == 0).all()


def test_one_frame_is_no_touch() -> None:
    assert touching(scene(40, lambda i: sits(P, hand=TRUNK if i == 20 else FAR)))["touch"].values.sum() == 0


def test_a_hand_that_comes_and_goes_by_a_little_touches_once() -> None:
    """Hysteresis: within the two limits the state stays."""
    near, less = (450 - 1.1 * 60 - 0.22 * 60 - 9 - 5, 260.0), (450 - 1.1 * 60 - 0.22 * 60 - 9 - 20, 260.0)
    found = touching(scene(60, lambda i: sits(P, hand=FAR if i < 10 else (near if i // 4 % 2 else less))))["touch"]
    assert np.count_nonzero(np.diff(found.values)) == 1


def test_a_hand_that_is_guessed_is_no_witness() -> None:
    def sure_of(sure: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return touching(scene(20, lambda _: sits(P, hand=TRUNK, sure=sure)))["touch"].values == 1

    assert sure_of(0.9).all()
    assert not sure_of(0.6).any()


def test_a_touch_is_known_from_one_and_denied_only_by_both() -> None:
    seen = touching(scene(20, lambda _: sits(P, hand=TRUNK), lambda _: sits(C)))["touch"]
    assert seen.valid.all()
    handless = touching(scene(20, lambda _: sits(P, body=False)))
    assert not handless["touch"].valid.any()
    assert (handless["parent_hand_near"].why == Why.NO_BODY).all()


def test_who_is_not_there_has_no_hands_and_says_why() -> None:
    found = touching(scene(20, child=lambda i: sits(C) if i < 10 else None))
    assert found["parent_hand_gap_heads"].valid[:10].all()
    assert (found["parent_hand_gap_heads"].why[10:] == Why.OTHER_UNSEEN).all()
    assert (found["child_hand_gap_heads"].why[10:] == Why.NO_FACE).all()
    assert (found["touch"].why[10:] != Why.SEEN).all()


def test_somebody_turned_away_is_touched_too() -> None:
    found = touching(scene(20, lambda _: sits(P, hand=TRUNK), lambda _: sits(C, face=False)))
    assert (found["touch"].values == 1).all()


def test_leaning_is_the_speed_towards_the_other_in_own_face_heights() -> None:
    """The parent moves right by 4 px a look, half a face height a second, then stands, then back."""

    def x(i: int) -> float:
        return 150.0 + 4 * min(i, 30) - 4 * max(0, i - 60)

    found = touching(scene(90, lambda i: sits(P, head=(x(i), 100.0))))
    lean = found["parent_leaning"]
    toward = 300 / np.hypot(300, 30)
    assert lean.values[15] == pytest.approx(40 / HEADS_PX[P] * toward, rel=0.02)
    assert lean.values[45] == pytest.approx(0, abs=1e-6)
    assert lean.values[75] == pytest.approx(-40 / HEADS_PX[P] * toward, rel=0.03)
    assert np.abs(found["child_leaning"].values).max() < 1e-6


def test_a_head_that_jumps_for_one_frame_does_not_lean() -> None:
    jump = touching(scene(40, lambda i: sits(P, head=(210.0 if i == 20 else 150.0, 100.0))))["parent_leaning"]
    assert np.abs(jump.values).max() < 0.05


def test_leaning_is_not_said_across_a_gap() -> None:
    found = touching(scene(40, lambda i: None if 10 <= i < 30 else sits(P)))["parent_leaning"]
    assert not found.valid[10:30].any()
    assert (found.why[10:30] == Why.NO_FACE).all()
    assert found.valid[5]


def test_nothing_is_concluded_from_nothing() -> None:
    found = touching(scene(0))
    assert all(len(row.values) == 0 for row in found.values())
    alone = touching(scene(3, lambda _: None, lambda _: None))
    assert not any(row.valid.any() for row in alone.values())


def test_the_same_at_another_rate() -> None:
    """A touch of two seconds stays one when every second look is left out."""
    slow = scene(20, lambda i: sits(P, hand=TRUNK if 5 <= i < 15 else FAR))
    stretched = type(slow)(slow.looks, slow.times_us * 2, slow.people, slow.absent, slow.confidence, slow.camera)
    assert touching(stretched)["touch"].values.sum() == 10
    assert stretched.times_us[1] == 2 * STEP_US
