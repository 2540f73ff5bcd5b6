"""From a scenario to the pose of both figures and the place of every toy at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from studio.acts import CHILD, PARENT, PEOPLE, Act, other
from studio.heard import Heard
from studio.scenario import Scenario
from studio.stage import bones, plan
from studio.stage.body import Human
from studio.stage.face import Face, face_at
from studio.stage.figures import human_of
from studio.stage.gaze import Shift, blinks, gaze_direction, head_direction, head_share, lids, shifts
from studio.stage.gestures import GESTURES
from studio.stage.handling import HANDLING
from studio.stage.motion import UP, HandAim, Vector, ease, follow, level, swing, unit
from studio.stage.planner import INNER, PALM_TO_TOY_M, Hands, Planner, Reach, Table, ToyStep
from studio.stage.pose import Frame, Pose

SETTLED_DEG = 4.0
HEAD_SHARE = {PARENT: 0.50, CHILD: 0.55}
HEAD_LIMIT_DEG = 62.0
SPINE = {"spine05": 0.3, "spine04": 0.2, "spine03": 0.25, "spine01": 0.25}
# where “away” lies, by the picture's sides, from between the two
AWAY = {
    "away_left": np.array([-1.9, -1.3, 1.0]),
    "away_right": np.array([1.9, -1.3, 1.0]),
    "away_up": np.array([0.0, -1.1, 2.6]),
    "away_down": np.array([0.0, -1.0, 0.0]),
}
LEAN_DEG = {"lean_in": 17.0, "lean_back": -12.0}
LOOM_DEG = 26.0
LEAVE_M = 0.85


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


@dataclass
class _Actor:
    """One figure with all that does not change during the clip."""

    who: str
    human: Human
    root: Vector
    looks: list[Shift]
    blinks: list[float]
    acts: list[Act]
    arm_m: float
    trunk_m: float
    palm_rest: dict[str, Vector]


@dataclass
class _Now:
    """One figure while its pose of one moment is being worked out."""

    root: Vector
    trunk: dict[str, Vector]
    head: dict[str, Vector] = field(default_factory=dict)
    eye: Vector = field(default_factory=lambda: np.zeros(3))
    forward: Vector = field(default_factory=lambda: np.zeros(3))
    gaze: Vector = field(default_factory=lambda: np.zeros(3))
    arms: dict[str, Vector] = field(default_factory=dict)
    palm: dict[str, tuple[Vector, Vector]] = field(default_factory=dict)


class Acting:
    """Plays a scenario. `at` may be asked for any time, in any order."""

    def __init__(self, scenario: Scenario, heard: Heard) -> None:
        self.scenario, self.heard = scenario, heard
        humans = {who: human_of(scenario.person(who)) for who in PEOPLE}
        seats = plan.seats(scenario.room.seating, humans[CHILD])
        self.actors = {who: self._actor(who, humans[who], seats[who].root(humans[who])) for who in PEOPLE}
        self._now: dict[str, _Now] = {}
        reach = {who: self._reach(who) for who in PEOPLE}
        self.hands: Hands = Planner(scenario.acts, reach, self._table(), self).plan({**HANDLING, **GESTURES})
        self.reach = reach
        self.camera = plan.camera_of(scenario, scenario.cameras[0]).position

    def at(self, session_us: int) -> Moment:
        """The play at a session time."""
        at_s = session_us / 1e6
        self._now = {who: self._trunk(actor, at_s) for who, actor in self.actors.items()}
        for who in PEOPLE:
            self._place_eyes(who)
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

    # ── bodies as others see them (hands.Bodies) ──────────────────────────────────────────────────────────────

    def eye(self, who: str, side: str, at_s: float) -> Vector:
        """The middle of an eye, in the room."""
        del at_s
        frame = self._head_frame(who)
        return np.asarray(frame[:3, :3] @ self.actors[who].human.eye[side].centre + frame[:3, 3])

    def face_forward(self, who: str, at_s: float) -> Vector:
        """Where the face points."""
        del at_s
        return np.asarray(self._head_frame(who)[:3, :3] @ np.array([0.0, -1.0, 0.0]))

    def cheek(self, who: str, towards: Vector, at_s: float) -> Vector:
        """A point of the cheek on the side from which a hand comes."""
        del at_s
        human = self.actors[who].human
        frame = self._head_frame(who)
        side = 1.0 if float((frame[:3, :3].T @ (towards - self._now[who].eye))[0]) > 0 else -1.0
        middle = 0.5 * (human.eye["L"].centre + human.eye["R"].centre)
        apart = human.eyes_apart
        point = middle + np.array([side * 0.80 * apart, 0.25 * apart, -1.0 * apart])
        return np.asarray(frame[:3, :3] @ point + frame[:3, 3])

    def arm(self, who: str, side: str, at_s: float) -> Vector:
        """The outside of the upper arm as it hangs."""
        del at_s
        reach = self.reach[who]
        return reach.shoulder[side] - 0.38 * reach.arm_m * UP - 0.10 * reach.arm_m * reach.medial(side)

    def tummy(self, who: str, at_s: float) -> Vector:
        """The front of the trunk."""
        del at_s
        human = self.actors[who].human
        root = self._now[who].root if self._now else self.actors[who].root
        ids = human.torso_ids
        height = 0.55 * human.head["spine03"][2] + 0.45 * human.head["spine01"][2]
        near = ids[np.abs(human.rest[ids, 2] - height) < 0.04 * human.height_m]
        front = human.rest[near][np.argmin(human.rest[near, 1])] * np.array([0.0, 1.0, 1.0])
        return np.asarray(root[:3, :3] @ (front - np.array([0.0, 0.012, 0.0])) + root[:3, 3])

    # ── setting up ────────────────────────────────────────────────────────────────────────────────────────────

    def _actor(self, who: str, human: Human, root: Vector) -> _Actor:
        acts = [act for act in self.scenario.acts if act.who == who]
        first = self.scenario.room.toys[0] if self.scenario.room.toys else "face"
        looks = _with_turns(shifts(acts, who, first), acts, who)
        palms = {}
        for side in "LR":
            palm, _ = bones.hand_axes(side)
            wrist, knuckle = human.head[f"wrist.{side}"], human.head[f"finger3-1.{side}"]
            palms[side] = 0.35 * wrist + 0.65 * knuckle + palm * 0.13 * float(np.linalg.norm(knuckle - wrist))
        shoulder, elbow, wrist = (human.head[b] for b in ("upperarm01.L", "lowerarm01.L", "wrist.L"))
        arm = float(np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow))
        trunk = float(human.head["neck01"][2] - human.head["spine05"][2])
        seed = f"{self.scenario.name}.{who}.blinks"
        return _Actor(who, human, root, looks, blinks(looks, self.scenario.seconds, seed), acts, arm, trunk, palms)

    def _reach(self, who: str) -> Reach:
        actor = self.actors[who]
        human, root = actor.human, actor.root
        rest = {bone: np.asarray(root[:3, :3] @ human.head[bone] + root[:3, 3]) for bone in human.head}
        forward = unit(np.asarray(root[:3, :3] @ np.array([0.0, -1.0, 0.0])) * np.array([1.0, 1.0, 0.0]))
        left = np.asarray(root[:3, :3] @ np.array([1.0, 0.0, 0.0]))
        shoulder = {side: rest[f"upperarm01.{side}"] for side in "LR"}
        chest = 0.5 * (shoulder["L"] + shoulder["R"])
        palm_m = float(np.linalg.norm(actor.palm_rest["L"] - human.head["wrist.L"]))
        arm = actor.arm_m + palm_m
        home = {}
        for side, out in (("L", 1.0), ("R", -1.0)):
            point = chest + 0.40 * arm * forward + 0.26 * arm * out * left
            if self.scenario.room.seating == "table":
                point[2] = plan.TABLE_TOP + 0.018
                point = _onto_table(point)
            elif who == CHILD:
                point = self._lap(who, side)
            else:
                point[2] = chest[2] - 0.62 * arm
            home[side] = point
        return Reach(shoulder, forward, left, arm, home, chest)

    def _lap(self, who: str, side: str) -> Vector:
        out = 1.0 if side == "L" else -1.0
        actor = self.actors[who]
        human, root = actor.human, actor.root
        ids = human.torso_ids
        height = 0.75 * human.head["spine04"][2] + 0.25 * human.head["spine03"][2]
        near = ids[np.abs(human.rest[ids, 2] - height) < 0.04 * human.height_m]
        front = float(human.rest[near, 1].min())
        point = np.array([out * 0.45 * actor.arm_m, front - 0.035, height])
        return np.asarray(root[:3, :3] @ point + root[:3, 3])

    def _table(self) -> Table:
        places: dict[str, dict[str, Vector]] = {}
        radius: dict[str, float] = {}
        for nth, toy in enumerate(self.scenario.room.toys):
            spots = {spot: plan.toy_place(toy, spot, nth) for spot in ("middle", PARENT, CHILD)}
            places[toy] = spots
            radius[toy] = 0.5 * float(plan.TOY_SIZES[toy].min())
        return Table(places, radius, dict(self.scenario.room.start))

    # ── one moment ────────────────────────────────────────────────────────────────────────────────────────────

    def _trunk(self, actor: _Actor, at_s: float, reach_deg: float = 0.0, towards: Vector | None = None) -> _Now:
        """Root and spine: leaning, turning away, leaving, and the lean of a long reach."""
        yaw, roots = 0.0, actor.root.copy()
        side = -1.0 if actor.who == PARENT else 1.0
        lean = 0.0
        for act in actor.acts:
            assert act.end_us is not None
            start, end = act.start_us / 1e6, act.end_us / 1e6
            if not start <= at_s <= end:
                continue
            long = min(0.9, 0.45 * (end - start))
            strength = level(at_s, start, end, long)
            if act.verb in LEAN_DEG:
                lean += strength * (LOOM_DEG if act.kind == "loom" else LEAN_DEG[act.verb])
            elif act.verb == "turn_away":
                yaw += strength * side * 24.0
            elif act.verb == "rock":
                lean += 5.0 * swing(at_s, start, end, 1.0)
            elif act.verb == "leave":
                roots[0, 3] += side * LEAVE_M * strength
                roots[2, 3] -= 0.10 * strength
        partner = self.actors[other(actor.who)]
        to_other = (partner.root[:3, :3] @ partner.human.head["spine01"] + partner.root[:3, 3]) - (
            actor.root[:3, :3] @ actor.human.head["spine01"] + actor.root[:3, 3]
        )
        turns = _tips(actor.root, to_other, lean)
        if towards is not None and reach_deg:
            reached = _tips(actor.root, towards, reach_deg)
            turns = {bone: turns[bone] @ reached[bone] for bone in SPINE}
        trunk = {bone: turns[bone] @ bones.rz(yaw * share) for bone, share in SPINE.items()}
        return _Now(roots, {**plan.SITTING, **trunk})

    def _head_frame(self, who: str) -> Vector:
        now = self._now[who]
        return np.asarray(self.actors[who].human.bone_frame("head", {**now.trunk, **now.head}, now.root))

    def _place_eyes(self, who: str) -> None:
        now = self._now[who]
        now.eye = 0.5 * (self.eye(who, "L", 0.0) + self.eye(who, "R", 0.0))
        now.forward = self.face_forward(who, 0.0)

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

        chest = actor.human.bone_frame("spine01", now.trunk, now.root)[:3, :3]
        goal = head_direction(actor.looks, aim, now.eye, at_s)
        yaw, pitch = bones.aim(chest.T @ goal)
        yaw = float(np.clip(yaw * head_share(yaw, HEAD_SHARE[who]), -HEAD_LIMIT_DEG, HEAD_LIMIT_DEG))
        pitch = float(np.clip(pitch * 0.6, -28.0, 30.0))
        yaw_by, pitch_by = self._gestures(actor, at_s)
        now.head = bones.head_turn(yaw + yaw_by, pitch + pitch_by)
        self._place_eyes(who)
        now.gaze = gaze_direction(actor.looks, aim, now.eye, at_s)

    def _gestures(self, actor: _Actor, at_s: float) -> tuple[float, float]:
        """Nods, shakes, and the head that turns with the trunk: extra yaw and pitch in degrees."""
        yaw = pitch = 0.0
        for act in actor.acts:
            assert act.end_us is not None
            start, end = act.start_us / 1e6, act.end_us / 1e6
            if act.verb == "nod":
                pitch += 11.0 * swing(at_s, start, end, 0.44)
            elif act.verb == "shake":
                half = 0.5 * (end - start)
                yaw += 13.0 * (swing(at_s, start, start + half, half) - swing(at_s, start + half, end, half))
            elif act.verb == "hide":
                pitch += 6.0 * level(at_s, start, end, 0.4)
        return yaw, pitch

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
        rest = self._trunk(actor, at_s)
        gone = rest.root[:3, 3] - actor.root[:3, 3]
        aims = {side: replace(aim, point=aim.point + gone) for side, aim in aims.items()}
        short, towards = 0.0, None
        for side in "LR":
            shoulder = self._shoulder(actor, rest, side)
            far = aims[side].point - shoulder
            over = float(np.linalg.norm(far)) - 0.93 * self.reach[who].arm_m
            if over > short:
                short, towards = over, far
        if towards is not None:
            degrees = min(38.0, float(np.degrees(short / actor.trunk_m)) * 1.25)
            leaned = self._trunk(actor, at_s, degrees, towards)
            now.trunk, now.root = leaned.trunk, leaned.root
        now.arms = {}
        for side in "LR":
            now.arms |= self._arm(actor, now, side, aims[side])

    def _shoulder(self, actor: _Actor, now: _Now, side: str) -> Vector:
        frame = actor.human.bone_frame(f"shoulder01.{side}", now.trunk, now.root)
        return np.asarray(frame[:3, :3] @ actor.human.head[f"upperarm01.{side}"] + frame[:3, 3])

    def _arm(self, actor: _Actor, now: _Now, side: str, aim: HandAim) -> dict[str, Vector]:
        """Rotations that bring the palm, not the wrist, to the point that it aims at."""
        reach = self.reach[actor.who]
        shoulder = self._shoulder(actor, now, side)
        pole = shoulder - 0.6 * UP - 0.25 * reach.medial(side) - 0.15 * reach.forward
        wrist = aim.point - unit(aim.point - shoulder) * (reach.arm_m - actor.arm_m)
        turns: dict[str, Vector] = {}
        centre, facing = wrist, aim.palm
        for _ in range(4):
            turns = bones.arm_ik(actor.human, side, now.root, now.trunk, wrist, pole, palm=aim.palm)
            frame = actor.human.bone_frame(f"wrist.{side}", {**now.trunk, **turns}, now.root)
            centre = np.asarray(frame[:3, :3] @ actor.palm_rest[side] + frame[:3, 3])
            facing = np.asarray(frame[:3, :3] @ bones.hand_axes(side)[0])
            wrist = wrist + (aim.point - centre)
        now.palm[side] = (centre, facing)
        return {**turns, **bones.curl(side, aim.curl, aim.index)}

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
        for before, step in zip(steps, steps[1:], strict=False):
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


def _tips(root: Vector, towards: Vector, degrees: float) -> dict[str, Vector]:
    """Spine turns that tip the trunk towards a direction in the room."""
    direction = root[:3, :3].T @ (towards * np.array([1.0, 1.0, 0.0]))
    axis = np.cross(UP, unit(direction * np.array([1.0, 1.0, 0.0])))
    return {bone: bones.about(axis, degrees * share) for bone, share in SPINE.items()}


def _onto_table(point: Vector) -> Vector:
    """The point, moved towards the table's middle until a hand lies on it."""
    for _ in range(60):
        if plan.on_table(float(point[0]), float(point[1]), 0.05):
            return point
        inward = plan.TABLE_CENTRE - point[:2]
        point = point + np.array([*(0.006 * inward / np.linalg.norm(inward)), 0.0])
    return point


def _with_turns(looks: list[Shift], acts: list[Act], who: str) -> list[Shift]:
    """Who turns away looks away, and back at the end, unless the script says where to look."""
    away = "away_left" if who == PARENT else "away_right"
    full = list(looks)
    for act in acts:
        if act.verb not in ("turn_away", "leave") or act.end_us is None:
            continue
        start, end = act.start_us / 1e6, act.end_us / 1e6
        before = [look for look in looks if look.start_s <= start][-1]
        if not any(start - 0.6 <= look.start_s <= start + 0.6 for look in looks):
            full.append(Shift(start, away))
        if not any(start + 0.6 < look.start_s <= end + 0.3 for look in looks):
            full.append(Shift(end - 0.4, before.target))
    return sorted(full, key=lambda look: look.start_s)
