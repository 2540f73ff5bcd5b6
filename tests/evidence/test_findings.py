"""What a rule finds for one event: what counts, what never counts."""

from dataclasses import replace

import numpy as np
import pytest

from coder.evidence.findings import findings
from coder.evidence.held import Held, Total, quantile
from coder.model.evidence import Finding
from coder.model.scheme import Evidence
from coder.model.time import SECOND_US, Span
from tests.evidence.watched import MUTUAL, TOWARD, around, coded, measured, scheme, track, tracks


def found(coding, made, *some):
    """(finding, value, coverage) of each event, the last two rounded."""
    return [
        (one.finding, None if one.value is None else round(one.value, 3), round(one.coverage, 3))
        for one in findings(coding, made, tracks(*some))
    ]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("1100000000", (Finding.INCONSISTENT, 0.2, 1)),
        ("1111000000", (Finding.CONSISTENT, 0.4, 1)),
        ("11.0......", (Finding.NONE, 0.667, 0.3)),
        ("11000.....", (Finding.CONSISTENT, 0.4, 0.5)),
        ("..........", (Finding.NONE, None, 0)),
        ("00000.....", (Finding.INCONSISTENT, 0, 0.5)),
    ],
)
def test_an_event_is_judged_by_its_valid_time_and_only_if_there_is_enough_of_it(letters, expected):
    assert found(coded("ffffffffff"), scheme(), track("toward", letters)) == [expected]


def test_what_was_not_measured_is_no_evidence():
    assert found(coded("ffoof"), scheme()) == [(Finding.NONE, None, 0)] * 2
    assert found(coded("ff"), scheme(), track("other", "11")) == [(Finding.NONE, None, 0)]


def test_off_asks_for_the_contrary():
    rule = replace(TOWARD, test="off")
    assert found(coded("ffoff"), scheme(f=(rule,)), track("toward", "10011")) == [
        (Finding.CONSISTENT, 0.5, 1),
        (Finding.INCONSISTENT, 0, 1),
    ]


def test_invalid_values_are_never_looked_at():
    """They are 1, which would be consistent, and stand under a mask."""
    times_us = np.arange(40) * 100_000
    values, valid = np.ones(40), np.arange(40) % 2 == 0
    values[::2] = 0.0
    assert found(coded("ffff"), scheme(), measured("toward", times_us, values, valid)) == [
        (Finding.INCONSISTENT, 0, 0.5)
    ]


def test_uneven_frames_count_by_how_long_they_last():
    """On for 3 s in ten frames, off for 1 s in ten frames: three quarters of the time, half of the frames."""
    times_us = [*range(0, 3_000_000, 300_000), *range(3_000_000, 4_000_000, 100_000)]
    made = scheme(f=(replace(TOWARD, expect=0.7),))
    values = [1] * 10 + [0] * 10
    assert found(coded("ffff"), made, measured("toward", times_us, values)) == [(Finding.CONSISTENT, 0.75, 1)]


def test_time_without_frames_was_not_seen():
    """The film ends after 4 of 10 s; before its second frame in second 2 there is a hole of a second."""
    times_us = [*range(0, 1_000_000, 100_000), *range(2_000_000, 4_000_000, 100_000)]
    (one,) = found(coded("ffffffffff"), scheme(), measured("toward", times_us, [1] * 30))
    assert one == (Finding.NONE, 1, 0.31)  # the last value before the hole holds for two frames at most
    assert found(coded("fffff"), scheme(), track("toward", "")) == [(Finding.NONE, None, 0)]
    held = Held.of(measured("toward", [5], [1]))
    assert (held.start_us.tolist(), held.end_us.tolist()) == ([5], [100_005])


