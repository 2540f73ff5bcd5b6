"""What `compare` says of states beside kappa, worked by hand, and of tiers that are coded by intervals."""

import pytest

from coder.model.agreement import Status
from coder.model.scheme import Sampling, Scheme, Stream, Target, Tier, TierKind
from coder.model.statistic import (
    AC1,
    ACCURACY,
    ALPHA,
    BIAS,
    BIAS_INDEX,
    DURATION_RATIO,
    EVENT_KAPPA,
    F1,
    KAPPA_MAX,
    NEGATIVE,
    OVERLAP,
    PABAK,
    PREVALENCE,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
)
from coder.model.time import SECOND_US
from coder.reliability import (
    cohen_kappa,
    compare,
    gwet_ac,
    krippendorff_alpha,
    observer_accuracy,
    pool,
    time_unit_kappa,
)
from tests.reliability.drawn import SCHEME, SCHEME_ID, a_pass, codes, states


def one(agreements, statistic, tier="look", code=None):
    (found,) = [a for a in agreements if (a.statistic, a.tier, a.code, a.detail) == (statistic, tier, code, "")]
    return found


A, B = "ppppttttaaaappppptttttaa", "pppptttttaaapppttttttaaa"


def test_of_the_whole_tier():
    found = compare(a_pass("a", look=A), a_pass("b", look=B), SCHEME)
    units = list(zip(A, B, strict=True))
    table = one(found, TIME_UNIT_KAPPA).confusion.table
    assert table == ((7, 2, 0), (0, 8, 1), (0, 1, 5))
    assert one(found, KAPPA_MAX).estimate.value == pytest.approx(cohen_kappa(table).kappa_max)
    # 20 of 24 units agree, three codes
    assert one(found, PABAK).estimate.value == pytest.approx((3 * 20 / 24 - 1) / 2)
    assert one(found, AC1).estimate.value == pytest.approx(gwet_ac(units, "pta").value)
    assert one(found, ALPHA).estimate.value == pytest.approx(krippendorff_alpha(units).value)


def test_of_one_code_against_all_others():
    found = compare(a_pass("a", look=A), a_pass("b", look=B), SCHEME)
    # t: both 8, only A 1, only B 3, neither 12
    assert one(found, SPECIFIC, code="t").estimate.value == pytest.approx(16 / 20)
    assert one(found, NEGATIVE, code="t").estimate.value == pytest.approx(24 / 28)
    assert one(found, PREVALENCE, code="t").estimate.value == pytest.approx((8 - 12) / 24)
    assert one(found, BIAS_INDEX, code="t").estimate.value == pytest.approx((1 - 3) / 24)
    assert one(found, TIME_UNIT_KAPPA, code="t").estimate.value == pytest.approx(
        cohen_kappa([[8, 1], [3, 12]]).value
    )
    # 9 s against 11 s, of which 8 s are shared
    assert one(found, DURATION_RATIO, code="t").estimate.value == pytest.approx(9 / 11)
    assert one(found, OVERLAP, code="t").estimate.value == pytest.approx(8 / 12)


def test_pabak_prevalence_and_bias_make_up_kappa():
    found = compare(a_pass("a", body="kkkk..kk........"), a_pass("b", body="kk..k.kkk......."), SCHEME)
    value = {name: one(found, name, "body", "k").estimate.value for name in (PABAK, PREVALENCE, BIAS_INDEX)}
    spread = value[PREVALENCE] ** 2 - value[BIAS_INDEX] ** 2
    wanted = (value[PABAK] - spread) / (1 - spread)
    assert one(found, TIME_UNIT_KAPPA, "body", "k").estimate.value == pytest.approx(wanted)


def test_a_code_that_one_coder_never_used_gives_exactly_zero_and_says_so():
    found = compare(a_pass("a", look="pppp" * 20), a_pass("b", look="pppt" * 20), SCHEME)
    kappa = one(found, TIME_UNIT_KAPPA, code="t").estimate
    assert (kappa.value, "Coder A never used this code." in kappa.note) == (0.0, True)
    assert one(found, SPECIFIC, code="t").estimate.value == 0.0
    assert one(found, DURATION_RATIO, code="t").estimate.value == 0.0
    assert one(found, SPECIFIC, code="a").estimate.sentence == "Neither coder used this code."
    assert one(found, DURATION_RATIO, code="a").estimate.value is None


