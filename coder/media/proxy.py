"""The small copy of a film, quick to jump about in: frame i of it is frame i of the film."""

from pathlib import Path
from types import TracebackType
from typing import Self

from coder.media.frame import Frame
from coder.media.index import FrameIndex
from coder.media.source import DEFAULT_CACHE_BYTES


class ProxyReader:
    """Frames of a film from its small copy, by the film's own numbers and times; for one thread at a time.

    Stands in for a `FrameSource` where a quick look will do: the same `frame`, `has` and `close`.
    """

    def __init__(self, film: FrameIndex, proxy: Path, cache_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        """Opens the copy. Raises MediaError if it is missing or does not have exactly the frames of the film."""
        raise NotImplementedError

    def frame(self, i: int) -> Frame:
        """Frame i of the film: its number and time, upright, fewer pixels. Raises MediaError if there is none."""
        raise NotImplementedError

    def has(self, i: int) -> bool:
        """True if frame i is kept, so that asking for it costs nothing."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes the file and lets the kept frames go."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def wants_proxy(film: FrameIndex) -> bool:
    """True if a typical jump in the film takes so long that a small copy is worth making."""
    raise NotImplementedError
