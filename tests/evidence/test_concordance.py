"""Concordance: when it is silent, what its numbers are by a second way of computing them, and by chance."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kstest, mannwhitneyu
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from coder.evidence.concordance import concordances, summed
from coder.evidence.reading import Reading
from coder.evidence.sharpness import auc
from coder.evidence.subjects import subjects
from coder.evidence.tables import Units, shifts_of, unit_agreement
from coder.model.evidence import Silence
from coder.model.scheme import Evidence
from coder.model.time import SECOND_US, Span
from tests.evidence.watched import BY_SOUND, MUTUAL, TOWARD, around, coded, measured, scheme, track, tracks


def one(coding, made, *some):
    """The only concordance."""
    (found,) = concordances(coding, made, tracks(*some))
    return found


def faces(child, parent=None):
    """Both faces found or not, second by second."""
    return track("child_found", child), track("parent_found", parent or child)


def bouts(draw, length, mean=4.0, letters="of"):
    """Letters that take turns; how long each stays is exponential."""
    drawn, now = "", int(draw.integers(2))
    while len(drawn) < length:
        drawn += letters[now] * max(1, round(draw.exponential(mean)))
        now = 1 - now
    return drawn[:length]


# When the features cannot speak


def test_under_thirty_per_cent_of_the_session_with_both_faces_there_is_no_number():
    code, toward = "ffff" + "o" * 6, track("toward", "1111000000")
    silent = one(coded(code), scheme(), toward, *faces("1111111111", "11........"))
    assert (silent.why, silent.coverage, silent.events) == (Silence.UNSEEN, 1, 1)
    assert (silent.share.value, silent.auc.value, silent.kappa.value, silent.chance.mean) == (None,) * 4
    assert (silent.covered, silent.consistent, silent.lag_us) == (0, 0, None)
    assert one(coded(code), scheme(), toward, *faces("1111111111", "111.......")).why is Silence.SPEAKS
    assert one(coded(code), scheme(), toward, *faces("1111111111", "1100000000")).why is Silence.UNSEEN


def test_the_signal_itself_must_be_there_for_thirty_per_cent_of_the_session():
    assert one(coded("ff" + "o" * 8), scheme(), track("toward", "11........")).why is Silence.UNSEEN
    assert one(coded("ff" + "o" * 8), scheme(), track("toward", "110.......")).why is Silence.SPEAKS


def test_what_is_heard_needs_no_faces():
    heard = track("voice", "1111000000", provenance=BY_SOUND)
    made = scheme(f=(replace(TOWARD, feature="voice"),))
    assert one(coded("ffff" + "o" * 6), made, heard, *faces("..........")).why is Silence.SPEAKS


def test_under_half_of_the_codes_own_time_there_is_no_number():
    code = "ffffffffff" + "o" * 10
    assert one(coded(code), scheme(), track("toward", "1111......" + "0" * 10)).why is Silence.UNSEEN_HERE
    spoken = one(coded(code), scheme(), track("toward", "11111....." + "0" * 10))
    assert (spoken.why, spoken.coverage, spoken.available) == (Silence.SPEAKS, 0.5, 0.75)


def test_a_code_that_was_not_given_or_not_measured_says_so():
    assert one(coded("oooo"), scheme(), track("toward", "1111")).why is Silence.NEVER
    assert one(coded("ffff"), scheme(), track("else", "1111")).why is Silence.UNMEASURED
    assert one(coded("ffff"), scheme(), track("else", "1111")).available is None
    flat = scheme(f=(replace(TOWARD, test="lowest_third"),))
    assert one(coded("ffoo"), flat, track("toward", "1111")).why is Silence.FLAT


def test_events_below_the_rules_coverage_are_neither_for_nor_against():
    """The strong rule wants 70 %: one event has it and is consistent, one has it and is not, one has not."""
    made = scheme(f=(), both=(MUTUAL,))
    child = "ffffffffff" + "oo" + "ffffffffff" + "oo" + "ffffffffff"
    seen = "1111111..." + "00" + "0000000..." + "00" + "111111...."
    found = one(coded(child, "g" * 34), made, track("mutual", seen))
    assert (found.events, found.covered, found.consistent) == (3, 2, 1)
    assert found.share.value == 0.5


# The numbers, computed another way


def test_consistent_events_have_wilsons_limits():
    found = one(coded("fo" * 42), scheme(), track("toward", "10" * 27 + "00" * 6 + ".0" * 9))
    assert (found.events, found.covered, found.consistent) == (42, 33, 27)
    low, high = proportion_confint(27, 33, method="wilson")
    assert (found.share.value, found.share.low, found.share.high, found.share.n) == pytest.approx(
        (27 / 33, low, high, 33)
    )


def test_the_area_under_the_curve_is_mann_and_whitneys():
    draw = np.random.default_rng(11)
    values = draw.integers(0, 12, 900).astype(float)  # with ties
    inside = draw.random(900) < 0.3
    expected = mannwhitneyu(values[inside], values[~inside]).statistic / (inside.sum() * (~inside).sum())
    assert auc(values, inside.astype(float), (~inside).astype(float)) == pytest.approx(expected)


@pytest.mark.parametrize(("test", "turned"), [("highest_third", False), ("lowest_third", True)])
def test_the_area_is_that_of_frames_inside_and_outside_the_code(test, turned):
    """Frames that are not valid, or in time that could not be coded, are on neither side."""
    draw = np.random.default_rng(3)
    child = bouts(draw, 60) + "u" * 10 + bouts(draw, 30)
    values, valid = draw.random(1000), draw.random(1000) < 0.8
    near = measured("near", np.arange(1000) * 100_000, values, valid)
    found = one(coded(child), scheme(f=(Evidence("near", test, 0.5, "event", 0.5, "medium"),)), near)
    letters = np.repeat(list(child), 10)
    inside, outside = values[valid & (letters == "f")], values[valid & (letters == "o")]
    expected = mannwhitneyu(inside, outside).statistic / (len(inside) * len(outside))
    assert found.auc.value == pytest.approx(1 - expected if turned else expected)
    assert found.auc.n == len(inside) + len(outside)


def test_the_area_counts_frames_by_how_long_they_last():
    """On for 0.6 s of which 0.4 lie in the code, and for 0.3 s in it; off for 0.3 s in it and for 0.3 outside."""
    times_us = [0, 300_000, 600_000, 1_200_000]
    found = one(coded("fo", length=2), scheme(), measured("toward", times_us, [1, 0, 1, 0]))
    inside = {1: 0.3 + 0.4, 0: 0.3}
    outside = {1: 0.2, 0: 0.3}  # the last frame lasts as long as is usual
    whole = sum(inside.values()) * sum(outside.values())
    ties = (inside[1] * outside[1] + inside[0] * outside[0]) / 2
    assert found.auc.value == pytest.approx((inside[1] * outside[0] + ties) / whole)


def test_the_area_of_moments_compares_onsets_with_other_seconds():
    """Motion rises at each cue and, once, where there is none."""
    times_us = np.arange(300) * 100_000
    values = np.zeros(300)
    for at in (5, 15, 25):
        values[at * 10 : at * 10 + 10] = 2.0
    made = scheme(v=(around("motion", "rises_by", 1),), f=())
    cues = "".join("v" if at in (5, 15) else "." for at in range(30))
    found = one(coded(cues=cues), made, measured("motion", times_us, values))
    assert (found.events, found.covered, found.consistent) == (2, 2, 2)
    # 2 onsets beside 24 other seconds: those near a cue are no others; second 25 rises as far as an onset,
    # and what is before the film was not seen
    others = [at for at in range(30) if all(abs(at - cue) >= 1.4 for cue in (5, 15))]
    rises = {at: 2.0 if at == 25 else 0.0 for at in others if at > 0}
    above = sum(1.0 if rise < 2 else 0.5 for rise in rises.values()) * 2
    assert found.auc.value == pytest.approx(above / (2 * len(rises)))
    assert (found.kappa.why, found.kappa_chance.why) == (Silence.NO_LENGTH, Silence.NO_LENGTH)


def test_kappa_is_that_of_the_seconds_that_are_codable_and_valid():
    draw = np.random.default_rng(7)
    child = bouts(draw, 50) + "uuuuu" + bouts(draw, 45)
    letters = [*bouts(draw, 100, letters="01")]
    for at in draw.choice(100, 20, replace=False):
        letters[at] = "."
    found = one(coded(child), scheme(), track("toward", "".join(letters)))
    pairs = [(c, t) for c, t in zip(child, letters, strict=True) if c != "u" and t != "."]
    table = [[sum(pair == (c, t) for pair in pairs) for t in "10"] for c in "fo"]
    assert found.kappa.value == pytest.approx(cohens_kappa(table).kappa)
    (a, b), (c, d) = table
    n = len(pairs)
    assert (found.kappa.n, found.prevalence, found.bias) == pytest.approx((n, (a - d) / n, (b - c) / n))


def test_kappa_needs_both_to_vary():
    assert one(coded("ffffoo"), scheme(), track("toward", "111111")).kappa.why is Silence.FLAT
    assert one(coded("ffffff"), scheme(), track("toward", "110011")).kappa.why is Silence.FLAT
    assert one(coded("ffffoo"), scheme(), track("toward", "1111..")).kappa.why is Silence.FLAT


# Chance


def brute(child, seen, shift):
    """(consistent, covered, table) with the code moved `shift` seconds round, letter by letter."""
    moved = child[-shift:] + child[:-shift]
    runs, at = [], 0
    start = next(at for at in range(len(moved)) if moved[at] != moved[at - 1])
    doubled = moved[start:] + moved[:start]
    witness = seen[start:] + seen[:start]
    while at < len(doubled):
        end = at
        while end < len(doubled) and doubled[end] == doubled[at]:
            end += 1
        if doubled[at] == "f":
            runs.append(witness[at:end])
        at = end
    covered = [run for run in runs if sum(one != "." for one in run) >= 0.5 * len(run)]
    consistent = [run for run in covered if run.count("1") >= 0.4 * sum(one != "." for one in run)]
    table = np.array(
        [
            [sum(c == code and t == sign for c, t in zip(moved, seen, strict=True)) for sign in "10"]
            for code in "fo"
        ]
    )
    return len(consistent), len(covered), table


def test_shifted_time_moves_the_code_and_leaves_the_gaps():
    """Second implementation: by turning the letters, of every shift from 10 s to T - 10 s."""
    draw = np.random.default_rng(23)
    child = "o" + bouts(draw, 98) + "o"
    letters = [*bouts(draw, 100, letters="01")]
    letters[40:55] = "." * 15
    seen = "".join(letters)
    coding = coded(child)
    found = one(coding, scheme(), track("toward", seen))
    every = [brute(child, seen, shift) for shift in range(10, 91)]
    shares = [consistent / covered for consistent, covered, _ in every if covered]
    assert found.chance.shifts == len(shares) == 81
    assert found.chance.mean == pytest.approx(np.mean(shares))
    assert found.chance.top == pytest.approx(np.quantile(shares, 0.95))
    value = found.consistent / found.covered
    assert found.chance.p == (1 + sum(share >= value - 1e-12 for share in shares)) / 82
    assert found.chance.least_p == 1 / 82
    (subject,) = subjects(coding, scheme())
    reading = Reading(TOWARD, track("toward", seen), coding.window)
    tables = Units.of(subject, reading).shifted(shifts_of(coding.window))
    assert np.array_equal(tables, [table for _, _, table in every])
    kappas = [cohens_kappa(table).kappa for _, _, table in every]
    assert unit_agreement(subject, reading).chance.mean == pytest.approx(np.mean(kappas))
    assert found.kappa_chance.p == (1 + sum(kappa >= found.kappa.value - 1e-9 for kappa in kappas)) / 82


def test_events_that_fall_into_a_gap_are_no_evidence_there():
    """On everywhere it is seen: what is unseen must not be counted as off, however the code is shifted."""
    seen = "1" * 40 + "." * 30 + "1" * 30
    found = one(coded("fffffooooo" * 10), scheme(), track("toward", seen))
    assert (found.chance.mean, found.chance.p, found.chance.shifts) == (1, 1, 81)
    assert (found.share.value, found.covered) == (1, 7)


def test_chance_needs_a_minute_and_a_code_that_is_neither_rare_nor_everywhere():
    minute = "f" * 10 + "o" * 50
    seen = ("1" * 10 + "0" * 50, "1" * 10 + "0" * 49)
    assert one(coded(minute), scheme(), track("toward", seen[0])).chance.shifts == 41
    short = one(coded(minute[:59]), scheme(), track("toward", seen[1]))
    assert (short.chance.why, short.kappa_chance.why, short.chance.p) == (Silence.SHORT, Silence.SHORT, None)
    assert short.share.value == 1
    for child, why in (
        ("f" * 2 + "o" * 98, Silence.RARE),
        ("f" * 3 + "o" * 97, Silence.SPEAKS),
        ("f" * 97 + "o" * 3, Silence.SPEAKS),
        ("f" * 98 + "o" * 2, Silence.RARE),
        ("f" * 2 + "o" * 48 + "u" * 50, Silence.SPEAKS),
    ):
        assert one(coded(child), scheme(), track("toward", "10" * 50)).chance.why is why


def test_independent_streams_give_a_uniform_p():
    """Kolmogorov and Smirnov over 200 seeds. Shares of few events tie, which makes p larger and never smaller."""
    kappas, shares = [], []
    for seed in range(200):
        draw = np.random.default_rng(seed)
        seen = track("toward", bouts(draw, 600, letters="01"), per_second=2)
        found = one(coded(bouts(draw, 600)), scheme(), seen)
        kappas.append(found.kappa_chance.p)
        shares.append(found.chance.p)
    assert kstest(kappas, "uniform").pvalue > 0.05
    assert kstest(shares, "uniform", alternative="greater").pvalue > 0.05
    assert 0.4 < np.mean(shares) < 0.6


def test_streams_that_go_together_reach_the_smallest_p():
    child = bouts(np.random.default_rng(2), 300)
    found = one(coded(child), scheme(), track("toward", child.replace("f", "1").replace("o", "0")))
    assert found.chance.p < 0.05
    assert found.kappa_chance.p == found.kappa_chance.least_p == 1 / 282
    assert (found.share.value, found.auc.value, found.kappa.value) == (1, 1, 1)


def test_the_window_need_not_begin_at_nought():
    child = bouts(np.random.default_rng(4), 100)
    seen = child.replace("f", "1").replace("o", "0")
    at_nought = one(coded(child), scheme(), track("toward", seen))
    start_us = 7 * SECOND_US
    later = one(coded(child, start_us=start_us), scheme(), track("toward", seen, start_us=start_us))
    assert later == at_nought


# Delay


@pytest.mark.parametrize("late_us", [500_000, 0, -300_000, 1_000_000])
def test_a_planted_lag_is_found(late_us):
    """Codes drawn from the signal and moved as a whole; the coder comes late by as much."""
    drawn = bouts(np.random.default_rng(9), 300, mean=5)
    seen = track("toward", drawn.replace("f", "1").replace("o", "0"))
    found = one(coded(drawn, late_us=late_us), scheme(), seen)
    assert (found.lag_us, found.lag_why) == (late_us, Silence.SPEAKS)


def test_a_planted_lag_of_moments_is_found():
    draw = np.random.default_rng(10)
    times_us = np.arange(3000) * 100_000
    onsets = np.cumsum(draw.integers(5, 12, 30))
    values = draw.normal(0, 0.5, 3000)
    for at in onsets:
        values[at * 10 : at * 10 + 15] += 2
    cues = "".join("v" if at in onsets else "." for at in range(300))
    made = scheme(f=(), v=(around("motion", "rises_by", 1),))
    found = one(coded(cues=cues, late_us=500_000), made, measured("motion", times_us, values))
    assert found.lag_us == pytest.approx(500_000, abs=50_000)


def test_no_lag_is_told_without_a_peak_or_with_few_onsets():
    draw = np.random.default_rng(12)
    toward = track("toward", bouts(draw, 300, letters="01"))
    assert one(coded(bouts(draw, 300)), scheme(), toward).lag_why is Silence.NO_PEAK
    four = one(coded("oooooffffff" * 4), scheme(), track("toward", "00000111111" * 4))
    assert (four.lag_us, four.lag_why) == (None, Silence.FEW)
    five = one(coded("oooooffffff" * 5), scheme(), track("toward", "00000111111" * 5))
    assert five.lag_us == 0
    six = one(coded("oooooffffff" * 6), scheme(), track("toward", "00000111111" * 4 + ".....111111" * 2))
    assert (six.lag_us, six.lag_why) == (None, Silence.FEW)  # where the change was not seen there is no delay


# Over sessions


def test_sums_add_up_counts_and_weigh_the_baseline():
    made, toward = scheme(), track("toward", "1" * 30 + "0" * 70)
    parts = [
        one(coded("fffffooooo" * 10, name="p1"), made, toward),
        one(coded("ffooo" * 20, name="p2"), made, toward),
        one(coded("o" * 100, name="p3"), made, toward),
    ]
    whole = summed(parts, [100, 100, 200])
    assert (whole.events, whole.covered, whole.consistent) == (30, 30, 3 + 6)
    low, high = proportion_confint(9, 30, method="wilson")
    assert (whole.share.low, whole.share.high) == pytest.approx((low, high))
    a, b = parts[0].chance.mean, parts[1].chance.mean
    assert whole.baseline == pytest.approx((10 * a + 20 * b) / 30)
    assert whole.available == 1
    halved = summed([parts[0], replace(parts[1], available=0.5)], [100, 300])
    assert halved.available == pytest.approx(0.625)
    assert summed([parts[2]], [1]).baseline is None
    assert summed([parts[2]], [1]).share.value is None


def test_a_window_shorter_than_a_second_is_no_error():
    coding = replace(coded("f"), header=replace(coded("f").header, window=Span(0, 400_000)))
    found = one(coding, scheme(), track("toward", "1"))
    assert (found.kappa.why, found.chance.why) == (Silence.SHORT, Silence.SHORT)
    empty = replace(coded("f"), header=replace(coded("f").header, window=Span(0, 0)))
    assert one(empty, scheme(), track("toward", "1")).why is Silence.UNSEEN


# What is at the edge of a rule


def test_thirty_per_cent_is_the_limit_and_not_one_less():
    """12 of 41 seconds are 29.3 %."""
    code, toward = "f" * 20 + "o" * 21, track("toward", "1" * 20 + "0" * 21)
    assert one(coded(code), scheme(), toward, *faces("1" * 12 + "." * 29)).why is Silence.UNSEEN
    assert one(coded(code), scheme(), toward, *faces("1" * 13 + "." * 28)).why is Silence.SPEAKS


def test_coverage_of_a_code_weighs_its_events_by_their_length():
    found = one(coded("ffffffffo" + "fo"), scheme(), track("toward", "11111111." + "." + "0"))
    assert found.coverage == pytest.approx(8 / 9)


@pytest.mark.parametrize(("test", "share"), [("on", 0.0), ("off", 1.0)])
def test_one_half_is_off(test, share):
    half = measured("toward", np.arange(20) * 100_000, [0.5] * 20)
    rule = replace(TOWARD, test=test)
    (subject,) = subjects(coded("ff"), scheme(f=(rule,)))
    reading = Reading(rule, half, subject.window)
    assert reading.look(*reading.stretches(subject)).values.tolist() == [share]


def test_time_that_another_tier_of_the_stream_calls_uncodable_is_missing():
    """The tier of looks has no such code here; the tier of the child's moods has."""
    made = scheme()
    looks = replace(made.tier("child"), codes=made.tier("child").codes[:2])
    mood = replace(made.tier("child"), id="mood", codes=made.tier("child").codes[1:])
    two = replace(made, tiers=(looks, mood, *made.tiers[1:]))
    coding = coded("ffffoooo" + "fffoo", "")
    hidden = [replace(event, tier="mood", code="u", id="m") for event in coding if event.code == "f"][1:]
    both = type(coding).of(coding.header, [*coding, *hidden])
    found = one(both, two, track("toward", "1111000011100"))
    assert (found.events, found.covered) == (1, 1)
    assert (found.kappa.n, found.kappa.value) == (10, 1)
    half = [replace(event, span=event.span.shifted(SECOND_US)) for event in hidden]
    found = one(type(coding).of(coding.header, [*coding, *half]), two, track("toward", "1111000011100"))
    assert (found.events, found.covered) == (2, 2)
    assert (found.kappa.n, found.kappa.value) == (10, 1)


