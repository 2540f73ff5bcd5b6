"""Codes that are as right: the other coder's choice among them is agreement, in every comparison."""

from dataclasses import replace

import pytest

from coder.model.coding import NOTHING, CodingPass
from coder.model.statistic import BIAS, EVENT_KAPPA, F1, SPECIFIC, TIME_UNIT_KAPPA
from coder.reliability import compare, disagreements
from tests.reliability.drawn import SCHEME, a_pass


def allowing(coding, **either_of):
    """The pass with other codes allowed: look=(1, "t") for the second event of the tier; 0 is nothing."""
    events = []
    for event in coding:
        place, codes = either_of.get(event.tier, (None, ""))
        here = place is not None and coding.row(event.tier)[place] == event
        codes = tuple(NOTHING if code == "0" else code for code in codes)
        events.append(replace(event, either=tuple(sorted(codes))) if here else event)
    return CodingPass.of(coding.header, events)


def one(a, b, statistic, tier, code=None):
    (found,) = [
        each for each in compare(a, b, SCHEME) if (each.statistic, each.tier, each.code) == (statistic, tier, code)
    ]
    return found


def turned(found):
    return tuple(zip(*found.confusion.table, strict=True))


@pytest.mark.parametrize("look", ["pppptttttaa", "pppppttttaa", "ppptttttaaa"])
def test_units_agree_with_any_allowed_code(look):
    master = allowing(a_pass("m", look="ppppaaaaaaa"), look=(1, "t"))
    found = one(master, a_pass("b", look=look), TIME_UNIT_KAPPA, "look")
    # where the master has p only, and b does not, they still differ; so does a p where a or t is right
    differ = sum(
        mine == "p" != theirs or mine != "p" == theirs for mine, theirs in zip("ppppaaaaaaa", look, strict=True)
    )
    table = found.confusion.table
    assert sum(map(sum, table)) - sum(table[at][at] for at in range(3)) == differ


def test_it_is_the_same_whoever_is_a():
    master = allowing(a_pass("m", look="ppppaaaaaaa", cues="v...v..."), look=(1, "t"), cues=(0, "g"))
    b = a_pass("b", look="pppttttttaa", cues="g...g...")
    assert one(master, b, TIME_UNIT_KAPPA, "look").confusion.table == turned(
        one(b, master, TIME_UNIT_KAPPA, "look")
    )
    assert one(master, b, F1, "cues").confusion.table == turned(one(b, master, F1, "cues"))


def test_both_may_allow_a_code_that_neither_gave():
    a = allowing(a_pass("a", look="ppppaaaa"), look=(1, "t"))
    b = allowing(a_pass("b", look="pppppppp"), look=(0, "t"))
    # the first four seconds: p and p; the rest: a or t, against p or t
    found = one(a, b, TIME_UNIT_KAPPA, "look").confusion.table
    assert sum(found[at][at] for at in range(3)) == 8


def test_a_state_that_takes_two_allowed_codes_is_linked_with_both():
    master = allowing(a_pass("m", look="pppppppaaaaaaaaaa"), look=(1, "t"))
    b = a_pass("b", look="ppppppptttttaaaaa")
    assert one(master, b, EVENT_KAPPA, "look").estimate.value == 1.0
    # the boundary from t to a was put there by b alone, so it says nothing about timing
    assert one(master, b, BIAS, "look").estimate.n == 1


def test_nothing_may_be_as_right_as_a_state():
    master = allowing(a_pass("m", body="..kkkk...hh"), body=(0, "0"))
    b = a_pass("b", body=".........hh")
    assert one(master, b, TIME_UNIT_KAPPA, "body", "k").estimate.value is None
    assert one(master, b, SPECIFIC, "body", "h").estimate.value == 1.0
    near = allowing(a_pass("m", near="rrffffrr"), near=(1, "0"))
    assert one(near, a_pass("b", near="rrrrrrrr"), TIME_UNIT_KAPPA, "near").confusion.table == ((8, 0), (0, 0))
    assert one(near, a_pass("b", near="rrffffrr"), TIME_UNIT_KAPPA, "near").confusion.table == ((4, 0), (0, 4))


def test_points_match_by_an_allowed_code_or_by_nothing():
    def f1(master, cues):
        return one(master, a_pass("b", cues=cues), F1, "cues").estimate.value

    loose = allowing(a_pass("m", cues="v....v...."), cues=(0, "g"))
    assert f1(loose, "v....v....") == f1(loose, "g....v....") == 1.0
    assert f1(loose, ".....v....") == pytest.approx(2 / 3)
    free = allowing(a_pass("m", cues="v....v...."), cues=(0, "0g"))
    assert f1(free, ".....v....") == f1(free, "g....v....") == 1.0
    # an event that need not be there is confused with nothing either
    unneeded = allowing(a_pass("m", cues="v....v...."), cues=(0, "0"))
    found = one(unneeded, a_pass("b", cues=".g...v...."), F1, "cues")
    assert found.confusion.table == ((1, 0, 0), (0, 0, 0), (0, 1, 0))


def test_an_event_that_allows_more_does_not_take_the_partner_of_one_that_does_not():
    master = allowing(a_pass("m", cues="v.v......."), cues=(1, "g"))
    b = a_pass("b", cues=".vg.......")
    assert one(master, b, F1, "cues").estimate.value == 1.0


def test_what_is_allowed_is_no_disagreement():
    master = allowing(a_pass("m", look="ppppaaaa", cues="v......."), look=(1, "t"), cues=(0, "g"))
    assert disagreements(master, a_pass("b", look="pppptttt", cues="g......."), SCHEME) == ()


def test_that_nothing_could_be_seen_is_no_code_to_agree_on():
    """Both passes say that not to be seen is as right: what each saw differs all the same."""
    a = allowing(a_pass("a", look="pppp"), look=(0, "u"))
    b = allowing(a_pass("b", look="tttt"), look=(0, "u"))
    assert one(a, b, TIME_UNIT_KAPPA, "look").confusion.table == ((0, 4, 0), (0, 0, 0), (0, 0, 0))
    assert [(each.code_a, each.code_b) for each in disagreements(a, b, SCHEME)] == [("p", "t")]
