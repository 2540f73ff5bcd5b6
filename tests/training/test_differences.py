"""The list of differences, in drawings of one letter a second: `late t 4-5`."""

from dataclasses import replace

import pytest

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Target, Tier
from coder.model.time import SECOND_US
from coder.training.differences import differences, timing_us
from tests.reliability.drawn import CUES, LOOK, SCHEME, a_pass
from tests.training.drawn import with_either


def told(master, trainee, tier="look", scheme=SCHEME, either=()):
    """`class codes from-to` of each difference."""
    a = with_either(a_pass("a", **{tier: master}), *either)
    found = differences(a, a_pass("b", **{tier: trainee}), scheme, [tier])
    return [
        f"{one.kind} {'>'.join(one.codes)} {one.span.start_us // SECOND_US}-{one.span.end_us // SECOND_US}"
        for one in found
    ]


@pytest.mark.parametrize(
    ("master", "trainee", "expected"),
    [
        ("ppppttttaaaa", "ppppttttaaaa", []),
        ("ppppttttaaaa", "pppppttttaaa", ["late t>p 4-5", "late a>t 8-9"]),
        ("ppppttttaaaa", "pppttttaaaaa", ["early p>t 3-4", "early t>a 7-8"]),
        # further off than the tolerance it is no mark of the same change
        ("ppppttttaaaa", "ppppppttaaaa", ["code t>p 4-6"]),
        ("pppptppppaaa", "pppppppppaaa", ["missed t>p 4-5"]),
        ("pppppppppaaa", "pppptppppaaa", ["extra p>t 4-5"]),
        ("ppppttttpppp", "ppppaaaapppp", ["code t>a 4-8"]),
        ("ppppttttaaaa", "ppppaaaaaaaa", ["code t>a 4-8"]),
        ("ppppttttpppp", "pppp....pppp", ["missed t 4-8"]),
        ("pppp....pppp", "ppppttttpppp", ["extra t 4-8"]),
        # one event is told once, though two codes stand beside it
        ("ppppttttpppp", "ppppppaapppp", ["code t>p 4-6", "code t>a 6-8"]),
    ],
)
def test_states(master, trainee, expected):
    assert told(master, trainee) == expected


@pytest.mark.parametrize(
    ("master", "trainee", "expected"),
    [
        ("v...v...", "v...v...", []),
        ("v...v...", "v....v..", ["late v 4-5"]),
        ("...v....", "..v.....", ["early v 2-3"]),
        ("v...v...", "v.......", ["missed v 4-4"]),
        ("v.......", "v...v...", ["extra v 4-4"]),
        ("v...v...", "v...g...", ["code v>g 4-4"]),
    ],
)
def test_moments(master, trainee, expected):
    assert told(master, trainee, "cues") == expected


def test_what_is_as_right_is_no_difference():
    assert told("ppppttttaaaa", "ppppaaaaaaaa", either=[("t", "a")]) == []
    assert told("v...v...", "g...g...", "cues", either=[("v", "g")]) == []


def test_what_a_trainee_called_uncodable_is_a_difference():
    assert told("pppptttt", "ppppuuuu") == ["missed t 4-8"]
    assert told("ppppuuuu", "pppptttt") == []


def test_how_far_marks_may_lie_apart_is_the_schemes_to_say():
    assert timing_us(LOOK) == 300_000
    strict = replace(CUES, targets=(*CUES.targets, Target("timing bias", 1.5)))
    assert timing_us(strict) == 1_500_000
    assert told("v...v...", "v....v..", "cues", with_tier(strict)) == []


def with_tier(tier: Tier) -> Scheme:
    return replace(SCHEME, tiers=tuple(tier if one.id == tier.id else one for one in SCHEME.tiers))


@pytest.mark.parametrize(("lag_ms", "kinds"), [(300, []), (301, ["late"]), (-300, []), (-301, ["early"])])
def test_a_moment_may_be_as_far_off_as_the_target_says(lag_ms, kinds):
    a, b = a_pass("a", cues="....v..."), a_pass("b", cues="....v...")
    moved = CodingPass.of(b.header, [replace(one, span=one.span.shifted(1_000 * lag_ms)) for one in b])
    assert [str(one.kind) for one in differences(a, moved, SCHEME, ["cues"])] == kinds


def test_lag_and_events_stand_beside_it():
    (one, _) = differences(a_pass("a", look="ppppttttaaaa"), a_pass("b", look="pppppttttaaa"), SCHEME)
    assert one.lag_us == SECOND_US
    assert one.master is not None
    assert one.own is not None
    assert (one.master.code, one.own.code) == ("t", "p")


def test_they_are_in_the_order_of_time_then_of_tiers_and_only_those_in_play():
    a = a_pass("a", look="pppptttt", cues="v...v...")
    b = a_pass("b", look="pppppttt", cues=".....v..")
    assert [(one.tier, one.span.start_us // SECOND_US) for one in differences(a, b, SCHEME)] == [
        ("cues", 0),
        ("look", 4),
        ("cues", 4),
    ]
    assert {one.tier for one in differences(a, b, SCHEME, ["look"])} == {"look"}
