"""Time to pixels and back."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.annotate.view.scale import FINEST_US_PER_PX, Scale, ruler_text
from coder.model.time import SECOND_US as S
from coder.model.time import Span

BOUNDS = Span(0, 600 * S)
WHOLE = Scale.fitting(BOUNDS, 1000)


def test_fitting_shows_everything() -> None:
    assert (WHOLE.x(0), WHOLE.x(600 * S)) == (0, 1000)


def test_zooming_keeps_the_time_under_the_mouse() -> None:
    zoomed = WHOLE.zoomed(8, 250, BOUNDS)
    assert zoomed.us_per_px == WHOLE.us_per_px / 8
    assert zoomed.us(250) == WHOLE.us(250)


def test_zooming_ends_at_the_finest_and_at_the_whole() -> None:
    assert WHOLE.zoomed(1e9, 500, BOUNDS).us_per_px == FINEST_US_PER_PX
    assert WHOLE.zoomed(8, 250, BOUNDS).zoomed(1 / 100, 700, BOUNDS) == WHOLE


@pytest.mark.parametrize(("by_px", "start_s"), [(-50_000, 0), (50_000, 525), (100, 107.5)])
def test_panning_stops_at_the_ends(by_px: float, start_s: float) -> None:
    scale = Scale(100 * S, 75_000, 1000)
    assert scale.panned(by_px, BOUNDS).start_us == start_s * S


def test_following_turns_the_page_only_when_the_time_is_out_of_sight() -> None:
    scale = Scale(100 * S, 10_000, 1000)
    assert scale.following(105 * S, BOUNDS) is scale
    turned = scale.following(111 * S, BOUNDS)
    assert 0 < turned.x(111 * S) < 100


@given(st.floats(0.01, 100), st.floats(0, 1000), st.floats(-3000, 3000), st.integers(50, 4000))
def test_whatever_is_done_the_strip_stays_inside_the_session(
    factor: float, at_px: float, by_px: float, width: int
) -> None:
    scale = WHOLE.zoomed(factor, at_px, BOUNDS).panned(by_px, BOUNDS).resized(width, BOUNDS)
    assert scale.width_px == width
    assert scale.start_us >= -1
    assert scale.end_us <= BOUNDS.end_us + 1


def test_labels_of_the_ruler_have_room() -> None:
    for factor in (1, 3, 20, 400, 1000):
        scale = WHOLE.zoomed(factor, 500, BOUNDS)
        labelled = [scale.x(at) for at, label in scale.ticks() if label]
        gaps = [b - a for a, b in itertools.pairwise(labelled)]
        assert all(gap >= 80 for gap in gaps)
        assert len(labelled) >= 1


@pytest.mark.parametrize(
    ("at_us", "us_per_px", "text"),
    [
        (62 * S, 100_000, "1:02"),
        (3723 * S, 100_000, "1:02:03"),
        (62_400_000, 1_000, "1:02.40"),
        (-S, 100_000, "-0:01"),
    ],
)
def test_the_ruler_is_written_for_people(at_us: int, us_per_px: float, text: str) -> None:
    assert ruler_text(at_us, us_per_px) == text
