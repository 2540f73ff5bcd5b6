"""The sample clips: a film, its truth table, and where it is dim.

`dyad-first` is older than the studio: its truth has other columns and is brought into the new ones here. What its
file does not tell is NaN, not known.
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.clock import frame_times_us
from studio.scenario import load, names
from studio.truth import Flags, Person, Truth, TruthError, Words, read_truth

SAMPLES = Path(__file__).resolve().parents[2] / "sample_media"

OLD_CLIP = "dyad-first"
OLD_SIZE = (640, 360)
OLD_SEAT_YAW_DEG = {"parent": 40.0, "child": -36.0}
"""How the bodies of dyad-first are seated; its truth has the turn of the head against the body."""


@dataclass(frozen=True, eq=False)
class Clip:
    """One film with its truth. dim: (n,) the frames in dim light. width, height: of the picture as shown, px."""

    name: str
    film: Path
    truth: Truth
    dim: Flags
    width: int
    height: int


def clips(folder: Path = SAMPLES) -> tuple[Clip, ...]:
    """Every clip that has both film and truth, by name. Raises TruthError or ScenarioError for a wrong file."""
    found = []
    for path in sorted(folder.glob("*.truth.csv")):
        name = path.name.removesuffix(".truth.csv")
        film = folder / f"{name}.mp4"
        if film.is_file() and (name == OLD_CLIP or name.partition(".")[0] in names()):
            found.append(_old_clip(film, path) if name == OLD_CLIP else _clip(name, film, path))
    return tuple(found)


def _clip(name: str, film: Path, path: Path) -> Clip:
    scenario, truth = load(name.partition(".")[0]), read_truth(path)
    wanted = name.partition(".")[2]
    camera = next((one for one in scenario.cameras if one.id == wanted), scenario.cameras[0])
    times_us = frame_times_us(scenario, camera)
    if len(times_us) != len(truth):
        text = f"{len(truth)} frames, and its script {len(times_us)}"
        raise TruthError(f"{path.name} has {text}; make it anew with `studio truth`.")
    dim = np.array([scenario.picture.light_at(at_us) == "dim" for at_us in times_us], dtype=np.bool_)
    return Clip(name, film, truth, dim, scenario.picture.width, scenario.picture.height)


def _old_clip(film: Path, path: Path) -> Clip:
    truth = old_truth(path)
    return Clip(OLD_CLIP, film, truth, np.zeros(len(truth), np.bool_), *OLD_SIZE)


def old_truth(path: Path) -> Truth:
    """The truth of dyad-first in the new columns: the turn of the seat is added to the turn of the head."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([float(row[name]) for row in rows])

    def words(name: str) -> Words:
        return np.array([row[name] for row in rows], dtype=np.str_)

    unknown = np.full(len(rows), math.nan)

    def person(who: str) -> Person:
        target = words(f"{who}_gaze_target")
        return Person(
            target=target,
            settled=np.asarray(target != "transit", dtype=np.bool_),
            gaze_yaw_deg=unknown,
            gaze_pitch_deg=unknown,
            head_yaw_deg=column(f"{who}_head_yaw_deg") + OLD_SEAT_YAW_DEG[who],
            head_pitch_deg=unknown,
            head_roll_deg=unknown,
            face_x_px=unknown,
            face_y_px=unknown,
            face_w_px=unknown,
            face_h_px=unknown,
            face_visible=unknown,
            iris_left_x_px=unknown,
            iris_left_y_px=unknown,
            iris_right_x_px=unknown,
            iris_right_y_px=unknown,
            camera_distance_mm=column(f"{who}_cam_dist_mm"),
            mouth=unknown,
            smile=unknown,
            eyes=unknown,
            voice=column("parent_speech" if who == "parent" else "child_vocal") > 0,
            hand_to_other_mm=column("hand_gap_mm"),
        )

    return Truth(
        frame=column("frame").astype(np.int64),
        time_us=np.rint(column("time_s") * 1e6).astype(np.int64),
        parent=person("parent"),
        child=person("child"),
        head_distance_mm=column("head_distance_mm"),
        mutual_gaze=column("mutual_gaze") > 0,
        holder={},
    )
