"""The plan of the hands, on drawn bodies: hands meet toys when the script says so, and go home after."""

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.acts import CHILD, PARENT, Act, contact_us
from studio.stage.gestures import GESTURES
from studio.stage.handling import HANDLING
from studio.stage.motion import follow
from studio.stage.planner import INNER, PALM_TO_TOY_M, Hands, Planner, Reach, Table

Point = NDArray[np.float64]


def at(x: float, y: float, z: float) -> Point:
    return np.array([x, y, z])


def sitting(x: float, side: float, arm_m: float) -> Reach:
    """A figure that faces the camera (-y) and rests its hands before it."""
    chest = at(x, 0.1, 0.9)
    left = at(1, 0, 0)
    shoulder = {"L": chest + side * left, "R": chest - side * left}
    home = {"L": chest + at(side, -0.2, -0.2), "R": chest + at(-side, -0.2, -0.2)}
    return Reach(shoulder, at(0, -1, 0), left, arm_m, home)


REACH = {PARENT: sitting(-0.3, 0.16, 0.55), CHILD: sitting(0.25, 0.08, 0.3)}
PLACES = {"middle": at(0, -0.2, 0.7), PARENT: at(-0.15, -0.2, 0.7), CHILD: at(0.12, -0.2, 0.7)}
TABLE = Table({"ball": PLACES}, {"ball": 0.04}, {"ball": "middle"})


class Drawn:
    """Bodies whose heads never move."""

    def eye(self, who: str, side: str) -> Point:
        return REACH[who].chest + at(0.03 if side == "L" else -0.03, -0.1, 0.2)

    def face_forward(self, who: str) -> Point:
        return at(0, -1, 0)

    def cheek(self, who: str, towards: Point) -> Point:
        return REACH[who].chest + at(0, -0.08, 0.15)

    def tummy(self, who: str) -> Point:
        return REACH[who].chest + at(0, -0.1, -0.15)


def act(
    index: int,
    who: str,
    verb: str,
    start_s: float,
    end_s: float,
    target: str | None = "ball",
    where: str | None = None,
) -> Act:
    start, end = round(start_s * 1e6), round(end_s * 1e6)
    return Act(index, who, verb, target, start, end, None, None, where, False, None, None, None, True, "")


def planned(*acts: Act) -> Hands:
    return Planner(acts, REACH, TABLE, Drawn()).plan({**HANDLING, **GESTURES})


def palm(hands: Hands, who: str, side: str, at_s: float) -> Point:
    return follow(hands.goals[who, side], at_s).point


def gap(hands: Hands, who: str, side: str, at_s: float, centre: Point) -> float:
    """From the palm to a toy's surface."""
    return float(np.linalg.norm(palm(hands, who, side, at_s) - centre)) - TABLE.radius_m["ball"]


def holder_at(hands: Hands, at_s: float) -> tuple[str, str] | None:
    return [step for step in hands.toys["ball"] if step.start_s <= at_s][-1].holder


def test_the_palm_meets_the_toy_at_the_contact_and_carries_it_off() -> None:
    take = act(0, CHILD, "take", 1.0, 2.2)
    hands = planned(take)
    contact = contact_us(take) / 1e6
    assert gap(hands, CHILD, "R", contact, PLACES["middle"]) == pytest.approx(PALM_TO_TOY_M)
    assert holder_at(hands, contact - 0.01) is None
    assert holder_at(hands, contact) == (CHILD, "R")
    assert palm(hands, CHILD, "R", 4.0) == pytest.approx(REACH[CHILD].held("R"))
    assert palm(hands, CHILD, "L", 4.0) == pytest.approx(REACH[CHILD].home["L"])


