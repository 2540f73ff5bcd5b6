"""Two passes compared, sessions pooled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from coder.model.agreement import Status
from coder.model.scheme import SchemeId
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    BIAS_INDEX,
    EVENT_KAPPA,
    F1,
    LATE_LAG,
    MEDIAN_LAG,
    PRECISION,
    SENSITIVITY,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
)
from coder.model.time import SECOND_US, Span
from coder.reliability.kappa import cohen_kappa
from coder.reliability.pairing import compare, pool
from tests.reliability.drawn import SCHEME, a_pass


def one(agreements, statistic, tier="look", code=None):
    (found,) = [a for a in agreements if (a.statistic, a.tier, a.code) == (statistic, tier, code)]
    return found


def drawn_session(draw, session, agree=0.9):
    """A session of two minutes in bouts of five seconds; coder B differs in some bouts."""
    bouts = draw.choice(list("pta"), 24)
    other = [b if draw.random() < agree else draw.choice(list("pta")) for b in bouts]
    rows = ["".join(b * 5 for b in coder) for coder in (bouts, other)]
    return tuple(a_pass(who, session, look=row) for who, row in zip("ab", rows, strict=True))


def test_units_are_counted_where_both_coded_and_could_see():
    a = a_pass("a", look="pppptttuuu..", near="")
    b = a_pass("b", look="pppttttppp.a")
    found = one(compare(a, b, SCHEME), TIME_UNIT_KAPPA)
    assert found.confusion.categories == ("p", "t", "a")
    assert found.confusion.table == ((3, 1, 0), (0, 3, 0), (0, 0, 0))
    assert (found.counts["uncodable"], found.counts["uncoded"], found.counts["compared"]) == (3, 2, 7)
    assert found.estimate.value == pytest.approx(cohen_kappa(found.confusion.table).value)
    assert found.estimate.n == 7


def test_every_figure_of_a_tier_comes_from_its_one_table():
    a = a_pass("a", look="ppppttttaaaa")
    b = a_pass("b", look="pppttttttaaa")
    found = compare(a, b, SCHEME)
    assert one(found, AGREEMENT).estimate.value == pytest.approx(10 / 12)
    assert one(found, SPECIFIC, code="p").estimate.value == pytest.approx(2 * 3 / 7)
    assert one(found, SPECIFIC, code="t").estimate.value == pytest.approx(2 * 4 / 10)
    assert one(found, SPECIFIC, code="t").counts["seconds_b"] == 6
    assert one(found, SPECIFIC, code="t").counts["seconds_shared"] == 4
    accuracy = one(found, ACCURACY)
    assert (accuracy.target, accuracy.floor) == (0.85, 0.7)
    assert 0.85 < accuracy.estimate.value < 1


def test_gaps_of_a_tier_with_a_default_hold_the_default():
    found = one(compare(a_pass("a", near="..ff.."), a_pass("b", near="..fff."), SCHEME), TIME_UNIT_KAPPA, "near")
    assert found.confusion.table == ((3, 1), (0, 2))


def test_only_the_shared_window_counts():
    a = a_pass("a", look="pppppptttt", window=Span(0, 8 * SECOND_US))
    b = a_pass("b", look="..pppptttt", window=Span(2 * SECOND_US, 10 * SECOND_US))
    found = one(compare(a, b, SCHEME), TIME_UNIT_KAPPA)
    assert (found.counts["units"], found.estimate.value) == (6, 1.0)


def test_point_events_are_matched_within_the_tolerance_of_the_scheme():
    a = a_pass("a", cues="v...v...g...v..........")
    b = a_pass("b", cues=".v..v...v......v.......")
    found = compare(a, b, SCHEME)
    f1 = one(found, F1, "cues")
    assert f1.estimate.value == pytest.approx(2 * 2 / 8)
    assert f1.confusion.categories == ("v", "g", "—")
    assert f1.confusion.table == ((2, 0, 1), (1, 0, 0), (1, 0, 0))
    assert one(found, F1, "cues", "v").estimate.value == pytest.approx(2 * 2 / 7)
    assert one(found, F1, "cues", "g").estimate.value == 0.0
    assert one(found, BIAS, "cues").estimate.value == pytest.approx(0.5)
    assert one(found, MEDIAN_LAG, "cues").estimate.value == pytest.approx(0.5)
    assert one(found, LATE_LAG, "cues").estimate.value == pytest.approx(0.9)


def test_events_in_uncodable_time_of_the_same_stream_are_no_disagreement():
    a = a_pass("a", look="pppuuuppp", cues="v...v....")
    b = a_pass("b", look="ppppppppp", cues="v........")
    found = one(compare(a, b, SCHEME), F1, "cues")
    assert (found.estimate.value, found.counts["events_a"], found.counts["uncodable_s"]) == (1.0, 1, 3.0)


def test_codes_that_may_overlap_are_compared_one_by_one():
    found = compare(a_pass("a", body="kkkk...."), a_pass("b", body="kk......"), SCHEME)
    kappa = one(found, TIME_UNIT_KAPPA, "body", "k")
    assert kappa.confusion.table == ((2, 2), (0, 4))
    assert kappa.estimate.value == pytest.approx(cohen_kappa(kappa.confusion.table).value)
    unused = one(found, TIME_UNIT_KAPPA, "body", "h").estimate
    assert (unused.value, unused.status, unused.sentence) == (
        None,
        Status.NO_EVENTS,
        "Neither coder used this code.",
    )


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (a_pass("b", session="s2", look="pp"), "different sessions"),
        (a_pass("b", scheme=SchemeId("drawn", "2", "1" * 64), look="pp"), "coded with drawn 2"),
        (a_pass("b", look="pp", window=Span(50 * SECOND_US, 60 * SECOND_US)), "share no coded time"),
        (a_pass("a", look="pp"), "with itself"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_reason(other, why):
    found = compare(a_pass("a", look="pp"), other, SCHEME)
    assert found
    assert {agreement.estimate.status for agreement in found} == {Status.NOT_COMPARABLE}
    assert all(why in agreement.estimate.sentence and agreement.estimate.value is None for agreement in found)


def test_undefined_is_said_and_not_a_number():
    same = compare(a_pass("a", look="pppp"), a_pass("b", look="pppp"), SCHEME)
    kappa = one(same, TIME_UNIT_KAPPA).estimate
    assert (kappa.value, kappa.status) == (None, Status.NO_VARIANCE)
    assert "nothing to disagree about" in kappa.sentence
    assert one(same, AGREEMENT).estimate.value == 1.0
    empty = one(compare(a_pass("a", look="pppp"), a_pass("b"), SCHEME), TIME_UNIT_KAPPA).estimate
    assert (empty.value, empty.status, empty.sentence) == (None, Status.NO_EVENTS, "Coder B coded nothing here.")


def test_a_coder_who_never_varies_gives_exactly_zero_and_is_named():
    found = one(
        compare(a_pass("a", look="pptta" * 15), a_pass("b", look="ttttt" * 15), SCHEME), TIME_UNIT_KAPPA
    ).estimate
    assert (found.value, found.status) == (0.0, Status.OK)
    assert "Coder B used one code only" in found.sentence


def test_under_a_minute_nothing_is_judged():
    found = one(
        compare(a_pass("a", look="ppptttaa"), a_pass("b", look="pppttaaa"), SCHEME), TIME_UNIT_KAPPA
    ).estimate
    assert (found.value is not None, found.status, found.low) == (True, Status.TOO_FEW, None)
    assert "too little to judge by" in found.sentence


def test_perfect_agreement():
    draw = np.random.default_rng(3)
    a, _ = drawn_session(draw, "s1")
    b = a_pass(
        "b", look="".join(e.code * 5 for e in a.row("look") for _ in range(e.span.duration_us // 5_000_000))
    )
    found = compare(a, b, SCHEME)
    for statistic in (TIME_UNIT_KAPPA, EVENT_KAPPA, ACCURACY, AGREEMENT):
        assert one(found, statistic).estimate.value == pytest.approx(1.0)
    assert one(found, TIME_UNIT_KAPPA).estimate.low is None


letters = st.text("pta.u", min_size=1, max_size=30)


@settings(deadline=None, max_examples=60)
@given(letters, letters)
def test_swapping_the_coders_changes_no_coefficient(left, right):
    ab = compare(
        a_pass("a", look=left, cues=left.translate(CUES)),
        a_pass("b", look=right, cues=right.translate(CUES)),
        SCHEME,
    )
    ba = compare(
        a_pass("b", look=right, cues=right.translate(CUES)),
        a_pass("a", look=left, cues=left.translate(CUES)),
        SCHEME,
    )
    swapped = {(one.statistic, one.tier, one.code, one.detail, one.unit): one for one in ba}
    for one_way in ab:
        statistic = MIRRORED.get(one_way.statistic, one_way.statistic)
        other_way = swapped.pop((statistic, one_way.tier, one_way.code, one_way.detail, one_way.unit))
        assert one_way.estimate.status == other_way.estimate.status
        value = one_way.estimate.value
        sign = -1 if one_way.statistic in TURNED else 1
        assert other_way.estimate.value == (None if value is None else pytest.approx(sign * value, abs=1e-9))
    assert not swapped


TURNED = (BIAS, BIAS_INDEX)
MIRRORED = {
    SENSITIVITY: PRECISION,
    PRECISION: SENSITIVITY,
    TOLERANT_KAPPA_A: TOLERANT_KAPPA_B,
    TOLERANT_KAPPA_B: TOLERANT_KAPPA_A,
}
CUES = str.maketrans("pta.u", "vg...")


def test_one_session_gets_a_repeatable_interval_that_is_called_approximate():
    pair = drawn_session(np.random.default_rng(1), "s1")
    found, again = (one(compare(*pair, SCHEME), TIME_UNIT_KAPPA).estimate for _ in range(2))
    assert found == again
    assert found.low < found.value < found.high
    assert "approximate" in found.method
    assert "block bootstrap" in found.method


def test_pooling_adds_counts_and_takes_sessions_as_units():
    draw = np.random.default_rng(2)
    sessions = [compare(*drawn_session(draw, f"s{number}"), SCHEME) for number in range(5)]
    pooled = one(pool(a for session in sessions for a in session), TIME_UNIT_KAPPA)
    tables = np.array([one(session, TIME_UNIT_KAPPA).confusion.table for session in sessions])
    assert np.array_equal(pooled.confusion.table, tables.sum(0))
    assert pooled.counts["sessions"] == 5
    kappa = cohen_kappa(tables.sum(0)).value
    pseudo = [5 * kappa - 4 * cohen_kappa(tables.sum(0) - table).value for table in tables]
    half = t.ppf(0.975, 4) * np.std(pseudo, ddof=1) / np.sqrt(5)
    assert pooled.estimate.value == pytest.approx(kappa)
    assert (pooled.estimate.low, pooled.estimate.high) == pytest.approx((kappa - half, min(kappa + half, 1)))
    assert pooled.estimate.method == "jackknife over 5 sessions"


def test_pooling_two_sessions_keeps_to_blocks_and_pooling_one_changes_nothing():
    draw = np.random.default_rng(4)
    first, second = (compare(*drawn_session(draw, f"s{number}"), SCHEME) for number in range(2))
    assert "block bootstrap" in one(pool((*first, *second)), TIME_UNIT_KAPPA).estimate.method
    for alone, pooled in zip(first, pool(first), strict=True):
        assert (alone.estimate.value, alone.confusion) == (pooled.estimate.value, pooled.confusion)


def test_pooling_keeps_the_reason_that_all_sessions_give_unless_the_sum_is_defined():
    silent = [compare(a_pass("a", s, look="pp"), a_pass("b", s), SCHEME) for s in ("s1", "s2")]
    assert one(pool(sum(silent, ())), TIME_UNIT_KAPPA).estimate.sentence == "Coder B coded nothing here."
    alike = [
        compare(a_pass("a", s, look=row), a_pass("b", s, look=row), SCHEME)
        for s, row in (("s1", "pp"), ("s2", "tt"))
    ]
    assert [one(session, TIME_UNIT_KAPPA).estimate.value for session in alike] == [None, None]
    assert one(pool(sum(alike, ())), TIME_UNIT_KAPPA).estimate.value == 1.0


def test_pooling_leaves_out_what_could_not_be_compared():
    good = compare(a_pass("a", look="ppta"), a_pass("b", look="ppaa"), SCHEME)
    refused = compare(a_pass("a", look="pp"), a_pass("b", session="s9", look="pp"), SCHEME)
    assert [a.estimate for a in pool((*good, *refused)) if a.tier == "look"] == [
        a.estimate for a in pool(good) if a.tier == "look"
    ]
    assert {a.estimate.status for a in pool(refused)} == {Status.NOT_COMPARABLE}


def test_a_minute_counts_the_time_that_both_could_code_and_not_the_film():
    seen = "ppttaappttaappttaappttaapptta"
    a = a_pass("a", look="u" * 571 + seen, cues="." * 571 + "v.." * 9)
    b = a_pass("b", look="p" * 571 + seen, cues="." * 571 + "v.." * 9)
    found = compare(a, b, SCHEME)
    for statistic, tier in ((TIME_UNIT_KAPPA, "look"), (ACCURACY, "look"), (EVENT_KAPPA, "look"), (F1, "cues")):
        estimate = one(found, statistic, tier).estimate
        assert (estimate.value, estimate.status) == (1.0, Status.TOO_FEW)
        assert "too little to judge by" in estimate.sentence


def test_sessions_without_anything_compared_are_no_sessions_of_an_interval():
    draw = np.random.default_rng(8)
    seen = [compare(*drawn_session(draw, f"s{number}", agree=0.7), SCHEME) for number in range(3)]
    blind = [
        compare(a_pass("a", s, look="u" * 120), a_pass("b", s, look="p" * 120, cues=""), SCHEME)
        for s in ("s8", "s9")
    ]
    three, five = (one(pool(sum(all_, ())), TIME_UNIT_KAPPA) for all_ in (seen, [*seen, *blind]))
    assert three.estimate == five.estimate
    assert five.counts["sessions"] == 5
    two = one(pool(sum([*seen[:2], *blind], ())), TIME_UNIT_KAPPA).estimate
    assert "block bootstrap" in two.method


def test_a_code_seen_in_two_of_four_sessions_rests_on_two_sessions():
    rows = ["ptptt" * 24, "pttpp" * 24]
    common = [compare(a_pass("a", s, look=rows[0]), a_pass("b", s, look=rows[1]), SCHEME) for s in ("s1", "s2")]
    draw = np.random.default_rng(9)
    rare = [compare(*drawn_session(draw, s), SCHEME) for s in ("s3", "s4")]
    pooled = pool(sum([*common, *rare], ()))
    assert one(pooled, SPECIFIC, code="p").estimate.method == "jackknife over 4 sessions"
    assert "block bootstrap" in one(pooled, SPECIFIC, code="a").estimate.method


def test_events_that_are_always_equally_late_give_a_bias_without_interval():
    for sessions in (["s1"], ["s1", "s2", "s3"]):
        found = [
            compare(a_pass("a", s, cues="v..v...g.."), a_pass("b", s, cues=".v..v...g."), SCHEME) for s in sessions
        ]
        bias = one(pool(sum(found, ())), BIAS, "cues").estimate
        assert (bias.value, bias.low, bias.high) == (1.0, None, None)
        assert "equally far apart" in bias.sentence


def test_a_session_without_matched_events_leaves_the_interval_of_the_bias_alone():
    late = [("v..v...g....", ".v..v....g.."), ("v...v...g...", "v....v...g.."), ("v....v.....g", ".v...v.....g")]
    seen = [
        compare(a_pass("a", f"s{n}", cues=a), a_pass("b", f"s{n}", cues=b), SCHEME)
        for n, (a, b) in enumerate(late)
    ]
    silent = compare(a_pass("a", "s9", cues="v" + "." * 11), a_pass("b", "s9", look="p" * 12), SCHEME)
    alone, beside = (one(pool(sum(all_, ())), BIAS, "cues").estimate for all_ in (seen, [*seen, silent]))
    assert alone == beside
    assert alone.method == "jackknife over 3 sessions"


def test_no_accuracy_is_said_to_come_from_a_coder_who_never_varies():
    a, b = a_pass("a", look="p" * 118 + "tt"), a_pass("b", look="p" * 120)
    found = one(compare(a, b, SCHEME), ACCURACY).estimate
    assert (found.value, found.status) == (None, Status.BELOW_CHANCE)
    assert found.sentence == "Coder B used one code only, so no accuracy can be estimated."


def test_a_gap_beside_a_keyed_default_is_one_state_with_it():
    keyed, left = a_pass("a", near="rrr...ffff"), a_pass("b", near="......ffff")
    found = one(compare(keyed, left, SCHEME), EVENT_KAPPA, "near")
    assert (found.counts["states_a"], found.counts["states_b"], found.counts["linked"]) == (2, 2, 2)


def test_a_coder_who_marks_changes_late_is_found_by_the_onsets_of_linked_states():
    a = a_pass("a", look="pppppptttttttaaaaaaauuuppppptttttt")
    b = a_pass("b", look="pppppppttttttttaaaaauuupppppptttt.")
    bias = one(compare(a, b, SCHEME), BIAS)
    # t is 1 s late, a 2 s, t 1 s; the p at the beginning and the p after uncodable time began unseen
    assert bias.estimate.value == pytest.approx(4 / 3)
    assert bias.counts["matched"] == 3
    assert one(compare(b, a, SCHEME), BIAS).estimate.value == pytest.approx(-4 / 3)


def test_neither_the_order_of_sessions_nor_that_of_coders_changes_an_interval():
    draw = np.random.default_rng(11)
    cues = [("v..g....v...g" * 8, ".v.g...v.....g"[:13] * 8), ("g...v....v.g." * 9, "g..v....v.g.." * 9)]
    looks = [["".join(draw.choice(list("pta"), 30).repeat(4)) for _ in range(2)] for _ in range(2)]
    passes = [
        [a_pass(who, f"s{n}", look=look, cues=row) for who, look, row in zip("ab", looks[n], cues[n], strict=True)]
        for n in range(2)
    ]
    first, second = (compare(*two, SCHEME) for two in passes)
    turned = [compare(b, a, SCHEME) for a, b in passes]
    for statistic, tier in ((TIME_UNIT_KAPPA, "look"), (EVENT_KAPPA, "look"), (F1, "cues")):
        wanted = one(pool((*first, *second)), statistic, tier).estimate
        assert wanted.low < wanted.value
        assert one(pool((*second, *first)), statistic, tier).estimate == wanted
        assert one(pool(sum(turned, ())), statistic, tier).estimate == wanted


def test_sessions_with_different_reasons_give_none_of_them():
    one_silent = [
        compare(a_pass("a", "s1", look="pp"), a_pass("b", "s1"), SCHEME),
        compare(a_pass("a", "s2"), a_pass("b", "s2", look="pp"), SCHEME),
    ]
    assert one(one_silent[1], TIME_UNIT_KAPPA).estimate.sentence == "Coder A coded nothing here."
    found = one(pool(sum(one_silent, ())), TIME_UNIT_KAPPA).estimate
    assert found.sentence == "Neither coder has anything here that could be compared."
