"""The sound of a film for a loudspeaker: on the film's clock, faster or slower with its pitch kept."""

from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from av.audio.frame import AudioFrame
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingMore
from av.filter import Graph

from coder.media.index import FrameIndex
from coder.media.soundtrack import Samples, film_sound

SOUND_HZ = 48_000


class SoundReader:
    """Sound from `from_us` on as blocks of bytes: 16 bits signed, 48 kHz, left and right in turn.

    Iterate once; `close` if it is not read to the end. For one thread at a time.
    """

    def __init__(self, film: FrameIndex | str | Path, from_us: int = 0, rate: float = 1.0) -> None:
        """film: its index, or a path, which is indexed first. rate: times as fast, 0.05 … 16.

        Raises MediaError if the file has no sound or cannot be opened, ValueError for another rate.
        """
        if not 0.05 <= rate <= 16:
            raise ValueError(f"sound plays at a rate of 0.05 to 16, not {rate}")
        _, blocks = film_sound(film, from_us, SOUND_HZ)
        self._blocks = _pcm(blocks if rate == 1 else _stretched(blocks, rate))

    def __iter__(self) -> Iterator[bytes]:
        return self._blocks

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._blocks.close()


def _pcm(blocks: Iterator[Samples]) -> Generator[bytes]:
    for block in blocks:
        yield (block.clip(-1, 1) * 32767).round().astype(np.int16).tobytes()


def _stretched(blocks: Iterator[Samples], rate: float) -> Iterator[Samples]:
    """The same sound in 1/rate of the time with its pitch kept (WSOLA, FFmpeg's atempo)."""
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=SOUND_HZ, format="flt", layout="stereo", time_base=Fraction(1, SOUND_HZ)
    )
    # One atempo leaves samples out above 2 and cannot go below 0.5: beyond that they work in a row.
    rates = []
    while not 0.5 <= rate <= 2:
        rates.append(0.5 if rate < 1 else 2.0)
        rate /= rates[-1]
    filters = [graph.add("atempo", str(part)) for part in (*rates, rate)]
    graph.link_nodes(source, *filters, graph.add("abuffersink")).configure()
    at = 0
    for block in blocks:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_HZ, at, Fraction(1, SOUND_HZ)
        at += len(block)
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[Samples]:
    while True:
        try:
            frame = graph.pull()
        except (NothingYet, NothingMore):
            return
        if isinstance(frame, AudioFrame):
            yield frame.to_ndarray().reshape(-1, 2).astype(np.float32, copy=False)
