"""The figures: every mark stands where its number belongs, and what is undefined leaves a gap."""

from dataclasses import replace

import pytest

from coder.model.agreement import Agreement, Curve, Drift, DriftPoint, Estimate, Status, Tally
from coder.report.axes import Axis, round_step
from coder.report.difference_figures import differences
from coder.report.drift_figures import FIGURES, SENTENCES, drift_in_short, drift_sentence, drifting
from coder.report.forest import LABELS, NUMBERS, WIDTH, forest
from coder.report.line_figures import BOTTOM, TOP, curve_figures
from tests.report.test_paper import GAZE, SCHEME, WARMTH


def number(value: float | None, low: float | None = None, high: float | None = None, **more: object) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=50, **more)


def kappa(
    found: Estimate, target: float | None = 0.8, floor: float | None = 0.6, code: str | None = None
) -> Agreement:
    return Agreement(
        statistic="time-unit kappa",
        tier="gaze",
        unit="1 s units",
        estimate=found,
        code=code,
        target=target,
        floor=floor,
    )


@pytest.mark.parametrize(("at_least", "step"), [(0.013, 0.02), (0.2, 0.2), (3.0, 5.0), (0, 1.0), (70, 100)])
def test_steps_of_an_axis_are_round(at_least: float, step: float) -> None:
    assert round_step(at_least) == pytest.approx(step)


def test_an_axis_names_values_that_lie_on_it() -> None:
    axis = Axis(-0.3, 1.0, 100, 230)
    assert [tick.text for tick in axis.ticks()] == ["−0.2", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert axis.at(0.35) == pytest.approx(165)
    assert axis.at(7) == 230


def test_estimates_stand_against_their_targets() -> None:
    figure = forest((kappa(number(0.75, 0.5, 1.0)),), SCHEME)
    assert figure is not None
    (bar,) = figure.bars
    axis = Axis(0.5, 1.0, LABELS, WIDTH - NUMBERS)
    assert [bar.x, bar.low, bar.high, bar.target, bar.floor] == pytest.approx(
        [axis.at(one) for one in (0.75, 0.5, 1.0, 0.8, 0.6)]
    )
    assert (bar.label, bar.sub, bar.style, bar.text) == ("Gaze", "Kappa, 1 s units", "low", ".75 (.50–1.00)")


def test_what_is_undefined_or_too_little_has_no_disc_that_could_be_taken_for_good() -> None:
    silent = kappa(number(None, status=Status.NO_VARIANCE))
    few = kappa(number(1.0, status=Status.TOO_FEW), code="on")
    figure = forest((silent, few), SCHEME)
    assert figure is not None
    assert [(bar.x is None, bar.style, bar.text) for bar in figure.bars] == [
        (True, "none", "not defined"),
        (False, "none", "1.00, too little"),
    ]
    assert forest((kappa(number(0.9), target=None),), SCHEME) is None


def drift(*values: float | None, left_at: int | None = None, who: str = "Sasha") -> Drift:
    points = tuple(
        DriftPoint(f"s{at}", f"Visit {at + 1}", "", number(value), value if at > 1 else None, at == left_at)
        for at, value in enumerate(values)
    )
    return Drift("gaze", "timing bias", "Robin", who, points, -0.25, 0.25, left_at)


def test_drift_is_said_with_the_session_at_which_it_began() -> None:
    told = drift_sentence(drift(0.0, 0.1, 0.4, 0.5, left_at=2), SCHEME)
    assert told == (
        "Gaze, Robin and Sasha: Timing (Sasha − Robin, seconds) left the band (−0.25\u202fs to 0.25\u202fs) at "
        "session 3 of 4, Visit 3; 1 session came after it."
    )
    assert "stayed in the band" in drift_sentence(drift(0.0, 0.1, 0.2), SCHEME)
    assert drift_in_short([drift(0, 0.1, 0.4, left_at=2), drift(0, 0.1)], SCHEME) == (
        "Over time, these left the band they should stay in: Robin and Sasha on Gaze (timing) from Visit 3 on."
    )
    assert drift_in_short([drift(0, 0.1)], SCHEME) == ""


def test_of_many_drifts_those_that_left_come_first_and_the_rest_is_counted() -> None:
    lines = [drift(0.0, 0.1, who=f"Coder {at}") for at in range(30)] + [drift(0.0, 0.6, left_at=1, who="Kim")]
    shown = drifting(lines, SCHEME)
    assert "Kim" in shown.sentences[0]
    assert (len(shown.sentences), len(shown.figures)) == (SENTENCES, FIGURES)
    assert shown.rest == "15 lines more, none of which left the band."
    assert shown.figures[0].marker is not None
    assert shown.figures[0].marker.text == "Visit 2"
    assert [dot.style for dot in shown.figures[0].dots] == ["", "outside"]


def test_a_session_without_a_number_leaves_a_gap() -> None:
    (figure,) = drifting([drift(0.1, None, 0.2)], SCHEME).figures
    assert [dot.y is None for dot in figure.dots] == [False, True, False]
    assert "Visit 2 not defined" in figure.description


def test_f1_and_chance_are_one_figure_with_the_tolerance_of_the_scheme() -> None:
    tolerances = (0, 500_000, 1_000_000)
    found = Curve("cues", "F1", tuple(zip(tolerances, map(number, (0.2, 0.6, 0.8)), strict=True)), 1_000_000)
    chance = Curve(
        "cues", "F1 by chance", tuple(zip(tolerances, map(number, (0, 0.1, 0.2)), strict=True)), 1_000_000
    )
    (figure,) = curve_figures([found, chance], SCHEME)
    assert [dot.y for dot in figure.dots] == pytest.approx(
        [BOTTOM + (TOP - BOTTOM) * one for one in (0.2, 0.6, 0.8)]
    )
    assert figure.marker is not None
    assert figure.marker.x == pytest.approx(figure.dots[2].x)
    assert (len(figure.lines), len(figure.beside)) == (1, 1)
    assert figure.description == "0 s .20; 0.5 s .60; 1 s .80"


def test_ratings_are_drawn_with_limits_and_equal_pairs_as_one_disc() -> None:
    values = ((3, 3), (3, 3), (3, 3), (3, 3), (2, 4), (5, 4))
    tally = Tally(unit_us=1, units=6, at=(), cell=(), values=values)
    like = Agreement(
        statistic="mean difference", tier="warmth", unit="points", estimate=number(1 / 6), tallies=(tally,)
    )
    (figure,) = differences([like], WARMTH)
    assert len(figure.bubbles) == 3
    assert max(figure.bubbles, key=lambda one: one.r).title == "4 × mean 3, difference 0.00"
    assert [level.text for level in figure.levels] == ["mean 0.17", "+1.96 SD 2.09", "−1.96 SD −1.76"]
    assert differences([like], GAZE) == ()
    few = Tally(unit_us=1, units=2, at=(), cell=(), values=values[:2])
    assert differences([replace(like, tallies=(few,))], WARMTH) == ()
