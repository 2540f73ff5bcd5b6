"""A trainee beside a master: what the trainee leaves out is wrong, only what the master cannot see is missing."""

from dataclasses import replace

import pytest

from coder.model.disagreement import DisagreementKind
from coder.model.scheme import Sampling, TierKind
from coder.model.statistic import AGREEMENT, F1, PRECISION, SENSITIVITY, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability import compare, disagreements, pool
from coder.reliability.words import NOBODY
from tests.reliability.drawn import SCHEME, a_pass, codes


def one(agreements, statistic, tier="look"):
    return next(a for a in agreements if (a.statistic, a.tier, a.code, a.detail) == (statistic, tier, None, ""))


@pytest.mark.parametrize(
    ("master", "trainee", "between_coders", "against_master"),
    [
        # the same codes throughout: nothing differs
        ("ppttaapptt", "ppttaapptt", 10 / 10, 10 / 10),
        # left uncoded, or called uncodable: missing between coders, wrong against a master
        ("ppttaapptt", "ppttaap...", 7 / 7, 7 / 10),
        ("ppttaapptt", "ppttaapuuu", 7 / 7, 7 / 10),
        # what the master could not see is missing, whatever the trainee says of it
        ("ppttaapuuu", "ppttaapptt", 7 / 7, 7 / 7),
        ("ppttaapuuu", "ppttaapuuu", 7 / 7, 7 / 7),
        # where the master has no code there is nothing to get wrong in units of time
        ("ppttaap...", "ppttaapptt", 7 / 7, 7 / 7),
        ("ppttaapptt", "..........", None, 0 / 10),
    ],
)
def test_share_of_time_that_is_right(master, trainee, between_coders, against_master):
    a, b = a_pass("a", look=master), a_pass("b", look=trainee)
    assert one(compare(a, b, SCHEME), AGREEMENT).estimate.value == between_coders
    assert one(compare(a, b, SCHEME, against="master"), AGREEMENT).estimate.value == against_master


def test_a_blind_stretch_of_the_trainee_is_not_filled_with_the_default():
    tier = replace(SCHEME.tier("near"), codes=codes("rfu"))
    scheme = replace(SCHEME, tiers=(tier,))

    def right(trainee):
        found = compare(a_pass("a", near="rrrrffffrr"), a_pass("b", near=trainee), scheme, against="master")
        return one(found, AGREEMENT, "near").estimate.value

    assert right("....ffff..") == 10 / 10, "where nothing is marked the default r holds"
    assert right("....ffffuu") == 8 / 10
    assert right("uuuuuuuuuu") == 0 / 10


def test_events_in_time_that_only_the_trainee_called_uncodable_are_missed():
    # `look` and `cues` are both the child's: who cannot see where it looks cannot see its cues either
    a, b = a_pass("a", look="pppppppppp", cues="v..g....v."), a_pass("b", look="pppppppuuu", cues="v..g......")
    assert one(compare(a, b, SCHEME), SENSITIVITY, "cues").estimate.value == 1
    found = compare(a, b, SCHEME, against="master")
    assert one(found, SENSITIVITY, "cues").estimate.value == pytest.approx(2 / 3)
    assert one(found, F1, "cues").estimate.value == pytest.approx(4 / 5)


def test_the_list_of_differences_says_the_same():
    a, b = a_pass("a", look="ppttaapptt"), a_pass("b", look="ppttaapuuu")
    assert disagreements(a, b, SCHEME) == ()
    found = disagreements(a, b, SCHEME, against="master")
    assert [(one.kind, one.code_a, one.code_b) for one in found] == [
        (DisagreementKind.MISSED, "t", None),
        (DisagreementKind.MISSED, "p", None),
    ]
    assert sum(one.span.duration_us for one in found) == 3 * SECOND_US


def test_sessions_are_pooled_with_what_was_left_out():
    sessions = [("ppttaapptt", "ppttaapptt"), ("ttppttaatt", "ttpp......")]
    found = [
        compare(a_pass("a", f"s{at}", look=a), a_pass("b", f"s{at}", look=b), SCHEME, against="master")
        for at, (a, b) in enumerate(sessions)
    ]
    together = pool(agreement for of_one in found for agreement in of_one)
    assert one(together, AGREEMENT).estimate.value == 14 / 20
    table = one(together, TIME_UNIT_KAPPA).confusion
    assert table.categories == ("p", "t", "a", NOBODY)
    assert [row[-1] for row in table.table] == [0, 4, 2, 0]


def found_of(master, trainee, tier):
    """(sensitivity, precision, F1) of each code, of one tier."""
    scheme = replace(SCHEME, tiers=(tier,))
    found = compare(a_pass("a", **{tier.id: master}), a_pass("b", **{tier.id: trainee}), scheme, against="master")
    told = {(one.code, one.statistic): one.estimate.value for one in found if not one.detail}
    return {
        code.id: tuple(told[code.id, statistic] for statistic in (SENSITIVITY, PRECISION, F1))
        for code in tier.codes
        if not code.uncodable
    }


def test_states_that_were_found():
    # of three p one is called t and one is cut to half; one a is added
    assert found_of("pppp..pppp..pppp....", "pppp..tttt..pp....aa", SCHEME.tier("look")) == {
        "p": (1 / 3, 1 / 2, 2 / 5),
        "t": (None, 0, 0),
        "a": (None, 0, 0),
    }


def test_intervals_that_were_found():
    every = replace(
        SCHEME.tier("look"), kind=TierKind.INTERVAL, every_us=2 * SECOND_US, sampling=Sampling.PARTIAL, targets=()
    )
    # five intervals: p right, p called t, t right, one left out, one that the master could not see
    assert found_of("ppppttaauu", "ppttttuupp", every) == {
        "p": (1 / 2, 1, 2 / 3),
        "t": (1, 1 / 2, 2 / 3),
        "a": (0, None, 0),
    }


def test_between_two_coders_no_states_are_found_or_missed():
    found = compare(a_pass("a", look="ppttpp"), a_pass("b", look="ppttpp"), SCHEME)
    assert SENSITIVITY not in {one.statistic for one in found if one.tier == "look"}
