"""What has been measured in a session: tracks on the session clock, and how much could be seen at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from coder.analysis.episodes import episodes
from coder.analysis.witnesses import better_seen, sampled
from coder.evidence.coverage import Faces
from coder.evidence.held import Held
from coder.features.concluding.signals import SIGNALS
from coder.features.extractor import Concludes, make
from coder.formats.tracks_table import signals_of_texts
from coder.model.problem import FeatureError
from coder.model.study import Media, Session
from coder.model.time import SECOND_US, Span
from coder.model.track import Coverage, Episode, FeatureTrack, Signal
from coder.store import StudyStore, TrackRecord
from coder.store.tracks import read_track_table
from coder.workflows.blinding import Blinding
from coder.workflows.concluding import CONCLUDED, SEEN

"""Who concludes what parent and child do from what was seen of everybody."""

# What is worth a line under the film, in the order in which it is asked for; the rest stays in the track files.
CURVES = (
    "child_gaze_off_face_deg",
    "parent_gaze_off_face_deg",
    "child_looks_face",
    "parent_looks_face",
    "mutual_face",
    "child_toward",
    "parent_toward",
    "mutual_toward",
    "head_distance_heads",
    "touch",
    "child_motion",
    "parent_motion",
    "motion_synchrony",
    "voice",
)
EPISODES = ("mutual_face", "child_looks_face", "parent_looks_face", "touch", "voice")
"""The 0/1 signals whose episodes are drawn on the timeline, in this order."""

_OURS = (SEEN, CONCLUDED, "voice", "dyad-faces")  # the last in studies that were measured before
_MOST_OF_OTHERS = 8  # a program may measure hundreds
_FACES = ("child_found", "parent_found")
_HEADS = ("child_yaw_deg", "parent_yaw_deg")


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """What one film of a session says by itself, on the session clock."""

    media: Media
    tracks: Mapping[str, FeatureTrack]


def witnesses(store: StudyStore, session: Session, names: Sequence[str] | None = None) -> tuple[Witness, ...]:
    """Each measured film by itself, in the session's order; of signals measured twice, the newest.

    Raises StoreError if a track is damaged.
    """
    found = []
    for media in session.media:
        newest: dict[str, TrackRecord] = {}
        for record in store.tracks(session.id):
            if record.media_id == media.id and not _only_seen(record):
                newest |= dict.fromkeys(record.signals, record)
        tracks: dict[str, FeatureTrack] = {}
        for record in {record.id: record for record in newest.values()}.values():
            wanted = [
                name for name in record.signals if newest[name] is record and (names is None or name in names)
            ]
            if wanted:
                tracks |= _read(store, record, media, wanted)
        if tracks:
            ordered = names if names is not None else tuple(tracks)
            found.append(Witness(media, {name: tracks[name] for name in ordered if name in tracks}))
    return tuple(found)


def tracks_of(
    store: StudyStore, session: Session, names: Sequence[str] | None = None
) -> Mapping[str, FeatureTrack]:
    """The measured signals of a session by their ids; of several cameras, the better seen wins second by second.

    Raises StoreError if a track is damaged. Asks nobody who must stay blind: see `curves_of`.
    """
    asked = None if names is None else (*names, *_SIGHT)
    heard = [witness.tracks for witness in witnesses(store, session, asked)]
    joined = better_seen(heard) if heard else {}
    return {name: track for name, track in joined.items() if names is None or name in names}


_SIGHT = (*_FACES, *_HEADS, "child_face_px", "parent_face_px")  # what tells which camera sees better


def measured(store: StudyStore, session: Session) -> Coverage | None:
    """Coverage of the session's newest measurement; None before the first. Raises StoreError if it is damaged."""
    # a list of sessions asks for this at every refresh; it changes only with the session or the track files
    known = _known.setdefault(store, {})
    key = (session, tuple(record.sha256 for record in store.tracks(session.id)))
    if key not in known:
        known[key] = _coverage(store, session)
    return known[key]


_known: "WeakKeyDictionary[StudyStore, dict[object, Coverage | None]]" = WeakKeyDictionary()