def test_a_state_from_the_start_of_the_window_has_no_onset():
    """Four onsets that were seen, and the start, before which the film is seen, too."""
    code = "fffff" + "oooooffffff" * 4
    before = np.arange(-30, 490) * 100_000
    drawn = np.array([1.0 if code[at // 10] == "f" else 0.0 for at in range(490)])
    seen = measured("toward", before, np.concatenate((np.zeros(30), drawn)))
    assert one(coded(code), scheme(), seen).lag_why is Silence.FEW


def test_onsets_of_which_half_was_not_seen_are_no_onsets():
    """In one second of the two before each onset six frames of ten are missing."""
    code = "oooooffffff" * 6
    times_us = np.arange(660) * 100_000
    values = np.array([1.0 if code[at // 10] == "f" else 0.0 for at in range(660)])
    within = np.arange(660) % 110
    for missing, why in ((6, Silence.FEW), (3, Silence.SPEAKS)):
        valid = ~((within >= 40) & (within < 40 + missing))
        assert one(coded(code), scheme(), measured("toward", times_us, values, valid)).lag_why is why


def test_streams_that_have_nothing_to_do_with_each_other_rarely_have_a_lag():
    told = 0
    for seed in range(60):
        draw = np.random.default_rng(1000 + seed)
        seen = track("toward", bouts(draw, 120, letters="01"), per_second=4)
        told += one(coded(bouts(draw, 120)), scheme(), seen).lag_why is Silence.SPEAKS
    assert told <= 12


def test_features_speak_about_a_code_from_half_of_its_time_on():
    blink = "1" * 48 + "." * 52
    assert one(coded("f" * 100), scheme(), track("toward", blink)).why is Silence.UNSEEN_HERE
    assert one(coded("f" * 100), scheme(), track("toward", "11" + blink[:98])).why is Silence.SPEAKS


def test_a_shift_that_moves_all_events_into_a_gap_is_none():
    seen = track("toward", "1" * 20 + "0" * 30 + "." * 30 + "0" * 20)
    chance = one(coded("f" * 10 + "o" * 90), scheme(), seen).chance
    assert chance.shifts == 81 - 29  # from 46 to 74 s more than half of the event lies in the gap
    assert chance.mean == pytest.approx(7 / 52)


@pytest.mark.parametrize(("moments", "why"), [(2, Silence.RARE), (3, Silence.SPEAKS), (98, Silence.RARE)])
def test_moments_are_as_frequent_as_the_time_that_is_looked_at_around_them(moments, why):
    made = scheme(f=(), v=(around("voice", "on", 0.4),))
    cues = "." + ("v" * moments if moments > 3 else ".v.." * moments)
    found = one(coded(cues=cues, length=100), made, track("voice", "10" * 50))
    assert (found.chance.why, found.chance.shifts) == (why, 81 if why is Silence.SPEAKS else 0)


def test_units_are_judged_at_their_middle():
    found = one(coded("oofffooooo", late_us=400_000), scheme(), track("toward", "0011100000"))
    assert (found.kappa.n, found.kappa.value) == (10, 1)


def test_a_code_is_as_frequent_as_its_time_that_can_be_coded():
    made = scheme()
    looks = replace(made.tier("child"), codes=made.tier("child").codes[:2])
    mood = replace(made.tier("child"), id="mood", codes=made.tier("child").codes[1:])
    two = replace(made, tiers=(looks, mood, *made.tiers[1:]))
    coding = coded("f" * 8 + "o" * 92)
    hidden = replace(next(iter(coding)), tier="mood", code="u", id="m", span=Span(SECOND_US, 8 * SECOND_US))
    found = one(type(coding).of(coding.header, [*coding, hidden]), two, track("toward", "10" * 50))
    assert (found.events, found.chance.why) == (1, Silence.RARE)  # one second of 93
