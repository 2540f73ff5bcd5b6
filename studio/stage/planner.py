"""The plan of a clip for its hands and toys: what each hand goes for, and where each toy is, at any time.

The planner keeps the books (who holds what, where a toy lies) and knows what a hand needs to reach, keep and rest;
what each verb asks of the hands is in `handling` and `gestures`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from studio.acts import CHILD, PARENT, PEOPLE, Act, contact_us, other
from studio.stage.motion import UP, Goal, Vector, unit

# the hand on the partner's side works, the other one helps
INNER = {PARENT: "L", CHILD: "R"}
OUTER = {PARENT: "R", CHILD: "L"}
PALM_TO_TOY_M = 0.010
HOME_SECONDS = 0.7
RESTING_CURL = 0.18


@dataclass(frozen=True)
class Reach:
    """One person's measures for planning hands: world points and directions in metres, sitting straight."""

    shoulder: dict[str, Vector]
    forward: Vector
    left: Vector
    arm_m: float
    home: dict[str, Vector]

    @property
    def chest(self) -> Vector:
        """The middle between the shoulders."""
        return 0.5 * (self.shoulder["L"] + self.shoulder["R"])

    def medial(self, side: str) -> Vector:
        """The direction in which the palm of a relaxed hand looks: towards the body's middle."""
        return -self.left if side == "L" else self.left

    def upper_arm(self, side: str) -> Vector:
        """The outside of the upper arm as it hangs."""
        return self.shoulder[side] - self.arm_m * (0.38 * UP + 0.10 * self.medial(side))

    def held(self, side: str) -> Vector:
        """Where a hand keeps a toy: before the chest, on the hand's own side, clear of what the hands rest on."""
        point = self.chest + self.arm_m * (0.56 * self.forward - 0.36 * UP - 0.14 * self.medial(side))
        lowest = self.home[side][2] + 0.11 * self.arm_m
        return np.array([point[0], point[1], max(point[2], lowest)])


