"""What another program measured becomes a track of a film: read whole, looked at, then taken or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.formats.tracks_csv import ColumnMap, read_csv, read_own
from coder.formats.tracks_icatcher import read_icatcher
from coder.formats.tracks_openface import read_openface
from coder.formats.tracks_table import TrackTable, signal_texts
from coder.language import plural, tr
from coder.media import fingerprint, open_index
from coder.model.problem import FormatError, Problem
from coder.model.progress import Progress
from coder.model.study import Media, Session
from coder.model.time import clock
from coder.model.track import Provenance, Signal
from coder.store import StudyStore, TrackRecord
from coder.store.tracks import write_track_table
from coder.workflows.cameras import find_camera
from coder.workflows.films import exchanged
from coder.workflows.steps import Steps

PROGRAMS = ("icatcher", "openface", "csv", "coder")
"""What can be imported: results of iCatcher+ and OpenFace, any table, and what `export_tracks` wrote."""

IMPORTED = "imported "
"""The name of an imported track's extractor begins so: no extractor that measures here is called like that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says about a file. faces: for OpenFace, the person of each face. how: for any table."""

    program: str
    person: str = "child"
    faces: Mapping[str, str] | None = None
    how: ColumnMap | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What would be taken of one signal. known: share of the rows that have a value; low, high: of these."""

    signal: Signal
    known: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A file that was read and fits its film; nothing is kept of it yet. left_out: rows outside the film."""

    session: Session
    media: Media
    at_us: NDArray[np.int64]
    table: TrackTable
    provenance: Provenance
    left_out: int

    @property
    def signals(self) -> tuple[Seen, ...]:
        """What would be taken."""
        return tuple(_seen(self.table, signal) for signal in self.table.signals)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know first."""
        lost = plural(
            "1 row lies outside the film and is left out.",
            "{count:,} rows lie outside the film and are left out.",
            self.left_out,
            count=self.left_out,
        )
        return (*self.table.remarks, *([lost] if self.left_out else []))


def find_tracks(store: StudyStore, file: Path, asked: Asked, *, session: Session, camera: str = "") -> Found:
    """Read a file and lay it on the clock of one of the session's films; writes nothing.

    camera: which, its name or number; may be "" where there is one. Rows that name frames are at the true times of
    these frames in the film, however irregular they are. Raises FormatError with every problem of the file,
    MediaError if frames are named and the film is missing, CoderError if it is another.
    """
    media = _media(session, camera)
    table = _table(file, asked)
    at_us = table.at_us if table.frames is None else _frame_times(store, session, media, table, file)
    if at_us is None:
        raise ValueError("a table of tracks has frames or times")
    inside = (at_us >= 0) & (at_us < media.duration_us)
    if not inside.any():
        what = tr("No row lies inside the film, which runs from {start} to {end}.", start=clock(0),
                  end=clock(media.duration_us))  # fmt: skip
        raise FormatError(Problem(what, file.name, tr("Look at the unit of the times, and where they begin.")))
    settings = {"file": file.name, "file sha256": fingerprint(file).sha256, **table.settings}
    provenance = Provenance(
        extractor=IMPORTED + table.program,
        version=asked.version or table.version or "not said",
        media_sha256=media.fingerprint.sha256,
        settings={**settings, **signal_texts(table.signals)},
        models={},
        packages={},
        frames_decoded=int(inside.sum()),
        frames_dropped=0,
    )
    return Found(session, media, at_us[inside], _only(table, inside), provenance, int((~inside).sum()))


def find_tracks_steps(
    store: StudyStore, file: Path, asked: Asked, session: Session, camera: str = ""
) -> Steps[Found]:
    """`find_tracks`, for a window: a long file takes seconds."""
    yield Progress(0, 0, tr("Reading {file}", file=file.name))
    return find_tracks(store, file, asked, session=session, camera=camera)


def import_tracks(store: StudyStore, found: Found) -> TrackRecord:
    """Keep what was found as a track of its film, whole or not at all. Raises StoreError."""
    table = found.table
    rows = np.arange(len(found.at_us), dtype=np.int64) if table.frames is None else table.frames
    columns: dict[str, NDArray[Any]] = {"frame": rows, "at_us": found.at_us}
    for signal in table.signals:
        columns[signal.id] = table.values[signal.id]
        columns[f"{signal.id}.valid"] = table.valid[signal.id]
        if signal.id in table.why:
            columns[f"{signal.id}.why"] = table.why[signal.id]
    return write_track_table(store, found.media.id, columns, found.provenance)


def _table(file: Path, asked: Asked) -> TrackTable:
    if asked.program == "openface":
        return read_openface(file, asked.faces or {"": asked.person})
    if asked.program == "icatcher":
        return read_icatcher(file, asked.person)
    if asked.program == "coder":
        return read_own(file)
    if asked.how is None:
        raise FormatError(Problem(tr("Say which columns of the table are to be taken."), file.name))
    return read_csv(file, asked.how)


def _media(session: Session, camera: str) -> Media:
    if camera or len(session.media) > 1:
        if not camera:
            names = ", ".join(media.role for media in session.media)
            what = tr("The session has several films; say which one was measured.")
            raise FormatError(Problem(what, session.name, tr("There are: {names}.", names=names)))
        return find_camera(session, camera)
    return session.media[0]


def _frame_times(
    store: StudyStore, session: Session, media: Media, table: TrackTable, file: Path
) -> NDArray[np.int64]:
    film = store.media_path(media)
    if problem := exchanged(session, media, film):
        raise FormatError(problem)
    index = open_index(film)
    assert table.frames is not None
    last = int(table.frames[-1])
    if last >= index.frame_count:
        what = tr(
            "The file speaks of frame {last:,}, and the film has {count:,} frames, counted from 0.",
            last=last,
            count=index.frame_count,
        )
        hint = tr("If it is the right film, its frames were counted otherwise: import the table by its times.")
        raise FormatError(Problem(what, file.name, hint))
    return np.asarray(index.times_us[table.frames], np.int64)


def _only(table: TrackTable, rows: NDArray[np.bool_]) -> TrackTable:
    return TrackTable(
        table.program,
        table.version,
        None if table.frames is None else table.frames[rows],
        None if table.at_us is None else table.at_us[rows],
        table.signals,
        {name: values[rows] for name, values in table.values.items()},
        {name: valid[rows] for name, valid in table.valid.items()},
        table.settings,
        {name: why[rows] for name, why in table.why.items()},
        table.remarks,
    )


def _seen(table: TrackTable, signal: Signal) -> Seen:
    values = table.values[signal.id][table.valid[signal.id]]
    low, high = (float(values.min()), float(values.max())) if values.size else (None, None)
    return Seen(signal, float(table.valid[signal.id].mean()), low, high)
