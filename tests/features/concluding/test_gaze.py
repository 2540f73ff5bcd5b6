"""Who looks where, in a room whose geometry is known."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.signals import SIGNALS, Concluded, concluded, scene_of
from coder.model.track import Why
from tests.features.concluding.room import STEP_US, Somebody, film, known

PARENT = Somebody((-25, 12, -150))
CHILD = Somebody((25, -5, -145), scale=0.75)
TABLE = (0, -40, -140)
AWAY = (-120, 0, -60)
ELSEWHERE, FACE, BODY, OBJECT = range(4)

Moment = tuple[Somebody | None, Somebody | None]
Pair = tuple[Somebody, Somebody]


def told(moments: Sequence[Moment], confidence: float = 1.0) -> Concluded:
    """What is concluded of them."""
    return concluded(film(moments), known(moments, confidence), ConcludingSettings())


def signal(found: Concluded, name: str) -> NDArray[np.float64]:
    """(n,) NaN where it is not valid."""
    row = [one.id for one in SIGNALS].index(name)
    return np.where(found.valid[row], found.values[row], np.nan)


def why(found: Concluded, name: str) -> list[Why]:
    """The reason for each value."""
    return [Why(int(reason)) for reason in found.why[[one.id for one in SIGNALS].index(name)]]


FACE_TO_FACE: Pair = (PARENT.looking_at(CHILD.eyes_cm, 0.7, 40), CHILD.looking_at(PARENT.eyes_cm, 0.7, -40))
AT_TABLE: Pair = (PARENT.looking_at(TABLE, 0.7, 40), CHILD.looking_at(TABLE, 0.7, -40))


def test_two_who_look_at_each_other_though_their_heads_do_not_turn_all_the_way() -> None:
    found = told([FACE_TO_FACE] * 10)
    for name in ("parent_looks_face", "child_looks_face", "mutual_face"):
        assert (signal(found, name) == 1).all(), name
    assert (signal(found, "parent_target") == FACE).all()
    # the heads alone do not say so
    assert (signal(found, "parent_off_other_deg") > 10).all()


def test_two_who_look_at_the_table_between_them() -> None:
    found = told([AT_TABLE] * 10)
    for name in ("parent_looks_face", "child_looks_face", "mutual_face"):
        assert (signal(found, name) == 0).all(), name
    for who in ("parent", "child"):
        assert (signal(found, f"{who}_target") == OBJECT).all()


def test_somebody_who_turns_away() -> None:
    away = Somebody((25, -5, -145), scale=0.75).looking_at((150, 0, -60), 0.9)
    found = told([(FACE_TO_FACE[0], away)] * 10)
    assert (signal(found, "parent_looks_face") == 1).all()
    assert (signal(found, "child_target") == ELSEWHERE).all()
    assert (signal(found, "mutual_face") == 0).all()


def test_eyes_that_leave_the_face_while_the_head_stays() -> None:
    """A head half-way between two things: the eyes decide."""
    near = Somebody((25, -5, -145), scale=0.75)
    middle = Somebody((-25, 12, -150), yaw_deg=20, pitch_deg=-10)
    there = near.eyes_cm - middle.eyes_cm
    to_face = float(np.degrees(np.arctan2(there[0], there[2]))) - 20
    aside = replace(middle, eye_yaw_deg=-30)
    at_face = replace(middle, eye_yaw_deg=min(to_face, 40))
    far = [signal(told([(one, near)] * 5), "parent_gaze_off_face_deg").mean() for one in (at_face, aside)]
    assert far[1] - far[0] > 20


def test_hands_that_hold_something_draw_the_look_to_the_object() -> None:
    hands = ((20, -28, -125), (30, -28, -125))
    child = replace(CHILD.looking_at((25, -28, -125), 0.8), hands_cm=hands)
    found = told([(FACE_TO_FACE[0], child)] * 5)
    assert (signal(found, "child_target") == OBJECT).all()


def test_onsets_stay_where_they_are() -> None:
    found = told([AT_TABLE] * 15 + [FACE_TO_FACE] * 15 + [AT_TABLE] * 15)
    changes = np.flatnonzero(np.diff(signal(found, "mutual_face"))) + 1
    assert changes.tolist() == pytest.approx([15, 30], abs=1)


def test_one_odd_look_is_no_look() -> None:
    found = told([AT_TABLE] * 6 + [FACE_TO_FACE] + [AT_TABLE] * 6)
    assert (signal(found, "mutual_face") == 0).all()


def test_a_blink_does_not_end_a_look_and_closed_eyes_look_nowhere() -> None:
    shut: Moment = (replace(FACE_TO_FACE[0], eyes_open=0.02), FACE_TO_FACE[1])
    found = told([FACE_TO_FACE] * 8 + [shut] * 3 + [FACE_TO_FACE] * 8)
    assert (signal(found, "parent_looks_face") == 1).all()
    asleep = told([FACE_TO_FACE] * 8 + [shut] * 12)
    assert why(asleep, "parent_looks_face")[-1] is Why.EYES_HIDDEN
    assert why(asleep, "parent_gaze_yaw_deg")[8:] == [Why.EYES_HIDDEN] * 12
    assert (signal(asleep, "child_looks_face") == 1).all()


def test_whoever_is_not_there_or_not_known_has_no_gaze_and_says_why() -> None:
    alone = told([(FACE_TO_FACE[0], None)] * 6)
    assert set(why(alone, "parent_looks_face")) == {Why.OTHER_UNSEEN}
    assert set(why(alone, "child_looks_face")) == set(why(alone, "child_yaw_deg")) == {Why.NO_FACE}
    assert (signal(alone, "parent_yaw_deg") > 0).all()
    assert (signal(alone, "child_found") == 0).all()
    unsure = told([FACE_TO_FACE] * 6, confidence=0.3)
    for name in ("parent_looks_face", "child_yaw_deg", "parent_found", "head_distance_mm"):
        assert set(why(unsure, name)) == {Why.IDENTITY}, name


def test_a_head_of_which_only_six_points_are_doubtfully_seen_points_nowhere() -> None:
    vague = replace(FACE_TO_FACE[1], meshed=False, score=0.4)
    found = told([(FACE_TO_FACE[0], vague)] * 6)
    for name in ("child_yaw_deg", "child_toward", "child_looks_face", "child_gaze_off_face_deg"):
        assert set(why(found, name)) == {Why.TURNED_AWAY}, name
    assert np.isfinite(signal(found, "head_distance_mm")).all()
    assert np.isfinite(signal(found, "parent_looks_face")).all()


def test_the_uncertainty_grows_with_the_turn_and_with_the_distance() -> None:
    def error(who: Somebody) -> float:
        return float(signal(told([(who, CHILD)] * 3), "parent_gaze_error_deg")[0])

    turned = [error(replace(PARENT, yaw_deg=yaw)) for yaw in (-10, 30, 50, 75)]
    assert turned == sorted(turned)
    assert turned[-1] > 1.2 * turned[0]
    away = [error(Somebody((-25 * far, 12 * far, -150 * far))) for far in (1, 3, 6)]
    assert away == sorted(away)
    without = [error(replace(PARENT, meshed=False, score=score)) for score in (0.9, 0.5)]
    assert turned[0] < without[0] < without[1]


def test_a_doubtful_face_without_a_mesh_is_a_profile_and_measures_no_angle() -> None:
    """Six points said 40°: the eyes may meet the other's, but nobody has measured the head."""
    turned = replace(PARENT, yaw_deg=40, pitch_deg=-10, meshed=False, score=0.5)
    found = told([(turned, CHILD)] * 6)
    for name in ("parent_yaw_deg", "parent_pitch_deg", "parent_off_other_deg", "parent_toward"):
        assert set(why(found, name)) == {Why.TURNED_AWAY}, name
    assert signal(found, "parent_gaze_yaw_deg")[0] > 60
    firm = told([(replace(turned, score=0.8), CHILD)] * 6)
    assert signal(firm, "parent_yaw_deg")[0] == pytest.approx(40)


