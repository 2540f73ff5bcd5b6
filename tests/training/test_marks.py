"""What became of the master's events, in drawings of one letter a second."""

from dataclasses import replace

import pytest

from coder.model.coding import NOTHING
from coder.model.time import Span
from coder.training.marks import Fate, marks
from tests.reliability.drawn import SCHEME, a_pass
from tests.training.drawn import with_either


def fates(master, trainee, tier="look", either=()):
    """`p p! (a>t)`: found, missed, called otherwise; then what is extra, behind a +."""
    a = with_either(a_pass("a", **{tier: master}), *either)
    (found,) = marks(a, a_pass("b", **{tier: trainee}), SCHEME, [tier])
    told = []
    for one in found.marks:
        name = one.event.code
        told.append({Fate.FOUND: name, Fate.MISSED: f"{name}!"}.get(one.fate) or f"({name}>{one.own.code})")
    return " ".join([*told, *(f"+{event.code}" for event in found.extra)])


@pytest.mark.parametrize(
    ("master", "trainee", "expected"),
    [
        ("ppppttttaaaa", "ppppttttaaaa", "p t a"),
        # a second late
        ("ppppttttaaaa", "pppppttttaaa", "p t a"),
        # simply went on through the look, and came back with the next
        ("pppptppppaaa", "pppppppppaaa", "p t! p a"),
        # marked a change, to another code
        ("ppppttttaaaa", "ppppaaaa....", "p (t>a) a!"),
        ("ppppttttpppp", "ppppaaaapppp", "p (t>a) p"),
        # the code it is taken for follows, so that both run into one, but the change is marked
        ("ppppttttaaaa", "ppppaaaaaaaa", "p (t>a) a"),
        # the code it is taken for comes before: nobody can tell it from a miss
        ("ppppttttaaaa", "ppppppppaaaa", "p t! a"),
        # two neighbours called each other
        ("pppptaaappp.", "ppppatttppp.", "p (t>a) (a>t) p"),
        # something of one's own in the midst of a look
        ("pppppppppppp", "ppppttpppppp", "p +t"),
        # nothing coded at all
        ("ppppttttaaaa", "............", "p! t! a!"),
        ("............", "pppp........", "+p"),
    ],
)
def test_looks(master, trainee, expected):
    assert fates(master, trainee) == expected


def test_what_a_state_that_was_missed_went_under():
    (found,) = marks(a_pass("a", look="pppptpppp"), a_pass("b", look="ppppppppp"), SCHEME, ["look"])
    (missed,) = found.of(Fate.MISSED)
    assert (missed.own, missed.through) == (None, "p")


def test_lags_are_of_the_same_change_from_the_same_state():
    (found,) = marks(a_pass("a", look="ppppttttpppp"), a_pass("b", look="pppppttttppp"), SCHEME, ["look"])
    assert [one.lag_us for one in found.marks] == [None, 1_000_000, 1_000_000]
    # from another state it is no mark of the same change, and neither is one further off than the tolerance
    (found,) = marks(a_pass("a", look="ppppttttpppp"), a_pass("b", look="aaaattttpppp"), SCHEME, ["look"])
    assert [one.lag_us for one in found.marks] == [None, None, 0]
    (found,) = marks(a_pass("a", look="pppptttttppp"), a_pass("b", look="pppppptttppp"), SCHEME, ["look"])
    assert [one.lag_us for one in found.marks] == [None, None, 0]


@pytest.mark.parametrize(
    ("master", "trainee", "expected"),
    [
        ("v...v...v...", "v...v.......", "v v v!"),
        ("v...v.......", ".v..v...v...", "v v +v"),
        ("v...v.......", "v...g.......", "v (v>g)"),
    ],
)
def test_moments(master, trainee, expected):
    assert fates(master, trainee, "cues") == expected


def test_codes_that_are_as_right_are_found():
    assert fates("ppppttttaaaa", "ppppaaaaaaaa", either=[("t", "a")]) == "p t a"
    assert fates("pppptttt", "pppp....", either=[("t", NOTHING)]) == "p"
    assert fates("v...v...", "g...g...", "cues", either=[("v", "g")]) == "v v"


def test_a_default_is_no_event():
    assert fates("rrrrffffrrrr", "............", "near") == "f!"
    assert fates("rrrrffffrrrr", "rrrrffffrrrr", "near") == "f"


def test_codes_that_overlap_are_looked_at_one_by_one():
    a = a_pass("a", body="kkkkkkkk")
    b = a_pass("b", body="kkkkkkkk")
    (found,) = marks(a, b, SCHEME, ["body"])
    assert [one.fate for one in found.marks] == [Fate.FOUND]


def test_uncodable_is_what_the_master_could_not_see():
    assert fates("ppppuuuutttt", "pppppppptttt") == "p t"
    assert fates("pppptttt", "ppppuuuu") == "p t!"


def test_passes_without_common_time_have_nothing_to_tell():
    a, b = a_pass("a", look="pppp"), a_pass("b", look="pppp")
    later = replace(b, header=replace(b.header, window=Span(9_000_000, 12_000_000)))
    assert marks(a, later, SCHEME) == ()