def test_the_kappa_of_a_rare_code_is_too_few_and_its_specific_agreement_is_not():
    found = compare(
        a_pass("a", look=("p" * 30 + "t") * 4), a_pass("b", look=("p" * 31) * 3 + "p" * 30 + "t"), SCHEME
    )
    kappa, specific = one(found, TIME_UNIT_KAPPA, code="t").estimate, one(found, SPECIFIC, code="t").estimate
    assert (kappa.status, specific.status) == (Status.TOO_FEW, Status.OK)
    assert kappa.note.startswith("Rare: under 5 % of the compared time.")
    often = compare(a_pass("a", look="pppttt" * 12), a_pass("b", look="ppptta" * 12), SCHEME)
    assert one(often, TIME_UNIT_KAPPA, code="t").estimate.status is Status.OK
    seldom = compare(a_pass("a", look="ppppppppptttttttt" * 5), a_pass("b", look="ppppppppptttttttt" * 5), SCHEME)
    assert "Rare: under 10 states" in one(seldom, TIME_UNIT_KAPPA, code="t").estimate.note


def test_the_lenient_kappa_is_given_from_both_sides_and_called_lenient():
    found = compare(a_pass("a", look=A), a_pass("b", look=B), SCHEME)
    window = (0, len(A) * SECOND_US)
    for statistic, reference in ((TOLERANT_KAPPA_A, "a"), (TOLERANT_KAPPA_B, "b")):
        wanted = time_unit_kappa(states(A), states(B), window, SECOND_US, 1, reference, categories=("p", "t", "a"))
        lenient = one(found, statistic)
        assert lenient.estimate.value == pytest.approx(wanted.value)
        assert lenient.unit == "1 s units, lenient within 1 s"
        assert lenient.estimate.note.startswith("Lenient:")
        assert lenient.target is None


def test_the_tolerance_of_the_scheme_is_that_of_the_lenient_kappa():
    targets = (Target("time-unit kappa", 0.7, unit_us=SECOND_US, tolerance_us=2 * SECOND_US),)
    tier = Tier("look", "", Stream.CHILD, TierKind.STATE, codes("pta"), exclusive=True, targets=targets)
    scheme = Scheme(SCHEME_ID, "", "", "", "en", "", (tier,))
    found = compare(a_pass("a", look="pppppptttttt"), a_pass("b", look="pppptttttttt"), scheme)
    assert one(found, TOLERANT_KAPPA_A).unit == "1 s units, lenient within 2 s"
    assert one(found, TOLERANT_KAPPA_A).estimate.value == 1.0


def test_the_tiers_target_for_kappa_is_none_of_its_codes():
    targets = (Target("time-unit kappa", 0.7, unit_us=SECOND_US), Target("timing bias", 0.3, floor=0.6))
    tier = Tier("look", "", Stream.CHILD, TierKind.STATE, codes("pta"), exclusive=True, targets=targets)
    scheme = Scheme(SCHEME_ID, "", "", "", "en", "", (tier,))
    found = compare(a_pass("a", look=A), a_pass("b", look=B), scheme)
    assert one(found, TIME_UNIT_KAPPA).target == 0.7
    assert one(found, TIME_UNIT_KAPPA, code="p").target is None
    assert (one(found, BIAS).target, one(found, BIAS).floor) == (0.3, 0.6)


