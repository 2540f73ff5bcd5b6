"""From the acts of a script to what every hand goes for, and where every toy is, at any time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from studio.acts import CHILD, PARENT, PEOPLE, Act, contact_us, other
from studio.stage.motion import UP, Goal, Vector, swing, unit

# the hand on the partner's side works, the other one helps
INNER = {PARENT: "L", CHILD: "R"}
OUTER = {PARENT: "R", CHILD: "L"}
PALM_TO_TOY_M = 0.010
HOME_SECONDS = 0.7
TURN_PERIOD_S = 0.8


@dataclass(frozen=True)
class Reach:
    """One person's measures for planning hands: world points and directions in metres, sitting straight."""

    shoulder: dict[str, Vector]
    forward: Vector
    left: Vector
    arm_m: float
    home: dict[str, Vector]
    front: Vector

    @property
    def chest(self) -> Vector:
        """The middle between the shoulders."""
        return 0.5 * (self.shoulder["L"] + self.shoulder["R"])

    def medial(self, side: str) -> Vector:
        """The direction in which the palm of a relaxed hand looks: towards the body's middle."""
        return -self.left if side == "L" else self.left

    def held(self, side: str) -> Vector:
        """Where a hand keeps a toy: in front of the chest, on the hand's own side."""
        return self.chest + self.arm_m * (0.56 * self.forward - 0.36 * UP - 0.14 * self.medial(side))


class Bodies(Protocol):
    """Points of the moving bodies that hands can go for, at a time in seconds."""

    def eye(self, who: str, side: str, at_s: float) -> Vector: ...
    def face_forward(self, who: str, at_s: float) -> Vector: ...
    def cheek(self, who: str, towards: Vector, at_s: float) -> Vector: ...
    def arm(self, who: str, side: str, at_s: float) -> Vector: ...
    def tummy(self, who: str, at_s: float) -> Vector: ...


@dataclass(frozen=True)
class ToyStep:
    """From `start_s` on the toy lies at `rest`, rolls there within `seconds`, or is held by a hand."""

    start_s: float
    seconds: float
    rest: Vector | None = None
    holder: tuple[str, str] | None = None
    rolls: bool = False


@dataclass
class Hands:
    """The plan of a whole clip: goals by (who, side) and steps by toy, in order of time."""

    goals: dict[tuple[str, str], list[Goal]]
    toys: dict[str, list[ToyStep]]
    radius_m: dict[str, float]


@dataclass(frozen=True)
class Table:
    """Where toys lie: each toy's places by name (“middle”, “parent”, “child”), its radius, its place at the start."""

    places: dict[str, dict[str, Vector]]
    radius_m: dict[str, float]
    start: dict[str, str]


