"""A measured signal as lines: gaps where nothing is valid, no lost peaks."""

import numpy as np

from coder.annotate.view.curve import lines, value_text
from coder.annotate.view.scale import Scale
from coder.model.track import FeatureTrack, Provenance, Signal

MADE = Provenance("test", "1", "", {}, {}, {}, 0, 0)


def track(values: list[float], valid: str, step_us: int = 10) -> FeatureTrack:
    """`valid`: one sign a sample, x for valid and . for not."""
    times = np.arange(len(values)) * step_us
    mask = np.array([sign == "x" for sign in valid])
    return FeatureTrack(Signal("s", "Signal", "deg", 0, 10), times, np.array(values, float), mask, MADE)


def test_the_range_of_the_signal_fills_the_height() -> None:
    (line,) = lines(track([0, 5, 10, 20], "xxxx"), Scale(0, 1.0, 100), 20, 40)
    assert line.tolist() == [[0, 60], [10, 40], [20, 20], [30, 20]]


def test_what_is_not_valid_is_a_gap() -> None:
    found = lines(track([1, 1, 99, 1, 1], "xx.xx"), Scale(0, 1.0, 100), 0, 10)
    assert [line[:, 0].tolist() for line in found] == [[0, 10], [30, 40]]


def test_nothing_valid_in_sight_is_no_line() -> None:
    assert lines(track([1, 1, 1], "..."), Scale(0, 1.0, 100), 0, 10) == []


def test_many_samples_on_a_pixel_keep_their_peak_and_their_gap() -> None:
    values = [5.0] * 5000
    values[2503] = 10.0
    valid = "x" * 3000 + "." * 1000 + "x" * 1000
    found = lines(track(values, valid, step_us=1), Scale(0, 50.0, 100), 0, 10)
    assert len(found) == 2
    assert len(found[0]) + len(found[1]) <= 200
    assert found[0][:, 1].min() == 0.0


def test_the_value_at_a_moment_is_that_of_the_frame_then() -> None:
    curve = track([0.123456, 2, 3], "xx.")
    assert [value_text(curve, at) for at in (-1, 0, 9, 10, 25)] == [
        "not measured",
        "0.123 deg",
        "0.123 deg",
        "2 deg",
        "not measured",
    ]