def _coverage(store: StudyStore, session: Session) -> Coverage | None:
    tracks = tracks_of(store, session, (*_FACES, *_HEADS))
    if not set(_FACES) <= set(tracks):
        return None
    faces, window = Faces.of(tracks), session.window
    held = Held.of(tracks["child_found"])
    if faces is None or not ((held.start_us < window.end_us) & (held.end_us > window.start_us)).any():
        return Coverage(None, None, None, None, window.duration_us)
    found = [sampled(tracks[name], held.start_us) for name in _FACES]
    both = np.logical_and.reduce([valid & (values > 0.5) for values, valid in found])
    child, parent, both_share, both_heads = (
        faces.share(what, (window,)) for what in ("child", "parent", "both", "both_heads")
    )
    gap_us = _longest_gap(held.start_us[both], held.end_us[both], window)
    return Coverage(child, parent, both_share, both_heads, gap_us)


def curves_of(store: StudyStore, session: Session) -> tuple[FeatureTrack, ...]:
    """The measured signals that people look at, on the session clock; () while the session is coded blind.

    Raises StoreError on a damaged track.
    """
    if Blinding.of(store, session.id).hides_curves(session.id):
        return ()
    names = (*CURVES, *_of_others(store, session))
    found = tracks_of(store, session, names)
    return tuple(found[name] for name in names if name in found)


def _of_others(store: StudyStore, session: Session) -> tuple[str, ...]:
    """Of each plug-in and other program the signals that it names first; nobody here knows which matter."""
    others = [record for record in store.tracks(session.id) if record.provenance.extractor not in _OURS]
    first = (name for record in others for name in record.signals[:_MOST_OF_OTHERS])
    return tuple(dict.fromkeys(name for name in first if name not in CURVES))


def episodes_of(curves: Sequence[FeatureTrack], window: Span) -> tuple[tuple[Episode, ...], ...]:
    """The episodes of the curves that have some, one row a signal, in the order of `EPISODES`."""
    by_id = {track.signal.id: track for track in curves}
    rows = (episodes(by_id[name], window) for name in EPISODES if name in by_id)
    return tuple(row for row in rows if row)


def _read(store: StudyStore, record: TrackRecord, media: Media, wanted: Sequence[str]) -> dict[str, FeatureTrack]:
    table = read_track_table(store, record, wanted)
    times_us = _session_times(table.at_us, media)
    known = {signal.id: signal for signal in _signals(record)}  # what is not among them is read by its name
    return {
        name: FeatureTrack(
            known.get(name) or Signal(name, name, "", 0, 1),
            times_us,
            table.values(name).astype(np.float64),
            table.valid(name),
            record.provenance,
            table.why(name),
        )
        for name in dict.fromkeys((*(name for name in known if name in table.signals), *table.signals))
    }


def _only_seen(record: TrackRecord) -> bool:
    """Whether a track holds what was seen before anybody asked who it is; people look at what is concluded."""
    try:
        return isinstance(make(record.provenance.extractor, record.provenance.settings), Concludes)
    except FeatureError:
        return False


def _signals(record: TrackRecord) -> tuple[Signal, ...]:
    """What the columns mean: by the track's own word if it was imported, else by its extractor's, if that is
    installed here, else by their names."""
    if told := signals_of_texts(record.provenance.settings):
        return told
    if record.provenance.extractor == CONCLUDED:
        return SIGNALS
    try:
        return make(record.provenance.extractor, record.provenance.settings).signals
    except FeatureError:
        return tuple(Signal(name, name, "", 0, 1) for name in record.signals)


def _session_times(at_us: NDArray[np.int64], media: Media) -> NDArray[np.int64]:
    """The arithmetic of `Media.to_session_us` for whole arrays."""
    return media.offset_us + at_us - at_us * media.skew_ppm // SECOND_US


def _longest_gap(start_us: NDArray[np.int64], end_us: NDArray[np.int64], window: Span) -> int:
    """The longest stretch of the window, in µs, that none of some stretches in order covers."""
    starts = np.clip(np.append(start_us, window.end_us), window.start_us, window.end_us)
    ends = np.clip(np.append(window.start_us, end_us), window.start_us, window.end_us)
    return int((starts - ends).max())
