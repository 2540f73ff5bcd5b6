"""One figure of the play: its body, its acts, and where its trunk, head and arms go."""

from dataclasses import dataclass, field

import numpy as np

from studio.acts import CHILD, PARENT, Act
from studio.scenario import Scenario
from studio.stage import bones, plan
from studio.stage.body import Human
from studio.stage.gaze import Shift, blinks, shifts
from studio.stage.motion import UP, HandAim, Vector, level, swing, unit
from studio.stage.planner import Reach

SPINE = {"spine05": 0.3, "spine04": 0.2, "spine03": 0.25, "spine01": 0.25}
LEAN_DEG = {"lean_in": 17.0, "lean_back": -12.0}
LOOM_DEG = 26.0
LEAVE_M = 1.25


@dataclass
class Now:
    """A figure while its pose of one moment is being worked out."""

    root: Vector
    trunk: dict[str, Vector]
    head: dict[str, Vector] = field(default_factory=dict)
    eye: Vector = field(default_factory=lambda: np.zeros(3))
    gaze: Vector = field(default_factory=lambda: np.zeros(3))
    arms: dict[str, Vector] = field(default_factory=dict)
    palm: dict[str, tuple[Vector, Vector]] = field(default_factory=dict)
    """Side -> where the palm is and where it faces."""


