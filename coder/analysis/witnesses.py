"""Several cameras, several witnesses: second by second the one that sees better speaks."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coder.model.time import SECOND_US
from coder.model.track import FeatureTrack

Tracks = Mapping[str, FeatureTrack]
"""The tracks of one camera on the session clock, by the ids of their signals."""

PERSONS = ("parent", "child")

_FACE = ("found", "face_px", "yaw_deg")  # what tells how well a camera sees somebody
_CLEARLY = 1.2  # how much better another camera must see before it takes over: none is left for a flicker
_PROFILE = 0.3  # what a face in full profile is worth against one that looks into the camera
_STALE_US = 500_000  # a value that is older says nothing about now

Floats = NDArray[np.float64]


def better_seen(cameras: Sequence[Tracks]) -> dict[str, FeatureTrack]:
    """One track for each signal, put together from all cameras; every value stays at the time of its own frame.

    A person's signals come from the camera that shows the face larger and less turned away, those of both from the
    camera that shows the worse seen of the two better. A signal that no face belongs to comes from the camera that
    has more valid values. Whoever wants to hear each witness by itself reads the cameras' own tracks. The
    provenance is that of the camera that speaks longest.
    """
    if len(cameras) == 1:
        return dict(cameras[0])
    joined: dict[str, FeatureTrack] = {}
    for name in dict.fromkeys(name for tracks in cameras for name in tracks):
        heard = [tracks for tracks in cameras if name in tracks]
        joined[name] = heard[0][name] if len(heard) == 1 else _joined(name, heard)
    if "both_found" in joined and all(f"{person}_found" in joined for person in PERSONS):
        joined["both_found"] = _both_found(joined)
    return joined


def sampled(track: FeatureTrack, times_us: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
    """Values and mask, (n,) each, at other times: of the newest frame, unless it is older than half a second."""
    if not track.times_us.size:
        return np.zeros(times_us.size), np.zeros(times_us.size, np.bool_)
    at = np.searchsorted(track.times_us, times_us, side="right") - 1
    newest = np.maximum(at, 0)
    fresh = (at >= 0) & (times_us - track.times_us[newest] <= _STALE_US)
    return track.values[newest], track.valid[newest] & fresh


def _joined(name: str, heard: Sequence[Tracks]) -> FeatureTrack:
    ends_us = [int(tracks[name].times_us[-1]) for tracks in heard if tracks[name].times_us.size]
    begins_us = [int(tracks[name].times_us[0]) for tracks in heard if tracks[name].times_us.size]
    if not ends_us:
        return heard[0][name]
    first = min(begins_us) // SECOND_US
    seconds = max(ends_us) // SECOND_US - first + 1
    speaks = _speaker(np.array([_sight(name, tracks, first, seconds) for tracks in heard]))
    parts = []
    for number, tracks in enumerate(heard):
        track = tracks[name]
        mine = speaks[track.times_us // SECOND_US - first] == number
        parts.append((track, np.flatnonzero(mine)))
    times_us = np.concatenate([track.times_us[mine] for track, mine in parts])
    times_us, order = np.unique(times_us, return_index=True)
    reasons = [track.why[mine] if track.why is not None else None for track, mine in parts]
    longest = max(parts, key=lambda part: len(part[1]))[0]
    return FeatureTrack(
        longest.signal,
        times_us,
        np.concatenate([track.values[mine] for track, mine in parts])[order],
        np.concatenate([track.valid[mine] for track, mine in parts])[order],
        longest.provenance,
        None if any(said is None for said in reasons) else np.concatenate([*filter(_said, reasons)])[order],
    )


def _said(reasons: NDArray[np.uint8] | None) -> bool:
    return reasons is not None


def _speaker(sight: Floats) -> NDArray[np.int64]:
    """Which camera speaks in each second; sight: (cameras, seconds)."""
    speaks = np.empty(sight.shape[1], np.int64)
    now = 0
    for second in range(sight.shape[1]):
        best = int(np.argmax(sight[:, second]))
        if sight[best, second] > _CLEARLY * sight[now, second]:
            now = best
        speaks[second] = now
    return speaks


def _sight(name: str, tracks: Tracks, first: int, seconds: int) -> Floats:
    """How well a camera sees what a signal is about, (seconds,)."""
    persons = [person for person in PERSONS if name.startswith(f"{person}_")] or list(PERSONS)
    own = tracks[name]
    if any(f"{person}_{what}" not in tracks for person in persons for what in _FACE):
        return _by_second(own.times_us, own.valid.astype(np.float64), first, seconds)
    views = []
    for person in persons:
        found, width, yaw = (tracks[f"{person}_{what}"] for what in _FACE)
        width_px, sized = sampled(width, found.times_us)
        turn_deg, turned = sampled(yaw, found.times_us)
        facing = np.where(turned, np.maximum(np.cos(np.radians(turn_deg)), _PROFILE), _PROFILE)
        there = found.valid & (found.values > 0.5) & sized
        views.append(_by_second(found.times_us, np.where(there, width_px * facing, 0.0), first, seconds))
    return np.asarray(np.min(views, axis=0))


def _by_second(times_us: NDArray[np.int64], values: Floats, first: int, seconds: int) -> Floats:
    """The mean of each second, 0 where there is no frame."""
    at = times_us // SECOND_US - first
    inside = (at >= 0) & (at < seconds)
    sums = np.bincount(at[inside], values[inside], seconds)
    counts = np.bincount(at[inside], minlength=seconds)
    return np.asarray(sums / np.maximum(counts, 1))


def _both_found(joined: Tracks) -> FeatureTrack:
    """Both are there if each is seen by some camera, not only if one camera sees both."""
    track = joined["both_found"]
    values, valid = [], []
    for person in PERSONS:
        found, known = sampled(joined[f"{person}_found"], track.times_us)
        values.append(found > 0.5)
        valid.append(known)
    both, known = values[0] & values[1], valid[0] & valid[1]
    missing = (valid[0] & ~values[0]) | (valid[1] & ~values[1])  # one who is surely not there settles it
    why = None if track.why is None else np.where(known | missing, 0, np.maximum(track.why, 1)).astype(np.uint8)
    return FeatureTrack(
        track.signal, track.times_us, both.astype(np.float64), known | missing, track.provenance, why
    )
