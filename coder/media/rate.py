"""The frame rate of a film, measured from its time stamps; a header's word is only a guess to be tried."""

from fractions import Fraction

import numpy as np

from coder.media.index import FrameIndex

_COMMON = (
    *(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60, 100, 120, 200, 240)),
    *(Fraction(rate * 1000, 1001) for rate in (24, 30, 60, 120, 240)),
)


def measured_rate(film: FrameIndex) -> tuple[Fraction, bool]:
    """Frames per second, and whether the rate is constant.

    It is constant if there is one rate whose even beat every time stamp follows to within one tick and a quarter
    of a frame; that rate is given, else the mean one. A film of one frame has the rate its header states, or 0.
    """
    stated = film.packets.stated_rate
    ticks = film.ticks - film.ticks[0]
    if len(ticks) < 2 or not ticks[-1]:
        return stated or Fraction(0), True
    mean = Fraction(len(ticks) - 1) / (int(ticks[-1]) * film.time_base)
    for rate in (*((stated,) if stated else ()), *_COMMON, mean.limit_denominator(1001), mean):
        if abs(rate - mean) < mean / 100 and _beats(ticks, 1 / (rate * film.time_base)):
            return rate, True
    return mean.limit_denominator(1001), False


def _beats(ticks: np.ndarray[tuple[int], np.dtype[np.int64]], step: Fraction) -> bool:
    ideal = np.arange(len(ticks)) * float(step)
    return bool(np.abs(ticks - ideal).max() <= min(1.0, float(step) / 4) + 1e-6)