def test_an_offered_toy_changes_hands_between_the_two_and_the_giver_goes_home() -> None:
    acts = (
        act(0, CHILD, "take", 0.0, 1.2),
        act(1, CHILD, "offer", 2.0, 4.0),
        act(2, PARENT, "take", 3.0, 4.0),
    )
    hands = planned(*acts)
    grasp = contact_us(acts[2]) / 1e6
    giving, taking = palm(hands, CHILD, "R", grasp), palm(hands, PARENT, "L", grasp)
    assert np.linalg.norm(giving - taking) < 2 * (TABLE.radius_m["ball"] + PALM_TO_TOY_M) + 1e-9
    assert np.linalg.norm(giving - REACH[CHILD].shoulder["R"]) < REACH[CHILD].arm_m
    assert holder_at(hands, grasp) == (PARENT, "L")
    assert palm(hands, CHILD, "R", grasp + 1.5) == pytest.approx(REACH[CHILD].home["R"])


def test_an_offer_that_nobody_takes_comes_back() -> None:
    hands = planned(act(0, CHILD, "take", 0.0, 1.2), act(1, CHILD, "offer", 2.0, 4.0))
    assert holder_at(hands, 9.0) == (CHILD, "R")
    assert palm(hands, CHILD, "R", 5.0) == pytest.approx(REACH[CHILD].held("R"))


def test_a_toy_that_is_put_down_lies_where_the_script_says() -> None:
    down = act(1, CHILD, "put_down", 2.0, 2.9, where="other")
    hands = planned(act(0, CHILD, "take", 0.0, 1.2), down)
    last = hands.toys["ball"][-1]
    assert last.holder is None
    assert last.rest is not None
    assert last.rest == pytest.approx(PLACES[PARENT])
    assert gap(hands, CHILD, "R", last.start_s, PLACES[PARENT]) == pytest.approx(PALM_TO_TOY_M)
    assert palm(hands, CHILD, "R", 5.0) == pytest.approx(REACH[CHILD].home["R"])


def test_a_rolled_ball_goes_to_the_other_side_and_the_hand_goes_home() -> None:
    hands = planned(act(0, CHILD, "take", 0.0, 1.2), act(1, CHILD, "roll", 2.0, 3.4))
    last = hands.toys["ball"][-1]
    assert last.rolls
    assert last.rest is not None
    assert last.rest == pytest.approx(PLACES[PARENT])
    assert palm(hands, CHILD, "R", 6.0) == pytest.approx(REACH[CHILD].home["R"])


def test_a_hand_that_is_wanted_again_at_once_does_not_go_home_first() -> None:
    hands = planned(act(0, PARENT, "reach", 1.0, 2.0), act(1, PARENT, "take", 2.0, 3.0))
    on_the_way = [palm(hands, PARENT, INNER[PARENT], 2.0 + k * 0.02) for k in range(20)]
    home = REACH[PARENT].home[INNER[PARENT]]
    far = [float(np.linalg.norm(point - home)) for point in on_the_way]
    assert min(far) == pytest.approx(far[0], abs=0.01)


def test_a_hand_that_holds_a_toy_leaves_the_touch_to_the_other() -> None:
    hands = planned(act(0, PARENT, "take", 0.0, 1.2), act(1, PARENT, "touch", 2.0, 4.0, "hand"))
    assert palm(hands, PARENT, "L", 3.0) == pytest.approx(REACH[PARENT].held("L"))
    assert np.linalg.norm(palm(hands, PARENT, "R", 3.0) - REACH[CHILD].home["R"]) < 0.05


def test_palms_meet_at_the_clap_and_both_cover_the_eyes_when_hiding() -> None:
    clap, hide = act(0, PARENT, "clap", 2.0, 2.7, None), act(1, PARENT, "hide", 5.0, 7.0, None)
    hands = planned(clap, hide)
    contact = contact_us(clap) / 1e6
    apart = palm(hands, PARENT, "L", contact) - palm(hands, PARENT, "R", contact)
    assert np.linalg.norm(apart) < 0.03
    for side in "LR":
        assert np.linalg.norm(palm(hands, PARENT, side, 6.0) - Drawn().eye(PARENT, side)) < 0.06
        assert palm(hands, PARENT, side, 9.0) == pytest.approx(REACH[PARENT].home[side])
