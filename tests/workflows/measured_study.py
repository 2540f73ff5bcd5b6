"""A supervised study whose sessions are measured: tracks written from the truth of the sample films.

What a perfect measurement at 12.5 looks a second would have: whoever is turned to the other's face, how far the
heads are apart. Where a face is hidden, and in one stretch of ten seconds, nothing is valid, with reasons.
"""

import csv
from pathlib import Path

import numpy as np

from coder.model.study import Session
from coder.model.time import SECOND_US, Span
from coder.model.track import Provenance, Why
from coder.store import StudyStore
from coder.store.tracks import write_track_table
from tests.workflows.supervised import SAMPLES

DARK = Span(30 * SECOND_US, 40 * SECOND_US)
"""Nothing is seen here of any session that lasts so long."""

_EVERY = 2
_HEAD_MM = 220.0


def measure(
    store: StudyStore,
    session: Session,
    *,
    dark: Span = DARK,
    seen: float = 1.0,
    turned: Span | None = None,
    version: str = "9.1",
) -> None:
    """Write the tracks of a session.

    seen: only in the first so much of its looks anything is seen. turned: here heads are said to be turned to the
    other where they are not, and away where they are.
    """
    (film,) = session.media
    text = (SAMPLES / f"{session.name}.truth.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))[::_EVERY]
    at_us = np.array([round(float(row["time_s"]) * SECOND_US) for row in rows], np.int64)
    lit = ~((at_us >= dark.start_us) & (at_us < dark.end_us)) & (np.arange(len(rows)) < seen * len(rows))
    visible = {who: np.array([float(row[f"{who}_face_visible"]) for row in rows]) > 0.3 for who in _PEOPLE}
    faces = {
        who: np.array([row[f"{who}_target"] == f"{other}_face" for row in rows], float)
        for who, other in _PEOPLE.items()
    }
    both = visible["child"] & visible["parent"]
    if turned is not None:
        wrong = (at_us >= turned.start_us) & (at_us < turned.end_us)
        faces = {who: np.where(wrong, 1 - values, values) for who, values in faces.items()}
    apart = np.array([float(row["head_distance_mm"]) for row in rows]) / _HEAD_MM
    signals = {
        **{f"{who}_found": (visible[who].astype(float), lit) for who in _PEOPLE},
        **{f"{who}_yaw_deg": (np.zeros(len(rows)), lit & visible[who]) for who in _PEOPLE},
        **{f"{who}_toward": (faces[who], lit & visible[who]) for who in _PEOPLE},
        **{f"{who}_looks_face": (faces[who], lit & visible[who]) for who in _PEOPLE},
        "both_found": (both.astype(float), lit),
        "mutual_toward": (faces["child"] * faces["parent"], lit & both),
        "mutual_face": (faces["child"] * faces["parent"], lit & both),
        "head_distance_heads": (apart, lit & both),
    }
    columns = {"frame": np.arange(0, len(rows) * _EVERY, _EVERY, dtype=np.int64), "at_us": at_us}
    for name, (values, valid) in signals.items():
        why = np.where(valid, Why.SEEN, np.where(lit, Why.NO_FACE, Why.DARK))
        columns |= {name: np.where(valid, values, 0).astype(np.float32), f"{name}.valid": valid}
        columns |= {f"{name}.why": why.astype(np.uint8)}
    models = {"face_landmarker.task": "ab" * 32}
    made = Provenance("dyad", version, film.fingerprint.sha256, {"rate_hz": "12.5"}, models, {}, len(rows), 0)
    write_track_table(store, film.id, columns, made)


def damage(store: StudyStore, session: Session) -> Path:
    """Turn one bit of a session's track."""
    (record,) = store.tracks(session.id)
    path = store.folder / record.path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    return path


_PEOPLE = {"child": "parent", "parent": "child"}
