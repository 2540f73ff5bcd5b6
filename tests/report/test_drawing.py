"""Where things stand in the pictures."""

import numpy as np
import pytest

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack, Signal
from coder.report import timeline, words
from coder.report.curves import HEIGHT, curve_strips
from tests.reliability.drawn import SCHEME, a_pass
from tests.report.invented import PROVENANCE, passes_part


def test_a_strip_holds_both_passes_at_the_same_scale():
    part = passes_part(a_pass("a", look="pppptttt"), a_pass("b", look="pppppptt"), SCHEME)
    (strip,) = timeline.strips(part, SCHEME)
    look = strip.lanes[0]
    room = timeline.WIDTH - timeline.LABELS
    assert [(block.x, block.width, block.colour) for block in look.a] == [
        (timeline.LABELS, room / 2, 0),
        (timeline.LABELS + room / 2, room / 2, 1),
    ]
    assert [(mark.x, mark.width, mark.pale) for mark in look.marks] == [
        (timeline.LABELS + room / 2, pytest.approx(room / 4), True)
    ]
    assert look.a[0].title == "coder-a: Code p, 00:00:00.000 – 00:00:04.000"
    assert look.marks[0].title == "Different at 00:00:04.000: coder-a Code t, coder-b Code p"


def test_long_sessions_are_cut_into_equal_strips():
    spans = timeline.cut(Span(0, 610 * SECOND_US))
    assert len(spans) == 3
    assert {span.duration_us // SECOND_US for span in spans} == {203}
    assert (spans[0].start_us, spans[-1].end_us) == (0, 610 * SECOND_US)


@pytest.mark.parametrize("seconds", [1, 8, 59, 300])
def test_an_axis_has_a_handful_of_round_times(seconds):
    found = timeline.ticks(Span(0, seconds * SECOND_US))
    assert 2 <= len(found) <= 11


def test_uncodable_time_has_no_colour_and_codes_beyond_the_palette_are_marked():
    part = passes_part(a_pass("a", look="uuuu"), a_pass("b", look="uuuu"), SCHEME)
    assert timeline.strips(part, SCHEME)[0].lanes[0].a[0].colour is None
    assert [code[0] for code in timeline.keys(SCHEME)[0].codes] == [0, 1, 2, None]


def test_a_curve_is_broken_where_nothing_could_be_measured():
    times = np.arange(0, 8 * SECOND_US, 40_000)
    valid = np.ones(len(times), dtype=bool)
    valid[80:120] = False
    track = FeatureTrack(Signal("yaw", "Yaw", "deg", -90, 90), times, np.zeros(len(times)), valid, PROVENANCE)
    ((strip),) = curve_strips((track,), Span(0, 8 * SECOND_US))
    (curve,) = strip.curves
    assert len(curve.paths) == 2
    assert (curve.low, curve.high, curve.missing) == ("−90", "90", "")
    middle = curve.y + HEIGHT / 2
    assert curve.paths[0].startswith(f"M{timeline.LABELS:.1f},{middle:.1f} ")


def test_a_signal_that_was_never_measured_says_so():
    times = np.arange(0, SECOND_US, 40_000)
    nowhere = np.zeros(len(times), dtype=bool)
    track = FeatureTrack(
        Signal("yaw", "Yaw", "deg", -90, 90), times, np.full(len(times), np.nan), nowhere, PROVENANCE
    )
    curve = curve_strips((track,), Span(0, SECOND_US))[0].curves[0]
    assert (curve.paths, curve.missing) == ((), "not measurable here")


def test_numbers_are_written_as_in_papers():
    assert [words.coefficient(value) for value in (0.714, 1.0, 0.997, -0.121, 0.0, -0.001)] == [
        ".71",
        "1.00",
        f">{words.THIN}.99",
        "−.12",
        ".00",
        ".00",
    ]
    assert [words.percent(share).replace(words.THIN, " ") for share in (0.5, 0.001, 0.999, 0, 1)] == [
        "50 %",
        "< 1 %",
        "> 99 %",
        "0 %",
        "100 %",
    ]
    assert words.limits(Estimate(value=0.4, n=9, low=-0.05, high=0.6)) == "−.05 to .60"
    assert words.seconds(125.4).replace(words.THIN, " ") == "2:05 min"
    assert words.joined(["A", "B", "C"]) == "A, B and C"


@pytest.mark.parametrize(
    ("value", "low", "high", "verdict"),
    [
        (0.9, 0.87, 0.95, ("good", "reaches the target")),
        (0.9, 0.8, 0.95, ("open", "reaches the target, but may lie below it")),
        (0.8, 0.7, 0.84, ("low", "below the target")),
        (0.8, 0.7, 0.9, ("low", "below the target, but may reach it")),
        (0.849, None, None, ("low", "just below the target")),
        (0.5, 0.4, 0.6, ("act", "below the floor: act")),
        (None, None, None, ("none", "cannot be judged")),
        (None, 0.0, 0.0, ("act", "no better than chance: act")),
    ],
)
def test_a_verdict_holds_the_estimate_against_target_and_floor(value, low, high, verdict):
    undefined = Status.NO_EVENTS if low is None else Status.BELOW_CHANCE
    status = undefined if value is None else Status.OK
    found = Estimate(value=value, n=50, low=low, high=high, status=status)
    one = Agreement(statistic="F1", tier="t", unit="", estimate=found, target=0.85, floor=0.7)
    assert words.verdict(one) == verdict
