"""Single frames in the ruler: which are in sight, and how many of them have room for their number. Free of Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder.annotate.view.scale import Scale
from coder.model.time import Span

SHOWN_FROM_PX = 8.0
"""Frames that are narrower are not drawn."""

WIDE_PX = 24.0
"""How wide a frame is after zooming to the frames."""


@dataclass(frozen=True, slots=True)
class FrameMark:
    """A frame, by its number in the film, and the time that it is shown."""

    number: int
    span: Span


FrameAt = Callable[[int], FrameMark | None]
"""The frame at a session time; None while the film is not open yet."""


def frames_in_sight(scale: Scale, frame_at: FrameAt) -> tuple[FrameMark, ...]:
    """The frames in sight; none if they are too narrow to be told apart."""
    found: list[FrameMark] = []
    at_us: float = scale.start_us
    while at_us < scale.end_us:
        mark = frame_at(round(at_us))
        if mark is None or (found and mark.number == found[-1].number):
            break
        if mark.span.duration_us / scale.us_per_px < SHOWN_FROM_PX and not found:
            break
        found.append(mark)
        at_us = mark.span.end_us
    return tuple(found)


def label_every(frames: Sequence[FrameMark], scale: Scale, room_px: float) -> int:
    """Every how manieth frame has room for its number: 1, 2, 5, 10, 20 …"""
    mean_us = (frames[-1].span.end_us - frames[0].span.start_us) / len(frames)
    width_px = mean_us / scale.us_per_px
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * width_px >= room_px:
                return step * factor
        step *= 10
