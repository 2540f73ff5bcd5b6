"""Measuring the pictures of a session, in a process of its own, in parts that stay."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import Block, Extractor, make
from coder.features.provenance import provenance
from coder.features.run import extract
from coder.language import tr
from coder.model.problem import FeatureError, Problem
from coder.model.progress import Progress
from coder.model.track import Coverage
from coder.store import StudyStore
from coder.store.parquet import Columns
from coder.store.tracks import TrackWriter
from coder.workflows.films import exchanged
from coder.workflows.measured import measured
from coder.workflows.steps import Steps

EXTRACTOR = "dyad-faces"


def extract_steps(
    store: StudyStore, session_id: str, settings: Mapping[str, str] | None = None
) -> Steps[Coverage]:
    """Measure the film of a session; the result replaces an older one of the same settings.

    Closing the generator ends the child process. What was finished stays: the next call goes on behind it, and
    the numbers are the same as without the interruption. Raises FeatureError or MediaError with one sentence.
    """
    session = store.session(session_id)
    media = session.media[0]
    film = store.media_path(media)
    extractor = make(EXTRACTOR, settings or {})
    yield Progress(0, 0, tr("Checking the film of “{session}”", session=session.name))
    if problem := exchanged(session, media, film):
        raise FeatureError(problem)
    writer = TrackWriter(store, media.id, provenance(extractor, media.fingerprint.sha256, ()))
    # a block is a whole segment: go on with the segment after the last one that was kept
    start = -(-writer.next_frame // extractor.segment) * extractor.segment
    if start < media.frame_count:
        yield from _measure(writer, extractor, film, start, media.frame_count)
    decoded = writer.rows
    wanted = len(range(0, media.frame_count, extractor.step))
    writer.finish(frames_decoded=decoded, frames_dropped=wanted - decoded)
    found = measured(store, session)
    if found is None:
        raise FeatureError(
            Problem(tr("No frame of “{session}” could be measured.", session=session.name), str(film))
        )
    return found


def _measure(writer: TrackWriter, extractor: Extractor, film: Path, start: int, frames: int) -> Steps[None]:
    with closing(extract(film, extractor.name, extractor.settings, start=start)) as messages:
        try:
            for message in messages:
                if isinstance(message, Block):
                    writer.append(_columns(extractor, message))
                elif message.total == frames - start:
                    yield Progress(start + message.done, frames, message.text)
                else:  # opening the film has a count of its own
                    yield message
        finally:
            writer.flush()


def _columns(extractor: Extractor, block: Block) -> Columns:
    """A block as the columns of a track table."""
    columns: dict[str, NDArray[Any]] = {"frame": block.indices, "at_us": block.at_us}
    for row, signal in enumerate(extractor.signals):
        columns[signal.id] = block.values[row].astype(np.float32)
        columns[f"{signal.id}.valid"] = block.valid[row]
    return columns
