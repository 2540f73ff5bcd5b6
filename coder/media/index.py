"""The index of a film: which packet holds frame i, where to start decoding for it, and when it is shown.

Times count from the film's first frame, in whole microseconds; a frame begins at the first microsecond at or after
its time stamp, and lasts until the next one begins.
"""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np

from coder.media.edge import trouble
from coder.media.packets import Packets, Ticks
from coder.model.problem import MediaError
from coder.model.time import clock, ticks_to_us


@dataclass(frozen=True, slots=True)
class Geometry:
    """How a film is to be shown.

    width, height: px, upright and with square pixels. rotation: degrees clockwise that upright display needs: 0,
    90, 180 or 270.
    """

    width: int
    height: int
    rotation: int


@dataclass(frozen=True)
class FrameIndex:
    """The frames of a film in presentation order; made by `open_index`, never changed, safe to share.

    order: decode index of each frame, shape (frame_count,). ticks: its time stamp in ticks of `time_base` as the
    container gives it. times_us: its onset, strictly rising from 0. run_up: key marks to start earlier where the
    film refreshes its picture stripe by stripe, so that a mark is no whole picture; else 0. damage: one sentence
    if part of the film is lost, else "".
    """

    path: Path
    packets: Packets
    order: Ticks
    ticks: Ticks
    times_us: Ticks
    geometry: Geometry
    run_up: int = 0
    damage: str = ""

    @property
    def frame_count(self) -> int:
        """Number of frames that can be shown."""
        return len(self.order)

    @property
    def time_base(self) -> Fraction:
        """Seconds per tick."""
        return self.packets.time_base

    def pts(self, i: int) -> int:
        """Presentation time stamp of frame i, in ticks."""
        return int(self.ticks[i])

    def at_us(self, i: int) -> int:
        """Onset of frame i in microseconds from the first frame."""
        return int(self.times_us[i])

    def index_at(self, at_us: int) -> int:
        """The last frame that begins at or before `at_us`; the first frame before the film begins."""
        return max(int(np.searchsorted(self.times_us, at_us, side="right")) - 1, 0)

    @cached_property
    def duration_us(self) -> int:
        """End of the last frame. Its length is the file's where that is plausible, else the usual step."""
        steps = np.diff(self.times_us)
        stated = int(self.packets.duration[self.order[-1]])
        stated_us = ticks_to_us(stated, self.time_base)
        if len(steps) and not 0 < stated_us <= int(steps.max()) + 1:
            return self.at_us(-1) + int(np.median(steps))
        end_us = ticks_to_us(self.pts(-1) + stated - self.pts(0), self.time_base)
        return max(end_us, self.at_us(-1) + 1)

    @cached_property
    def rank(self) -> Ticks:
        """Frame number by decode index, -1 where a packet is never shown; the inverse of `order`."""
        rank = np.full(len(self.packets), -1, np.int64)
        rank[self.order] = np.arange(len(self.order))
        return rank

    @cached_property
    def keys(self) -> list[int]:
        """Decode indices at which a decoder may start, rising; never empty."""
        return [int(n) for n in np.flatnonzero(self.packets.key)] or [0]

    @cached_property
    def _key_ranks(self) -> list[int]:
        """For each key the frame it is, or where it is not shown itself the next one shown after it."""
        shown = np.flatnonzero(self.rank >= 0)
        ranks = np.append(self.rank[shown], self.frame_count)
        return [int(i) for i in ranks[np.searchsorted(shown, self.keys)]]

    def start_key(self, i: int, back: int = 0) -> int:
        """Decode index of the key frame from which frame i decodes right, or of the key `back` keys before that.

        It comes at or before frame i in decoding and in showing: leading pictures of an open group of pictures
        need the key before the one they follow in the file.
        """
        j = bisect_right(self.keys, int(self.order[i])) - 1
        while j > 0 and self._key_ranks[j] > i:
            j -= 1
        return self.keys[max(j - self.run_up - back, 0)]

    def check(self, i: int) -> None:
        """Raises MediaError if the film has no frame i."""
        if not 0 <= i < self.frame_count:
            raise trouble(
                self.path,
                f"There is no frame {i}: the film has the frames 0 to {self.frame_count - 1}.",
            )

    def damaged(self, i: int) -> MediaError:
        """The error that says that frame i cannot be decoded."""
        return trouble(self.path, f"Frame {i} (at {clock(self.at_us(i))}) is damaged and cannot be shown.")
