"""Voices that were heard beside those that there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures.clips import OLD_CLIP, Clip
from benchmarks.measures.scores import Figure, Flags, Sorted, Values, matched, sorted_out
from benchmarks.measures.seeing import Track

_PAUSE_US = 200_000  # in the truth a shorter pause counts as voice; so it does between two people


@dataclass(frozen=True, eq=False)
class Heard:
    """One clip or several. said, true: (n,) voice in each of the film's frames. errors_us: of the onsets that were
    found; onsets: how many there are, and how many were measured."""

    said: Values
    true: Values
    errors_us: tuple[int, ...]
    onsets: int
    measured: int

    @property
    def frames(self) -> Sorted:
        """Voice or none, frame by frame."""
        return sorted_out(self.said, self.true)

    @property
    def error_ms(self) -> Figure:
        """Median size of an onset's error."""
        n = len(self.errors_us)
        return Figure(float(np.median(self.errors_us)) / 1000 if n else None, n)

    @property
    def found(self) -> Figure:
        """Share of the onsets that were found."""
        return Figure(len(self.errors_us) / self.onsets if self.onsets else None, self.onsets)


def judged(clip: Clip) -> bool:
    """Whether the clip's truth can judge a voice: that of the oldest has one from beginning to end."""
    return clip.name != OLD_CLIP


def heard(clip: Clip, voice: Track) -> Heard:
    """One clip. A value of the track holds from its time on."""
    times_us = clip.truth.time_us
    true = _bridged(clip.truth.parent.voice | clip.truth.child.voice, times_us)
    at_us, on = voice.columns["at_us"], voice.columns["voice"] > 0
    known = voice.columns["voice.valid"]
    row = np.maximum(np.searchsorted(at_us, times_us, "right") - 1, 0)
    said = np.where(known[row], on[row], np.nan).astype(np.float64)
    begins, measured = _onsets(true, times_us), _onsets(on & known, at_us)
    return Heard(said, true.astype(np.float64), tuple(matched(measured, begins)), len(begins), len(measured))


def all_heard(parts: Sequence[Heard]) -> Heard:
    """Several clips as one."""
    return Heard(
        said=np.concatenate([part.said for part in parts]),
        true=np.concatenate([part.true for part in parts]),
        errors_us=tuple(error for part in parts for error in part.errors_us),
        onsets=sum(part.onsets for part in parts),
        measured=sum(part.measured for part in parts),
    )


def _bridged(on: Flags, times_us: NDArray[np.int64]) -> Flags:
    """The flags, with short pauses filled."""
    filled = on.copy()
    edges = np.flatnonzero(np.diff(np.concatenate(([True], on, [True])).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if start > 0 and end < len(on) and times_us[end] - times_us[start] < _PAUSE_US:
            filled[start:end] = True
    return filled


def _onsets(on: Flags, times_us: NDArray[np.int64]) -> list[int]:
    """When it goes on; a voice that is there from the first frame on has no onset."""
    return [int(time) for time in times_us[np.flatnonzero(~on[:-1] & on[1:]) + 1]]
