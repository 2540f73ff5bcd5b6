"""Cutting a turned square out of a picture, and finding back."""

import numpy as np
import pytest

from coder.features.face import Box
from coder.features.geometry import Head
from coder.features.seeing.cutting import Cut, roll_deg


def clockwise(degrees: float) -> np.ndarray:
    """A head that looks into the lens, tilted clockwise in the picture."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([(c, s, 0), (-s, c, 0), (0, 0, 1)])


@pytest.mark.parametrize("turn", [0.0, 40.0, 90.0, -90.0, 135.0, 180.0])
def test_what_shows_in_a_cut_is_found_back_in_the_picture(turn: float) -> None:
    rgb = np.zeros((400, 600, 3), np.uint8)
    rgb[118:123, 338:343] = 255  # a white dot, its middle at (340.5, 120.5)
    cut = Cut(300, 160, 200, turn)
    shown = cut.of(rgb, 400)
    rows, columns = np.nonzero(shown[:, :, 0] > 127)
    share = (np.array([columns.mean(), rows.mean()]) + 0.5) / 400
    assert cut.back(share) == pytest.approx((340.5, 120.5), abs=1.0)


def test_a_cut_at_the_tilt_of_a_head_shows_it_upright() -> None:
    rgb = np.zeros((300, 300, 3), np.uint8)
    rgb[150, 150:250] = 255  # from the chin at the middle to the crown at the right: tilted clockwise by 90°
    shown = Cut(150, 150, 240, 90).of(rgb, 240)[:, :, 0] > 60
    rows, columns = np.nonzero(shown)
    assert rows.max() <= 122
    assert rows.min() < 30
    assert np.ptp(columns) <= 3


def test_beyond_the_picture_is_black() -> None:
    shown = Cut(0, 0, 100).of(np.full((80, 80, 3), 200, np.uint8), 50)
    assert shown[:20, :20].max() == 0
    assert shown[30:, 30:].min() == 200


@pytest.mark.parametrize("turn", [-170.0, -90.0, -30.0, 0.0, 30.0, 90.0, 170.0])
def test_a_head_that_stands_upright_in_a_turned_cut_is_tilted_in_the_picture(turn: float) -> None:
    head = Cut(300, 160, 200, turn).head_back(Head(np.eye(3), (100.0, 100.0), 4.0))
    assert roll_deg(head) == pytest.approx(turn)
    assert head.centre_px == pytest.approx((300, 160))
    np.testing.assert_allclose(head.rotation, clockwise(turn), atol=1e-12)


def test_a_head_seen_from_above_has_no_tilt() -> None:
    from_above = np.array([(1.0, 0, 0), (0, 0.05, -1), (0, 1, 0.05)])
    assert roll_deg(Head(from_above, (0, 0), 1.0)) == 0


def test_small_tilts_are_left_as_they_are() -> None:
    box = Box(100, 100, 150, 160)
    assert Cut.around(box, 2.0, 20.0) == Cut.around(box, 2.0)
    assert Cut.around(box, 2.0, 60.0).roll_deg == 60
    assert Cut.around(box, 2.0).side == 120
