"""Offset and clock skew of two films from their sound.

Coarse: stretches of the shorter film are looked for in the longer one by how their bands rise and fall; the places
found vote for a straight line. Fine: along that line short windows of both are compared wave by wave (generalised
cross-correlation with a softened phase transform, Knapp & Carter 1976), and the lags vote once more. The second
vote is the judge: lags of films that have nothing in common lie anywhere, and the chance that so many of them lie
on one line by accident is worked out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import comb, hypot
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.language import later, tr
from coder.media.alignment import Match, Proposal
from coder.media.hearing import HEARD_HZ, OUTLINE_HZ, Heard, Waves, heard
from coder.media.index import FrameIndex
from coder.model.time import SECOND_US

Numbers = NDArray[np.float64]

# No camera's clock is further off; a slope beyond it is two accidents.
MOST_SKEW_PPM = 500
_STEEPEST = MOST_SKEW_PPM / SECOND_US

# Coarse: stretches of this many seconds, so many at most, and the places each may vote for.
_STRETCH_S = (20.0, 180.0)
_STRETCHES = 40
_PLACES = 5
_COARSE_S = 0.06  # votes this near a line are for it
_RIVAL = 0.9  # another place that fits this nearly as well leaves the matter open
_TRIED = 120  # the strongest votes; a line is laid through every two of them

# Fine: windows, how far around the coarse line is searched, how near a line a lag is for it.
_WINDOW_S = 1.5
_WINDOWS = 240
_SEARCH_S = 0.12
_FINE_S = 0.004
_FINER = 4  # places between two samples
_WHITEN = 0.8  # 1 would count every frequency alike, heard or not; 0 would let the loudest decide
_OWN_PEAK_S = 0.003
_WEAKEST = 0.1

# Nobody knows where the microphones stood: sound needs 3 ms for each metre that one stands farther away.
_AIR_US = 3_000

# So unlikely must agreement by accident be.
_BY_ACCIDENT = 1e-4

_NOTHING = later("The sounds of the two films do not agree: were they recorded in the same room?")


@dataclass(frozen=True, slots=True)
class _Line:
    """lag = at + slope * time, in seconds. rival: how well the next best places fit beside those on the line."""

    at: float
    slope: float
    rival: float = 0.0

    def lag(self, time: Numbers) -> Numbers:
        return self.at + self.slope * time


def propose(
    reference: FrameIndex | str | Path,
    other: FrameIndex | str | Path,
    to_session_us: Callable[[int], int] = lambda file_us: file_us,
    progress: Callable[[float], None] | None = None,
) -> Proposal:
    """Where `other` lies on the session's clock, by its sound.

    to_session_us: the session time of a file time of `reference`. progress: told the seconds of sound that are
    done, of both films. Raises MediaError if one cannot be opened or has no sound.
    """
    tell = progress or (lambda _: None)
    with heard(reference, tell) as first:
        done_s = first.samples / HEARD_HZ
        with heard(other, lambda seconds: tell(done_s + seconds)) as second:
            return _compared(first, second, to_session_us)


def _compared(first: Heard, second: Heard, to_session_us: Callable[[int], int]) -> Proposal:
    for sound in (first, second):
        if not sound.outline.any():
            return _refused(tr("One of the films is silent."))
    if min(len(first.outline), len(second.outline)) < 2 * _WINDOW_S * OUTLINE_HZ:
        return _refused(tr("One of the films is too short to be compared."))
    coarse = _coarse(first, second)
    times, lags, strengths = _lags(first, second, coarse)
    session_s = np.array([to_session_us(round(time * SECOND_US)) for time in times]) / SECOND_US
    lags = lags + session_s - times
    votes = np.where(strengths >= _WEAKEST, strengths, 0.0)
    voters = int((votes > 0).sum())
    if not voters:
        return _refused(tr(_NOTHING))
    line = _best_line(session_s, lags, votes, _FINE_S)
    agree = (np.abs(lags - line.lag(session_s)) <= _FINE_S) & (votes > 0)
    matches = tuple(
        Match(round(at * SECOND_US), round(lag * SECOND_US), round(float(strength), 3))
        for at, lag, strength in zip(session_s[agree], lags[agree], strengths[agree], strict=True)
    )
    offset_us, skew_ppm, fit_us = fitted(session_s[agree], lags[agree], strengths[agree])
    uncertainty_us = round(hypot(fit_us, _AIR_US))
    enough, remark = _judged(_by_accident(len(matches), voters), coarse.rival, skew_ppm)
    return Proposal(offset_us, skew_ppm, uncertainty_us, matches, sound=True, enough=enough, remark=remark)


def _refused(remark: str) -> Proposal:
    return Proposal(0, 0, 0, (), sound=True, enough=False, remark=remark)


def _judged(accident: float, rival: float, skew_ppm: int) -> tuple[bool, str]:
    if accident > _BY_ACCIDENT:
        return False, tr(_NOTHING)
    if rival > _RIVAL:
        return False, tr("The sound repeats itself, and fits in several places. Mark a moment in both films.")
    if skew_ppm == 0:
        return True, tr("The clocks run alike, as far as the sound can tell.")
    return True, ""


# ---- coarse


def _coarse(first: Heard, second: Heard) -> _Line:
    """The line on which most stretches are found again; lag is how much later a sound is in `first`."""
    if len(first.outline) < len(second.outline):
        turned = _coarse(second, first)
        whole = 1 - turned.slope  # its line runs over the time of `second`, which is this one's less the lag
        return _Line(-turned.at / whole, -turned.slope / whole, turned.rival)
    outline, rate = first.outline, OUTLINE_HZ
    stretch_s = float(np.clip(len(second.outline) / rate / 8, *_STRETCH_S))
    size = min(int(stretch_s * rate), len(second.outline))
    count = min(max(len(second.outline) // size, 1), _STRETCHES)
    starts = np.linspace(0, len(second.outline) - size, count).astype(int)
    length = 1 << (len(outline) + size).bit_length()
    long = np.fft.rfft(outline, length, axis=0)
    energy = np.concatenate([[0.0], (outline.astype(np.float64) ** 2).sum(axis=1).cumsum()])
    times, lags, votes = [], [], []
    for start in starts:
        part = second.outline[start : start + size]
        common = np.fft.irfft((long * np.fft.rfft(part, length, axis=0).conj()).sum(axis=1), length)
        places = np.arange(-size // 2, len(outline) - size // 2)
        under = energy[np.clip(places + size, 0, len(outline))] - energy[np.clip(places, 0, len(outline))]
        own = float((part.astype(np.float64) ** 2).sum())
        alike = common[places] / np.sqrt(own * np.maximum(under, under.mean() / 4) + 1e-9)
        for _ in range(_PLACES):
            best = int(alike.argmax())
            lags.append((places[best] - start) / rate)
            times.append(places[best] / rate + size / rate / 2)
            votes.append(max(float(alike[best]), 0.0))
            alike[max(best - rate // 4, 0) : best + rate // 4] = -1
    line = _best_line(np.array(times), np.array(lags), np.array(votes), _COARSE_S)
    on_line = np.abs(np.array(lags) - line.lag(np.array(times))) <= _COARSE_S
    return replace(line, rival=_rival(np.array(votes).reshape(count, _PLACES), on_line.reshape(count, _PLACES)))


def _rival(votes: Numbers, on_line: NDArray[np.bool_]) -> float:
    """How well the best place off the line fits beside the one on it, in the middling stretch that has both."""
    on, off = np.where(on_line, votes, 0).max(axis=1), np.where(on_line, 0, votes).max(axis=1)
    return float(np.median(off[on > 0] / on[on > 0])) if (on > 0).any() else 1.0


def _best_line(times: Numbers, lags: Numbers, votes: Numbers, near_s: float) -> _Line:
    """The line through two of the points (at least one), or level through one, that gathers the most votes."""
    order = np.argsort(-votes)[:_TRIED]
    times, lags, votes = times[order], lags[order], votes[order]
    i, j = np.triu_indices(len(times), 1)
    apart = times[j] - times[i]
    slopes = np.divide(lags[j] - lags[i], apart, out=np.full(len(i), np.inf), where=np.abs(apart) > 1)
    fair = np.abs(slopes) <= _STEEPEST
    slopes = np.concatenate([np.zeros(len(times)), slopes[fair]])
    ats = np.concatenate([lags, lags[i[fair]] - slopes[len(times) :] * times[i[fair]]])
    gathered = np.empty(len(slopes))
    for begin in range(0, len(slopes), 1000):
        part = slice(begin, begin + 1000)
        off = np.abs(lags - ats[part, None] - slopes[part, None] * times)
        gathered[part] = ((off <= near_s) * votes).sum(axis=1)
    best = int(gathered.argmax())
    return _Line(float(ats[best]), float(slopes[best]))


# ---- fine


def _lags(first: Heard, second: Heard, coarse: _Line) -> tuple[Numbers, Numbers, Numbers]:
    """Times in the middle of windows of `first`, the lag found in each, and its strength."""
    begin_s = max(0.0, coarse.at)
    end_s = min(first.samples / HEARD_HZ, second.samples / HEARD_HZ + coarse.at) - _WINDOW_S
    found = []
    slot_s = max(_WINDOW_S, (end_s - begin_s) / _WINDOWS)
    loud = np.abs(first.outline).sum(axis=1, dtype=np.float64).cumsum()
    for slot in np.arange(begin_s, end_s, slot_s):
        start_s = _liveliest(loud, slot, min(slot + slot_s - _WINDOW_S, end_s))
        middle_s = start_s + _WINDOW_S / 2
        guess_s = float(coarse.lag(np.array(middle_s)))
        at, there = round(start_s * HEARD_HZ), round((start_s - guess_s - _SEARCH_S) * HEARD_HZ)
        count, reach = round(_WINDOW_S * HEARD_HZ), round(_SEARCH_S * HEARD_HZ)
        lag, strength = _lag(first.waves(at, count), second.waves(there, count + 2 * reach), reach)
        found.append((middle_s, (at - there - reach) / HEARD_HZ - lag / HEARD_HZ, strength))
    times, lags, strengths = np.array(found, np.float64).reshape(len(found), 3).T
    return times, lags, strengths


def _liveliest(loud: Numbers, from_s: float, to_s: float) -> float:
    """Where between the two a window begins that holds the most comings and goings."""
    size = round(_WINDOW_S * OUTLINE_HZ)
    first, last = round(from_s * OUTLINE_HZ), min(round(to_s * OUTLINE_HZ), len(loud) - size - 1)
    if last <= first:
        return from_s
    starts = np.arange(first, last)
    return float(starts[(loud[starts + size] - loud[starts]).argmax()]) / OUTLINE_HZ


def _lag(here: Waves, there: Waves, reach: int) -> tuple[float, float]:
    """By how many samples `here` lies behind the middle of `there`, up to `reach`, and how sure that is."""
    size = 1 << (len(there) + len(here)).bit_length()
    a = np.fft.rfft(here * np.hanning(len(here)), size)
    b = np.fft.rfft(there, size)
    cross = b * a.conj()
    strength = np.abs(cross)
    if not strength.max() > 0:
        return 0.0, 0.0
    cross /= (strength + strength.max() * 1e-6) ** _WHITEN
    frequency = np.fft.rfftfreq(size, 1 / HEARD_HZ)
    cross[(frequency < 100) | (frequency > 3800)] = 0
    alike = np.abs(np.fft.irfft(cross, size * _FINER)[: (2 * reach + 1) * _FINER])
    best = int(alike.argmax())
    own = round(_OWN_PEAK_S * HEARD_HZ * _FINER)
    others = np.concatenate([alike[: max(best - own, 0)], alike[best + own :]])
    return best / _FINER - reach, float(1 - others.max(initial=0) / alike[best])


def _by_accident(agreeing: int, voters: int) -> float:
    """The chance that so many lags lie on one of all the lines through two of them, were they anywhere."""
    near = _FINE_S / _SEARCH_S  # of the places searched, the share that counts as on the line
    lines = voters * (voters + 1) / 2
    others, least = max(voters - 2, 0), max(agreeing - 2, 0)
    so_many = sum(comb(others, n) * near**n * (1 - near) ** (others - n) for n in range(least, others + 1))
    return min(lines * so_many, 1.0)


def fitted(
    session_s: Numbers, lags_s: Numbers, weights: Numbers, least_error_s: float = 0.0
) -> tuple[int, int, int]:
    """offset_us, skew_ppm and uncertainty_us of the straight line through matches, by weighted least squares.

    A skew that cannot be told from none is given as 0. session_s, lags_s, weights: shape (n,), n at least 1.
    least_error_s: how uncertain each match is, however well they agree.
    """
    file_s = session_s - lags_s
    share = weights / weights.sum()
    middle, lag = float(share @ file_s), float(share @ lags_s)
    spread = float(share @ (file_s - middle) ** 2)
    slope, slope_error = 0.0, 0.0
    if spread > 0:
        slope = float(share @ ((file_s - middle) * (lags_s - lag))) / spread
        rest = lags_s - lag - slope * (file_s - middle)
        slope_error = float(np.sqrt(share**2 @ ((file_s - middle) ** 2 * (rest**2 + least_error_s**2)))) / spread
        if abs(slope) < 2 * slope_error:
            slope = 0.0
    skew_ppm = round(-slope * SECOND_US)
    rest = lags_s + file_s * skew_ppm / SECOND_US
    offset_s = float(share @ rest)
    error_s = float(np.sqrt(share**2 @ ((rest - offset_s) ** 2 + least_error_s**2)))
    farthest_s = float(np.abs(file_s - middle).max())
    return (
        round(offset_s * SECOND_US),
        skew_ppm,
        round(2 * np.hypot(error_s, slope_error * farthest_s) * SECOND_US),
    )
