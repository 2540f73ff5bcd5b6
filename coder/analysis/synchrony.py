"""Whether two people's movement goes together, at which lag, and how much of that chance would give.

Windowed cross-correlation (Boker, Rotondo, Xu & King 2002, Psychological Methods 7, 338-355): both series are
correlated within short windows, so that slow drifts of a session do not count, at every lag up to a limit; the
windows' correlations are averaged by Fisher's z. What chance gives comes from the same two series with one of them
shifted in time, all around (surrogates: Moulder, Boker, Ramseyer & Tschacher 2018, Psychological Methods 23,
757-773): each keeps its own rhythm and its gaps, only their being simultaneous is lost.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft
from scipy.ndimage import maximum_filter1d

from coder.model.time import Span
from coder.model.track import FeatureTrack

WINDOW_US = 10_000_000
MOST_LAG_US = 3_000_000
LEAST_SHIFT_US = 10_000_000
LEAST_US = 60_000_000
STEP_US = 100_000

_FULL = 0.5  # share of a window's pairs that must be known
_FEW = 3  # windows at one offset
_LEAST_SEEN = 0.3  # share of the time in which both are known
_FLAT = 1e-9  # of a series' variance; below that nothing moves in a window
_MOST_R = 0.999

Floats = NDArray[np.float64]


class Status(StrEnum):
    """Why there is no estimate, as a sentence; FOUND if there is one."""

    FOUND = ""
    TOO_SHORT = "The session is too short: 60 seconds at least are needed."
    TOO_LITTLE_SEEN = "Both people’s movement is known in less than 30 % of the time."
    TOO_FEW_WINDOWS = "Too few stretches of 10 seconds show both people moving."


@dataclass(frozen=True, slots=True)
class Synchrony:
    """estimate: mean correlation at the lag where it is highest, -1 … 1. lag_us: that lag; positive where the
    second follows the first. baseline, baseline_95: mean and 95th percentile of the same, best lag included, over
    all `shifts` shifted times. p: how often a shift gives at least as much, (1 + times) / (1 + shifts), never less
    than smallest_p. coverage: share of the time in which both are known. All but the last are None (shifts: 0)
    where `status` says why.
    """

    status: Status
    coverage: float
    estimate: float | None = None
    lag_us: int | None = None
    baseline: float | None = None
    baseline_95: float | None = None
    p: float | None = None
    smallest_p: float | None = None
    shifts: int = 0


def synchrony_of(
    first: FeatureTrack,
    second: FeatureTrack,
    within: Span | None = None,
    *,
    window_us: int = WINDOW_US,
    most_lag_us: int = MOST_LAG_US,
) -> Synchrony:
    """The synchrony of two tracks, or of what of them lies in a span.

    Both are brought to one grid of 100 ms, or of the slower track's frames if they lie farther apart; what is not
    valid is left out, never taken as 0.
    """
    times = [track.times_us for track in (first, second)]
    if min(len(one) for one in times) < 2:
        return Synchrony(Status.TOO_SHORT, 0.0)
    step_us = max(STEP_US, *(int(np.median(np.diff(one))) for one in times))
    span = within or Span(min(int(one[0]) for one in times), max(int(one[-1]) for one in times) + step_us)
    a, b = (_gridded(track, span, step_us) for track in (first, second))
    return synchrony(a, b, step_us, window_us=window_us, most_lag_us=most_lag_us)


def synchrony(
    first: Floats,
    second: Floats,
    step_us: int,
    *,
    window_us: int = WINDOW_US,
    most_lag_us: int = MOST_LAG_US,
    least_shift_us: int = LEAST_SHIFT_US,
) -> Synchrony:
    """The synchrony of two series, (n,) each, a value every `step_us`, NaN where none is known.

    Windows overlap by half. Shifts: all from `least_shift_us` to that much less than the series' length. Raises
    ValueError for series of two lengths, and for a lag that does not fit into a window or a shift.
    """
    window, lag, least = (us // step_us for us in (window_us, most_lag_us, least_shift_us))
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("two series of one length are compared")
    if not 0 <= lag < window or 2 * lag >= least:
        raise ValueError("a lag is shorter than the window and than half of the least shift")
    n = len(first)
    known = np.isfinite(first) & np.isfinite(second)
    coverage = float(known.mean()) if n else 0.0
    if n * step_us < LEAST_US:
        return Synchrony(Status.TOO_SHORT, coverage)
    if coverage < _LEAST_SEEN:
        return Synchrony(Status.TOO_LITTLE_SEEN, coverage)
    together = windowed(first, second, window)
    near = np.concatenate([together[n - lag :], together[: lag + 1]])
    best = maximum_filter1d(np.where(np.isfinite(together), together, -np.inf), 2 * lag + 1, mode="wrap")
    shifted = best[least : n - least + 1]
    shifted = shifted[np.isfinite(shifted)]
    if not np.isfinite(best[0]) or not len(shifted):
        return Synchrony(Status.TOO_FEW_WINDOWS, coverage)
    return Synchrony(
        Status.FOUND,
        coverage,
        estimate=float(np.tanh(best[0])),
        lag_us=int(np.nanargmax(near) - lag) * step_us,
        baseline=float(np.tanh(shifted.mean())),
        baseline_95=float(np.tanh(np.percentile(shifted, 95))),
        p=float((1 + np.count_nonzero(shifted >= best[0])) / (1 + len(shifted))),
        smallest_p=1 / (1 + len(shifted)),
        shifts=len(shifted),
    )


def windowed(first: Floats, second: Floats, window: int) -> Floats:
    """(n,) Fisher's z, averaged over windows of `first`, of its correlation with `second` so many steps later.

    Entry n - k is the lag -k. Windows that the end of `second` would cut in two are left out; so within lags
    shorter than a window nothing is ever compared across the ends. NaN where too few windows can be used.
    """
    n = len(first)
    m_b = np.isfinite(second).astype(np.float64)
    b = _centred(second)
    bases = [rfft(series) for series in (m_b, b, b * b)]
    total, count = np.zeros(n), np.zeros(n)
    level = float(b @ b) / max(m_b.sum(), 1)
    x, m_x = _centred(first), np.isfinite(first)
    spread = float(x @ x) / max(int(m_x.sum()), 1)
    for start in range(0, n - window + 1, max(window // 2, 1)):
        part = slice(start, start + window)
        if m_x[part].sum() < _FULL * window:
            continue
        a, m_a = np.zeros(n), np.zeros(n)
        m_a[part] = m_x[part]
        a[part] = np.where(m_x[part], x[part] - x[part][m_x[part]].mean(), 0.0)
        of_m, of_a, of_aa = (np.conj(rfft(series)) for series in (m_a, a, a * a))
        pairs, sum_b, sum_bb = (irfft(of_m * base, n) for base in bases)
        sum_a, sum_ab = irfft(of_a * bases[0], n), irfft(of_a * bases[1], n)
        sum_aa = irfft(of_aa * bases[0], n)
        pairs = np.maximum(np.round(pairs), 1)
        var_a, var_b = sum_aa / pairs - (sum_a / pairs) ** 2, sum_bb / pairs - (sum_b / pairs) ** 2
        whole = (start + np.arange(n)) % n + window <= n
        able = whole & (pairs >= _FULL * window) & (var_a > _FLAT * spread) & (var_b > _FLAT * level)
        covariance = sum_ab / pairs - sum_a * sum_b / pairs**2
        r = np.clip(covariance[able] / np.sqrt(var_a[able] * var_b[able]), -_MOST_R, _MOST_R)
        total[able] += np.arctanh(r)
        count[able] += 1
    return np.where(count >= _FEW, total / np.maximum(count, 1), np.nan)


def _centred(series: Floats) -> Floats:
    """About its mean, 0 where nothing is known (a mask says so)."""
    known = np.isfinite(series)
    return np.where(known, series - series[known].mean(), 0.0) if known.any() else np.zeros(len(series))


def _gridded(track: FeatureTrack, span: Span, step_us: int) -> Floats:
    """The mean of the valid values in each step of the span, NaN where there is none."""
    steps = (span.end_us - span.start_us) // step_us
    at = (track.times_us - span.start_us) // step_us
    kept = track.valid & (at >= 0) & (at < steps)
    count = np.bincount(at[kept], minlength=steps)
    total = np.bincount(at[kept], weights=track.values[kept], minlength=steps)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