def test_a_mesh_that_flickers_is_none() -> None:
    six_points = replace(PARENT, yaw_deg=60, meshed=False, score=0.5)
    found = told([(six_points, CHILD)] * 8 + [(replace(PARENT, yaw_deg=5), CHILD)] + [(six_points, CHILD)] * 8)
    assert set(why(found, "parent_yaw_deg")) == {Why.TURNED_AWAY}


def test_angles_are_those_of_the_head_whatever_its_place_in_the_picture() -> None:
    found = told([(replace(PARENT, yaw_deg=35, pitch_deg=-12), CHILD)])
    assert signal(found, "parent_yaw_deg")[0] == pytest.approx(35)
    assert signal(found, "parent_pitch_deg")[0] == pytest.approx(-12)


def test_a_lying_head_looks_along_its_own_eyes() -> None:
    """Eyes turned to the head's own right, of a head that lies on its side, look up or down in the room."""
    lying = replace(CHILD, roll_deg=90, eye_yaw_deg=30)
    upright = replace(CHILD, eye_yaw_deg=30)
    level = signal(told([(PARENT, replace(CHILD, roll_deg=90))] * 3), "child_gaze_pitch_deg")[0]
    assert signal(told([(PARENT, lying)] * 3), "child_gaze_pitch_deg")[0] - level > 15
    assert signal(told([(PARENT, upright)] * 3), "child_gaze_yaw_deg")[0] > 15


def test_heads_turned_to_each_other() -> None:
    squarely: Pair = (PARENT.looking_at(CHILD.eyes_cm), CHILD.looking_at(PARENT.eyes_cm))
    assert (signal(told([squarely] * 3), "mutual_toward") == 1).all()
    assert (signal(told([AT_TABLE] * 3), "mutual_toward") == 0).all()


def test_every_value_that_is_not_valid_is_0_and_has_a_reason() -> None:
    found = told([FACE_TO_FACE] * 3 + [(None, FACE_TO_FACE[1])] * 3 + [(None, None)] * 2)
    assert (found.valid == (found.why == Why.SEEN)).all()
    assert (found.values[~found.valid] == 0).all()
    assert np.isfinite(found.values).all()
    assert found.at_us.tolist() == [number * STEP_US for number in range(8)]
    assert signal(found, "both_found").tolist() == [1, 1, 1, 0, 0, 0, 0, 0]


def test_a_dark_or_blurred_picture_is_the_reason_where_nobody_is_found() -> None:
    moments: list[Moment] = [(None, None)] * 3
    looks = film(moments)
    looks[1], looks[2] = replace(looks[1], light=8.0), replace(looks[2], sharpness=1.0)
    found = concluded(looks, known(moments), ConcludingSettings())
    assert why(found, "parent_yaw_deg") == [Why.NO_FACE, Why.DARK, Why.BLURRED]


def test_nothing_seen_is_no_mishap() -> None:
    found = concluded([], known([]), ConcludingSettings())
    assert found.values.shape == (len(SIGNALS), 0)


def test_a_phone_held_upright_has_the_same_lens() -> None:
    moments: list[Moment] = [FACE_TO_FACE]
    upright = [replace(one, width_px=720, height_px=1280) for one in film(moments)]
    cameras = [scene_of(looks, known(moments), ConcludingSettings()).camera for looks in (film(moments), upright)]
    assert cameras[0].focal_px == pytest.approx(cameras[1].focal_px)
    assert cameras[0].horizontal_fov_deg == pytest.approx(60)
