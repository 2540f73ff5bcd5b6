"""Looking at several frames at once, in order.

What a finder says of a frame depends on that frame alone, so frames can be looked at side by side without a
change in the result: MediaPipe lets go of Python's lock while it works.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import Picture
from coder.features.face import Box, Face

Faces = tuple[Face, ...]


class Finder(Protocol):
    """What finds faces in a picture, for one thread at a time; see `coder.features.faces.FaceFinder`."""

    def find(self, rgb: NDArray[np.uint8]) -> Faces:
        """All faces of a picture, by this picture alone."""
        ...

    def look(self, rgb: NDArray[np.uint8], box: Box) -> Face | None:
        """The face in or near a box, if there is one."""
        ...


class Finders:
    """Several equal finders, lent to whoever has a picture to look at."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._count = len(finders)
        self._idle: SimpleQueue[Finder] = SimpleQueue()
        for finder in finders:
            self._idle.put(finder)

    def find_all(self, pictures: Iterable[Picture]) -> Generator[tuple[Picture, Faces]]:
        """Each picture with its faces, in order; as many pictures are held as there are finders, and one more."""
        with ThreadPoolExecutor(self._count, thread_name_prefix="faces") as pool:
            waiting: deque[tuple[Picture, Future[Faces]]] = deque()
            for picture in pictures:
                waiting.append((picture, pool.submit(self._find, picture)))
                if len(waiting) > self._count:
                    first, faces = waiting.popleft()
                    yield first, faces.result()
            for first, faces in waiting:
                yield first, faces.result()

    def look(self, picture: Picture, box: Box) -> Face | None:
        """The face in or near a box."""
        with self._lent() as finder:
            return finder.look(picture.rgb, box)

    def _find(self, picture: Picture) -> Faces:
        with self._lent() as finder:
            return finder.find(picture.rgb)

    @contextmanager
    def _lent(self) -> Iterator[Finder]:
        finder = self._idle.get()
        try:
            yield finder
        finally:
            self._idle.put(finder)
