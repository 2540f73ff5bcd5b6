"""What acts with toys ask of the hands: reach, take, offer, put down, play, show, roll, point."""

import numpy as np

from studio.acts import Act, contact_us, other
from studio.stage.motion import UP, Goal, Vector, swing, unit
from studio.stage.planner import (
    HOME_SECONDS,
    PALM_TO_TOY_M,
    RESTING_CURL,
    Planner,
    Step,
    ToyStep,
    end_of,
    seconds,
    still,
    toy_of,
)

TURN_PERIOD_S = 0.8


def _reach(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side = plan.hand_for(act.who, toy)
    start, end = seconds(act.start_us), end_of(act)
    centre, held = plan.toy_at(toy)
    point, palm = plan.grasp(act.who, side, toy, centre, held)
    near = plan.reach[act.who].shoulder[side]
    plan.go(act, side, start, 0.7, point + 0.25 * (near - point), palm, curl=0.1, lift=0.03)
    plan.rest(act, side, end)


def _take(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side = plan.hand_for(act.who, toy)
    start, contact = seconds(act.start_us), contact_us(act) / 1e6
    centre, held = plan.toy_at(toy)
    point, palm = plan.grasp(act.who, side, toy, centre, held)
    plan.go(act, side, start, contact - start, point, palm, curl=0.5, lift=0.05)
    giver = plan.holder[toy]
    plan.holder[toy] = (act.who, side)
    plan.toys[toy].append(ToyStep(contact, 0.12, holder=(act.who, side)))
    plan.goals[act.who, side].append(plan.keep(act.who, side, contact + 0.15))
    plan.place[toy] = plan.held_centre(act.who, side, toy)
    if giver is not None:
        home = plan.home(*giver, 0.0)
        gone = Goal(contact + 0.3, HOME_SECONDS, home.point, home.palm, RESTING_CURL, 0.02)
        plan.goals[giver].append(gone)


def _offer(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side, start = plan.fetch(act, toy)
    centre = plan.exchange()
    reach = plan.reach[act.who]
    palm = unit(0.85 * UP + 0.5 * reach.medial(side))
    point = centre - palm * (plan.table.radius_m[toy] + PALM_TO_TOY_M)
    plan.go(act, side, start, max(contact_us(act) / 1e6 - start, 0.4), point, palm, curl=0.35, lift=0.02)
    plan.place[toy] = centre
    if not plan.taken(act, toy):
        plan.rest(act, side, end_of(act))


def _put_down(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side, start = plan.fetch(act, toy)
    where = {"own": act.who, "other": other(act.who)}.get(act.where or "own", "middle")
    rest = plan.table.places[toy][where]
    point, palm = plan.grasp(act.who, side, toy, rest, False)
    release = max(contact_us(act) / 1e6, start + 0.4)
    plan.go(act, side, start, release - start, point, palm, curl=0.5, lift=0.03)
    plan.toys[toy].append(ToyStep(release, 0.08, rest=rest))
    plan.holder[toy], plan.place[toy] = None, rest
    plan.rest(act, side, release + 0.15)


def _play(plan: Planner, act: Act) -> None:
    """Moves the toy a little up and down: taps it on the table, or shakes it in the hand."""
    toy = toy_of(act)
    start, end = seconds(act.start_us), end_of(act)
    owned = plan.holder[toy] == (act.who, plan.hand_for(act.who, toy))
    side, begun = plan.fetch(act, toy)
    if owned:
        keep = plan.keep(act.who, side, 0.0)
        low, palm = keep.point(0.0), keep.palm(0.0)
        rest = None
    else:
        rest = plan.place[toy]
        low, palm = plan.grasp(act.who, side, toy, rest, False)
    begun = max(begun, start + 0.2)

    def tapped(at_s: float) -> Vector:
        return low + 0.045 * swing(at_s, begun, end - 0.2, TURN_PERIOD_S) * UP

    plan.goals[act.who, side].append(Goal(begun - 0.1, 0.1, tapped, still(palm), 0.5))
    if rest is not None:
        plan.toys[toy].append(ToyStep(end - 0.15, 0.08, rest=rest))
        plan.holder[toy] = None
        plan.rest(act, side, end)


def _show(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side, start = plan.fetch(act, toy)
    reach = plan.reach[act.who]
    to_other = unit((plan.reach[other(act.who)].chest - reach.chest) * np.array([1.0, 1.0, 0.0]))
    point = reach.chest + reach.arm_m * (0.42 * reach.forward + 0.30 * to_other + 0.10 * UP)
    palm = unit(0.4 * UP + reach.medial(side))
    plan.go(act, side, start, max(contact_us(act) / 1e6 - start, 0.4), point, palm, curl=0.45)
    plan.rest(act, side, end_of(act))
    plan.place[toy] = plan.held_centre(act.who, side, toy)


def _roll(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side, start = plan.fetch(act, toy)
    own, goal = plan.table.places[toy][act.who], plan.table.places[toy][other(act.who)]
    away = unit(goal - own)
    palm = unit(away - 0.5 * UP)
    behind = own - palm * (plan.table.radius_m[toy] + PALM_TO_TOY_M)
    release = max(contact_us(act) / 1e6, start + 0.35)
    plan.go(act, side, start, release - start, behind, palm, curl=0.2)
    plan.go(act, side, release, 0.3, behind + 0.07 * away, palm, curl=0.1)
    plan.toys[toy].append(ToyStep(release - 0.05, 0.05, rest=own))
    plan.toys[toy].append(ToyStep(release, 0.9, rest=goal, rolls=True))
    plan.holder[toy], plan.place[toy] = None, goal
    plan.rest(act, side, release + 0.45)


def _point(plan: Planner, act: Act) -> None:
    toy = toy_of(act)
    side = plan.hand_for(act.who, toy)
    reach = plan.reach[act.who]
    way = unit(plan.place[toy] - reach.shoulder[side])
    far = min(0.85 * reach.arm_m, float(np.linalg.norm(plan.place[toy] - reach.shoulder[side])) - 0.14)
    point = reach.shoulder[side] + way * far + 0.03 * UP
    palm = unit(-UP + 0.3 * reach.medial(side))
    plan.go(act, side, seconds(act.start_us), 0.6, point, palm, curl=0.9, index=1.0)
    plan.rest(act, side, end_of(act))


HANDLING: dict[str, Step] = {
    "reach": _reach,
    "take": _take,
    "offer": _offer,
    "put_down": _put_down,
    "play": _play,
    "show": _show,
    "roll": _roll,
    "point": _point,
}
