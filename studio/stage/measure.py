"""The truth of a film: what the figures did, measured on their bodies, one row a frame. Needs no Blender."""

import pickle
from collections.abc import Mapping

import numpy as np
from scipy.spatial import cKDTree

from studio.acts import PEOPLE, other
from studio.clock import file_times_us, frame_times_us
from studio.heard import Heard
from studio.scenario import Camera, Scenario
from studio.stage import plan
from studio.stage.acting import Acting, Moment
from studio.stage.body import Human, Posed
from studio.stage.data import BODY, Floats
from studio.truth import PERSON_COLUMNS, Person, Truth

# a face point is hidden if something nearer to the camera lies within this many pixels of it
HIDDEN_PX, HIDDEN_M = 4.5, 0.012
# after a toy changed hands both hold it for a moment
BOTH_HOLD_US = 300_000


class Witness:
    """Measures moments of one scenario as one of its cameras sees them."""

    def __init__(self, scenario: Scenario, camera: Camera, acting: Acting, heard: Heard) -> None:
        self.scenario, self.acting, self.heard = scenario, acting, heard
        self.humans: dict[str, Human] = {who: acting.actors[who].human for who in PEOPLE}
        self.camera = plan.camera_of(scenario, camera)
        self.stays = scenario.stays()
        self._measured: dict[bytes, dict[str, float | str | bool]] = {}
        self.arms = {
            who: np.flatnonzero(human.share("lowerarm01.L", "lowerarm01.R")[:BODY] > 0.5)
            for who, human in self.humans.items()
        }

    def row(self, session_us: int, moment: Moment) -> dict[str, float | str | bool]:
        """One frame's values by column, without frame number and time."""
        same = pickle.dumps((moment.frame, moment.looks, moment.faces, moment.eyes_open))
        if same not in self._measured:  # half of a film's frames are held poses
            self._measured = {same: self._seen(moment)}
        row = dict(self._measured[same])
        for who in PEOPLE:
            row[f"{who}_voice"] = bool(self.heard.voiced(who, np.array([session_us]))[0])
        for toy in self.scenario.room.toys:
            row[f"{toy}_holder"] = self._holder(toy, session_us)
        return row

    def _seen(self, moment: Moment) -> dict[str, float | str | bool]:
        """What can be measured on the bodies alone."""
        poses = {"parent": moment.frame.parent, "child": moment.frame.child}
        posed = {who: human.posed(poses[who]) for who, human in self.humans.items()}
        trees = {who: cKDTree(posed[who].verts[:BODY]) for who in PEOPLE}
        row: dict[str, float | str | bool] = {}
        for who in PEOPLE:
            hands = np.concatenate([self.humans[who].hand_ids[side] for side in "LR"])
            gap = 1000 * float(np.min(trees[other(who)].query(posed[who].verts[hands])[0]))
            for name, value in self._person(who, moment, posed).items():
                row[f"{who}_{name}"] = value
            row[f"{who}_hand_to_other_mm"] = gap
        apart = posed["parent"].eyes_middle - posed["child"].eyes_middle
        row["head_distance_mm"] = 1000 * float(np.linalg.norm(apart))
        row["mutual_gaze"] = all(
            moment.looks[who].settled and moment.looks[who].target == f"{other(who)}_face" for who in PEOPLE
        )
        return row

    def _person(self, who: str, moment: Moment, posed: Mapping[str, Posed]) -> dict[str, float | str | bool]:
        human, mine = self.humans[who], posed[who]
        look, face = moment.looks[who], moment.faces[who]
        head = mine.bones[human.bi["head"]][:3, :3]
        gaze_yaw, gaze_pitch = self._angles(look.direction)
        head_yaw, head_pitch = self._angles(head @ np.array([0.0, -1.0, 0.0]))
        up = self.camera.turn.T @ head @ np.array([0.0, 0.0, 1.0])
        points = mine.verts[human.face_ids]
        seen = self.camera.project(points)
        low, high = seen[:, :2].min(0), seen[:, :2].max(0)
        left, right = (self.camera.project(mine.eyes[side].iris) for side in "LR")
        return {
            "target": look.target,
            "settled": look.settled,
            "gaze_yaw_deg": gaze_yaw,
            "gaze_pitch_deg": gaze_pitch,
            "head_yaw_deg": head_yaw,
            "head_pitch_deg": head_pitch,
            "head_roll_deg": float(np.degrees(np.arctan2(up[0], up[1]))),
            "face_x_px": float(low[0]),
            "face_y_px": float(low[1]),
            "face_w_px": float(high[0] - low[0]),
            "face_h_px": float(high[1] - low[1]),
            "face_visible": self._visible(who, seen, moment, posed),
            "iris_left_x_px": float(left[0]),
            "iris_left_y_px": float(left[1]),
            "iris_right_x_px": float(right[0]),
            "iris_right_y_px": float(right[1]),
            "camera_distance_mm": 1000 * float(np.linalg.norm(mine.eyes_middle - self.camera.position)),
            "mouth": face.mouth,
            "smile": face.smile,
            "eyes": moment.eyes_open[who],
        }

    def _angles(self, direction: Floats) -> tuple[float, float]:
        """(yaw, pitch) in the camera's frame, degrees: + to the picture's right, + up."""
        right, up, back = self.camera.turn.T @ direction
        return float(np.degrees(np.arctan2(right, back))), float(np.degrees(np.arcsin(np.clip(up, -1.0, 1.0))))

    def _visible(self, who: str, seen: Floats, moment: Moment, posed: Mapping[str, Posed]) -> float:
        """Share of the face's points inside the picture and not behind hands, a toy or the other person."""
        inside = (
            (seen[:, 0] >= 0)
            & (seen[:, 0] < self.camera.width)
            & (seen[:, 1] >= 0)
            & (seen[:, 1] < self.camera.height)
        )
        low, high = seen[:, :2].min(0) - HIDDEN_PX, seen[:, :2].max(0) + HIDDEN_PX
        before = np.concatenate([posed[who].verts[self.arms[who]], posed[other(who)].verts[:BODY]])
        others = self.camera.project(before)
        near = ((others[:, :2] > low) & (others[:, :2] < high)).all(1) & (
            others[:, 2] < seen[:, 2].max() - HIDDEN_M
        )
        hidden = np.zeros(len(seen), bool)
        if near.any():
            tree = cKDTree(others[near, :2])
            depth = others[near, 2]
            for k, found in enumerate(tree.query_ball_point(seen[:, :2], HIDDEN_PX)):
                hidden[k] = bool(found) and float(depth[found].min()) < seen[k, 2] - HIDDEN_M
        for toy, centre in moment.toys.items():
            x, y, far = self.camera.project(centre)
            radius = 0.5 * float(plan.TOY_SIZES[toy].min()) / float(far) * self.camera.focal_px
            hidden |= (np.hypot(seen[:, 0] - x, seen[:, 1] - y) < radius) & (seen[:, 2] > far)
        return float((inside & ~hidden).mean())

    def _holder(self, toy: str, session_us: int) -> str:
        stays = self.stays[toy]
        now = next(i for i, stay in enumerate(stays) if session_us < stay.end_us or i == len(stays) - 1)
        holder = stays[now].holder
        if now and holder and stays[now - 1].holder and session_us < stays[now].start_us + BOTH_HOLD_US:
            return "both"
        return holder or "none"


def measure(scenario: Scenario, camera: Camera, heard: Heard) -> Truth:
    """The truth table of one camera's film."""
    acting = Acting(scenario, heard)
    witness = Witness(scenario, camera, acting, heard)
    rows = [witness.row(at_us, acting.at(at_us)) for at_us in frame_times_us(scenario, camera)]
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    people = {
        who: Person(**{name: columns[f"{who}_{name}"] for name in PERSON_COLUMNS})  # its fields are the columns
        for who in PEOPLE
    }
    return Truth(
        frame=np.arange(len(rows)),
        time_us=np.array(file_times_us(scenario, camera)),
        parent=people["parent"],
        child=people["child"],
        head_distance_mm=columns["head_distance_mm"],
        mutual_gaze=columns["mutual_gaze"],
        holder={toy: columns[f"{toy}_holder"] for toy in scenario.room.toys},
    )
