"""From what was seen to signals of parent and child: quick, and done again whenever a person says who is who."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from importlib.metadata import version
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.signals import Concluded, concluded
from coder.features.concluding.who import Identified, identified
from coder.features.look_columns import looks_of
from coder.features.sighting import Look
from coder.language import tr
from coder.model.persons import IdentityMark
from coder.model.problem import CoderError, FeatureError, Problem
from coder.model.track import Provenance
from coder.store import StudyStore, TrackRecord
from coder.store.tracks import read_track_table, write_track_table

SEEN, CONCLUDED = "people", "dyad"
"""The names of the tracks of what was seen, and of what is concluded from it."""

_NO_MARKS = "none"

VERSION = "1"
"""Of the conclusion: stands in its tracks, and changes whenever the same looks lead to other numbers."""


def conclude(store: StudyStore, media_id: str, settings: Mapping[str, str] | None = None) -> TrackRecord:
    """Conclude from the newest track of what was seen in a film; the result takes the place of an older one.

    settings: of concluding, as text; None for those of the last time. Raises FeatureError for a setting that does
    not exist and where nothing was seen yet, StoreError if the track is damaged or the disk refuses.
    """
    chosen = ConcludingSettings.of(last_settings(store, media_id) if settings is None else settings)
    seen = newest(store, media_id, SEEN)
    if seen is None:
        film = store.media(media_id).path
        raise FeatureError(Problem(tr("This film was not measured yet."), film, tr("Measure it first.")))
    looks, who = who_is_who(store, seen, chosen)
    columns = _columns(concluded(looks, who, chosen))
    made = write_track_table(store, media_id, columns, _provenance(store, seen, chosen))
    for old in _records(store, media_id, CONCLUDED):
        if old.id != made.id:
            store.remove_track(old.id)
    return made


def lags(store: StudyStore, media_id: str) -> bool:
    """Whether what is concluded is behind what was seen and said: a kill or a full disk came in between."""
    seen, last = newest(store, media_id, SEEN), newest(store, media_id, CONCLUDED)
    if seen is None:
        return False
    if last is None or last.provenance.version != VERSION:
        return True
    told = {"seen": _seen_words(seen), "marks": _marks_words(store.identity_marks(media_id))}
    return any(last.provenance.settings.get(name) != words for name, words in told.items())


def catch_up(store: StudyStore) -> None:
    """Conclude again from all films in which people have said who is who since, if a kill came in between.

    A track that is damaged waits until somebody asks for it and is told.
    """
    marked = {mark.media_id for mark in store.identity_marks()}
    concluded_with = {
        record.media_id: record.provenance.settings.get("marks", _NO_MARKS)
        for record in store.tracks()
        if record.provenance.extractor == CONCLUDED
    }
    for media_id, words in concluded_with.items():
        if (media_id in marked or words != _NO_MARKS) and lags(store, media_id):
            with suppress(CoderError):
                conclude(store, media_id)


def last_settings(store: StudyStore, media_id: str) -> dict[str, str]:
    """With which settings, as text, was last concluded in this film; {} if it never was."""
    last = newest(store, media_id, CONCLUDED)
    known = {field.name for field in fields(ConcludingSettings)}
    return {name: text for name, text in last.provenance.settings.items() if name in known} if last else {}


def newest(store: StudyStore, media_id: str, extractor: str) -> TrackRecord | None:
    """The newest track of a film that an extractor made."""
    return next(reversed(_records(store, media_id, extractor)), None)


def who_is_who(
    store: StudyStore, seen: TrackRecord, settings: ConcludingSettings
) -> tuple[Sequence[Look], Identified]:
    """What was seen, and who is who in it by the marks that hold. Raises StoreError if the track is damaged."""
    marks = store.identity_marks(seen.media_id)
    kept = _kept.get(store)
    if kept is None or kept.sha256 != seen.sha256:
        kept = _Kept(seen.sha256, looks_of(read_track_table(store, seen).columns))
        _kept[store] = kept
    if kept.by != (marks, settings) or kept.identified is None:
        kept.by, kept.identified = (marks, settings), identified(kept.looks, marks, settings)
    return kept.looks, kept.identified


class _Kept:
    """What was seen in the film that was asked for last: a person who says who is who says it several times."""

    def __init__(self, sha256: str, looks: Sequence[Look]) -> None:
        self.sha256 = sha256
        self.looks = looks
        self.by: tuple[tuple[IdentityMark, ...], ConcludingSettings] | None = None
        self.identified: Identified | None = None


_kept: "WeakKeyDictionary[StudyStore, _Kept]" = WeakKeyDictionary()


def _records(store: StudyStore, media_id: str, extractor: str) -> list[TrackRecord]:
    return [
        record
        for record in store.tracks()
        if record.media_id == media_id and record.provenance.extractor == extractor
    ]


def _columns(found: Concluded) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {"frame": found.indices, "at_us": found.at_us}
    for row, signal in enumerate(found.signals):
        columns[signal.id] = found.values[row].astype(np.float32)
        columns[f"{signal.id}.valid"] = found.valid[row]
        columns[f"{signal.id}.why"] = found.why[row]
    return columns


def _provenance(store: StudyStore, seen: TrackRecord, settings: ConcludingSettings) -> Provenance:
    """That of what was seen, and what was concluded with: settings and the marks that hold."""
    return Provenance(
        extractor=CONCLUDED,
        version=VERSION,
        media_sha256=seen.provenance.media_sha256,
        settings={
            **{f"seen {name}": text for name, text in seen.provenance.settings.items()},
            **settings.texts(),
            "seen": _seen_words(seen),
            "marks": _marks_words(store.identity_marks(seen.media_id)),
        },
        models=seen.provenance.models,
        packages={**seen.provenance.packages, "scipy": version("scipy")},
        frames_decoded=seen.provenance.frames_decoded,
        frames_dropped=seen.provenance.frames_dropped,
    )


def _seen_words(seen: TrackRecord) -> str:
    return f"{SEEN} {seen.provenance.version}, run {seen.run[:16]}"


def _marks_words(marks: Sequence[IdentityMark]) -> str:
    words = hashlib.sha256("\n".join(mark.id for mark in marks).encode()).hexdigest()[:16]
    return f"{len(marks)}, {words}" if marks else _NO_MARKS
