"""From faces to signals: one segment at a time, each value with its mask."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.dyad_settings import DyadSettings
from coder.features.face import Face
from coder.features.geometry import (
    Camera,
    Floats,
    Head,
    angle_deg,
    between,
    head_distance,
    hysteresis,
    yaw_pitch_deg,
)
from coder.features.identity import SURE, Who, who_is_who
from coder.model.track import Signal

PERSONS = ("parent", "child")

_IRIS_FACE_PX = 50.0  # of a smaller face the iris is under five pixels wide
_IRIS_TURN_DEG = 60.0  # of a head turned farther from the line of sight the eyes are guessed
_HOLD_US = 500_000  # a head that is lost for longer may have turned meanwhile
_CALIBRATING = 5  # faces seen both ways before their sizes are compared

SIGNALS = (
    *(
        signal
        for person in PERSONS
        for signal in (
            Signal(f"{person}_found", f"{person.title()}: face found", "0/1", 0, 1),
            Signal(f"{person}_face_px", f"{person.title()}: width of the face", "px", 0, 400),
            Signal(f"{person}_yaw_deg", f"{person.title()}: head to image right", "deg", -90, 90),
            Signal(f"{person}_pitch_deg", f"{person.title()}: head up", "deg", -60, 60),
            Signal(f"{person}_off_other_deg", f"{person.title()}: head away from the other’s", "deg", 0, 180),
            Signal(f"{person}_toward", f"{person.title()}: head turned to the other", "0/1", 0, 1),
            Signal(f"{person}_iris_right", f"{person.title()}: iris to image right", "eye widths", -0.3, 0.3),
            Signal(f"{person}_iris_up", f"{person.title()}: iris up", "eye widths", -0.3, 0.3),
        )
    ),
    Signal("mutual_toward", "Heads turned to each other", "0/1", 0, 1),
    Signal("head_distance_heads", "Distance of heads", "head heights", 0, 6),
    Signal("identity_confidence", "Who is who: confidence", "0 … 1", 0, 1),
)
_ROW = {signal.id: row for row, signal in enumerate(SIGNALS)}


@dataclass(frozen=True, slots=True)
class Seen:
    """The faces of one frame."""

    index: int
    at_us: int
    faces: tuple[Face, ...]


class _Table:
    """Values and masks of all signals, filled cell by cell; an empty cell is invalid."""

    def __init__(self, frames: int) -> None:
        self.values: Floats = np.zeros((len(SIGNALS), frames))
        self.valid: NDArray[np.bool_] = np.zeros((len(SIGNALS), frames), np.bool_)

    def put(self, signal: str, frame: int, value: float) -> None:
        """Set one valid value."""
        self.values[_ROW[signal], frame], self.valid[_ROW[signal], frame] = value, True

    def fill(self, signal: str, values: Floats, valid: NDArray[np.bool_]) -> None:
        """Set a whole row."""
        self.values[_ROW[signal]], self.valid[_ROW[signal]] = values, valid


def measured(
    frames: Sequence[Seen], camera: Camera, settings: DyadSettings
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Values and masks, (signals, frames), of a run of frames that belong together."""
    times_us = np.array([frame.at_us for frame in frames], np.int64)
    heads = [_heads(frame.faces) for frame in frames]
    told = who_is_who(times_us.tolist(), heads, settings.child_side, camera.width_px)
    sizes = [_mesh_sized(frames, told, person) for person in PERSONS]
    table = _Table(len(frames))
    for i, (frame, who) in enumerate(zip(frames, told, strict=True)):
        _fill_frame(table, i, frame, who)
        if who.confidence >= SURE:
            _fill_heads(table, i, [size[i] for size in sizes], camera, settings)
    for person in PERSONS:
        off = _ROW[f"{person}_off_other_deg"]
        states = hysteresis(
            table.values[off],
            table.valid[off],
            times_us,
            enter=settings.toward_enter_deg,
            leave=settings.toward_leave_deg,
            hold_us=_HOLD_US,
        )
        table.fill(f"{person}_toward", *states)
    table.fill("mutual_toward", *_both(table, "parent_toward", "child_toward"))
    return table.values, table.valid


def _heads(faces: Sequence[Face]) -> list[Head]:
    return [face.head for face in faces]


def _mesh_sized(frames: Sequence[Seen], told: Sequence[Who], person: str) -> list[Head | None]:
    """A person's head in each frame, the coarse ones brought to the size that the mesh gives the same face."""
    faces = [
        frame.faces[at] if (at := getattr(who, person)) is not None else None
        for frame, who in zip(frames, told, strict=True)
    ]
    both = [f.head.px_per_cm / f.coarse.px_per_cm for f in faces if f is not None and f.meshed and f.coarse]
    ratio = float(np.median(both)) if len(both) >= _CALIBRATING else 1.0
    return [
        None
        if f is None
        else f.head
        if f.meshed
        else Head(f.head.rotation, f.head.centre_px, f.head.px_per_cm * ratio)
        for f in faces
    ]


def _fill_frame(table: _Table, i: int, frame: Seen, who: Who) -> None:
    """What a face says by itself."""
    if frame.faces:
        table.put("identity_confidence", i, who.confidence)
    for person, at in zip(PERSONS, (who.parent, who.child), strict=True):
        if not frame.faces:
            table.put(f"{person}_found", i, 0.0)
        elif who.confidence >= SURE:
            table.put(f"{person}_found", i, float(at is not None))
        if at is None or who.confidence < SURE:
            continue
        face = frame.faces[at]
        table.put(f"{person}_face_px", i, face.width_px)
        turn_deg = float(np.degrees(np.arccos(np.clip(face.head.rotation[2, 2], -1, 1))))
        if face.iris is not None and face.width_px >= _IRIS_FACE_PX and turn_deg <= _IRIS_TURN_DEG:
            table.put(f"{person}_iris_right", i, face.iris[0])
            table.put(f"{person}_iris_up", i, face.iris[1])


def _fill_heads(
    table: _Table, i: int, heads: Sequence[Head | None], camera: Camera, settings: DyadSettings
) -> None:
    """Where heads point and how they stand to each other."""
    for person, head in zip(PERSONS, heads, strict=True):
        if head is not None:
            yaw, pitch = yaw_pitch_deg(camera.forward(head))
            table.put(f"{person}_yaw_deg", i, yaw)
            table.put(f"{person}_pitch_deg", i, pitch)
    parent, child = heads
    if parent is None or child is None:
        return
    table.put("head_distance_heads", i, head_distance(parent, child))
    at_parent = camera.position_cm(parent)
    at_child = camera.position_cm(child, settings.child_face_scale)
    way = between(at_parent, at_child)
    table.put("parent_off_other_deg", i, angle_deg(camera.forward(parent), way))
    table.put("child_off_other_deg", i, angle_deg(camera.forward(child), -way))


def _both(table: _Table, a: str, b: str) -> tuple[Floats, NDArray[np.bool_]]:
    """Both are 1. Known to be false as soon as one of them is known to be 0."""
    (x, x_known), (y, y_known) = ((table.values[_ROW[row]], table.valid[_ROW[row]]) for row in (a, b))
    denied = (x_known & (x == 0)) | (y_known & (y == 0))
    together = x_known & y_known & (x == 1) & (y == 1)
    return together.astype(np.float64), denied | together
