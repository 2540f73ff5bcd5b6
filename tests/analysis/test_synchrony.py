"""Synchrony of series whose lag is planted, and of series that have nothing to do with each other."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import kstest

from coder.analysis.synchrony import Status, synchrony, synchrony_of, windowed
from coder.model.time import Span
from coder.model.track import FeatureTrack, Provenance, Signal

STEP_US = 100_000
Floats = NDArray[np.float64]


def restless(seed: int, n: int, memory: float = 0.8) -> Floats:
    """Movement that hangs on for some steps, as a body's does."""
    steps = np.random.default_rng(seed).normal(size=n + 100)
    series = np.zeros(n + 100)
    for i in range(1, n + 100):
        series[i] = memory * series[i - 1] + steps[i]
    return series[100:]


def follower(lead: Floats, by: int, seed: int, own: float = 1.0) -> Floats:
    """What `lead` did `by` steps before, and something of its own."""
    later = np.roll(lead, by)
    later[: max(by, 0)] = 0
    return later + own * restless(seed, len(lead))


def track(values: Floats, step_us: int = STEP_US, start_us: int = 0) -> FeatureTrack:
    times_us = start_us + np.arange(len(values), dtype=np.int64) * step_us
    valid = np.isfinite(values)
    made = Provenance("made", "1", "", {}, {}, {}, len(values), 0)
    return FeatureTrack(
        Signal("motion", "Motion", "z", -2, 6), times_us, np.where(valid, values, 0.0), valid, made
    )


