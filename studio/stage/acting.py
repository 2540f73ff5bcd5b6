"""From a scenario to the pose of both figures and the place of every toy at any moment."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from studio.acts import CHILD, PARENT, PEOPLE, other
from studio.heard import Heard
from studio.scenario import Scenario
from studio.stage import bones, plan
from studio.stage.actors import Actor, Now
from studio.stage.face import Face, face_at
from studio.stage.figures import human_of
from studio.stage.gaze import Shift, gaze_direction, head_direction, head_share, lids
from studio.stage.gestures import GESTURES
from studio.stage.handling import HANDLING
from studio.stage.motion import UP, Vector, ease, follow, unit
from studio.stage.planner import INNER, PALM_TO_TOY_M, Hands, Planner, Table, ToyStep
from studio.stage.pose import Frame, Pose

SETTLED_DEG = 4.0
HEAD_SHARE = {PARENT: 0.50, CHILD: 0.55}
HEAD_LIMIT_DEG = 62.0
# where “away” lies, by the picture's sides, from between the two
AWAY = {
    "away_left": np.array([-1.9, -1.3, 1.0]),
    "away_right": np.array([1.9, -1.3, 1.0]),
    "away_up": np.array([0.0, -1.1, 2.6]),
    "away_down": np.array([0.0, -1.0, 0.0]),
}


@dataclass(frozen=True)
class Looks:
    """The truth about one person's eyes: target by label, settled within 4°, the direction in the room."""

    target: str
    settled: bool
    direction: Vector


@dataclass(frozen=True)
class Moment:
    """One moment of the play: the frame for the stage and what is true in it."""

    frame: Frame
    looks: Mapping[str, Looks]
    faces: Mapping[str, Face]
    eyes_open: Mapping[str, float]
    toys: Mapping[str, Vector]