class Planner:
    """Walks through the acts once, in order of their start, and knows who holds what."""

    def __init__(self, acts: Sequence[Act], reach: dict[str, Reach], table: Table, bodies: Bodies) -> None:
        self.acts = sorted((act for act in acts), key=lambda act: (act.start_us, act.index))
        self.reach, self.table, self.bodies = reach, table, bodies
        self.goals: dict[tuple[str, str], list[Goal]] = {}
        self.rests: dict[tuple[str, str], list[tuple[int, Goal]]] = {}
        self.toys: dict[str, list[ToyStep]] = {}
        self.holder: dict[str, tuple[str, str] | None] = {}
        self.place: dict[str, Vector] = {}
        for who in PEOPLE:
            for side in "LR":
                home = self._home(who, side, 0.0)
                self.goals[who, side] = [home]
                self.rests[who, side] = []
        for toy, places in table.places.items():
            self.place[toy] = places[table.start[toy]]
            self.holder[toy] = None
            self.toys[toy] = [ToyStep(0.0, 0.0, rest=self.place[toy])]

    def plan(self) -> Hands:
        """All goals and toy steps of the clip."""
        for act in self.acts:
            step = getattr(self, f"_{act.verb}", None)
            if step is not None:
                step(act)
        goals = {}
        for hand, busy in self.goals.items():
            kept = list(busy)
            for count, goal in self.rests[hand]:
                # a hand that is wanted again at once does not go home first
                if not any(later.start_s < goal.start_s + 0.15 for later in busy[count:]):
                    kept.append(goal)
            goals[hand] = [kept[0], *sorted(kept[1:], key=lambda goal: goal.start_s)]
        return Hands(goals, self.toys, self.table.radius_m)

    # ── what goals are made of ────────────────────────────────────────────────────────────────────────────────

    def _home(self, who: str, side: str, start_s: float) -> Goal:
        reach = self.reach[who]
        palm = unit(-UP + 0.35 * reach.medial(side))
        return Goal(start_s, HOME_SECONDS, _still(reach.home[side]), _still(palm), 0.30, 0.02)

    def _rest(self, act: Act, side: str, start_s: float) -> None:
        """From `start_s` on the hand keeps what it holds, or goes home."""
        holds = (act.who, side) in self.holder.values()
        goal = self._keep(act.who, side, start_s) if holds else self._home(act.who, side, start_s)
        self.rests[act.who, side].append((len(self.goals[act.who, side]), goal))

    def _keep(self, who: str, side: str, start_s: float) -> Goal:
        reach = self.reach[who]
        palm = unit(reach.medial(side) + 0.45 * UP)
        return Goal(start_s, 0.6, _still(reach.held(side)), _still(palm), 0.55, 0.01)

    def _go(self, act: Act, side: str, start_s: float, seconds: float, point: Vector, palm: Vector, **how: float) -> None:
        goal = Goal(start_s, seconds, _still(point), _still(unit(palm)), **how)
        self.goals[act.who, side].append(goal)

    def _hand_for(self, who: str, toy: str) -> str:
        """The hand that holds the toy, else the free hand on the partner's side, else the other one."""
        holder = self.holder[toy]
        if holder is not None and holder[0] == who:
            return holder[1]
        busy = (who, INNER[who]) in self.holder.values()
        return OUTER[who] if busy else INNER[who]

    def _grasp(self, who: str, side: str, toy: str, centre: Vector, held_by_other: bool) -> tuple[Vector, Vector]:
        """Where the palm goes and how it is turned to close around a toy."""
        towards = unit((centre - self.reach[who].shoulder[side]) * np.array([1.0, 1.0, 0.0]))
        if held_by_other:
            palm = unit(0.55 * towards - 0.8 * UP)
        elif toy == "cup":
            palm = unit(self.reach[who].medial(side) + 0.4 * towards - 0.25 * UP)
        else:
            palm = unit(0.35 * towards + 0.25 * self.reach[who].medial(side) - UP)
        return centre - palm * (self.table.radius_m[toy] + PALM_TO_TOY_M), palm

    def _toy_at(self, toy: str) -> tuple[Vector, bool]:
        """Where a toy can be grasped now: lying, offered, or in somebody's hand before the chest."""
        return self.place[toy], self.holder[toy] is not None

    def _exchange(self, toy: str) -> Vector:
        """Where a toy changes hands: within the child's reach, not farther than half way to the parent."""
        child, parent = self.reach[CHILD], self.reach[PARENT]
        start, goal = child.shoulder[INNER[CHILD]], parent.shoulder[INNER[PARENT]]
        way = goal - start
        far = min(0.55 * child.arm_m, 0.5 * float(np.linalg.norm(way)))
        point = start + unit(way) * far + 0.60 * child.arm_m * unit(child.forward + parent.forward)
        lowest = min(places["middle"][2] for places in self.table.places.values()) + 0.06
        point[2] = max(start[2] - 0.18 * child.arm_m, lowest)
        return point

    # ── toys ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _reach(self, act: Act) -> None:
        toy = _toy(act)
        side = self._hand_for(act.who, toy)
        start, end = _s(act.start_us), _end(act)
        centre, held = self._toy_at(toy)
        point, palm = self._grasp(act.who, side, toy, centre, held)
        near = self.reach[act.who].shoulder[side]
        self._go(act, side, start, 0.7, point + 0.25 * (near - point), palm, curl=0.1, lift=0.03)
        self._rest(act, side, end)

    def _take(self, act: Act) -> None:
        toy = _toy(act)
        side = self._hand_for(act.who, toy)
        start, contact = _s(act.start_us), contact_us(act) / 1e6
        centre, held = self._toy_at(toy)
        point, palm = self._grasp(act.who, side, toy, centre, held)
        self._go(act, side, start, contact - start, point, palm, curl=0.5, lift=0.05)
        giver = self.holder[toy]
        self.holder[toy] = (act.who, side)
        self.toys[toy].append(ToyStep(contact, 0.12, holder=(act.who, side)))
        self.goals[act.who, side].append(self._keep(act.who, side, contact + 0.15))
        self.place[toy] = self._held_centre(act.who, side, toy)
        if giver is not None:
            gone = Goal(contact + 0.3, HOME_SECONDS, *_of(self._home(*giver, 0.0)), 0.30, 0.02)
            self.goals[giver].append(gone)

    def _held_centre(self, who: str, side: str, toy: str) -> Vector:
        keep = self._keep(who, side, 0.0)
        return keep.point(0.0) + keep.palm(0.0) * (self.table.radius_m[toy] + PALM_TO_TOY_M)

    def _fetch(self, act: Act, toy: str) -> tuple[str, float]:
        """The hand that has the toy and the time from which it has it; a toy that lies is picked up first."""
        side = self._hand_for(act.who, toy)
        start = _s(act.start_us)
        if self.holder[toy] == (act.who, side):
            return side, start
        centre, held = self._toy_at(toy)
        point, palm = self._grasp(act.who, side, toy, centre, held)
        self._go(act, side, start, 0.5, point, palm, curl=0.5, lift=0.04)
        self.holder[toy] = (act.who, side)
        self.toys[toy].append(ToyStep(start + 0.5, 0.12, holder=(act.who, side)))
        return side, start + 0.55

    def _offer(self, act: Act) -> None:
        toy = _toy(act)
        side, start = self._fetch(act, toy)
        centre = self._exchange(toy)
        reach = self.reach[act.who]
        palm = unit(0.85 * UP + 0.5 * reach.medial(side))
        point = centre - palm * (self.table.radius_m[toy] + PALM_TO_TOY_M)
        self._go(act, side, start, max(contact_us(act) / 1e6 - start, 0.4), point, palm, curl=0.35, lift=0.02)
        self.place[toy] = centre
        if not self._taken(act, toy):
            self._rest(act, side, _end(act))

    def _taken(self, act: Act, toy: str) -> bool:
        """True if the partner takes this toy out of the offering hand."""
        until = _end(act)
        later = (a for a in self.acts if a.who == other(act.who) and a.verb == "take" and a.target == toy)
        return any(act.start_us < a.start_us and contact_us(a) / 1e6 <= until for a in later)

    def _put_down(self, act: Act) -> None:
        toy = _toy(act)
        side, start = self._fetch(act, toy)
        where = {"own": act.who, "other": other(act.who)}.get(act.where or "own", "middle")
        rest = self.table.places[toy][where]
        point, palm = self._grasp(act.who, side, toy, rest, False)
        release = max(contact_us(act) / 1e6, start + 0.4)
        self._go(act, side, start, release - start, point, palm, curl=0.5, lift=0.03)
        self.toys[toy].append(ToyStep(release, 0.08, rest=rest))
        self.holder[toy], self.place[toy] = None, rest
        self._rest(act, side, release + 0.15)

    def _play(self, act: Act) -> None:
        """Moves the toy a little up and down: taps it on the table, or shakes it in the hand."""
        toy = _toy(act)
        start, end = _s(act.start_us), _end(act)
        owned = self.holder[toy] == (act.who, self._hand_for(act.who, toy))
        side, begun = self._fetch(act, toy)
        if owned:
            keep = self._keep(act.who, side, 0.0)
            low, palm = keep.point(0.0), keep.palm(0.0)
            rest = None
        else:
            rest = self.place[toy]
            low, palm = self._grasp(act.who, side, toy, rest, False)
        begun = max(begun, start + 0.2)

        def tapped(at_s: float) -> Vector:
            return low + 0.045 * swing(at_s, begun, end - 0.2, TURN_PERIOD_S) * UP

        self.goals[act.who, side].append(Goal(begun - 0.1, 0.1, tapped, _still(palm), 0.5))
        if rest is not None:
            self.toys[toy].append(ToyStep(end - 0.15, 0.08, rest=rest))
            self.holder[toy] = None
            self._rest(act, side, end)

    def _show(self, act: Act) -> None:
        toy = _toy(act)
        side, start = self._fetch(act, toy)
        reach = self.reach[act.who]
        to_other = unit((self.reach[other(act.who)].chest - reach.chest) * np.array([1.0, 1.0, 0.0]))
        point = reach.chest + reach.arm_m * (0.42 * reach.forward + 0.30 * to_other + 0.10 * UP)
        palm = unit(0.4 * UP + reach.medial(side))
        self._go(act, side, start, max(contact_us(act) / 1e6 - start, 0.4), point, palm, curl=0.45)
        self._rest(act, side, _end(act))
        self.place[toy] = self._held_centre(act.who, side, toy)

    def _roll(self, act: Act) -> None:
        toy = _toy(act)
        side, start = self._fetch(act, toy)
        own, goal = self.table.places[toy][act.who], self.table.places[toy][other(act.who)]
        away = unit(goal - own)
        palm = unit(away - 0.5 * UP)
        behind = own - palm * (self.table.radius_m[toy] + PALM_TO_TOY_M)
        release = max(contact_us(act) / 1e6, start + 0.35)
        self._go(act, side, start, release - start, behind, palm, curl=0.2)
        self._go(act, side, release, 0.3, behind + 0.07 * away, palm, curl=0.1)
        self.toys[toy].append(ToyStep(release - 0.05, 0.05, rest=own))
        self.toys[toy].append(ToyStep(release, 0.9, rest=goal, rolls=True))
        self.holder[toy], self.place[toy] = None, goal
        self._rest(act, side, release + 0.45)

    def _point(self, act: Act) -> None:
        toy = _toy(act)
        side = self._hand_for(act.who, toy)
        reach = self.reach[act.who]
        way = unit(self.place[toy] - reach.shoulder[side])
        far = min(0.85 * reach.arm_m, float(np.linalg.norm(self.place[toy] - reach.shoulder[side])) - 0.14)
        point = reach.shoulder[side] + way * far + 0.03 * UP
        palm = unit(-UP + 0.3 * reach.medial(side))
        self._go(act, side, _s(act.start_us), 0.6, point, palm, curl=0.9, index=1.0)
        self._rest(act, side, _end(act))

    # ── hands alone, and touch ────────────────────────────────────────────────────────────────────────────────

    def _clap(self, act: Act) -> None:
        reach = self.reach[act.who]
        contact = contact_us(act) / 1e6
        middle = reach.chest + reach.arm_m * (0.55 * reach.forward - 0.18 * UP)
        for side in "LR":
            inward = reach.medial(side)
            apart = middle - 0.20 * reach.arm_m * inward
            self._go(act, side, _s(act.start_us) - 0.35, 0.45, apart, inward, curl=0.05)
            self._go(act, side, contact - 0.20, 0.20, middle - 0.012 * inward, inward, curl=0.05)
            self._go(act, side, contact + 0.08, 0.25, apart, inward, curl=0.1)
            self._rest(act, side, max(_end(act), contact + 0.4))

    def _wave(self, act: Act) -> None:
        side = OUTER[act.who]
        reach = self.reach[act.who]
        start, end = _s(act.start_us), _end(act)
        out = -reach.medial(side)
        base = reach.shoulder[side] + reach.arm_m * (0.36 * reach.forward + 0.20 * UP + 0.12 * out)

        def waved(at_s: float) -> Vector:
            return base + 0.16 * reach.arm_m * (swing(at_s, start + 0.4, end, 0.5) - 0.5) * out

        self.goals[act.who, side].append(Goal(start, 0.5, waved, _still(unit(reach.forward)), 0.05))
        self._rest(act, side, end)

    def _hide(self, act: Act) -> None:
        start = _s(act.start_us)
        for side in "LR":

            def covered(at_s: float, side: str = side) -> Vector:
                forward = self.bodies.face_forward(act.who, at_s)
                return self.bodies.eye(act.who, side, at_s) + 0.075 * self.reach[act.who].arm_m * forward - 0.03 * self.reach[act.who].arm_m * UP

            def inward(at_s: float) -> Vector:
                return -self.bodies.face_forward(act.who, at_s)

            self.goals[act.who, side].append(Goal(start, 0.5, covered, inward, 0.12))
            self._rest(act, side, _end(act))

    def _touch(self, act: Act) -> None:
        side = self._free(act.who)
        shoulder = self.reach[act.who].shoulder[side]
        partner = other(act.who)

        def spot(at_s: float) -> Vector:
            if act.target == "cheek":
                # the fingers touch, not the palm
                cheek = self.bodies.cheek(partner, shoulder, at_s)
                return cheek - 0.13 * self.reach[act.who].arm_m * unit(cheek - shoulder)
            if act.target == "arm":
                return self.bodies.arm(partner, INNER[partner], at_s)
            return self.reach[partner].home[INNER[partner]] + 0.022 * UP

        def palm(at_s: float) -> Vector:
            if act.target == "hand":
                return -UP
            return unit(self.reach[act.who].medial(side) + 0.6 * unit(spot(at_s) - shoulder))

        self._touched(act, side, spot, palm, 0.0)

    def _tickle(self, act: Act) -> None:
        side = self._free(act.who)
        shoulder = self.reach[act.who].shoulder[side]

        def spot(at_s: float) -> Vector:
            return self.bodies.tummy(other(act.who), at_s)

        self._touched(act, side, spot, lambda at_s: unit(spot(at_s) - shoulder), 0.018)

    def _touched(
        self,
        act: Act,
        side: str,
        spot: Callable[[float], Vector],
        palm: Callable[[float], Vector],
        sway_m: float,
    ) -> None:
        start, contact, end = _s(act.start_us), contact_us(act) / 1e6, _end(act)

        def point(at_s: float) -> Vector:
            return spot(at_s) - 0.012 * palm(at_s) + sway_m * swing(at_s, contact, end, 0.4) * UP

        self.goals[act.who, side].append(Goal(start, contact - start, point, palm, 0.15, 0.03))
        self._rest(act, side, end)

    def _free(self, who: str) -> str:
        return OUTER[who] if (who, INNER[who]) in self.holder.values() else INNER[who]


def _still(point: Vector) -> Callable[[float], Vector]:
    return lambda _at_s: point


def _of(goal: Goal) -> tuple[Callable[[float], Vector], Callable[[float], Vector]]:
    return goal.point, goal.palm


def _s(at_us: int) -> float:
    return at_us / 1e6


def _end(act: Act) -> float:
    assert act.end_us is not None
    return act.end_us / 1e6


def _toy(act: Act) -> str:
    assert act.target is not None
    return act.target
