"""Results of OpenFace 2 (FeatureExtraction, FaceLandmarkVidMulti): a table with a row for each face and frame.

Frames count from 1 and are taken as the film's frames in order; the stated `timestamp` is nominal and not used.
`face_id` tells faces of one frame apart and does not follow a person: say which is whose, and look at the result.
Angles are radians in the camera's frame (x right, y down, z away). Here they become degrees, yaw positive to image
right, pitch positive up, roll positive clockwise: pose_Ry and pose_Rx and gaze_angle_y change their sign
(R = Rx · Ry · Rz of a face that looks along −z; gaze_angle = atan2(x, −z), atan2(y, −z)). A row whose `success` is
0, or whose confidence is below `LEAST`, is not valid.
(Baltrušaitis et al. 2018; OpenFace wiki, "Output Format"; its RotationHelpers.h and GazeEstimation.cpp.)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coder.formats.tracks_table import Mistakes, TrackTable, columns_of, number, table_rows, whole
from coder.language import plural, tr
from coder.model.track import Signal, Why

LEAST = 0.7
"""The least confidence that counts: our choice, told in the track."""

_DEGREES = 180 / np.pi
_NEEDED = ("frame", "confidence", "success")
_UNIT = re.compile(r"AU\d\d_[rc]")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the file and what becomes of it: the end of the signal's id, its label, unit, factor, frame."""

    name: str
    id: str
    label: str
    unit: str
    factor: float
    low: float
    high: float


_KNOWN = (
    _Column("pose_Ry", "yaw_deg", "head to image right (OpenFace)", "deg", -_DEGREES, -90, 90),
    _Column("pose_Rx", "pitch_deg", "head up (OpenFace)", "deg", -_DEGREES, -60, 60),
    _Column("pose_Rz", "roll_deg", "head clockwise (OpenFace)", "deg", _DEGREES, -60, 60),
    _Column("gaze_angle_x", "gaze_yaw_deg", "gaze to image right (OpenFace)", "deg", _DEGREES, -60, 60),
    _Column("gaze_angle_y", "gaze_pitch_deg", "gaze up (OpenFace)", "deg", -_DEGREES, -60, 60),
    _Column("pose_Tz", "distance_mm", "distance from the camera (OpenFace)", "mm", 1, 0, 3000),
)


def read_openface(path: Path, faces: Mapping[str, str]) -> TrackTable:
    """faces: the person whose face each `face_id` is; the id "" stands for the only face of the file.

    Raises FormatError with all the file's problems.
    """
    mistakes = Mistakes(path.name)
    heading = columns_of(path)
    taken = [column for column in _KNOWN if column.name in heading]
    taken += [_action_unit(name) for name in heading if _UNIT.fullmatch(name)]
    if not taken:
        hint = tr("Run OpenFace with -pose, -gaze or -aus.")
        mistakes.add(tr("The table has no head pose, no gaze and no action units."), hint, 1)
    several = "face_id" in heading
    wanted = [*_NEEDED, *(["face_id"] if several else []), *(column.name for column in taken)]
    rows: dict[tuple[int, str], list[float]] = {}
    for line, cells in table_rows(path, wanted, mistakes):
        numbers = [number(cell) for cell in cells]
        for name, cell, found in zip(wanted, cells, numbers, strict=True):
            if found is None:
                mistakes.add(tr("“{cell}” is not a number.", cell=cell[:30]), row=line, column=name)
        known = [found for found in numbers if found is not None]
        if len(known) < len(numbers):
            continue
        frame, face = whole(known[0]), whole(known[3]) if several else 0
        if frame is None:
            mistakes.add(tr("There is no frame {frame}.", frame=cells[0][:30]), row=line, column="frame")
        elif face is None:
            mistakes.add(tr("There is no face {face}.", face=cells[3][:30]), row=line, column="face_id")
        elif (frame, str(face)) in rows:
            what = tr("Frame {frame} of face {face} stands there twice.", frame=frame, face=face)
            mistakes.add(what, row=line, column="frame")
        else:
            rows[frame, str(face)] = known
    mistakes.raise_if_any()
    if not rows:
        mistakes.add(tr("The table has no rows."))
    persons = _persons(sorted({face for _, face in rows}), faces, mistakes)
    mistakes.raise_if_any()
    return _table(rows, taken, persons, 4 if several else 3)


def _persons(found: list[str], faces: Mapping[str, str], mistakes: Mistakes) -> dict[str, str]:
    """The person of each face that is taken."""
    hint = tr("The file has the faces {faces}.", faces=", ".join(found))
    if "" in faces:
        if len(found) > 1:
            mistakes.add(tr("There are several faces; say whose each one is."), hint, column="face_id")
        return dict.fromkeys(found, faces[""])
    for face in faces:
        if face not in found:
            mistakes.add(tr("There is no face {face}.", face=face), hint, column="face_id")
    if len(set(faces.values())) < len(faces):
        mistakes.add(tr("One person cannot have two faces."), column="face_id")
    return dict(faces)


def _table(
    rows: Mapping[tuple[int, str], list[float]], taken: list[_Column], persons: Mapping[str, str], first: int
) -> TrackTable:
    counted_from = 0 if any(frame == 0 for frame, _ in rows) else 1
    frames = np.array(sorted({frame for frame, _ in rows}), np.int64)
    signals: list[Signal] = []
    values, valid, why = {}, {}, {}
    for face, person in persons.items():
        there = np.array([(int(frame), face) in rows for frame in frames])
        nothing = [0.0] * (first + len(taken))
        cells = np.array([rows.get((int(frame), face), nothing) for frame in frames])
        good = there & (cells[:, 2] > 0.5) & (cells[:, 1] >= LEAST)
        reasons = np.where(good, Why.SEEN, np.where(there & (cells[:, 2] > 0.5), Why.NOT_SAID, Why.NO_FACE))
        for at, column in enumerate(taken):
            signal = _signal(person, column)
            signals.append(signal)
            values[signal.id] = np.where(good, cells[:, first + at] * column.factor, 0.0)
            valid[signal.id] = good
            why[signal.id] = reasons.astype(np.uint8)
        sure = Signal(f"{person}_openface_confidence", f"{person}: confidence (OpenFace)", "0–1", 0, 1)
        signals.append(sure)
        values[sure.id], valid[sure.id] = cells[:, 1], there
        why[sure.id] = np.where(there, Why.SEEN, Why.NO_FACE).astype(np.uint8)
    left = sorted({face for _, face in rows} - set(persons))
    remarks = (
        (plural("Face {faces} is left out.", "Faces {faces} are left out.", len(left), faces=", ".join(left)),)
        if left
        else ()
    )
    settings = {f"face {face}": person for face, person in persons.items()}
    settings |= {"least confidence": str(LEAST), "frames counted from": str(counted_from)}
    return TrackTable(
        "openface", "", frames - counted_from, None, tuple(signals), values, valid, settings, why, remarks
    )


def _signal(person: str, column: _Column) -> Signal:
    return Signal(
        f"{person}_openface_{column.id}", f"{person}: {column.label}", column.unit, column.low, column.high
    )


def _action_unit(name: str) -> _Column:
    label = f"action unit {int(name[2:4])} (OpenFace)"
    if name.endswith("r"):
        return _Column(name, name.lower(), label, "0–5", 1, 0, 5)
    return _Column(name, name.lower(), label + ", there or not", "0/1", 1, 0, 1)