class Acting:
    """Plays a scenario. `at` may be asked for any time, in any order."""

    def __init__(self, scenario: Scenario, heard: Heard) -> None:
        self.scenario, self.heard = scenario, heard
        humans = {who: human_of(scenario.person(who)) for who in PEOPLE}
        seats = plan.seats(scenario.room.seating, humans[CHILD])
        self.actors = {who: Actor(who, humans[who], seats[who].root(humans[who]), scenario) for who in PEOPLE}
        self.reach = {who: actor.reach(scenario.room.seating) for who, actor in self.actors.items()}
        between = self.reach[CHILD].chest - self.reach[PARENT].chest
        self.to_other = {PARENT: between, CHILD: -between}
        self._now: dict[str, Now] = {}
        planner = Planner(scenario.acts, self.reach, _table(scenario), self)
        self.hands: Hands = planner.plan({**HANDLING, **GESTURES})
        self.camera = plan.camera_of(scenario, scenario.cameras[0]).position

    def at(self, session_us: int) -> Moment:
        """The play at a session time."""
        at_s = session_us / 1e6
        self._now = {who: actor.now(at_s, self.to_other[who]) for who, actor in self.actors.items()}
        for who, actor in self.actors.items():
            self._now[who].eye = actor.eyes_middle(self._now[who])
        toys = self._toys_planned(at_s)
        hands = {who: self._hands_planned(who, at_s) for who in PEOPLE}
        # twice: looks and hands go for points that move with the looks and hands of the other
        for _ in range(2):
            for who in PEOPLE:
                self._look(who, at_s, toys, hands)
            for who in PEOPLE:
                self._use_hands(who, at_s)
            toys = {toy: self._toy(toy, at_s) for toy in self.hands.toys}
            hands = {who: {side: self._now[who].palm[side][0] for side in "LR"} for who in PEOPLE}
        for who in PEOPLE:
            self._look(who, at_s, toys, hands)
        faces = {who: self._face(who, session_us) for who in PEOPLE}
        shut = {who: lids(self.actors[who].looks, self.actors[who].blinks, at_s) for who in PEOPLE}
        looks = {who: self._looks(who, at_s, toys, hands, shut[who]) for who in PEOPLE}
        poses = {who: self._pose(who, at_s, faces[who], shut[who], toys, hands) for who in PEOPLE}
        props = {toy: self._placed(toy, centre, at_s) for toy, centre in toys.items()}
        frame = Frame(poses[PARENT], poses[CHILD], props)
        return Moment(frame, looks, faces, {who: 1.0 - shut[who] for who in PEOPLE}, toys)

    # ── bodies as hands go for them (planner.Bodies), in the moment that is being worked out ────────────────────

    def eye(self, who: str, side: str) -> Vector:
        """The middle of an eye."""
        return self.actors[who].eye(self._now[who], side)

    def face_forward(self, who: str) -> Vector:
        """Where the face points."""
        return np.asarray(self.actors[who].head_frame(self._now[who])[:3, :3] @ np.array([0.0, -1.0, 0.0]))

    def cheek(self, who: str, towards: Vector) -> Vector:
        """A point of the cheek on the side from which a hand comes."""
        return self.actors[who].cheek(self._now[who], towards)

    def tummy(self, who: str) -> Vector:
        """The front of the trunk."""
        return self.actors[who].tummy(self._now[who])

    # ── looks and hands ───────────────────────────────────────────────────────────────────────────────────────

    def _aim(
        self, who: str, toys: Mapping[str, Vector], hands: Mapping[str, Mapping[str, Vector]], target: str
    ) -> Vector:
        partner = other(who)
        if target == "face":
            return self._now[partner].eye
        if target == "hands":
            return hands[partner][INNER[partner]]
        if target == "camera":
            return self.camera
        return AWAY[target] if target in AWAY else toys[target]

    def _look(
        self, who: str, at_s: float, toys: Mapping[str, Vector], hands: Mapping[str, Mapping[str, Vector]]
    ) -> None:
        """Turns head and eyes to what the person looks at."""
        actor, now = self.actors[who], self._now[who]

        def aim(target: str) -> Vector:
            return self._aim(who, toys, hands, target)

        chest = actor.chest_turn(now)
        goal = head_direction(actor.looks, aim, now.eye, at_s)
        yaw, pitch = bones.aim(chest.T @ goal)
        yaw = float(np.clip(yaw * head_share(yaw, HEAD_SHARE[who]), -HEAD_LIMIT_DEG, HEAD_LIMIT_DEG))
        pitch = float(np.clip(pitch * 0.6, -28.0, 30.0))
        yaw_by, pitch_by = actor.gestures(at_s)
        now.head = bones.head_turn(yaw + yaw_by, pitch + pitch_by)
        now.eye = actor.eyes_middle(now)
        now.gaze = gaze_direction(actor.looks, aim, now.eye, at_s)

    def _hands_planned(self, who: str, at_s: float) -> dict[str, Vector]:
        return {side: follow(self.hands.goals[who, side], at_s).point for side in "LR"}

    def _toys_planned(self, at_s: float) -> dict[str, Vector]:
        toys = {}
        for toy, steps in self.hands.toys.items():
            begun = [step for step in steps if step.start_s <= at_s]
            last = begun[-1]
            if last.holder is not None:
                aim = follow(self.hands.goals[last.holder], at_s)
                toys[toy] = aim.point + aim.palm * (self.hands.radius_m[toy] + PALM_TO_TOY_M)
            else:
                assert last.rest is not None
                toys[toy] = last.rest
        return toys

    def _use_hands(self, who: str, at_s: float) -> None:
        """Arms and fingers; the trunk leans along when the arm alone is too short."""
        actor = self.actors[who]
        aims = {side: follow(self.hands.goals[who, side], at_s) for side in "LR"}
        now = self._now[who]
        rest = actor.now(at_s, self.to_other[who])
        gone = rest.root[:3, 3] - actor.root[:3, 3]
        aims = {side: replace(aim, point=aim.point + gone) for side, aim in aims.items()}
        short, towards = 0.0, None
        for side in "LR":
            far = aims[side].point - actor.shoulder(rest, side)
            over = float(np.linalg.norm(far)) - 0.93 * self.reach[who].arm_m
            if over > short:
                short, towards = over, far
        if towards is not None:
            degrees = min(38.0, float(np.degrees(short / actor.trunk_m)) * 1.25)
            leaned = actor.now(at_s, self.to_other[who], degrees, towards)
            now.trunk, now.root = leaned.trunk, leaned.root
        now.arms = {}
        for side in "LR":
            actor.use_arm(now, side, aims[side], self.reach[who])

    def _toy(self, toy: str, at_s: float) -> Vector:
        """Where a toy's middle is: on the table, rolling, or on the palm that holds it."""
        steps = self.hands.toys[toy]
        centre = self._step_point(toy, steps[0])
        for step in steps[1:]:
            if step.start_s > at_s:
                break
            goal = self._step_point(toy, step)
            x = (at_s - step.start_s) / step.seconds if step.seconds else 1.0
            share = 1.0 - (1.0 - min(x, 1.0)) ** 2 if step.rolls else ease(x)
            centre = goal if share >= 1.0 else centre + share * (goal - centre)
        return centre

    def _step_point(self, toy: str, step: ToyStep) -> Vector:
        if step.holder is None:
            assert step.rest is not None
            return step.rest
        who, side = step.holder
        palm, facing = self._now[who].palm[side]
        centre = palm + facing * (self.hands.radius_m[toy] + PALM_TO_TOY_M)
        if self.scenario.room.seating == "table" and plan.on_table(float(centre[0]), float(centre[1])):
            lowest = plan.TABLE_TOP + plan.toy_rest_height(toy)
            centre = np.array([centre[0], centre[1], max(float(centre[2]), lowest)])
        return np.asarray(centre)

    def _placed(self, toy: str, centre: Vector, at_s: float) -> Vector:
        """The toy's place with its turn: a rolling ball turns by its way."""
        placed = np.eye(4)
        placed[:3, 3] = centre
        turn = np.eye(3)
        steps = self.hands.toys[toy]
        for before, step in itertools.pairwise(steps):
            if step.rolls and step.start_s <= at_s and before.rest is not None and step.rest is not None:
                way = step.rest - before.rest
                x = min((at_s - step.start_s) / step.seconds, 1.0)
                gone = (1.0 - (1.0 - x) ** 2) * float(np.linalg.norm(way))
                axis = np.cross(UP, unit(way))
                turn = bones.about(axis, float(np.degrees(gone / self.hands.radius_m[toy]))) @ turn
        placed[:3, :3] = turn
        return placed

    # ── what is true, and what is shown ───────────────────────────────────────────────────────────────────────

    def _target(self, who: str, at_s: float) -> Shift:
        return [look for look in self.actors[who].looks if look.start_s <= at_s][-1]

    def _looks(
        self,
        who: str,
        at_s: float,
        toys: Mapping[str, Vector],
        hands: Mapping[str, Mapping[str, Vector]],
        shut: float,
    ) -> Looks:
        look, now = self._target(who, at_s), self._now[who]
        if look.closed and shut >= 0.5:
            return Looks("closed", True, now.gaze)
        away = unit(self._aim(who, toys, hands, look.target) - now.eye)
        error = float(np.degrees(np.arccos(np.clip(away @ now.gaze, -1.0, 1.0))))
        names = {"face": f"{other(who)}_face", "hands": f"{other(who)}_hands"}
        target = "away" if look.target in AWAY else names.get(look.target, look.target)
        return Looks(target, error <= SETTLED_DEG, now.gaze)

    def _face(self, who: str, session_us: int) -> Face:
        loud = float(self.heard.envelope(who, session_us))
        return face_at(self.actors[who].acts, session_us / 1e6, loud)

    def _pose(
        self,
        who: str,
        at_s: float,
        face: Face,
        shut: float,
        toys: Mapping[str, Vector],
        hands: Mapping[str, Mapping[str, Vector]],
    ) -> Pose:
        now = self._now[who]
        far = float(np.linalg.norm(self._aim(who, toys, hands, self._target(who, at_s).target) - now.eye))
        return Pose(now.root, {**now.trunk, **now.head, **now.arms}, face.units, now.eye + far * now.gaze, shut)


def _table(scenario: Scenario) -> Table:
    places: dict[str, dict[str, Vector]] = {}
    radius: dict[str, float] = {}
    for nth, toy in enumerate(scenario.room.toys):
        places[toy] = {spot: plan.toy_place(toy, spot, nth) for spot in ("middle", PARENT, CHILD)}
        radius[toy] = 0.5 * float(plan.TOY_SIZES[toy].min())
    return Table(places, radius, dict(scenario.room.start))