def test_intervals_are_compared_one_by_one_and_have_no_onsets():
    tier = Tier(
        *("look", "", Stream.CHILD, TierKind.INTERVAL, codes("pta")),
        exclusive=True,
        every_us=2 * SECOND_US,
        sampling=Sampling.PARTIAL,
    )
    scheme = Scheme(SCHEME_ID, "", "", "", "en", "", (tier,))
    found = compare(a_pass("a", look="ppttttppaa"), a_pass("b", look="ppttppppaa"), scheme)
    kappa = one(found, TIME_UNIT_KAPPA)
    assert (kappa.unit, kappa.confusion.table) == ("2 s units", ((2, 0, 0), (1, 1, 0), (0, 0, 1)))
    assert not {EVENT_KAPPA, BIAS} & {each.statistic for each in found}
    assert one(found, PABAK).estimate.value == pytest.approx((3 * 4 / 5 - 1) / 2)


def test_everything_pooled_is_computed_from_the_counts_added_up():
    sessions = [
        ("ppppttttaaaa", "ppptttttaaap"),
        ("aaaatttttttt", "aaattttttttt"),
        ("ptptptptpppp", "ptptppptpppp"),
        ("ttttppppaaaa", "ttttppppppaa"),
    ]
    found = [
        compare(a_pass("a", f"s{n}", look=a), a_pass("b", f"s{n}", look=b), SCHEME)
        for n, (a, b) in enumerate(sessions)
    ]
    pooled = pool(each for session in found for each in session)
    whole = ("".join(row) for row in zip(*sessions, strict=True))
    together = compare(*(a_pass(who, look=row) for who, row in zip("ab", whole, strict=True)), SCHEME)
    for statistic in (TIME_UNIT_KAPPA, ACCURACY, KAPPA_MAX, PABAK, AC1, ALPHA):
        estimate = one(pooled, statistic).estimate
        assert estimate.value == pytest.approx(one(together, statistic).estimate.value), statistic
    for statistic in (SPECIFIC, NEGATIVE, PREVALENCE, BIAS_INDEX, DURATION_RATIO, OVERLAP, TIME_UNIT_KAPPA):
        estimate = one(pooled, statistic, code="t").estimate
        assert estimate.value == pytest.approx(one(together, statistic, code="t").estimate.value), statistic
    assert one(pooled, PABAK).estimate.method == one(pooled, OVERLAP, code="t").estimate.method
    assert one(pooled, PABAK).estimate.method == "jackknife over 4 sessions"


def test_without_limits_the_numbers_are_the_same_and_pooling_makes_the_same_intervals():
    rows = [("ppppttttaaaa" * 6, "ppptttttaaap" * 6), ("aaaatttttttt" * 6, "aaattttttttt" * 6), (A * 3, B * 3)]
    pairs = [
        tuple(
            a_pass(who, f"s{n}", look=row, cues=row.translate(CUES)) for who, row in zip("ab", both, strict=True)
        )
        for n, both in enumerate(rows)
    ]
    slow = [compare(*pair, SCHEME) for pair in pairs]
    fast = [compare(*pair, SCHEME, limits=False) for pair in pairs]
    assert [[each.estimate.value for each in session] for session in slow] == [
        [each.estimate.value for each in session] for session in fast
    ]
    assert all(
        each.estimate.low is None for session in fast for each in session if each.statistic == TIME_UNIT_KAPPA
    )
    assert pool(sum(slow, ())) == pool(sum(fast, ()))


CUES = str.maketrans("pta", "v.g")


def test_the_accuracy_has_the_mean_of_both_margins_as_base_rates():
    found = compare(a_pass("a", look="pppppppppptta"), a_pass("b", look="ppppptttttaaa"), SCHEME)
    table = one(found, TIME_UNIT_KAPPA).confusion.table
    rates = [sum(row) + sum(column) for row, column in zip(table, zip(*table, strict=True), strict=True)]
    kappa = cohen_kappa(table).value
    assert one(found, ACCURACY).estimate.value == pytest.approx(observer_accuracy(kappa, rates).value)
    assert observer_accuracy(kappa, [10, 2, 1]).value != pytest.approx(observer_accuracy(kappa, rates).value)


def test_shared_time_rests_on_the_seconds_that_either_gave_the_code():
    found = one(compare(a_pass("a", look="pppppptt"), a_pass("b", look="ttpppppp"), SCHEME), OVERLAP, code="p")
    assert (found.estimate.value, found.estimate.n) == (pytest.approx(4 / 8), 8)