class Bodies(Protocol):
    """Points of the bodies that hands can go for, in the moment that is being worked out."""

    def eye(self, who: str, side: str) -> Vector: ...
    def face_forward(self, who: str) -> Vector: ...
    def cheek(self, who: str, towards: Vector) -> Vector: ...
    def tummy(self, who: str) -> Vector: ...


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
    """Where toys lie: each toy's places (“middle”, “parent”, “child”), its radius, its place at the start."""

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
                home = self.home(who, side, 0.0)
                self.goals[who, side] = [home]
                self.rests[who, side] = []
        for toy, places in table.places.items():
            self.place[toy] = places[table.start[toy]]
            self.holder[toy] = None
            self.toys[toy] = [ToyStep(0.0, 0.0, rest=self.place[toy])]

    def plan(self, steps: "Mapping[str, Step]") -> Hands:
        """All goals and toy steps of the clip; `steps` says for each verb what the hands do."""
        for act in self.acts:
            if act.verb in steps:
                steps[act.verb](self, act)
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

    def home(self, who: str, side: str, start_s: float) -> Goal:
        reach = self.reach[who]
        # turned so that the fingertips lie on the table, not in it
        palm = unit(-UP + 0.30 * reach.medial(side) + 0.10 * reach.forward)
        return Goal(start_s, HOME_SECONDS, still(reach.home[side]), still(palm), RESTING_CURL, 0.02)

    def rest(self, act: Act, side: str, start_s: float) -> None:
        """From `start_s` on the hand keeps what it holds, or goes home."""
        holds = (act.who, side) in self.holder.values()
        goal = self.keep(act.who, side, start_s) if holds else self.home(act.who, side, start_s)
        self.rests[act.who, side].append((len(self.goals[act.who, side]), goal))

    def keep(self, who: str, side: str, start_s: float) -> Goal:
        reach = self.reach[who]
        palm = unit(reach.medial(side) + 0.45 * UP)
        return Goal(start_s, 0.6, still(reach.held(side)), still(palm), 0.55, 0.01)

    def go(
        self, act: Act, side: str, start_s: float, seconds: float, point: Vector, palm: Vector, **how: float
    ) -> None:
        goal = Goal(start_s, seconds, still(point), still(unit(palm)), **how)
        self.goals[act.who, side].append(goal)

    def hand_for(self, who: str, toy: str) -> str:
        """The hand that holds the toy, else the free hand on the partner's side, else the other one."""
        holder = self.holder[toy]
        if holder is not None and holder[0] == who:
            return holder[1]
        busy = (who, INNER[who]) in self.holder.values()
        return OUTER[who] if busy else INNER[who]

    def grasp(self, who: str, side: str, toy: str, centre: Vector, held_by_other: bool) -> tuple[Vector, Vector]:
        """Where the palm goes and how it is turned to close around a toy."""
        towards = unit((centre - self.reach[who].shoulder[side]) * np.array([1.0, 1.0, 0.0]))
        if held_by_other:
            palm = unit(0.55 * towards - 0.8 * UP)
        elif toy == "cup":
            palm = unit(self.reach[who].medial(side) + 0.4 * towards - 0.25 * UP)
        else:
            palm = unit(0.35 * towards + 0.25 * self.reach[who].medial(side) - UP)
        return centre - palm * (self.table.radius_m[toy] + PALM_TO_TOY_M), palm

    def toy_at(self, toy: str) -> tuple[Vector, bool]:
        """Where a toy can be grasped now: lying, offered, or in somebody's hand before the chest."""
        return self.place[toy], self.holder[toy] is not None

    def exchange(self) -> Vector:
        """Where a toy changes hands: within the child's reach, not farther than half way to the parent."""
        child, parent = self.reach[CHILD], self.reach[PARENT]
        start, goal = child.shoulder[INNER[CHILD]], parent.shoulder[INNER[PARENT]]
        way = goal - start
        far = min(0.55 * child.arm_m, 0.5 * float(np.linalg.norm(way)))
        point = start + unit(way) * far + 0.60 * child.arm_m * unit(child.forward + parent.forward)
        lowest = min(places["middle"][2] for places in self.table.places.values()) + 0.06
        point[2] = max(start[2] - 0.18 * child.arm_m, lowest)
        return point

    def held_centre(self, who: str, side: str, toy: str) -> Vector:
        keep = self.keep(who, side, 0.0)
        return keep.point(0.0) + keep.palm(0.0) * (self.table.radius_m[toy] + PALM_TO_TOY_M)

    def fetch(self, act: Act, toy: str) -> tuple[str, float]:
        """The hand that has the toy and the time from which it has it; a toy that lies is picked up first."""
        side = self.hand_for(act.who, toy)
        start = seconds(act.start_us)
        if self.holder[toy] == (act.who, side):
            return side, start
        centre, held = self.toy_at(toy)
        point, palm = self.grasp(act.who, side, toy, centre, held)
        self.go(act, side, start, 0.5, point, palm, curl=0.5, lift=0.04)
        self.holder[toy] = (act.who, side)
        self.toys[toy].append(ToyStep(start + 0.5, 0.12, holder=(act.who, side)))
        return side, start + 0.55

    def taken(self, act: Act, toy: str) -> bool:
        """True if the partner takes this toy out of the offering hand."""
        until = end_of(act)
        later = (a for a in self.acts if a.who == other(act.who) and a.verb == "take" and a.target == toy)
        return any(act.start_us < a.start_us and contact_us(a) / 1e6 <= until for a in later)

    def free_hand(self, who: str) -> str:
        return OUTER[who] if (who, INNER[who]) in self.holder.values() else INNER[who]


Step = Callable[[Planner, Act], None]
"""What one verb asks of the hands."""


def still(point: Vector) -> Callable[[float], Vector]:
    """A point that does not move."""
    return lambda _at_s: point


def seconds(at_us: int) -> float:
    """Session time in seconds."""
    return at_us / 1e6


def end_of(act: Act) -> float:
    """The act's end in seconds."""
    assert act.end_us is not None
    return act.end_us / 1e6


def toy_of(act: Act) -> str:
    """The toy that the act is about."""
    assert act.target is not None
    return act.target
