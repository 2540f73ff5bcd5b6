"""Movement, gaze and face as functions of time: what must hold at the edges and between them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.acts import Act
from studio.stage.face import face_at
from studio.stage.gaze import (
    BLINK_S,
    EYE_LIMIT_DEG,
    QUIET_AFTER_SHIFT_S,
    Shift,
    blinks,
    gaze_direction,
    head_direction,
    head_share,
    lids,
    shifts,
)
from studio.stage.motion import Goal, ease, follow, level, swing, unit

ORIGIN = np.zeros(3)
TARGETS = {"toy": np.array([0.0, -1.0, 0.0]), "face": np.array([1.0, 0.0, 0.0])}


def act(verb: str, start_s: float, end_s: float, target: str | None = None, who: str = "child") -> Act:
    """An act as the reader would resolve it."""
    start, end = round(start_s * 1e6), round(end_s * 1e6)
    return Act(0, who, verb, target, start, end, None, None, None, False, None, None, None, True, "")


def degrees(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.degrees(np.arccos(np.clip(a @ b, -1, 1))))


def still(x: float, y: float, z: float):  # type: ignore[no-untyped-def]  # a point that does not move, for goals
    return lambda _at_s: np.array([x, y, z])


def test_a_movement_begins_and_ends_exactly_where_it_should() -> None:
    assert (ease(-1.0), ease(0.0), ease(1.0), ease(7.0)) == (0.0, 0.0, 1.0, 1.0)
    assert ease(0.5) == pytest.approx(0.5)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_movement_never_turns_back(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert ease(low) <= ease(high)


def test_a_level_holds_between_its_rise_and_its_fall() -> None:
    assert [level(t, 1.0, 4.0, 0.5) for t in (0.9, 1.0, 1.5, 2.0, 3.5, 4.0, 4.2)] == [0, 0, 1, 1, 1, 0, 0]


def test_a_swing_makes_whole_periods_only() -> None:
    assert swing(1.4, 1.0, 2.9, 0.8) == pytest.approx(1.0)  # the middle of the first
    assert swing(1.0 + 1.6, 1.0, 2.9, 0.8) == 0.0  # two of 0.8 s fit into 1.9 s
    assert swing(2.8, 1.0, 2.9, 0.8) == 0.0


def test_a_hand_is_at_its_goal_when_the_time_is_up_and_stays() -> None:
    down = still(0, 0, -1)
    goals = [Goal(0, 1, still(0, 0, 0), down), Goal(1, 0.5, still(1, 0, 0), down, lift=0.1)]
    assert follow(goals, 1.0).point == pytest.approx([0, 0, 0])
    assert follow(goals, 1.25).point == pytest.approx([0.5, 0, 0.1])
    assert follow(goals, 1.5).point == pytest.approx([1, 0, 0])
    assert follow(goals, 99.0).point == pytest.approx([1, 0, 0])


def test_the_eyes_arrive_long_before_the_head() -> None:
    looks = [Shift(-10, "toy"), Shift(2.0, "face")]
    aim = TARGETS.__getitem__
    eyes = [degrees(gaze_direction(looks, aim, ORIGIN, t), unit(TARGETS["face"])) for t in (2.0, 2.12, 2.3)]
    head = [degrees(head_direction(looks, aim, ORIGIN, t), unit(TARGETS["face"])) for t in (2.0, 2.12, 2.3, 3.0)]
    assert eyes[0] == pytest.approx(90)
    assert eyes[2] < 0.001
    assert head[1] > 80
    assert head[2] > 10
    assert head[3] < 0.001


def test_a_look_that_is_broken_off_goes_on_from_where_the_eyes_are() -> None:
    looks = [Shift(-10, "toy"), Shift(2.0, "face"), Shift(2.08, "toy")]
    aim = TARGETS.__getitem__
    way = [gaze_direction(looks, aim, ORIGIN, 2.0 + k * 0.01) for k in range(60)]
    assert max(degrees(a, b) for a, b in pairwise(way)) < 12  # 1,200 degrees a second
    assert degrees(way[-1], unit(TARGETS["toy"])) < 0.01


@given(st.floats(0, 90))
def test_the_head_takes_what_the_eyes_cannot(size: float) -> None:
    share = head_share(size, 0.5)
    assert 0.5 <= share <= 1.0
    assert size * (1 - share) <= EYE_LIMIT_DEG + 1e-9


def test_closed_eyes_stay_closed_until_the_next_look() -> None:
    looks = shifts([act("look", 0, 3, "toy"), act("close_eyes", 3, 5), act("look", 5, 9, "face")], "child", "toy")
    assert [lids(looks, [], t) for t in (2.9, 3.3, 4.9, 5.3)] == [0, 1, 1, 0]


@given(st.lists(st.floats(0.5, 58.0), max_size=12), st.text(max_size=5))
def test_no_blink_hides_a_shift_of_gaze(starts: list[float], seed: str) -> None:
    looks = [Shift(-10, "toy"), *(Shift(start, "face") for start in sorted(starts))]
    for blink in blinks(looks, 60.0, seed):
        first, last = blink - QUIET_AFTER_SHIFT_S + 1e-9, blink + BLINK_S
        assert not any(first < look.start_s < last for look in looks), blink
        assert lids(looks, [blink], blink + BLINK_S / 2) == 1.0


def test_blinks_are_the_same_for_the_same_seed_only() -> None:
    looks = [Shift(-10, "toy")]
    assert blinks(looks, 60, "a") == blinks(looks, 60, "a") != blinks(looks, 60, "b")
    assert 8 <= len(blinks(looks, 60, "a")) <= 20


def test_a_still_face_shows_nothing() -> None:
    acts = [act("smile", 0, 10), act("still_face", 2, 8)]
    smiling, still_now = face_at(acts, 1.5, 0.0), face_at(acts, 5.0, 0.0)
    assert smiling.smile == 1.0
    assert still_now.smile == 0.0
    assert not any(still_now.units.values())


def test_the_mouth_opens_with_the_voice_and_the_smile_stays() -> None:
    acts = [act("smile", 0, 10), act("babble", 4, 5)]
    silent, loud = face_at(acts, 3.0, 0.0), face_at(acts, 4.5, 1.0)
    assert (silent.mouth, silent.smile) == (0.0, 1.0)
    assert loud.mouth > 0.5
    assert loud.smile == 1.0