def test_where_both_coded_nothing_neither_is_blamed():
    found = one(compare(a_pass("a", cues="v"), a_pass("b", cues="v"), SCHEME), TIME_UNIT_KAPPA).estimate
    assert found.sentence == "Neither coder has anything here that could be compared."


def test_each_unit_of_time_is_held_against_its_own_target():
    goals = (Target(ACCURACY, 0.9, unit_us=SECOND_US), Target(ACCURACY, 0.8, floor=0.6, unit_us=SECOND_US // 2))
    tier = Tier("look", "", Stream.CHILD, TierKind.STATE, codes("pta"), exclusive=True, targets=goals)
    scheme = Scheme(SCHEME_ID, "", "", "", "en", "", (tier,))
    found = compare(a_pass("a", look=A), a_pass("b", look=B), scheme)
    held = {one.unit: (one.target, one.floor) for one in found if one.statistic == ACCURACY}
    assert held == {"1 s units": (0.9, None), "0.5 s units": (0.8, 0.6)}
    pooled = {one.unit: one.estimate.n for one in pool((*found, *found)) if one.statistic == ACCURACY}
    assert pooled == {"1 s units": 48, "0.5 s units": 96}


@pytest.mark.parametrize(("least", "status"), [(4, Status.OK), (5, Status.TOO_FEW)])
def test_as_many_events_as_the_scheme_asks_for_are_enough(least, status):
    goal = Target(F1, 0.75, tolerance_us=SECOND_US, min_events=least)
    cues = Tier("cues", "", Stream.CHILD, TierKind.POINT, codes("vg"), targets=(goal,))
    scheme = Scheme(SCHEME_ID, "", "", "", "en", "", (cues,))
    row = ("v" + "." * 19) * 4
    found = one(compare(a_pass("a", cues=row), a_pass("b", cues=row), scheme), F1, "cues").estimate
    assert (found.value, found.n, found.status) == (1.0, 4, status)


def test_rare_is_what_takes_little_time_or_has_few_states_in_either_pass():
    brief = "p" * 48 + "aaaa" + "t" * 48
    found = one(compare(a_pass("a", look=brief), a_pass("b", look=brief), SCHEME), TIME_UNIT_KAPPA, code="a")
    assert "under 5 % of the compared time" in found.estimate.note  # 4 of 100 s, however both agree on them
    often, seldom = "ppttt" * 12 + "t" * 40, "ppttt" * 8 + "t" * 60
    found = one(compare(a_pass("a", look=often), a_pass("b", look=seldom), SCHEME), TIME_UNIT_KAPPA, code="p")
    assert (found.counts["states_a"], found.counts["states_b"], found.estimate.status) == (12, 8, Status.OK)


def test_whole_seconds_are_the_headline_wherever_a_target_names_them():
    goals = tuple(Target(ACCURACY, 0.8, unit_us=unit_us) for unit_us in (SECOND_US // 2, SECOND_US, 2 * SECOND_US))
    tier = Tier("look", "", Stream.CHILD, TierKind.STATE, codes("pta"), exclusive=True, targets=goals)
    found = compare(a_pass("a", look=A), a_pass("b", look=B), Scheme(SCHEME_ID, "", "", "", "en", "", (tier,)))
    units = [one.unit for one in found if one.statistic == ACCURACY]
    assert units == ["1 s units", "0.5 s units", "2 s units"]


def test_the_time_of_codes_that_may_overlap_is_what_could_be_coded():
    body = Tier("body", "", Stream.CHILD, TierKind.STATE, codes("kh"))
    look = Tier("look", "", Stream.CHILD, TierKind.STATE, codes("ptu"), exclusive=True)
    scheme = Scheme(SCHEME_ID, "", "", "", "en", "", (look, body))
    a, b = a_pass("a", look="ppuupppp", body="kkkkkk.."), a_pass("b", look="pppppppp", body="kkkkkkkk")
    found = one(compare(a, b, scheme), OVERLAP, "body", "k")
    assert (found.counts["seconds_a"], found.counts["seconds_b"]) == (4, 6)