def by_hand(a: Floats, b: Floats, window: int, offset: int) -> float:
    """The definition, spelled out: numpy's correlation of the pairs that are known, window by window."""
    found = []
    n = len(a)
    for start in range(0, n - window + 1, window // 2):
        first = (start + offset) % n
        if first + window > n:
            continue
        x, y = a[start : start + window], b[first : first + window]
        known = np.isfinite(x) & np.isfinite(y)
        if known.sum() < window / 2 or np.isfinite(x).sum() < window / 2:
            continue
        if np.ptp(x[known]) > 0 and np.ptp(y[known]) > 0:
            found.append(np.arctanh(np.clip(np.corrcoef(x[known], y[known])[0, 1], -0.999, 0.999)))
    return float(np.mean(found)) if len(found) >= 3 else np.nan


@pytest.mark.parametrize("lag", [-20, -7, 0, 5, 28])
def test_the_planted_lag_and_who_leads_are_found(lag: int) -> None:
    lead = restless(1, 1500)
    found = synchrony(lead, follower(lead, lag, 2), STEP_US)
    assert found.status is Status.FOUND
    assert found.lag_us == lag * STEP_US
    assert found.p == found.smallest_p
    assert found.baseline is not None
    assert found.baseline_95 is not None
    assert found.estimate is not None
    assert found.baseline < found.baseline_95 < found.estimate


def test_a_lag_beyond_the_limit_is_not_found() -> None:
    lead = restless(1, 1500)
    found = synchrony(lead, follower(lead, 60, 2), STEP_US)
    assert found.p is not None
    assert found.p > 0.05


def test_it_equals_the_definition_gaps_included() -> None:
    rng = np.random.default_rng(5)
    a, b = restless(3, 700), restless(4, 700)
    a[rng.random(700) < 0.2], b[rng.random(700) < 0.2] = np.nan, np.nan
    a[100:180], b[300:390] = np.nan, np.nan
    fast = windowed(a, b, 100)
    slow = np.array([by_hand(a, b, 100, offset) for offset in range(700)])
    np.testing.assert_allclose(fast, slow, atol=1e-9)
    assert np.isfinite(slow).mean() > 0.5


def test_estimate_baseline_and_p_equal_the_definition() -> None:
    a, b = restless(6, 640), restless(7, 640)
    offsets = np.array([by_hand(a, b, 100, offset) for offset in range(640)])
    best = np.array([max(offsets[(shift + lag) % 640] for lag in range(-30, 31)) for shift in range(640)])
    shifted = best[100:541]
    found = synchrony(a, b, STEP_US)
    assert found.estimate == pytest.approx(np.tanh(best[0]))
    assert found.baseline == pytest.approx(np.tanh(shifted.mean()))
    assert found.p == pytest.approx((1 + (shifted >= best[0]).sum()) / (1 + len(shifted)))
    assert found.shifts == len(shifted) == 441
    assert found.smallest_p == 1 / 442


def test_what_has_nothing_to_do_with_each_other_has_any_p() -> None:
    found = [
        synchrony(restless(2 * seed, 900), restless(2 * seed + 1, 900), STEP_US).p for seed in range(1000, 1200)
    ]
    assert kstest(found, "uniform").pvalue > 0.01
    assert 0.01 <= np.mean([p is not None and p <= 0.05 for p in found]) <= 0.10


def test_a_drift_that_both_share_is_no_synchrony() -> None:
    drift = np.linspace(0, 60, 1200)
    found = synchrony(drift + restless(8, 1200), drift + restless(9, 1200), STEP_US)
    assert found.p is not None
    assert found.p > 0.05


def test_gaps_are_left_out_and_do_not_count_as_stillness() -> None:
    """Where both are lost at the same times, zeros would go together; what is known does not."""
    a, b = 10 + restless(10, 1500), 10 + restless(11, 1500)
    lost = restless(12, 1500, 0.95) > 2
    with_zeros = synchrony(np.where(lost, 0, a), np.where(lost, 0, b), STEP_US)
    left_out = synchrony(np.where(lost, np.nan, a), np.where(lost, np.nan, b), STEP_US)
    assert with_zeros.estimate is not None
    assert left_out.estimate is not None
    assert with_zeros.estimate > 0.6
    assert left_out.estimate < 0.2
    assert left_out.coverage == pytest.approx(1 - lost.mean())


def test_a_short_session_says_so() -> None:
    found = synchrony(restless(1, 599), restless(2, 599), STEP_US)
    assert found.status is Status.TOO_SHORT
    assert (found.estimate, found.p, found.shifts) == (None, None, 0)


def test_a_session_that_shows_little_says_so() -> None:
    a, b = restless(1, 1000), restless(2, 1000)
    a[:400], b[600:] = np.nan, np.nan
    a[200:] = np.nan
    assert synchrony(a, b, STEP_US).status is Status.TOO_LITTLE_SEEN


def test_nobody_who_moves_has_no_synchrony() -> None:
    still = np.zeros(1000)
    assert synchrony(still, restless(2, 1000), STEP_US).status is Status.TOO_FEW_WINDOWS
    assert synchrony(restless(2, 1000), still, STEP_US).status is Status.TOO_FEW_WINDOWS


def test_two_lengths_and_a_lag_that_does_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        synchrony(np.zeros(700), np.zeros(701), STEP_US)
    with pytest.raises(ValueError, match="shorter than the window"):
        synchrony(np.zeros(700), np.zeros(700), STEP_US, window_us=2_000_000)
    with pytest.raises(ValueError, match="half of the least shift"):
        synchrony(np.zeros(700), np.zeros(700), STEP_US, most_lag_us=6_000_000)


def test_tracks_are_brought_to_one_grid() -> None:
    """One track at 25 Hz, one at 8⅓ Hz that begins later; the second follows by 0.6 s."""
    fine = restless(20, 3600, 0.95)
    late = follower(fine, 15, 21, own=0.5)
    found = synchrony_of(track(fine, 40_000), track(late[2::3], 120_000, 80_000))
    assert found.status is Status.FOUND
    assert found.lag_us == pytest.approx(600_000, abs=120_000)
    assert found.p == found.smallest_p


def test_only_what_lies_in_the_span_counts() -> None:
    lead = restless(30, 2000)
    second = np.concatenate([follower(lead, 5, 31)[:1000], restless(32, 1000)])
    together = synchrony_of(track(lead), track(second), Span(0, 100_000_000))
    apart = synchrony_of(track(lead), track(second), Span(100_000_000, 200_000_000))
    assert together.lag_us == 500_000
    assert together.p == together.smallest_p
    assert apart.p is not None
    assert apart.p > 0.05


def test_empty_tracks_are_too_short() -> None:
    nothing = track(np.zeros(0))
    assert synchrony_of(nothing, nothing).status is Status.TOO_SHORT
