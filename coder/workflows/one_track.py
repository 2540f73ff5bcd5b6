"""One film on its way to one track: what is there already, what is kept, how far it is."""

import logging
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import SOUND, Block, Concludes, Extractor, fitted, source_of
from coder.features.pool import Job
from coder.features.provenance import provenance
from coder.features.run import chunks, frame_rate
from coder.language import tr
from coder.media import has_sound
from coder.model.problem import CoderError, FeatureError, Problem, StoreError
from coder.model.study import Media, Session
from coder.model.time import SECOND_US
from coder.model.track import Provenance
from coder.store import StudyStore, TrackRecord
from coder.store.parquet import Columns
from coder.store.track_record import run_of
from coder.store.tracks import TrackWriter, read_track_table
from coder.workflows.concluding import CONCLUDED, conclude, lags
from coder.workflows.under_way import UnderWay, forget, note

_log = logging.getLogger(__name__)

_KEPT_S = 15.0  # the most, beside the segments under way, that a kill can cost
_SOUND_WEIGHT = 0.02  # against pictures of the same length; only for how far a bar has come


class OneTrack:
    """One film and one extractor. reached: frames done, those included that are not on the disk yet."""

    def __init__(
        self,
        store: StudyStore,
        session: Session,
        media: Media,
        extractor: Extractor,
        concluding: Mapping[str, str] | None,
    ) -> None:
        self.session, self.media = session, media
        self.reached = 0
        self._store = store
        source = source_of(extractor)
        self.count = chunks(media.duration_us) if source == SOUND else media.frame_count
        self.extractor = fitted(extractor, frame_rate(source, self.count, media.duration_us))
        self._concluding = concluding
        self._writer: TrackWriter | None = None
        self._kept_at_s = 0.0

    @property
    def name(self) -> str:
        """Tells it from all others of the run."""
        return f"{self.media.id} {self.extractor.name}"

    @property
    def share(self) -> float:
        """How much of it is done, 0.0 … 1.0."""
        return min(self.reached / self.count, 1.0) if self.count else 1.0

    @property
    def looks_left(self) -> int:
        """How many frames are still to be looked at."""
        return max(self.count - self.reached, 0) // self.extractor.step

    @property
    def weight(self) -> float:
        """How much of the work it is, about."""
        return self.media.duration_us / SECOND_US * (_SOUND_WEIGHT if self._listens else 1.0)

    def is_there(self) -> bool:
        """True if the same was measured already, and the file is whole."""
        told = self._provenance()
        for record in self._records(self.extractor.name):
            if record.run == run_of(told):
                try:
                    read_track_table(self._store, record, ())
                except StoreError:
                    return False
                return True
        return False

    def lacking(self) -> Problem | None:
        """What the film has not that the extractor measures. Raises MediaError if it cannot be opened."""
        film = self._store.media_path(self.media)
        if self._listens:
            return None if has_sound(film) else Problem(tr("The film has no sound."), str(film))
        return None if self.count else Problem(tr("The file has no pictures."), str(film))

    def begin(self, *, again: bool) -> Job:
        """What is still to be measured. Raises StoreError, and FeatureError if a model file is damaged."""
        writer = TrackWriter(self._store, self.media.id, self._provenance())
        if again:
            writer.discard()
        segment = self.extractor.segment
        # a block is a whole segment: go on with the segment after the last one that was kept
        start = min(-(-writer.next_frame // segment) * segment, self.count)
        self._writer, self.reached, self._kept_at_s = writer, start, time.monotonic()
        self._note()
        film, settings = self._store.media_path(self.media), dict(self.extractor.settings)
        return Job(self.name, film, self.extractor.name, settings, segment, start, self.count)

    def keep(self, block: Block) -> None:
        """The next block. Raises StoreError if the disk refuses."""
        writer = self._begun()
        writer.append(_columns(self.extractor, block))
        self.reached = block.stop
        if time.monotonic() - self._kept_at_s > _KEPT_S:
            self.pause()

    def pause(self) -> None:
        """Put on the disk what is finished."""
        if self._writer is not None:
            self._writer.flush()
            self._note()
            self._kept_at_s = time.monotonic()

    def finish(self) -> None:
        """Make the track, and what is concluded from it. Raises FeatureError if nothing was measured."""
        writer = self._begun()
        if not writer.rows:
            what = tr("No frame of “{session}” could be measured.", session=self.session.name)
            raise FeatureError(Problem(what, str(self._store.media_path(self.media))))
        wanted = len(range(0, self.count, self.extractor.step))
        writer.finish(frames_decoded=writer.rows, frames_dropped=wanted - writer.rows)
        self._writer = None
        if isinstance(self.extractor, Concludes):
            self._conclude()
        forget(writer.folder.parent, self.media.id, self.extractor.name)

    def fail(self, problems: tuple[Problem, ...], *, nothing: bool = False) -> None:
        """Keep what is finished, and why there is no more. Raises StoreError if the disk refuses."""
        if self._writer is None:
            self._writer = TrackWriter(self._store, self.media.id, self._provenance())
        self._writer.flush()
        self._note(problems, nothing=nothing)

    def conclude_if_asked(self) -> bool:
        """Conclude from what is there if that is missing, is behind what was said and seen since, or was made with
        other settings than those asked for."""
        if not isinstance(self.extractor, Concludes):
            return False
        for record in self._records(CONCLUDED)[-1:]:
            made_with = dict(record.provenance.settings)
            if made_with == made_with | dict(self._concluding or {}) and not lags(self._store, self.media.id):
                return False
        self._conclude()
        place = TrackWriter(self._store, self.media.id, self._provenance()).folder.parent
        forget(place, self.media.id, self.extractor.name)
        return True

    def _conclude(self) -> None:
        try:
            conclude(self._store, self.media.id, self._concluding)
        except CoderError:
            raise
        except Exception as error:
            _log.exception("concluding failed")
            what = tr(
                "What was seen is kept, but nothing could be concluded from it because of an error in the program "
                "({name}: {error}).",
                name=type(error).__name__,
                error=error,
            )
            raise FeatureError(Problem(what, str(self._store.media_path(self.media)))) from error

    @property
    def _listens(self) -> bool:
        return source_of(self.extractor) == SOUND

    def _provenance(self) -> Provenance:
        return provenance(self.extractor, self.media.fingerprint.sha256, ())

    def _begun(self) -> TrackWriter:
        if self._writer is None:
            raise ValueError(f"{self.name} was not begun")
        return self._writer

    def _records(self, extractor: str) -> list[TrackRecord]:
        return [
            record
            for record in self._store.tracks(self.session.id)
            if record.media_id == self.media.id and record.provenance.extractor == extractor
        ]

    def _note(self, problems: tuple[Problem, ...] = (), *, nothing: bool = False) -> None:
        writer = self._begun()
        settings = dict(self.extractor.settings)
        done = min(writer.next_frame, self.count)
        note(
            writer.folder,
            UnderWay(self.media.id, self.extractor.name, settings, done, self.count, problems, nothing),
        )


def _columns(extractor: Extractor, block: Block) -> Columns:
    """A block as the columns of a track table."""
    columns: dict[str, NDArray[Any]] = {"frame": block.indices, "at_us": block.at_us}
    for row, signal in enumerate(extractor.signals):
        columns[signal.id] = block.values[row].astype(np.float32)
        columns[f"{signal.id}.valid"] = block.valid[row]
        if block.why is not None:
            columns[f"{signal.id}.why"] = block.why[row]
    return columns
