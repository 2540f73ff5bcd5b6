"""Scores against a master, worked by hand and by second implementations."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model.agreement import Status
from coder.model.coding import NOTHING, CodingPass
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    F1,
    ICC,
    KAPPA,
    PRECISION,
    SENSITIVITY,
    TIME_UNIT_KAPPA,
    WITHIN_ONE,
)
from coder.model.training import Requirement
from coder.reliability import kappa_at
from coder.training.judging import judged
from coder.training.scoring import pooled, score
from tests.reliability.drawn import SCHEME, a_pass
from tests.training.clips import a_step, an_attempt, clips, drawn
from tests.training.sampled import a_scheme, beside


def value(found, statistic, tier="look", code=None):
    agreements = getattr(found, "agreements", found)
    (one,) = [a for a in agreements if (a.statistic, a.tier, a.code, a.detail) == (statistic, tier, code, "")]
    return one.estimate.value


def test_points_code_by_code():
    # the first v is found, the second missed, the third a second late; the g is called v
    found = drawn("A", {"cues": "v...v...v...g..."}, {"cues": "v........v..v..."})
    assert found.seen["cues", "v"] == 3
    assert found.seen["cues", "g"] == 1
    assert value(found, SENSITIVITY, "cues", "v") == pytest.approx(2 / 3)
    assert value(found, PRECISION, "cues", "v") == pytest.approx(2 / 3)
    assert value(found, F1, "cues", "v") == pytest.approx(4 / 6)
    assert value(found, SENSITIVITY, "cues", "g") == 0
    assert value(found, PRECISION, "cues", "g") is None
    assert value(found, BIAS, "cues") == 0.5


def test_states_code_by_code():
    # p: three looks, two found, one called t; a: one look, half of it missed (under 60 % shared); t: one more
    found = drawn("A", {"look": "pppp..pppp..pppp..aaaa"}, {"look": "pppp..pppp..tttt..aa.."})
    assert (found.seen["look", "p"], found.seen["look", "a"], found.seen["look", "t"]) == (3, 1, 0)
    assert value(found, SENSITIVITY, code="p") == pytest.approx(2 / 3)
    assert value(found, PRECISION, code="p") == 1
    assert value(found, F1, code="p") == pytest.approx(2 * 2 / (3 + 2))
    assert value(found, SENSITIVITY, code="a") == 0
    assert value(found, SENSITIVITY, code="t") is None
    assert value(found, PRECISION, code="t") == 0
    assert value(found, SENSITIVITY) == pytest.approx(2 / 4)


def test_states_that_may_overlap():
    found = drawn("A", {"body": "kkkk....kkkk"}, {"body": "kkkk....hhhh"})
    assert found.seen["body", "k"] == 2
    assert value(found, SENSITIVITY, "body", "k") == 0.5
    assert value(found, PRECISION, "body", "h") == 0


def test_accuracy_is_that_of_one_observer_beside_a_master():
    # the worked example of B7: base rates .6, .3, .1 and kappa .60 make .766 beside a master, .871 between coders
    found = drawn("A", {"look": "p" * 60 + "t" * 30 + "a" * 10}, {"look": "p" * 60 + "a" * 30 + "t" * 10})
    kappa = value(found, TIME_UNIT_KAPPA)
    assert kappa_at(value(found, ACCURACY), (0.6, 0.3, 0.1), "master") == pytest.approx(kappa)


LINES = st.lists(st.sampled_from("pta"), min_size=12, max_size=40).map("".join)


@given(LINES, st.randoms(use_true_random=False), st.floats(0, 1))
def test_accuracy_against_the_second_implementation(line, random, slips):
    """The accuracy is the one at which the expected kappa is the observed, found by halving."""
    trainee = "".join(random.choice("pta.") if random.random() < slips else letter for letter in line)
    found = drawn("A", {"look": line}, {"look": trainee})
    kappa, accuracy = value(found, TIME_UNIT_KAPPA), value(found, ACCURACY)
    rates = [line.count(letter) / len(line) for letter in "pta"]
    if kappa is None or kappa <= 0 or max(rates) == 1:
        assert accuracy is None
        return
    low, high = 1 / 3, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if kappa_at(middle, rates, "master") < kappa else (low, middle)
    assert accuracy == pytest.approx(low, abs=1e-9)


@given(LINES, st.randoms(use_true_random=False))
def test_states_against_the_second_implementation(line, random):
    """A state is found if one of the same code lies on it; here no state touches another."""
    master = ".".join(f"{letter * 3}" for letter in line[:8])
    trainee = ".".join(f"{random.choice('pta') * 3}" for _ in line[:8])
    found = drawn("A", {"look": master}, {"look": trainee})
    rows = list(zip(master[::4], trainee[::4], strict=True))
    for code in "pta":
        mine, theirs = sum(a == code for a, _ in rows), sum(b == code for _, b in rows)
        hits = sum(a == b == code for a, b in rows)
        assert found.seen["look", code] == mine
        assert value(found, SENSITIVITY, code=code) == (pytest.approx(hits / mine) if mine else None)
        assert value(found, PRECISION, code=code) == (pytest.approx(hits / theirs) if theirs else None)
        assert value(found, F1, code=code) == (
            pytest.approx(2 * hits / (mine + theirs)) if mine + theirs else None
        )


def test_a_code_that_is_as_right_counts_as_what_the_trainee_chose():
    master, trainee = a_pass("a", cues="v...v..."), a_pass("b", cues="v...g...")
    first, second = master.row("cues")
    lenient = CodingPass.of(master.header, (first, replace(second, either=("g",))))
    found = score(a_step(), an_attempt(), "", lenient, trainee, SCHEME, limits=False)
    assert value(found, F1, "cues") == 1
    assert (found.seen["cues", "v"], found.seen["cues", "g"]) == (1, 1)
    unneeded = CodingPass.of(master.header, (first, replace(second, either=(NOTHING,))))
    found = score(a_step(), an_attempt(), "", unneeded, a_pass("b", cues="v......."), SCHEME, limits=False)
    assert value(found, SENSITIVITY, "cues", "v") == 1
    assert found.seen["cues", "v"] == 1, "what need not be marked is not asked for"


def test_only_tiers_in_play():
    master = a_pass("a", look="ppttpp", cues="v..g..")
    found = score(a_step(tiers=("cues",)), an_attempt(), "", master, a_pass("b", cues="v..g.."), SCHEME)
    assert {one.tier for one in found.agreements} == {"cues"}
    assert {tier for tier, _ in found.seen} == {"cues"}


def test_what_is_told_of_the_attempt():
    found = clips("A#2 20/20 1/1")[0]
    assert (found.clip, found.step_id, found.number, found.first_view) == ("A", "step-A", 2, True)
    assert found.done_at == "2026-01-01T00:00:00+00:00"


def test_pooled_over_clips():
    together = pooled(clips("A 20/20 1/2", "B 18/20 2/2", "C 19/20 0/4"))
    assert value(together, AGREEMENT) == 57 / 60
    assert value(together, SENSITIVITY, "cues", "v") == 3 / 8
    kappa = next(one for one in together if (one.statistic, one.code, one.tier) == (TIME_UNIT_KAPPA, None, "look"))
    gold = next(one for one in together if one.statistic == ACCURACY and one.tier == "look")
    assert kappa.estimate.method.startswith("jackknife over 3")
    assert gold.estimate.low < gold.estimate.value < gold.estimate.high
    assert kappa_at(gold.estimate.low, (0.5, 0.5, 0), "master") == pytest.approx(kappa.estimate.low)
    guessing = pooled(clips("A 20/20 0/0", "B 2/20 0/0", "C 15/20 0/0"))
    gold = next(one for one in guessing if one.statistic == ACCURACY and one.tier == "look")
    assert gold.estimate.low == pytest.approx(1 / 3), "a lower limit at chance is guessing among three codes"


def test_an_undefined_accuracy_says_why():
    (one,) = [
        one
        for one in drawn("A", {"look": "pppppp"}, {"look": "pppppp"}).agreements
        if one.statistic == ACCURACY and one.tier == "look"
    ]
    assert (one.estimate.value, one.estimate.status) == (None, Status.NO_VARIANCE)
    assert "nothing to disagree about" in one.estimate.sentence
    # as the master alternates and the trainee is always wrong
    (one,) = [
        one
        for one in drawn("A", {"look": "ptptpt"}, {"look": "tptptp"}).agreements
        if one.statistic == ACCURACY and one.tier == "look"
    ]
    assert (one.estimate.value, one.estimate.status) == (None, Status.BELOW_CHANCE)


def test_what_the_master_does_not_rate_is_not_asked_for():
    """The author of *Face to face* gives four ratings, and none to two items that do not fit the procedure."""
    both = beside("face-to-face", "ratings", "careful")
    found = score(a_step(), an_attempt(), "", *both, a_scheme("ratings"), limits=False)
    assert found.seen["segment", "r_warm"] == 1
    assert (found.seen["segment", "r_flat"], found.seen["segment", "r_tuned"]) == (0, 0)
    assert sum(found.seen.values()) == 4
    assert judged(Requirement(WITHIN_ONE, "segment", 0.5), found) is True
    assert judged(Requirement(ICC, "segment", 0.75), found) is None, "four ratings are too few for an ICC"


def test_the_accuracy_of_a_detail_is_that_of_one_observer_beside_a_master():
    both = beside("cues-responses", "cue-response", "confused")
    found = score(a_step(), an_attempt(), "", *both, a_scheme("cue-response"), limits=False)
    of = {
        one.statistic: one
        for one in found.agreements
        if (one.tier, one.detail, one.code) == ("cues", "outcome", None)
    }
    table = of[ACCURACY].confusion
    rates = [sum(row) for row in table.table]
    kappa, accuracy = of[KAPPA].estimate.value, of[ACCURACY].estimate.value
    assert 0 < kappa < 1
    assert kappa_at(accuracy, rates, "master") == pytest.approx(kappa)
    assert kappa_at(accuracy, rates, "coder") != pytest.approx(kappa)
