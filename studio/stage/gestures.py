"""What acts without toys ask of the hands: clap, wave, hide, touch, tickle."""

from collections.abc import Callable

from studio.acts import Act, contact_us, other
from studio.stage.motion import UP, Goal, Vector, swing, unit
from studio.stage.planner import INNER, OUTER, Planner, Step, end_of, seconds, still


def _clap(plan: Planner, act: Act) -> None:
    reach = plan.reach[act.who]
    contact = contact_us(act) / 1e6
    middle = reach.chest + reach.arm_m * (0.55 * reach.forward - 0.18 * UP)
    for side in "LR":
        inward = reach.medial(side)
        apart = middle - 0.20 * reach.arm_m * inward
        plan.go(act, side, seconds(act.start_us) - 0.35, 0.45, apart, inward, curl=0.05)
        plan.go(act, side, contact - 0.20, 0.20, middle - 0.012 * inward, inward, curl=0.05)
        plan.go(act, side, contact + 0.08, 0.25, apart, inward, curl=0.1)
        plan.rest(act, side, max(end_of(act), contact + 0.4))


def _wave(plan: Planner, act: Act) -> None:
    side = OUTER[act.who]
    reach = plan.reach[act.who]
    start, end = seconds(act.start_us), end_of(act)
    out = -reach.medial(side)
    base = reach.shoulder[side] + reach.arm_m * (0.36 * reach.forward + 0.20 * UP + 0.12 * out)

    def waved(at_s: float) -> Vector:
        return base + 0.16 * reach.arm_m * (swing(at_s, start + 0.4, end, 0.5) - 0.5) * out

    plan.goals[act.who, side].append(Goal(start, 0.5, waved, still(unit(reach.forward)), 0.05))
    plan.rest(act, side, end)


def _hide(plan: Planner, act: Act) -> None:
    start = seconds(act.start_us)
    for side in "LR":

        def covered(_at_s: float, side: str = side) -> Vector:
            forward = plan.bodies.face_forward(act.who)
            return (
                plan.bodies.eye(act.who, side)
                + 0.075 * plan.reach[act.who].arm_m * forward
                - 0.03 * plan.reach[act.who].arm_m * UP
            )

        def inward(_at_s: float) -> Vector:
            return -plan.bodies.face_forward(act.who)

        plan.goals[act.who, side].append(Goal(start, 0.5, covered, inward, 0.12))
        plan.rest(act, side, end_of(act))


def _touch(plan: Planner, act: Act) -> None:
    side = plan.free_hand(act.who)
    shoulder = plan.reach[act.who].shoulder[side]
    partner = other(act.who)

    def spot(_at_s: float) -> Vector:
        if act.target == "cheek":
            # the fingers touch, not the palm
            cheek = plan.bodies.cheek(partner, shoulder)
            return cheek - 0.13 * plan.reach[act.who].arm_m * unit(cheek - shoulder)
        if act.target == "arm":
            return plan.reach[partner].upper_arm(INNER[partner])
        return plan.reach[partner].home[INNER[partner]] + 0.022 * UP

    def palm(at_s: float) -> Vector:
        if act.target == "hand":
            return -UP
        return unit(plan.reach[act.who].medial(side) + 0.6 * unit(spot(at_s) - shoulder))

    _touched(plan, act, side, spot, palm, 0.0)


def _tickle(plan: Planner, act: Act) -> None:
    side = plan.free_hand(act.who)
    shoulder = plan.reach[act.who].shoulder[side]

    def spot(_at_s: float) -> Vector:
        return plan.bodies.tummy(other(act.who))

    _touched(plan, act, side, spot, lambda at_s: unit(spot(at_s) - shoulder), 0.018)


def _touched(
    plan: Planner,
    act: Act,
    side: str,
    spot: Callable[[float], Vector],
    palm: Callable[[float], Vector],
    sway_m: float,
) -> None:
    start, contact, end = seconds(act.start_us), contact_us(act) / 1e6, end_of(act)

    def point(at_s: float) -> Vector:
        return spot(at_s) - 0.012 * palm(at_s) + sway_m * swing(at_s, contact, end, 0.4) * UP

    plan.goals[act.who, side].append(Goal(start, contact - start, point, palm, 0.15, 0.03))
    plan.rest(act, side, end)


GESTURES: dict[str, Step] = {"clap": _clap, "wave": _wave, "hide": _hide, "touch": _touch, "tickle": _tickle}
