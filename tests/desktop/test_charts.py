"""Where the parts of charts lie, and what they say: numbers and words alone, without a window."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PyQt6.QtWidgets import QApplication

from coder.annotate.view.theme import DARK, LIGHT, Theme, apply_theme
from coder.desktop.chart_scale import Axis, extent, nearest, tick_text, ticks
from coder.desktop.heat_grid import HeatCell, confusion_grid, framed
from coder.desktop.heat_map import fill_of
from coder.desktop.interval_bar import bar_of
from coder.desktop.plot import Dot, Level, Plot
from coder.desktop.reliability_plots import (
    curve_plot,
    differences_plot,
    drift_plot,
    drift_sentence,
    several_grid,
)
from coder.desktop.reliability_texts import Standing, number_text, sentence, standing, unsure
from coder.model.agreement import (
    Agreement,
    Confusion,
    Curve,
    Drift,
    DriftPoint,
    Estimate,
    Several,
    Status,
    Tally,
)
from coder.model.statistic import AGREEMENT, BIAS, F1, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from tests.annotate.view.test_theme import contrast
from tests.reliability.drawn import LOOK, SCHEME


def an_agreement(
    statistic: str = F1,
    value: float | None = 0.8,
    *,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    floor: float | None = None,
    status: Status = Status.OK,
    note: str = "",
) -> Agreement:
    found = Estimate(
        value=value,
        n=40,
        low=low,
        high=high,
        status=status,
        method="jackknife over 5 sessions" if low is not None else "",
        note=note,
    )
    unit = "events within 1 s"
    counts = {"sessions": 5.0}
    return Agreement(
        statistic=statistic, tier="cues", unit=unit, estimate=found, counts=counts, target=target, floor=floor
    )


def test_an_axis_lays_values_on_pixels_either_way_round() -> None:
    assert Axis(0, 1, 100, 200).px(0.25) == 125
    upwards = Axis(-1, 1, 200, 0)
    assert (upwards.px(0), upwards.px(1)) == (100, 0)
    assert (upwards.kept_px(5), upwards.kept_px(-5)) == (0, 200)
    assert upwards.holds(1)
    assert not upwards.holds(1.1)
    assert Axis(2, 2, 0, 10).px(2) == 5  # one value alone lies in the middle


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 1, 6, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (0, 1, 5, (0, 0.5, 1.0)),
        (-0.5, 0.5, 6, (-0.4, -0.2, 0, 0.2, 0.4)),
        (0.25, 5, 5, (1, 2, 3, 4, 5)),
        (3, 3, 5, ()),
        (0, float("nan"), 5, ()),
    ],
)
def test_ticks_are_round_and_no_more_than_fit(
    low: float, high: float, most: int, expected: tuple[float, ...]
) -> None:
    assert ticks(low, high, most) == pytest.approx(expected)


def test_ticks_are_never_more_than_asked_for() -> None:
    for most in range(1, 12):
        for low, high in ((0, 1), (-0.3, 1.7), (12, 4800), (0.001, 0.0017)):
            assert len(ticks(low, high, most)) <= most


def test_a_tick_says_as_much_as_tells_it_from_its_neighbours() -> None:
    assert [tick_text(one, (-0.2, 0, 0.2)) for one in (-0.2, 0, 0.2)] == ["−0.2", "0.0", "0.2"]
    assert [tick_text(one, (0, 5, 10)) for one in (0, 5, 10)] == ["0", "5", "10"]
    assert tick_text(0.25, (0.25, 0.5)) == "0.25"


def test_an_axis_reaches_as_far_as_its_values_with_room_there_only() -> None:
    assert extent([0.2, None, 0.9], 0, 1) == (0, 1)
    low, high = extent([-0.4, 0.9], 0, 1)
    assert low < -0.4
    assert high == 1


def test_the_nearest_place_is_pointed_to() -> None:
    assert nearest([10, 20, 30], 24) == 1
    assert nearest([], 24) == -1


def test_a_chart_shows_all_its_dots_intervals_and_levels() -> None:
    plot = Plot("a", "b", "c", (Dot(3, 0.4, "", -0.7, 0.6), Dot(9, None, "")), 0, 1, levels=(Level(1.3, "x"),))
    low, high = plot.y_range
    assert low < -0.7
    assert high > 1.3
    left, right = plot.x_range
    assert left < 3
    assert right > 9


def test_a_bar_puts_estimate_interval_and_target_on_one_axis() -> None:
    bar = bar_of(an_agreement(value=0.8, low=0.7, high=0.9, target=0.75, floor=0.6), 0, 100)
    assert (bar.middle, bar.low, bar.high) == pytest.approx((80, 70, 90))
    assert bar.allowed == pytest.approx((75, 100))
    assert bar.floor == pytest.approx((60,))
    assert not bar.cut_low


def test_a_bar_says_where_an_interval_goes_on_beyond_it() -> None:
    bar = bar_of(an_agreement(TIME_UNIT_KAPPA, 0.1, low=-0.3, high=0.5), 0, 100)
    assert bar.low == 0
    assert bar.cut_low


def test_the_bar_of_a_bias_lies_around_nothing_and_its_target_on_both_sides() -> None:
    bar = bar_of(an_agreement(BIAS, 0.4, low=0.3, high=0.5, target=0.2, floor=0.5), 0, 200)
    assert bar.zero == 100
    assert bar.middle == pytest.approx(140)
    assert bar.allowed == pytest.approx((80, 120))
    assert bar.floor == pytest.approx((50, 150))


def test_what_is_not_defined_has_no_place() -> None:
    bar = bar_of(an_agreement(value=None, status=Status.NO_EVENTS, target=0.7), 0, 100)
    assert bar.middle is bar.low is bar.high is None
    assert bar.allowed is not None


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (an_agreement(value=0.75, target=0.75), Standing.REACHED),
        (an_agreement(value=0.74, target=0.75, floor=0.6), Standing.BELOW),
        (an_agreement(value=0.59, target=0.75, floor=0.6), Standing.UNDER_FLOOR),
        (an_agreement(value=0.1, target=0.75), Standing.BELOW),
        (an_agreement(value=0.1), Standing.NO_TARGET),
        (an_agreement(value=1.0, target=0.7, status=Status.TOO_FEW), Standing.TOO_FEW),
        (an_agreement(value=None, status=Status.NO_VARIANCE), Standing.UNDEFINED),
        (an_agreement(value=None, status=Status.NOT_COMPARABLE), Standing.NOT_COMPARABLE),
        (an_agreement(BIAS, -0.4, target=0.2, floor=0.3), Standing.UNDER_FLOOR),
        (an_agreement(BIAS, -0.1, target=0.2), Standing.REACHED),
    ],
)
def test_a_number_stands_against_the_schemes_own_target(one: Agreement, expected: Standing) -> None:
    assert standing(one) is expected


def test_a_target_that_the_interval_goes_beyond_is_reached_but_not_surely() -> None:
    sure = an_agreement(value=0.9, low=0.8, high=0.95, target=0.75)
    assert not unsure(sure)
    assert unsure(an_agreement(value=0.8, low=0.6, high=0.95, target=0.75))
    assert unsure(an_agreement(BIAS, 0.1, low=-0.3, high=0.5, target=0.2))
    assert not unsure(an_agreement(value=0.7, low=0.6, high=0.95, target=0.75))  # not reached at all


def test_numbers_are_written_as_people_write_them() -> None:
    assert number_text(F1, None) == "–"
    assert number_text(F1, -0.004) == "0.00"
    assert number_text(TIME_UNIT_KAPPA, -0.25) == "−0.25"
    assert number_text(AGREEMENT, 0.917) == "92\u202f%"
    assert number_text(BIAS, -0.38) == "−0.38\u202fs"
    assert number_text(BIAS, 0.38) == "+0.38\u202fs"


def test_a_sentence_says_number_interval_ground_and_target() -> None:
    text = sentence(an_agreement(value=0.8, low=0.7, high=0.9, target=0.85))
    assert text == (
        "F1: 0.80, 95 % interval 0.70 to 0.90 (jackknife over 5 sessions). "
        "It rests on 40 (events within 1 s) of 5 sessions. The scheme’s target of 0.85 is not reached."
    )
    undefined = an_agreement(value=None, status=Status.NO_EVENTS, note="Neither coder used this code.")
    assert sentence(undefined) == "F1 is not defined. Neither coder used this code."


def test_a_heat_map_has_counts_shares_and_only_what_was_used() -> None:
    table = ((6.0, 2.0, 0.0), (0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    names = ("p", "t", "a")
    one = Agreement(
        statistic=TIME_UNIT_KAPPA,
        tier=LOOK.id,
        unit="1 s units",
        estimate=Estimate(value=0.5, n=9),
        confusion=Confusion(categories=names, table=table),
    )
    grid = confusion_grid(SCHEME, one, "Robin", "Sasha")
    assert grid.row_ids == names  # the second is used by B, the third by A
    first = grid.cells[0]
    assert [(cell.text, cell.below) for cell in first] == [("6", "75\u202f%"), ("2", "25\u202f%"), ("0", "")]
    assert first[0].alike
    assert not first[1].alike
    assert grid.first == (0, 1)  # the strongest in which they differ
    assert "Robin" in first[1].said
    assert "Sasha" in first[1].said


def test_cells_fill_what_the_labels_leave_and_are_found_by_pixel() -> None:
    frame = framed(500, 400, 3, 4, left=100, top=50, most=(90, 80))
    assert (frame.cell_width, frame.cell_height) == (90, 80)
    assert frame.cell(2, 3) == (370, 210, 90, 80)
    assert frame.at(371, 211, 3, 4) == (2, 3)
    assert frame.at(99, 211, 3, 4) is None
    assert frame.at(371, 291, 3, 4) is None
    assert framed(500, 400, 10, 40, left=100, top=50, most=(90, 80)).cell_width == 10


def a_drift(*values: float, outside: Sequence[int] = (), left_at: int | None = None) -> Drift:
    """A bias session by session, with a band of a quarter of a second and the mean of each three."""
    points = tuple(
        DriftPoint(
            f"s{at}",
            f"Visit {at + 1}",
            f"2026-03-0{at + 1}T10:00:00+00:00",
            Estimate(value=value, n=12),
            sum(values[at - 2 : at + 1]) / 3 if at >= 2 else None,
            at in outside,
        )
        for at, value in enumerate(values)
    )
    return Drift("look", BIAS, "Robin", "Sasha", points, -0.25, 0.25, left_at)


def test_a_drift_says_where_it_left_its_band() -> None:
    drift = a_drift(0.1, 0.2, 0.5, 0.6, outside=(2, 3), left_at=2)
    assert drift_sentence(drift) == (
        "It left its band at “Visit 3”, session 3 of 4. "
        "The last three sessions together lie beyond it: +0.43\u202fs."
    )
    plot = drift_plot(drift, None)
    assert plot.at == 2  # what is pointed to first
    assert [dot.struck for dot in plot.dots] == [False, False, True, True]
    assert plot.band == (-0.25, 0.25)
    assert plot.dots[2].said == (
        "Visit 3 (2026-03-03): Timing bias, B − A +0.50\u202fs. Over three sessions +0.27\u202fs. "
        "Outside the band."
    )


def test_sessions_beyond_the_band_that_say_too_little_are_not_passed_over() -> None:
    assert drift_sentence(a_drift(0.1, 0.0, 0.2)) == "It has stayed within its band."
    assert drift_sentence(a_drift(0.0, 0.0, 0.3)) == (
        "1 session lies beyond the band, but alone it is too uncertain to say that it left it."
    )


def test_a_curve_marks_the_tolerance_that_the_scheme_chose() -> None:
    points = tuple((at * SECOND_US, Estimate(value=0.6 + at / 10, n=20)) for at in (1, 2, 3))
    plot = curve_plot(Curve("cues", F1, points, 2 * SECOND_US), an_agreement(target=0.75, floor=0.6))
    assert plot.upright == (2.0, "the scheme’s 2 s")
    assert plot.at == 1
    assert [level.label for level in plot.levels] == ["target", "floor"]
    assert plot.dots[1].said == "At 2 s: F1 0.80."


def test_values_that_are_there_several_times_are_one_dot_that_says_so() -> None:
    tally = Tally(unit_us=1, units=5, at=(), cell=(), values=((4, 5), (4, 5), (3, 3), (1, 2), (6, 4)))
    one = replace(an_agreement(), tallies=(tally,))
    plot = differences_plot(one)
    assert plot is not None
    assert [(dot.x, dot.y, dot.times) for dot in plot.dots] == [(1.5, 1, 1), (3, 0, 1), (4.5, 1, 2), (5, -2, 1)]
    assert plot.dots[2].said == "A gave 4, B 5: +1.00 apart, 2 times."
    assert [level.value for level in plot.levels] == pytest.approx([0, 0.2, -2.3559, 2.7559], abs=1e-3)
    assert differences_plot(an_agreement()) is None


def test_who_agree_least_is_looked_at_first() -> None:
    kappas = {(0, 1): 0.9, (0, 2): 0.4, (1, 2): 0.7}
    pairwise = tuple(
        tuple(
            None if row == column else Estimate(value=kappas[min(row, column), max(row, column)], n=60)
            for column in range(3)
        )
        for row in range(3)
    )
    grid = several_grid(Several("look", ("Kim", "Robin", "Sasha"), 4, (), TIME_UNIT_KAPPA, pairwise))
    assert grid.first == (0, 2)
    assert grid.cells[0][2].said == "Kim and Sasha: Kappa of time units 0.40 from 60."
    assert not grid.cells[1][1].count


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("alike", [True, False])
def test_every_shade_of_a_heat_map_can_be_read(qapp: QApplication, colours: Theme, alike: bool) -> None:
    """WCAG AA for the counts, whatever share a cell has."""
    apply_theme(qapp, colours)
    for share in range(0, 101, 5):
        fill = fill_of(HeatCell(1, "1", "1 %", share / 100, alike=alike, said=""))
        assert contrast(colours.text, fill.name()) >= 4.5, share
    apply_theme(qapp, LIGHT)
