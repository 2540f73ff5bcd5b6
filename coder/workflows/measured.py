"""What has been measured in a session: tracks on the session clock, and how much could be seen at all."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import make
from coder.model.problem import FeatureError
from coder.model.study import Media, Session
from coder.model.time import SECOND_US, Span
from coder.model.track import Coverage, FeatureTrack, Signal
from coder.store import StudyStore, TrackRecord
from coder.store.tracks import read_track_table
from coder.workflows.blinding import Blinding


def measured(store: StudyStore, session: Session) -> Coverage | None:
    """Coverage of the session's newest measurement; None before the first. Raises StoreError if it is damaged."""
    return _coverage(store, session, tuple(record.sha256 for record in store.tracks(session.id)))


@lru_cache(maxsize=4096)
def _coverage(store: StudyStore, session: Session, _sums: tuple[str, ...]) -> Coverage | None:
    """A list of sessions asks for this at every refresh; it changes only with the session or the track files."""
    tracks = {track.signal.id: track for track in _tracks(store, session, (*_FACES, *_HEADS))}
    if not set(_FACES) <= set(tracks):
        return None
    child, parent = tracks["child_found"], tracks["parent_found"]
    times_us = child.times_us
    inside = slice(*np.searchsorted(times_us, (session.window.start_us, session.window.end_us)))
    seen_child, seen_parent = _seen(child)[inside], _seen(parent)[inside]
    heads = [tracks[name].valid[inside] for name in _HEADS if name in tracks]
    both = seen_child & seen_parent
    return Coverage(
        child=_share(seen_child),
        parent=_share(seen_parent),
        both=_share(both),
        both_heads=_share(np.logical_and.reduce(heads)) if heads else None,
        longest_gap_us=_longest_gap(both, times_us[inside], session.window),
    )


def curves_of(store: StudyStore, session: Session) -> tuple[FeatureTrack, ...]:
    """The measured signals that people look at, on the session clock; () while the session is coded blind.

    Raises StoreError on a damaged track.
    """
    if Blinding.of(store, session.id).hides_curves(session.id):
        return ()
    found = {track.signal.id: track for track in _tracks(store, session, _CURVES)}
    return tuple(found[name] for name in _CURVES if name in found)


# What is worth a line under the film, in the order in which it is asked for; the rest stays in the track files.
_CURVES = (
    "child_off_other_deg",
    "parent_off_other_deg",
    "child_toward",
    "parent_toward",
    "mutual_toward",
    "head_distance_heads",
)
_FACES = ("parent_found", "child_found")
_HEADS = ("parent_yaw_deg", "child_yaw_deg")


def _tracks(store: StudyStore, session: Session, names: tuple[str, ...]) -> tuple[FeatureTrack, ...]:
    films = {media.id: media for media in session.media}
    newest: dict[tuple[str, str], TrackRecord] = {}
    for record in store.tracks(session.id):
        newest[record.media_id, record.provenance.extractor] = record
    found: list[FeatureTrack] = []
    for record in newest.values():
        table = read_track_table(store, record, [name for name in names if name in record.signals])
        times_us = _session_times(table.at_us, films[record.media_id])
        for signal in _signals(record):
            if signal.id in table.signals:
                values = table.values(signal.id).astype(np.float64)
                found.append(FeatureTrack(signal, times_us, values, table.valid(signal.id), record.provenance))
    return tuple(found)


def _signals(record: TrackRecord) -> tuple[Signal, ...]:
    """What the columns mean, by the extractor's own word; by their names if it is not installed here."""
    try:
        return make(record.provenance.extractor, record.provenance.settings).signals
    except FeatureError:
        return tuple(Signal(name, name, "", 0, 1) for name in record.signals)


def _session_times(at_us: NDArray[np.int64], media: Media) -> NDArray[np.int64]:
    """The arithmetic of `Media.to_session_us` for whole arrays."""
    return media.offset_us + at_us - at_us * media.skew_ppm // SECOND_US


def _seen(track: FeatureTrack) -> NDArray[np.bool_]:
    return track.valid & (track.values > 0.5)


def _share(mask: NDArray[np.bool_]) -> float | None:
    return float(mask.mean()) if mask.size else None


def _longest_gap(mask: NDArray[np.bool_], times_us: NDArray[np.int64], window: Span) -> int:
    """The longest time from a frame without to the next frame with, in µs."""
    edges = np.append(times_us, window.end_us)
    lost = np.concatenate(([False], ~mask, [False])).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(lost) == 1), np.flatnonzero(np.diff(lost) == -1)
    return int((edges[ends] - edges[starts]).max()) if len(starts) else 0
