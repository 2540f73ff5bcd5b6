"""Feature tracks on disk: one Parquet file each, made in parts so that a killed extraction goes on where it was.

    tracks/<session>/<extractor>-<run>.parts/part-0000-<sum>.parquet     while it is measured
    tracks/<session>/<extractor>-<run>-<id>.parquet                      finished, and entered in the study

Times are file times: the session's offset is applied when a track is used, since it may be corrected later.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from coder.language import tr
from coder.model.problem import Problem, StoreError
from coder.model.track import Provenance
from coder.staging import write_whole
from coder.store.journal import now_text
from coder.store.parquet import (
    AT,
    FRAME,
    VALID,
    WHY,
    Columns,
    joined,
    kinds_of,
    of_parquet,
    require_table,
    signals_of,
    to_parquet,
)
from coder.store.study_store import StudyStore
from coder.store.track_record import TrackRecord, provenance_of, provenance_text, run_of

PART_ROWS = 4_500  # three minutes at 25 frames a second: the most that a kill can cost
_PART = re.compile(r"part-(\d{4,})-([0-9a-f]{16})\.parquet")


@dataclass(frozen=True, slots=True, eq=False)
class TrackTable:
    """A track as measured: columns by name, all of one length; see `coder.store.parquet` for which."""

    columns: Columns
    provenance: Provenance

    @property
    def frame(self) -> NDArray[np.int64]:
        """Number of each frame in its film, from 0."""
        return self.columns[FRAME]

    @property
    def at_us(self) -> NDArray[np.int64]:
        """File time of each frame: 0 is the film's first."""
        return self.columns[AT]

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of the signals."""
        return signals_of(self.columns)

    def values(self, signal: str) -> NDArray[Any]:
        """(n,) float32 or float64; whatever stands where `valid` is False means nothing."""
        return self.columns[signal]

    def valid(self, signal: str) -> NDArray[np.bool_]:
        """(n,) bool: where the signal could be measured."""
        return self.columns[signal + VALID]

    def why(self, signal: str) -> NDArray[np.uint8] | None:
        """(n,) uint8, a `coder.model.track.Why` for each frame; None if whoever measured gave no reasons."""
        return self.columns.get(signal + WHY)


def write_track_table(store: StudyStore, media_id: str, columns: Columns, provenance: Provenance) -> TrackRecord:
    """Write a whole track of a film and enter it in the study, in place of one of the same run.

    Raises ValueError if the columns are no track table, StoreError if the film is another or the disk refuses.
    """
    writer = TrackWriter(store, media_id, provenance)
    writer.discard()
    writer.append(columns)
    return writer.finish()


def read_track_table(store: StudyStore, record: TrackRecord, signals: Sequence[str] | None = None) -> TrackTable:
    """Read a track, or some of its signals; StoreError if the file is missing or any bit of it is wrong."""
    unknown = set(signals or ()) - set(record.signals)
    if unknown:
        raise StoreError(Problem(tr("The track has no signal “{signal}”.", signal=min(unknown)), record.path))
    try:
        data = (store.folder / record.path).read_bytes()
    except OSError as error:
        raise StoreError(record.spoiled(f"cannot be read: {error.strerror}")) from error
    if _sha256(data) != record.sha256:
        raise StoreError(record.spoiled("is not as it was written"))
    try:
        columns, notes = of_parquet(data, signals)
        return TrackTable(columns, provenance_of(json.loads(notes)["provenance"]))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(record.spoiled(f"is damaged: {error}")) from error


class TrackWriter:
    """Writes a track as it is measured, part by part.

    Parts that are finished stay when the extraction is cancelled or killed; a writer of the same run goes on
    behind them: measure from `next_frame`.
    """

    def __init__(
        self, store: StudyStore, media_id: str, provenance: Provenance, *, part_rows: int = PART_ROWS
    ) -> None:
        """Raises StoreError if the study lacks the film, or the provenance speaks of another one."""
        media = store.media(media_id)
        if media.fingerprint.sha256 != provenance.media_sha256:
            raise StoreError(
                Problem(
                    tr("These numbers were measured on another film than “{film}”.", film=media.path),
                    hint=tr("Measure it again."),
                )
            )
        session = next(session for session in store.sessions() if media in session.media)
        self._store = store
        self._media_id = media_id
        self._provenance = provenance
        self._run = run_of(provenance)
        self._part_rows = part_rows
        self._stem = f"tracks/{_plain(session.id)}/{_plain(provenance.extractor)}-{self._run[:12]}"
        self._folder = store.folder / f"{self._stem}.parts"
        self._waiting: list[Columns] = []
        self._kinds: dict[str, str] = {}
        self._next_frame = 0
        self._rows = 0
        self._parts = 0
        self._take_up()

    @property
    def folder(self) -> Path:
        """Where the parts lie until the track is finished; made with the first of them."""
        return self._folder

    @property
    def next_frame(self) -> int:
        """The first frame that is not measured yet; 0 unless parts were found or blocks appended."""
        return self._next_frame

    @property
    def rows(self) -> int:
        """How many frames are measured, those of the parts that were found included."""
        return self._rows

    def append(self, block: Columns) -> None:
        """Take rows that follow those before; every `part_rows` of them are put on the disk.

        Raises ValueError if the block is no track table or does not follow, StoreError if the disk refuses.
        """
        require_table(block)
        if not len(block[FRAME]):
            return
        if block[FRAME][0] < self._next_frame:
            raise ValueError(f"frame {block[FRAME][0]} was measured already")
        if self._kinds and self._kinds != kinds_of(block):
            raise ValueError("the blocks of a track do not have the same columns")
        self._kinds = kinds_of(block)
        self._waiting.append(block)
        self._next_frame = int(block[FRAME][-1]) + 1
        self._rows += len(block[FRAME])
        if sum(len(waiting[FRAME]) for waiting in self._waiting) >= self._part_rows:
            self.flush()

    def flush(self) -> None:
        """Put what was appended on the disk as a part, however short: for a person who cancels."""
        if not self._waiting:
            return
        data = to_parquet(joined(self._waiting), self._run)
        # the sum in the name also covers what page checksums do not: the file's footer
        self._write(self._folder / f"part-{self._parts:04}-{_sha256(data)[:16]}.parquet", data)
        self._parts += 1
        self._waiting = []

    def finish(self, *, frames_decoded: int | None = None, frames_dropped: int | None = None) -> TrackRecord:
        """Join the parts into the track's file, enter it in the study, remove the parts.

        frames_decoded, frames_dropped: the final counts, if the provenance given at the start did not have them.
        """
        provenance = self._provenance
        if frames_decoded is not None:
            provenance = replace(provenance, frames_decoded=frames_decoded)
        if frames_dropped is not None:
            provenance = replace(provenance, frames_dropped=frames_dropped)
        blocks = [*(self._read_part(path) for path in self._part_files()), *self._waiting]
        if not blocks:
            raise StoreError(Problem(tr("Nothing was measured, so there is no track to keep.")))
        columns = joined(blocks)
        track_id = str(uuid4())
        path = f"{self._stem}-{track_id[:8]}.parquet"
        data = to_parquet(columns, json.dumps({"provenance": provenance_text(provenance)}))
        self._write(self._store.folder / path, data)
        record = TrackRecord(
            id=track_id,
            media_id=self._media_id,
            run=self._run,
            path=path,
            sha256=_sha256(data),
            rows=len(columns[FRAME]),
            signals=signals_of(columns),
            provenance=provenance,
            created_at=now_text(),
        )
        self._store.add_track(record)
        self.discard()
        return record

    def discard(self) -> None:
        """Forget everything measured so far, parts on the disk included."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._waiting, self._kinds = [], {}
        self._next_frame = self._rows = self._parts = 0

    def _take_up(self) -> None:
        """Go on behind the finished parts; from the first damaged one on they are measured again."""
        found = self._part_files()
        for at, path in enumerate(found):
            try:
                part = self._read_part(path)
                frames = part[FRAME]
                follows = path.name.startswith(f"part-{at:04}-") and frames[0] >= self._next_frame
            except StoreError:
                follows = False
            if not follows:
                for rest in found[at:]:
                    rest.unlink(missing_ok=True)
                return
            self._next_frame = int(frames[-1]) + 1
            self._rows += len(frames)
            self._parts = at + 1
            self._kinds = kinds_of(part)

    def _part_files(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("part-*.parquet") if _PART.fullmatch(path.name))

    def _read_part(self, path: Path) -> Columns:
        problem = Problem(
            tr("A part of a track is damaged."), str(path), tr("Start the measurement again: it is mended.")
        )
        found = _PART.fullmatch(path.name)
        try:
            data = path.read_bytes()
            columns, run = of_parquet(data)
        except (OSError, ValueError) as error:
            raise StoreError(problem) from error
        if found is None or not _sha256(data).startswith(found[2]) or run != self._run:
            raise StoreError(problem)
        return columns

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                Problem(
                    tr("The folder for tracks cannot be made: {reason}.", reason=error.strerror),
                    str(path.parent),
                )
            ) from error
        write_whole(path, data, StoreError)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plain(name: str) -> str:
    """A name that every system takes as a file's."""
    return re.sub(r"[^\w-]+", "-", name, flags=re.ASCII) or "track"