class Actor:
    """A figure with all that does not change during the clip."""

    def __init__(self, who: str, human: Human, root: Vector, scenario: Scenario) -> None:
        self.who, self.human, self.root = who, human, root
        self.acts = [act for act in scenario.acts if act.who == who]
        first = scenario.room.toys[0] if scenario.room.toys else "face"
        self.looks = _with_turns(shifts(self.acts, who, first), self.acts, who)
        self.blinks = blinks(self.looks, scenario.seconds, f"{scenario.name}.{who}.blinks")
        self.palm_rest: dict[str, Vector] = {}
        for side in "LR":
            palm, _ = bones.hand_axes(side)
            wrist, knuckle = human.head[f"wrist.{side}"], human.head[f"finger3-1.{side}"]
            thick = 0.13 * float(np.linalg.norm(knuckle - wrist))
            self.palm_rest[side] = 0.35 * wrist + 0.65 * knuckle + palm * thick
        shoulder, elbow, wrist = (human.head[b] for b in ("upperarm01.L", "lowerarm01.L", "wrist.L"))
        self.arm_m = float(np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow))
        self.trunk_m = float(human.head["neck01"][2] - human.head["spine05"][2])

    def reach(self, seating: str) -> Reach:
        """The measures for planning hands."""
        human, root = self.human, self.root
        forward = unit(np.asarray(root[:3, :3] @ np.array([0.0, -1.0, 0.0])) * np.array([1.0, 1.0, 0.0]))
        left = np.asarray(root[:3, :3] @ np.array([1.0, 0.0, 0.0]))
        shoulder = {side: _placed(root, human.head[f"upperarm01.{side}"]) for side in "LR"}
        chest = 0.5 * (shoulder["L"] + shoulder["R"])
        arm = self.arm_m + float(np.linalg.norm(self.palm_rest["L"] - human.head["wrist.L"]))
        home = {}
        for side, out in (("L", 1.0), ("R", -1.0)):
            point = chest + 0.40 * arm * forward + 0.26 * arm * out * left
            if seating == "table":
                point[2] = plan.TABLE_TOP + 0.064 * arm
                point = _onto_table(point)
            elif self.who == CHILD:
                point = self._lap(out)
            else:
                point[2] = chest[2] - 0.62 * arm
            home[side] = point
        return Reach(shoulder, forward, left, arm, home)

    def _lap(self, out: float) -> Vector:
        human = self.human
        height = 0.75 * human.head["spine04"][2] + 0.25 * human.head["spine03"][2]
        front = self._front(height)[1]
        return _placed(self.root, np.array([out * 0.45 * self.arm_m, front - 0.035, height]))

    def _front(self, height: float) -> Vector:
        """The foremost point of the resting trunk at a height."""
        human = self.human
        ids = human.torso_ids
        near = ids[np.abs(human.rest[ids, 2] - height) < 0.04 * human.height_m]
        return np.asarray(human.rest[near][np.argmin(human.rest[near, 1])])

    # ── one moment ────────────────────────────────────────────────────────────────────────────────────────────

    def now(self, at_s: float, to_other: Vector, reach_deg: float = 0.0, towards: Vector | None = None) -> Now:
        """Root and spine: leaning, turning away, leaving, and the lean of a long reach `towards` a direction."""
        yaw, lean, root = 0.0, 0.0, self.root.copy()
        side = -1.0 if self.who == PARENT else 1.0
        for act in self.acts:
            assert act.end_us is not None
            start, end = act.start_us / 1e6, act.end_us / 1e6
            if not start <= at_s <= end:
                continue
            strength = level(at_s, start, end, min(0.9, 0.45 * (end - start)))
            if act.verb in LEAN_DEG:
                lean += strength * (LOOM_DEG if act.kind == "loom" else LEAN_DEG[act.verb])
            elif act.verb == "turn_away":
                yaw += strength * side * 24.0
            elif act.verb == "rock":
                lean += 5.0 * swing(at_s, start, end, 1.0)
            elif act.verb == "leave":
                root[0, 3] += side * LEAVE_M * strength
                root[2, 3] -= 0.10 * strength
        turns = _tips(self.root, to_other, lean)
        if towards is not None and reach_deg:
            reached = _tips(self.root, towards, reach_deg)
            turns = {bone: turns[bone] @ reached[bone] for bone in SPINE}
        trunk = {bone: turns[bone] @ bones.rz(yaw * share) for bone, share in SPINE.items()}
        return Now(root, {**plan.SITTING, **trunk})

    def chest_turn(self, now: Now) -> Vector:
        """(3, 3) of the chest, against which the head turns."""
        return self.human.bone_frame("spine01", now.trunk, now.root)[:3, :3]

    def head_frame(self, now: Now) -> Vector:
        """(4, 4) of the head."""
        return self.human.bone_frame("head", {**now.trunk, **now.head}, now.root)

    def eye(self, now: Now, side: str) -> Vector:
        """The middle of an eye."""
        return _placed(self.head_frame(now), self.human.eye[side].centre)

    def eyes_middle(self, now: Now) -> Vector:
        """The point between the eyes."""
        return 0.5 * (self.eye(now, "L") + self.eye(now, "R"))

    def cheek(self, now: Now, towards: Vector) -> Vector:
        """A point of the cheek on the side from which a hand comes."""
        frame, apart = self.head_frame(now), self.human.eyes_apart
        side = 1.0 if float((frame[:3, :3].T @ (towards - now.eye))[0]) > 0 else -1.0
        middle = 0.5 * (self.human.eye["L"].centre + self.human.eye["R"].centre)
        return _placed(frame, middle + np.array([side * 0.80 * apart, 0.25 * apart, -1.0 * apart]))

    def tummy(self, now: Now) -> Vector:
        """The front of the trunk."""
        height = 0.55 * self.human.head["spine03"][2] + 0.45 * self.human.head["spine01"][2]
        front = self._front(height) * np.array([0.0, 1.0, 1.0])
        return _placed(now.root, front - np.array([0.0, 0.012, 0.0]))

    def shoulder(self, now: Now, side: str) -> Vector:
        """Where the upper arm begins."""
        frame = self.human.bone_frame(f"shoulder01.{side}", now.trunk, now.root)
        return _placed(frame, self.human.head[f"upperarm01.{side}"])

    def use_arm(self, now: Now, side: str, aim: HandAim, reach: Reach) -> None:
        """Bring the palm, not the wrist, to the point that it aims at, and close the hand."""
        shoulder = self.shoulder(now, side)
        # the lower the hand, the farther out the elbow: forearms lie on the table, not in its edge
        low = min(max(float(shoulder[2] - aim.point[2]) / (0.4 * reach.arm_m), 0.0), 1.0)
        pole = shoulder - (0.6 - 0.4 * low) * UP - (0.25 + 0.35 * low) * reach.medial(side) - 0.15 * reach.forward
        wrist = aim.point - unit(aim.point - shoulder) * (reach.arm_m - self.arm_m)
        turns: dict[str, Vector] = {}
        for _ in range(4):
            turns = bones.arm_ik(self.human, side, now.root, now.trunk, wrist, pole, palm=aim.palm)
            frame = self.human.bone_frame(f"wrist.{side}", {**now.trunk, **turns}, now.root)
            centre = _placed(frame, self.palm_rest[side])
            now.palm[side] = (centre, np.asarray(frame[:3, :3] @ bones.hand_axes(side)[0]))
            wrist = wrist + (aim.point - centre)
        now.arms |= {**turns, **bones.curl(side, aim.curl, aim.index)}

    def gestures(self, at_s: float) -> tuple[float, float]:
        """Nods and shakes: extra yaw and pitch of the head in degrees."""
        yaw = pitch = 0.0
        for act in self.acts:
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


def _placed(frame: Vector, point: Vector) -> Vector:
    return np.asarray(frame[:3, :3] @ point + frame[:3, 3])


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
