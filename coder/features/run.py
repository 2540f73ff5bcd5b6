"""Measuring one film: the blocks of one extractor, in order."""

from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path

from coder.features.extractor import CHUNK_US, PICTURES, SOUND, Block, fitted, make, source_of
from coder.features.pool import PATIENCE_S, Ended, Job, Measured, Moved, measure
from coder.media import open_index
from coder.model.progress import Progress
from coder.model.time import SECOND_US


def extract(
    film: Path,
    extractor: str,
    settings: Mapping[str, str],
    *,
    start: int = 0,
    workers: int = 1,
    patience_s: float = PATIENCE_S,
) -> Generator[Progress | Block, None, None]:
    """Measure a film from frame `start` on, a multiple of the extractor's segment (the `stop` of the last block).

    Nothing happens before the first message is asked for; closing the iterator ends the child processes. Raises
    FeatureError for an unknown extractor or setting, a damaged model file, a child that died or said nothing for
    `patience_s` seconds; MediaError if the film is at fault. The blocks that came before stay true.
    """
    made = make(extractor, settings)
    if start % made.segment:
        raise ValueError(f"measuring starts at a multiple of {made.segment} frames, not at {start}")
    index = open_index(film)
    count, length_us = index.frame_count, index.duration_us
    if source_of(made) == SOUND:
        count = chunks(length_us)
    made = fitted(made, frame_rate(source_of(made), count, length_us))
    job = Job(str(film), film, extractor, made.settings, made.segment, min(start, count), count)
    with closing(measure([job], workers, patience_s=patience_s)) as messages:
        for message in messages:
            if isinstance(message, Measured):
                yield message.block
            elif isinstance(message, Moved):
                yield Progress(message.done, count, message.text)
            elif isinstance(message, Ended) and message.error is not None:
                raise message.error


def chunks(length_us: int) -> int:
    """How many `Sound`s a film of that length has."""
    return -(-length_us // CHUNK_US)


def frame_rate(source: str, frames: int, length_us: int) -> float:
    """Frames a second that an extractor of that source is shown, on the whole."""
    return frames * SECOND_US / length_us if source == PICTURES and length_us else SECOND_US / CHUNK_US
