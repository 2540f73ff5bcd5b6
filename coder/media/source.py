"""Any frame of a film, exactly, and all of them in a row.

To show frame i the source seeks to the key frame that frame i rests on, checks where it landed, decodes up to
frame i, and gives out only the frame whose packet is the one the index names.
"""

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from av.video.frame import VideoFrame

from coder.media.decoding import Decoding
from coder.media.frame import Frame
from coder.media.index import FrameIndex

DEFAULT_CACHE_BYTES = 256 * 1024 * 1024

# Frames decoded behind a frame that is stepped back to, so that the next steps back find them ready. Each time the
# window is filled again a whole group of pictures is decoded, so a long one makes playing backwards cheap.
WINDOW = 128

# Frames after the wanted one that must stay decodable without a new seek: more than any codec reorders.
_REORDER = 16

# Key frames to go back, without leaving anything out, if a frame does not come.
_RUN_UPS = (1, 4)


class FrameSource:
    """Exact random access to a film's frames; one container, for one thread at a time.

    Recent frames are kept as decoded, up to `cache_bytes`; stepping back inside them costs nothing.
    """

    def __init__(self, film: FrameIndex, cache_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        """Opens the film. Raises MediaError if it is not there any more."""
        self.film = film
        self._budget = cache_bytes
        self._bytes = 0
        self._kept: dict[int, VideoFrame] = {}
        self._broken: set[int] = set()
        self._decoding = Decoding(film, threads=False)
        # The frame asked for last; the last one the decoder gave since it landed; and the decode index from which
        # on no packet was left out (None: the decoder has to land first).
        self._asked = -1
        self._given = -1
        self._whole_from: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file and lets the kept frames go."""
        self._decoding.close()
        self._kept.clear()

    def frame(self, i: int) -> Frame:
        """Frame i, and no other. Raises MediaError if there is no frame i or it is damaged."""
        for _ in self.approach(i):
            pass
        return Frame.of(self.film, i, self._kept[i])

    def approach(self, i: int) -> Iterator[None]:
        """Decode what frame i needs, one packet at each step; at the end it is kept. It may be given up between.

        Raises MediaError if there is no frame i or it is damaged.
        """
        self.film.check(i)
        stepping_back = 0 < self._asked - i <= WINDOW
        self._asked = i
        if i not in self._kept:
            yield from self._load(max(i - self.window, 0) if stepping_back else i, i)

    def has(self, i: int) -> bool:
        """True if frame i is kept, so that asking for it costs nothing."""
        return i in self._kept

    def fill(self, first: int, last: int) -> Iterator[None]:
        """Decode the frames first … last so that they are kept, one packet at each step of the iterator.

        Between steps `frame` may be asked for frames that are kept; the iterator may be dropped at any time.
        Damaged frames are passed over. A stretch longer than `window` loses its first frames again.
        """
        missing = [i for i in range(max(first, 0), min(last + 1, self.film.frame_count)) if i not in self._kept]
        if missing:
            yield from self._reach(missing[0], missing[-1], 0)

    def preview(self, i: int) -> Frame:
        """The key frame that frame i rests on: a quick look while somebody drags; its `index` says which it is."""
        self.film.check(i)
        key = self.film.start_key(i)
        shown = int(self.film.rank[key])
        if shown in self._kept:
            return Frame.of(self.film, shown, self._kept[shown])
        self._whole_from = None
        picture = self._decoding.lone(key)
        if picture is None or shown < 0:
            return self.frame(i)
        return Frame.of(self.film, shown, picture)

    @property
    def window(self) -> int:
        """How many frames to keep behind the one on show: as many as half the budget holds, at most `WINDOW`."""
        if not self._kept:
            return WINDOW
        usual = self._bytes // len(self._kept)
        return max(min(WINDOW, self._budget // 2 // max(usual, 1)), 1)

    def _load(self, first: int, wanted: int) -> Iterator[None]:
        if wanted not in self._broken:
            for back in (0, *_RUN_UPS):
                yield from self._reach(first, wanted, back)
                if wanted in self._kept:
                    return
        self._broken.add(wanted)
        raise self.film.damaged(wanted)

    def _reach(self, first: int, wanted: int, back: int) -> Iterator[None]:
        """Decode so that frames first … wanted are kept, a packet at a time.

        back: key frames to start earlier, nothing left out.
        """
        film, decoding = self.film, self._decoding
        needed_from = int(film.order[first : wanted + 1 + _REORDER].min())
        if back or not self._goes_on_to(first, needed_from):
            self._given, self._whole_from = -1, None
            decoding.land(film.start_key(first, back))
            self._whole_from = decoding.landed
        skip_from = needed_from if back else decoding.position
        if decoding.position < needed_from and not back:
            self._whole_from = needed_from
        while wanted not in self._kept and self._given < wanted:
            pictures = decoding.step(skip_from, needed_from)
            if pictures is None:
                self._whole_from = None
                return
            for picture in pictures:
                self._receive(picture, wanted)
            yield

    def _goes_on_to(self, first: int, needed_from: int) -> bool:
        """True if decoding on from here reaches frame `first` as fast as a seek would, nothing left out."""
        if self._whole_from is None or self._given >= first:
            return False
        key = self.film.start_key(first)
        return needed_from >= self._whole_from and self._decoding.landed <= key <= self._decoding.position

    def _receive(self, picture: VideoFrame, wanted: int) -> None:
        number = picture.pts
        if number is None or not 0 <= number < len(self.film.packets):
            return
        i = int(self.film.rank[number])
        if i < 0 or self.film.start_key(i) < self._decoding.landed:
            return  # cut away, or leaning on frames from before the landing
        self._given = max(self._given, i)
        if i in self._kept:
            return
        self._kept[i] = picture
        self._bytes += _size(picture)
        while self._bytes > self._budget and len(self._kept) > 1:
            farthest = max(self._kept, key=lambda kept: abs(kept - wanted))
            self._bytes -= _size(self._kept.pop(farthest))


def _size(picture: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in picture.planes)


def frames(film: FrameIndex, start: int = 0, stop: int | None = None, step: int = 1) -> Iterator[Frame]:
    """The frames start, start + step, … before `stop` (the end if None), decoded in one run with all cores.

    Each comes once, in order. Damaged frames do not come: `Frame.index` says which one each is.
    Raises MediaError if the film cannot be opened or has no frame `start`.
    """
    wanted = range(start, film.frame_count if stop is None else min(stop, film.frame_count), step)
    if not wanted:
        return
    film.check(start)
    decoding = Decoding(film, threads=True)
    try:
        decoding.land(film.start_key(start))
        given = -1
        while given < wanted[-1]:
            unwanted = decoding.position < len(film.packets) and int(film.rank[decoding.position]) not in wanted
            pictures = decoding.step(decoding.position, decoding.position + unwanted)
            if pictures is None:
                return
            for picture in pictures:
                i = int(film.rank[picture.pts]) if picture.pts is not None else -1
                if i in wanted and i > given and film.start_key(i) >= decoding.landed:
                    given = i
                    yield Frame.of(film, i, picture)
    finally:
        decoding.close()
