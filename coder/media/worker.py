"""The thread that decodes for a view, so that the window never waits for a picture.

The newest request wins; while there is none the worker decodes what will be asked for next: some frames ahead, and
a window behind, so that play and a held-down step key find their frames ready in both directions.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coder.media.frame import Picture
from coder.media.index import FrameIndex
from coder.media.proxy import ProxyReader
from coder.media.source import DEFAULT_CACHE_BYTES, FrameSource
from coder.model.problem import MediaError

# Frames decoded ahead of the one on show.
AHEAD = 16

# The small copy keeps little: it is made so that every frame is quick.
_COPY_CACHE_BYTES = 16 * 1024 * 1024

# Nobody plays or steps any more: time to decode behind the frame on show, which costs a seek.
_IDLE_S = 0.12


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture to paint: frame `index`, beginning at `at_us`. bgra: shape (height, width, 4), uint8.

    exact: False if this is only the key frame near the one asked for, a quick look while somebody drags.
    """

    index: int
    at_us: int
    bgra: Picture
    exact: bool


@dataclass(frozen=True, slots=True)
class NotShown:
    """Frame `index` cannot be shown, and why."""

    index: int
    error: MediaError


@dataclass(frozen=True, slots=True)
class _Request:
    index: int
    width: int
    height: int
    lift: int
    exact: bool


class FrameWorker:
    """One decoding thread for one view of one film; `stop` it before letting it go."""

    def __init__(
        self,
        film: FrameIndex,
        deliver: Callable[[Shown | NotShown], None],
        *,
        cache_bytes: int = DEFAULT_CACHE_BYTES,
        proxy: Path | None = None,
    ) -> None:
        """deliver: called on the worker's own thread, one result for each request that was not overtaken.

        proxy: the film's small copy, from which a quick look is the very frame that was asked for.
        """
        self._film = film
        self._deliver = deliver
        self._cache_bytes = cache_bytes
        self._copy: ProxyReader | None = None
        self._opening: threading.Thread | None = None
        self._news = threading.Condition()
        self._request: _Request | None = None
        self._stopping = False
        self._at = 0  # the frame on show
        self._backwards = False
        self._filled: list[Callable[[FrameSource], tuple[int, int] | None]] = []
        self._thread = threading.Thread(target=self._run, name=f"frames of {film.path.name}", daemon=True)
        self._thread.start()
        if proxy is not None:
            self._opening = threading.Thread(
                target=self._open_copy, args=(proxy,), name=f"opening {proxy.name}", daemon=True
            )
            self._opening.start()

    def show(self, i: int, width: int, height: int, lift: int = 0) -> None:
        """Ask for frame i, scaled to width × height px and brightened by `lift` steps.

        A request that still waits is dropped.
        """
        self._ask(_Request(i, width, height, lift, exact=True))

    def preview(self, i: int, width: int, height: int, lift: int = 0) -> None:
        """Ask for a quick look near frame i. A request that still waits is dropped."""
        self._ask(_Request(i, width, height, lift, exact=False))

    def stop(self) -> None:
        """End the thread and wait for it; nothing is delivered afterwards. May be called twice."""
        with self._news:
            self._stopping = True
            self._news.notify()
        self._thread.join()
        if self._opening is not None:
            self._opening.join()
        if self._copy is not None:
            self._copy.close()

    def _ask(self, request: _Request) -> None:
        with self._news:
            self._request = request
            self._news.notify()

    def _take(self, wait_s: float | None) -> _Request | None:
        """The newest request. Waits for one (None: without end); None if none came, or at the end."""
        with self._news:
            self._news.wait_for(lambda: self._request is not None or self._stopping, wait_s)
            request, self._request = self._request, None
            return request

    def _run(self) -> None:
        try:
            source = FrameSource(self._film, self._cache_bytes)
        except MediaError as error:
            self._refuse(error)
            return
        with source:
            filling: Iterator[None] | None = None
            rested = False  # all that is likely to be asked for next is there
            while not self._stopping:
                request = self._take(0 if filling else None if rested else _IDLE_S)
                if request is not None:
                    if not (request.exact and source.has(request.index)):
                        filling = None  # it moves the decoder somewhere else
                    self._serve(source, request)
                    filling = filling or self._likely_next(source, idle=False)
                    rested = False
                elif filling is None:
                    filling = self._likely_next(source, idle=True)
                    rested = filling is None
                elif not _goes_on(filling):
                    filling = None

    def _refuse(self, error: MediaError) -> None:
        while not self._stopping:
            request = self._take(None)
            if request is not None:
                self._deliver(NotShown(request.index, error))

    def _open_copy(self, proxy: Path) -> None:
        """On a thread of its own: reading the index of a copy of an hour takes seconds."""
        with suppress(MediaError, _StoppedError):  # without it a quick look is a key frame
            self._copy = ProxyReader(self._film, proxy, _COPY_CACHE_BYTES, lambda _: self._go_on())

    def _go_on(self) -> None:
        if self._stopping:
            raise _StoppedError

    def _serve(self, source: FrameSource, request: _Request) -> None:
        copy = self._copy
        try:
            if request.exact:
                for _ in source.approach(request.index):
                    self._go_on()  # the way to a frame of a large film takes seconds
                frame = source.frame(request.index)
            else:
                frame = source.preview(request.index) if copy is None else copy.frame(request.index)
            bgra = frame.bgra(request.width, request.height, request.lift)
        except MediaError as error:
            self._deliver(NotShown(request.index, error))
            return
        except _StoppedError:
            return
        if request.exact and frame.index != self._at:
            self._backwards, self._at = frame.index < self._at, frame.index
            self._filled.clear()
        self._deliver(Shown(frame.index, frame.at_us, bgra, exact=frame.index == request.index))

    def _likely_next(self, source: FrameSource, *, idle: bool) -> Iterator[None] | None:
        """What to decode while nothing is asked for: on in the same direction; once nobody moves, both ways."""
        ways = (self._behind, self._ahead) if self._backwards else (self._ahead, self._behind)
        for way in ways if idle else ways[:1]:
            stretch = None if way in self._filled else way(source)
            if stretch is not None:
                self._filled.append(way)  # once for each frame on show: a damaged frame is not tried for ever
                return source.fill(*stretch)
        return None

    def _ahead(self, source: FrameSource) -> tuple[int, int] | None:
        end = min(self._at + min(AHEAD, source.window), self._film.frame_count - 1)
        first = next((i for i in range(self._at + 1, end + 1) if not source.has(i)), None)
        if first is None or first - self._at > AHEAD // 2:
            return None
        return first, end

    def _behind(self, source: FrameSource) -> tuple[int, int] | None:
        begin = max(self._at - source.window, 0)
        last = next((i for i in range(self._at - 1, begin - 1, -1) if not source.has(i)), None)
        if last is None or self._at - last > source.window // 2:
            return None
        return begin, last


class _StoppedError(Exception):
    """Leaves the reading when nobody waits for it any more."""


def _goes_on(filling: Iterator[None]) -> bool:
    """Decode a bit of what nobody asked for yet; False at its end."""
    try:
        next(filling)
        return True
    except (StopIteration, MediaError):  # the request for a frame that cannot be had will say so
        return False