def test_only_the_coded_window_counts():
    """The event begins before the window and is judged from its start; the thirds are those of the window."""
    made = scheme(f=(Evidence("near", "lowest_third", 0.5, "event", 0.5, "medium"),))
    values = [0] * 60 + [3] * 10 + [4] * 10 + [5] * 10
    near = measured("near", np.arange(90) * 100_000, values)
    coding = coded("foo", start_us=6 * SECOND_US)
    assert found(coding, made, near) == [(Finding.CONSISTENT, 1, 1)]
    wide = coded("ooooooffo")
    assert found(wide, made, near) == [(Finding.INCONSISTENT, 0, 1)]


@pytest.mark.parametrize(("test", "expected"), [("lowest_third", (1, 0, 0)), ("highest_third", (0, 0, 1))])
def test_thirds_are_those_of_the_valid_time_in_the_session(test, expected):
    """0, 1 and 2 for three seconds each; a wild value under the mask moves no border."""
    made = scheme(f=(Evidence("near", test, 0.5, "event", 0.5, "medium"),))
    values = np.repeat([0.0, 1.0, 2.0, 99.0], 30)
    near = measured("near", np.arange(120) * 100_000, values, np.arange(120) < 90)
    each = [found(coded("." * at + "fff" + "." * (9 - at)), made, near)[0][1] for at in (0, 3, 6)]
    assert each == list(expected)


def test_a_signal_that_does_not_vary_has_no_thirds():
    made = scheme(f=(Evidence("near", "lowest_third", 0.5, "event", 0.5, "medium"),))
    near = measured("near", np.arange(50) * 100_000, [2.0] * 50)
    assert found(coded("fffff"), made, near) == [(Finding.NONE, None, 1)]


def step(at_us, before, after, length=10):
    """A signal that changes once."""
    times_us = np.arange(length * 10) * 100_000
    return measured("motion", times_us, np.where(times_us < at_us, before, after))


@pytest.mark.parametrize(
    ("test", "expect", "signal", "finding"),
    [
        ("rises_by", 1, step(3_000_000, 0, 1), Finding.CONSISTENT),
        ("rises_by", 1.1, step(3_000_000, 0, 1), Finding.INCONSISTENT),
        ("rises_by", 1, step(3_000_000, 1, 0), Finding.INCONSISTENT),
        ("falls_by", 1, step(3_000_000, 1, 0), Finding.CONSISTENT),
        ("falls_by", 20, step(3_000_000, 50, 20), Finding.CONSISTENT),
        ("rises", 0.9, step(3_000_000, 10, 30), Finding.CONSISTENT),
        ("falls", 0.9, step(3_000_000, 10, 30), Finding.INCONSISTENT),
        ("rises", 0.1, step(20_000_000, 5, 9), Finding.NONE),  # it never varies
        ("rises_by", 1, step(20_000_000, 5, 9), Finding.INCONSISTENT),
        ("rises_by", 0.5, step(3_300_000, 0, 1), Finding.CONSISTENT),  # 0.4 of 0.7 s
        ("rises_by", 0.6, step(3_300_000, 0, 1), Finding.INCONSISTENT),
        ("rises_by", 1, step(6_000_000, 0, 1), Finding.INCONSISTENT),
    ],
)
def test_a_change_compares_before_and_after_a_moment(test, expect, signal, finding):
    made = scheme(v=(around("motion", test, expect),))
    assert [one for one, _, _ in found(coded(cues="...v......"), made, signal)] == [finding]


def test_a_change_is_told_in_its_own_unit_or_as_a_share_of_the_usual_range():
    signal = step(3_000_000, 10, 30)
    for test, value in (("rises_by", 20), ("rises", 1), ("falls_by", -20), ("falls", -1)):
        assert found(coded(cues="...v......"), scheme(v=(around("motion", test, 0.5),)), signal)[0][1] == value
    wild = measured("motion", np.arange(1000) * 100_000, [*[0.0] * 30, *[1.0] * 960, *[500.0] * 10])
    made = scheme(v=(around("motion", "rises", 0.5),))
    assert found(coded(cues="...v" + "." * 96), made, wild)[0][1] is None  # nine tenths of the time it is 1
    calm = measured("motion", np.arange(1000) * 100_000, [*[0.0] * 30, *[1.0] * 30, *[0.0] * 930, *[500.0] * 10])
    assert found(coded(cues="...v" + "." * 96), made, calm)[0][1] is None


