"""Looks as the columns of a track, and back: how what was seen is kept.

A row is a look, a column one number of one sighting: `s0_score` … `s7_motion`, for as many sightings as are kept
of a frame, and a few numbers of the whole picture. What was not seen is not valid. Numbers only: nothing here
loads a model.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from coder.features.face import Box, Face
from coder.features.geometry import Floats, Head
from coder.features.sighting import JOINTS, MOST, Body, Look, Sighting
from coder.model.track import Signal

Columns = Mapping[str, NDArray[Any]]

APPEARANCE = 16
"""How many numbers `Sighting.appearance` has, if it has any."""

_PICTURE = ("width_px", "height_px", "light", "sharpness", "camera_px", "light_change")
_HEAD = ("turn_x", "turn_y", "turn_z", "x_px", "y_px", "px_per_cm")
_FACE = (
    *("left_px", "top_px", "right_px", "bottom_px", "face_px", "meshed", "iris_right", "iris_up"),
    *_HEAD,
    *(f"coarse_{part}" for part in _HEAD),
)
_PLAIN = ("score", "iris_px", "eyes_open", "mouth_open", "sharpness", "light", "motion", "followed")
_BODY = tuple(f"{joint}_{part}" for joint in JOINTS for part in ("x_px", "y_px", "seen"))
_SIGHTING = (*_PLAIN, *_FACE, *_BODY, *(f"look_{number}" for number in range(APPEARANCE)))
_AT_FACE = len(_PLAIN)
_AT_TURNS = (_AT_FACE + 8, _AT_FACE + 8 + len(_HEAD))
_AT_BODY = _AT_FACE + len(_FACE)
_AT_LOOK = _AT_BODY + len(_BODY)

NAMES = (*_PICTURE, *(f"s{slot}_{name}" for slot in range(MOST) for name in _SIGHTING))
"""The columns beside `frame` and `at_us`, in order."""

SIGNALS = tuple(Signal(name, name, "", 0, 1) for name in NAMES)
"""What is kept, as the signals of an extractor; nobody draws them as curves."""


def numbers_of(looks: Sequence[Look]) -> tuple[Floats, NDArray[np.bool_]]:
    """(values, valid), both (len(NAMES), n): of each look its sightings, the surest `MOST` of them."""
    pictures = np.array([[_number(getattr(look, name)) for name in _PICTURE] for look in looks]).reshape(
        len(looks), len(_PICTURE)
    )
    people = np.full((len(looks), MOST, len(_SIGHTING)), np.nan)
    for row, look in enumerate(looks):
        for slot, seen in enumerate(kept(look.sightings)):
            _write(people[row, slot], seen)
    values = np.concatenate([pictures, people.reshape(len(looks), MOST * len(_SIGHTING))], axis=1).T
    valid = ~np.isnan(values)
    return np.where(valid, values, 0.0), valid


def columns_of(looks: Sequence[Look]) -> Columns:
    """The columns of a track table: `frame`, `at_us`, and each of NAMES as float32 with its `.valid`."""
    values, valid = numbers_of(looks)
    columns: dict[str, NDArray[Any]] = {
        "frame": np.array([look.index for look in looks], np.int64),
        "at_us": np.array([look.at_us for look in looks], np.int64),
    }
    for name, value, mask in zip(NAMES, values.astype(np.float32), valid, strict=True):
        columns[name], columns[f"{name}.valid"] = value, mask
    return columns


def looks_of(columns: Columns) -> list[Look]:
    """The looks that `columns_of` was given: the same up to the precision of float32.

    Raises KeyError if a column is missing.
    """
    count = len(columns["frame"])
    pictures = _stacked(columns, _PICTURE).tolist()
    sightings: list[list[Sighting]] = [[] for _ in range(count)]
    for slot in range(MOST):
        rows = np.flatnonzero(columns[f"s{slot}_score.valid"])
        if rows.size:
            people = _stacked(columns, [f"s{slot}_{name}" for name in _SIGHTING])[rows]
            for row, sighting in zip(rows.tolist(), _read(people), strict=True):
                sightings[row].append(sighting)
    indices, times = columns["frame"].tolist(), columns["at_us"].tolist()
    return [
        Look(
            index=indices[row],
            at_us=times[row],
            width_px=int(width),
            height_px=int(height),
            sightings=tuple(sightings[row]),
            light=light,
            sharpness=sharpness,
            camera_px=_told(camera),
            light_change=_told(change),
        )
        for row, (width, height, light, sharpness, camera, change) in enumerate(pictures)
    ]


def _stacked(columns: Columns, names: Sequence[str]) -> Floats:
    """(n, len(names)), NaN where nothing was seen."""
    values = np.array([columns[name] for name in names], np.float64)
    values[~np.array([columns[f"{name}.valid"] for name in names], np.bool_)] = np.nan
    return values.T


def kept(sightings: Iterable[Sighting]) -> list[Sighting]:
    """The surest `MOST` sightings, the surest first."""
    return sorted(sightings, key=lambda seen: -seen.score)[:MOST]


def _write(row: Floats, seen: Sighting) -> None:
    row[:_AT_FACE] = [float(_number(getattr(seen, name))) for name in _PLAIN]
    if seen.face is not None:
        face = seen.face
        iris = face.iris or (np.nan, np.nan)
        row[_AT_FACE : _AT_TURNS[0]] = (
            *(face.box.left, face.box.top, face.box.right, face.box.bottom),
            *(face.width_px, face.meshed, *iris),
        )
        for start, head in zip(_AT_TURNS, (face.head, face.coarse), strict=True):
            if head is not None:
                turn = Rotation.from_matrix(head.rotation).as_rotvec()
                row[start : start + len(_HEAD)] = (*turn, *head.centre_px, head.px_per_cm)
    if seen.body is not None:
        row[_AT_BODY:_AT_LOOK] = np.column_stack([seen.body.points_px, seen.body.seen]).ravel()
    if seen.appearance:
        row[_AT_LOOK:] = seen.appearance


def _read(rows: Floats) -> Iterable[Sighting]:
    """One sighting for each row."""
    heads = [_heads(rows[:, start : start + len(_HEAD)]) for start in _AT_TURNS]
    bodies = rows[:, _AT_BODY:_AT_LOOK].reshape(-1, len(JOINTS), 3)
    embodied = np.isfinite(bodies[:, 0, 0])
    for at, row in enumerate(rows.tolist()):
        score, iris_px, eyes_open, mouth_open, sharpness, light, motion, followed = row[:_AT_FACE]
        head, face = heads[0][at], None
        if head is not None:
            left, top, right, bottom, width, meshed, iris_right, iris_up = row[_AT_FACE : _AT_TURNS[0]]
            face = Face(
                Box(left, top, right, bottom),
                head,
                heads[1][at],
                meshed=bool(meshed),
                width_px=width,
                iris=None if isnan(iris_right) else (iris_right, iris_up),
            )
        yield Sighting(
            face=face,
            body=Body(bodies[at, :, :2], bodies[at, :, 2]) if embodied[at] else None,
            score=score,
            iris_px=_told(iris_px),
            eyes_open=_told(eyes_open),
            mouth_open=_told(mouth_open),
            sharpness=sharpness,
            light=light,
            appearance=() if isnan(row[_AT_LOOK]) else tuple(row[_AT_LOOK:]),
            motion=_told(motion),
            followed=bool(followed),
        )


def _heads(rows: Floats) -> list[Head | None]:
    """One head for each row (n, 6), None where there is none."""
    known = np.isfinite(rows[:, 0])
    turns = Rotation.from_rotvec(np.nan_to_num(rows[:, :3])).as_matrix()
    return [
        Head(turn, (x, y), px_per_cm) if there else None
        for turn, there, (x, y, px_per_cm) in zip(turns, known.tolist(), rows[:, 3:].tolist(), strict=True)
    ]


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _told(value: float) -> float | None:
    return None if isnan(value) else value
