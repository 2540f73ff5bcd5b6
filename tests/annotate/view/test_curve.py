"""A measured signal as lines: gaps where nothing is valid, no lost peaks."""

import numpy as np
import pytest

from coder.annotate.view.curve import Curve, value_text
from coder.annotate.view.scale import Scale
from coder.model.track import FeatureTrack, Provenance, Signal

MADE = Provenance("test", "1", "", {}, {}, {}, 0, 0)


def track(values: list[float], valid: str, step_us: int = 10) -> FeatureTrack:
    """`valid`: one sign a sample, x for valid and . for not."""
    times = np.arange(len(values)) * step_us
    mask = np.array([sign == "x" for sign in valid])
    return FeatureTrack(Signal("s", "Signal", "deg", 0, 10), times, np.array(values, float), mask, MADE)


def test_the_range_of_the_signal_fills_the_height() -> None:
    (line,) = Curve(track([0, 5, 10, 20], "xxxx")).lines(Scale(0, 1.0, 100), 20, 40)
    assert line.tolist() == [[0, 60], [10, 40], [20, 20], [30, 20]]


def test_what_is_not_valid_is_a_gap() -> None:
    found = Curve(track([1, 1, 99, 1, 1], "xx.xx")).lines(Scale(0, 1.0, 100), 0, 10)
    assert [line[:, 0].tolist() for line in found] == [[0, 10], [30, 40]]


def test_a_lone_sample_can_be_seen() -> None:
    found = Curve(track([1, 5, 1], ".x.")).lines(Scale(0, 1.0, 100), 0, 10)
    assert [line.tolist() for line in found] == [[[10, 5], [11, 5]]]


def test_frames_that_were_not_measured_are_a_gap() -> None:
    whole = track([1.0] * 20, "x" * 20)
    kept = np.r_[0:5, 12:20]
    lost = FeatureTrack(whole.signal, whole.times_us[kept], whole.values[kept], whole.valid[kept], MADE)
    found = Curve(lost).lines(Scale(0, 1.0, 200), 0, 10)
    assert [(line[0, 0], line[-1, 0]) for line in found] == [(0, 40), (120, 190)]


def test_nothing_valid_in_sight_is_no_line() -> None:
    curve = Curve(track([1, 1, 1], "..."))
    assert curve.lines(Scale(0, 1.0, 100), 0, 10) == []
    assert len(curve.columns(Scale(0, 100.0, 100), 0, 10)) == 0


def test_many_samples_on_a_pixel_keep_their_peak_and_their_gap() -> None:
    values = [5.0] * 50_000
    values[25_003] = 10.0
    valid = "x" * 30_000 + "." * 10_000 + "x" * 10_000
    curve = Curve(track(values, valid, step_us=1))
    scale = Scale(0, 500.0, 100)
    assert curve.dense(scale)
    found = curve.columns(scale, 0, 10)
    assert found[:, 0].tolist() == [*np.arange(0.5, 60.5), *np.arange(80.5, 100.5)]
    peaks = found[found[:, 1] == 0]
    assert [49.5 <= x <= 50.5 for x in peaks[:, 0]] == [True]
    assert np.all(peaks[:, 3] >= 5)


@pytest.mark.parametrize("us_per_px", [25.0, 100.0, 700.0, 3_000.0, 20_000.0])
def test_a_gap_is_a_gap_at_every_zoom(us_per_px: float) -> None:
    valid = np.ones(100_000, bool)
    valid[40_000:60_000] = False
    whole = track([5.0] * 100_000, "x" * 100_000)
    curve = Curve(FeatureTrack(whole.signal, whole.times_us, whole.values, valid, MADE))
    begin, end = 400_000 / us_per_px, 600_000 / us_per_px
    scale = Scale(max(begin - 50, 0) * us_per_px, us_per_px, 2000)
    shift = max(begin - 50, 0)
    drawn = (
        curve.columns(scale, 0, 10)[:, 0]
        if curve.dense(scale)
        else np.concatenate([line[:, 0] for line in curve.lines(scale, 0, 10)])
    )
    # a block of samples that holds a valid one may reach a pixel or two into the gap
    assert not np.any((drawn > begin - shift + 2) & (drawn < end - shift - 2))
    assert np.any(drawn < begin - shift + 2)


@pytest.mark.parametrize("us_per_px", [25.0, 90.0, 333.0, 2_500.0])
def test_every_valid_sample_lies_in_the_line_of_its_column_or_of_the_one_before(us_per_px: float) -> None:
    rng = np.random.default_rng(7)
    values, valid = rng.uniform(0, 10, 60_000), np.repeat(rng.uniform(size=600) < 0.6, 100)
    whole = track([0.0] * 60_000, "x" * 60_000)
    curve = Curve(FeatureTrack(whole.signal, whole.times_us, values, valid, MADE))
    scale = Scale(0, us_per_px, 24_000)
    assert curve.dense(scale)
    lines = {int(x): (upper, lower) for x, upper, _, lower in curve.columns(scale, 0, 10).tolist()}
    column = np.floor(whole.times_us / us_per_px).astype(int)
    for at in range(0, 60_000, 13):
        if valid[at]:
            near = [lines[n] for n in (int(column[at]), int(column[at]) - 1) if n in lines]
            assert any(upper - 1e-4 <= 10 - values[at] <= lower + 1e-4 for upper, lower in near)


def test_the_value_at_a_moment_is_that_of_the_frame_then() -> None:
    curve = track([0.123456, 2, 3], "xx.")
    assert [value_text(curve, at) for at in (-1, 0, 9, 10, 25)] == [
        "not measured",
        "0.123°",
        "0.123°",
        "2°",
        "not measured",
    ]