def test_both_sides_of_a_change_must_be_seen():
    times_us = np.arange(100) * 100_000
    values = np.where(times_us < 3_000_000, 0.0, 1.0)
    after_only = measured("motion", times_us, values, times_us >= 3_000_000)
    rule = around("motion", "rises_by", 0.5, min_coverage=0.4)
    assert found(coded(cues="...v......"), scheme(v=(rule,)), after_only) == [(Finding.NONE, None, 0)]
    some = measured("motion", times_us, values, (times_us < 2_800_000) | (times_us >= 3_000_000))
    assert found(coded(cues="...v......"), scheme(v=(rule,)), some) == [(Finding.CONSISTENT, 1, 0.714)]


def test_a_share_around_a_moment():
    made = scheme(v=(around("voice", "on", 0.4, around_us=1_000_000),))
    assert found(coded(cues=".v...v."), made, track("voice", "0100110")) == [
        (Finding.CONSISTENT, 0.5, 1),
        (Finding.CONSISTENT, 1, 1),
    ]


def test_a_moment_in_time_that_could_not_be_coded_is_not_asked_about():
    """The tier of moments has no code for that; the child's other tier has."""
    made = scheme(f=(), v=(around("voice", "on", 0.4),))
    asked = findings(coded("ooouuu", cues=".v..v."), made, tracks(track("voice", "111111")))
    assert [one.span.start_us for one in asked] == [SECOND_US]


def test_a_derived_state_is_judged_where_both_codes_hold():
    made = scheme(f=(), both=(MUTUAL,))
    coding = coded(child="ffffooff", parent="nggggggg")
    (first, second) = findings(coding, made, tracks(track("mutual", "01100011")))
    assert (first.tier, first.code, first.event_id) == ("", "both", "")
    assert first.span == Span(SECOND_US, 4 * SECOND_US)
    assert (first.finding, round(first.value, 3)) == (Finding.CONSISTENT, 0.667)
    assert (second.span.start_us, second.finding) == (6 * SECOND_US, Finding.CONSISTENT)


def test_the_strong_rule_asks_for_more_coverage():
    made = scheme(f=(TOWARD,), both=(MUTUAL,))
    coding = coded(child="ffffffffff", parent="gggggggggg")
    said = found(coding, made, track("toward", "111111...."), track("mutual", "111111...."))
    assert [one for one, _, _ in said] == [Finding.CONSISTENT, Finding.NONE]


def test_a_weighted_quantile_is_reached_by_its_share_of_the_weight():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0])
    assert [quantile(values, weights, share) for share in (1 / 3, 0.34, 2 / 3, 1)] == [1, 2, 2, 3]
    assert quantile(values, np.array([0.0, 0.0, 5.0]), 0.1) == 2
    assert np.isnan(quantile(values, np.zeros(3), 0.5))


def test_a_running_total_round_a_circle_is_the_total_of_the_repeated_film():
    """Second implementation: the same track, three times in a row."""
    draw = np.random.default_rng(5)
    starts = np.sort(draw.choice(10_000, 60, replace=False))
    ends = np.append(starts[1:], 10_000) - draw.integers(0, 3, 60) * (draw.random(60) < 0.3)
    ends = np.maximum(ends, starts)
    weights = draw.integers(0, 3, 60).astype(float)
    window = Span(0, 10_000)
    thrice = [Total.of(starts + 10_000 * k, ends + 10_000 * k, weights) for k in (-1, 0, 1)]
    a = draw.integers(-9_000, 19_000, 500).astype(float)
    b = np.minimum(a + draw.integers(0, 4_000, 500), 20_000)
    direct = sum(total.over(a, b) for total in thrice)
    assert np.allclose(Total.of(starts, ends, weights).round(window).over(a, b), direct)
