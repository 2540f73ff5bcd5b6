"""The small copy of a film, quick to jump about in: frame i of it is frame i of the film."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from coder.language import tr
from coder.media.edge import trouble
from coder.media.frame import Frame
from coder.media.index import FrameIndex
from coder.media.opening import open_index
from coder.media.source import DEFAULT_CACHE_BYTES, FrameSource

# Pixels that a core decodes in a second, roughly (H.264 and HEVC; measured: 290 to 330 million).
_PIXELS_A_SECOND = 300_000_000

# A jump that takes longer than this on average is felt.
_SLOW_S = 0.15


class ProxyReader:
    """Frames of a film from its small copy, by the film's own numbers and times; for one thread at a time.

    Stands in for a `FrameSource` where a quick look will do.
    """

    def __init__(
        self,
        film: FrameIndex,
        proxy: Path,
        cache_bytes: int = DEFAULT_CACHE_BYTES,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Opens the copy. Raises MediaError if it is missing or does not have exactly the frames of the film.

        progress: told the share that is read; what it raises ends the reading.
        """
        index = open_index(proxy, progress=progress)
        require_same_frames(film, index)
        self.film = film
        self._source = FrameSource(index, cache_bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file and lets the kept frames go."""
        self._source.close()

    def frame(self, i: int) -> Frame:
        """Frame i of the film: its number and time, upright, fewer pixels. Raises MediaError if there is none."""
        self.film.check(i)
        return Frame.of(self.film, i, self._source.frame(i).picture)

    def preview(self, i: int) -> Frame:
        """Frame i itself: here nothing is quicker than the exact frame."""
        return self.frame(i)

    def has(self, i: int) -> bool:
        """True if frame i is kept, so that asking for it costs nothing."""
        return self._source.has(i)

    def fill(self, first: int, last: int) -> Iterator[None]:
        """Decode the frames first … last so that they are kept; see `FrameSource.fill`."""
        return self._source.fill(first, last)

    @property
    def window(self) -> int:
        """How many frames to keep behind the one on show."""
        return self._source.window


def require_same_frames(film: FrameIndex, proxy: FrameIndex) -> None:
    """Raises MediaError unless the copy has as many frames as the film, each stamped with its number."""
    numbers = proxy.ticks * float(proxy.time_base) * PROXY_HZ
    if len(numbers) != film.frame_count or not np.allclose(numbers, np.arange(len(numbers)), atol=0.01):
        what = tr("The small copy does not have the frames of “{film}”.", film=film.path.name)
        raise trouble(proxy.path, what, tr("Make it again."))


PROXY_HZ = 25
"""Frames a second that the small copy is written with: its time stamps count frames, whatever the film's rate."""


def wants_proxy(film: FrameIndex) -> bool:
    """True if a typical jump in the film takes so long that a small copy is worth making.

    A jump decodes half of the group of pictures it lands in, on average over all frames.
    """
    groups = np.diff(film.keys, append=len(film.packets)).astype(np.float64)
    frames = float(groups @ groups) / (2 * float(groups.sum())) * (1 + film.run_up)
    return frames * film.geometry.width * film.geometry.height / _PIXELS_A_SECOND > _SLOW_S
