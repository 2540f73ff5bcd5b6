"""The list of moments to walk through."""

from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.time import SECOND_US, Span
from coder.reliability import disagreements
from coder.reliability.disagreements import is_brief, turned
from tests.reliability import detailed
from tests.reliability.detailed import DETAILED, ev
from tests.reliability.drawn import SCHEME, a_pass


def seconds(found):
    return [
        (one.span.start_us // SECOND_US, one.span.end_us // SECOND_US, one.code_a, one.code_b, one.kind.value)
        for one in found
    ]


def test_states_are_listed_with_the_longest_dispute_first():
    a = a_pass("a", look="ppppttttttaaaa..pp")
    b = a_pass("b", look="ppptttpppaaaaappp.")
    assert seconds(disagreements(a, b, SCHEME)) == [
        (6, 9, "t", "p", "code"),
        (14, 16, None, "p", "extra"),
        (3, 4, "p", "t", "early"),
        (9, 10, "t", "a", "code"),
        (17, 18, "p", None, "missed"),
    ]


def test_uncodable_time_is_no_dispute():
    a = a_pass("a", look="ppuuuutt")
    b = a_pass("b", look="ppttttuu")
    assert disagreements(a, b, SCHEME) == ()


def test_point_events_weigh_as_much_as_their_tolerance():
    a = a_pass("a", cues="v....g...v....")
    b = a_pass("b", cues="v....v.......g")
    assert disagreements(a, b, SCHEME) == (
        Disagreement(
            Span.moment(5 * SECOND_US),
            "cues",
            "g",
            "v",
            DisagreementKind.CODE,
            SECOND_US,
            "a-cues-0001",
            "b-cues-0001",
        ),
        Disagreement(
            Span.moment(9 * SECOND_US), "cues", "v", None, DisagreementKind.MISSED, SECOND_US, "a-cues-0002"
        ),
        Disagreement(
            Span.moment(13 * SECOND_US), "cues", None, "g", DisagreementKind.EXTRA, SECOND_US, "", "b-cues-0002"
        ),
    )


def test_codes_that_may_overlap_are_disputed_one_by_one():
    found = disagreements(a_pass("a", body="kkkk...."), a_pass("b", body="kk......"), SCHEME)
    assert seconds(found) == [(2, 4, "k", None, "early")]


def test_passes_that_agree_or_cannot_be_compared_have_no_list():
    a = a_pass("a", look="pptt")
    assert disagreements(a, a_pass("b", look="pptt"), SCHEME) == ()
    assert disagreements(a, a_pass("b", session="s2", look="tttt"), SCHEME) == ()


# ── details, ratings, intervals ──────────────────────────────────────────────────────────────────────────────────


def of(events_a, events_b):
    """The differences of two passes of the detailed scheme."""
    return disagreements(detailed.a_pass("a", events_a), detailed.a_pass("b", events_b), DETAILED)


def test_a_detail_of_a_matched_moment_weighs_half_of_the_moment():
    a, b = (
        [ev("a", "cues", "v", 5, outcome="fits", tone="warm")],
        [ev("b", "cues", "v", 5.4, outcome="fits")],
    )
    (one,) = of(a, b)
    assert (one.kind, one.detail, one.value_a, one.value_b) == (DisagreementKind.MODIFIER, "tone", "warm", "")
    assert (one.span, one.weight_us, one.event_a, one.event_b) == (
        Span(5_000_000, 5_400_000),
        SECOND_US // 2,
        "a",
        "b",
    )


def test_where_only_one_saw_an_answer_its_details_are_no_differences_of_their_own():
    a = [ev("a", "cues", "v", 5, outcome="fits", tone="warm")]
    b = [ev("b", "cues", "v", 5, outcome="none")]
    assert [(one.detail, one.value_a, one.value_b) for one in of(a, b)] == [("outcome", "fits", "none")]
    unjudged = [ev("b", "cues", "v", 5)]
    assert [(one.detail, one.value_a, one.value_b) for one in of(a, unjudged)] == [("outcome", "fits", "")]


def test_a_detail_of_two_states_weighs_half_of_the_time_they_share():
    a = [ev("a", "look", "p", 0, 10, source="eyes"), ev("a2", "look", "t", 10, 20, source="eyes")]
    b = [ev("b", "look", "p", 2, 10, source="head"), ev("b2", "look", "t", 10, 20, source="eyes")]
    missed, detail = sorted(of(a, b), key=lambda one: one.kind.value)
    assert (missed.kind, missed.span, missed.event_a, missed.event_b) == (
        DisagreementKind.MISSED,
        Span(0, 2_000_000),
        "a",
        "",
    )
    assert (detail.span, detail.weight_us, detail.event_a, detail.event_b) == (
        Span(2_000_000, 10_000_000),
        4_000_000,
        "a",
        "b",
    )


def test_a_boundary_of_a_detail_within_the_unit_comes_last():
    a = [ev("a", "look", "p", 0, 10, source="eyes"), ev("a2", "look", "p", 10, 20, source="head")]
    b = [ev("b", "look", "p", 0, 10.2, source="eyes"), ev("b2", "look", "p", 10.2, 20, source="head")]
    (one,) = of(a, b)
    assert (one.kind, one.detail, one.span, one.weight_us) == (
        DisagreementKind.MODIFIER,
        "source",
        Span(10_000_000, 10_200_000),
        100,
    )
    assert is_brief(one)


def test_boundaries_within_the_unit_come_last():
    a = [ev("a", "look", "p", 0, 10), ev("a2", "look", "t", 10, 20), ev("a3", "cues", "v", 30)]
    b = [ev("b", "look", "p", 0, 10.9), ev("b2", "look", "t", 10.9, 20)]
    found = of(a, b)
    assert [(one.kind.value, one.weight_us) for one in found] == [("missed", SECOND_US), ("late", 900)]
    assert (found[1].event_a, found[1].event_b) == ("a2", "b")


def test_ratings_weigh_by_the_square_of_their_distance():
    a = [ev("a", "items", "j", 0, 100, rating="2"), ev("a2", "items", "k", 0, 100, rating="na")]
    b = [ev("b", "items", "j", 0, 100, rating="5"), ev("b2", "items", "k", 0, 100, rating="4")]
    j, k = sorted(of(a, b), key=lambda one: one.code_a)
    assert (j.kind, j.apart, j.value_a, j.value_b) == (DisagreementKind.RATING, 3, "2", "5")
    assert j.weight_us == 25 * SECOND_US  # half the scale apart: a quarter of 100 s
    assert (k.kind, k.apart, k.value_a, k.value_b, k.weight_us) == (
        DisagreementKind.RATING,
        0,
        "na",
        "4",
        25 * SECOND_US,
    )
    assert of(a, a) == ()
    (only,) = of(a[:1], [])
    assert (only.kind, only.value_a, only.event_a, only.event_b) == (DisagreementKind.MISSED, "2", "a", "")


def test_intervals_are_disputed_one_by_one_and_have_no_boundaries():
    a = [ev(f"a{at}", "slots", code, 2 * at, 2 * at + 2) for at, code in enumerate("xxxyy")]
    b = [ev(f"b{at}", "slots", code, 2 * at, 2 * at + 2) for at, code in enumerate("xyyyy")]
    assert seconds(of(a, b)) == [(2, 4, "x", "y", "code"), (4, 6, "x", "y", "code")]
    assert [(one.event_a, one.event_b) for one in of(a, b)] == [("a1", "b1"), ("a2", "b2")]


def test_an_empty_pass_misses_or_adds_everything():
    a = [
        ev("a", "look", "p", 0, 10),
        ev("a2", "cues", "v", 3),
        ev("a3", "items", "j", 0, 100, rating="1"),
    ]
    assert {one.kind for one in of(a, [])} == {DisagreementKind.MISSED}
    assert {one.kind for one in of([], a)} == {DisagreementKind.EXTRA}


def test_seen_from_the_other_coder_every_difference_is_turned():
    a = [
        ev("a", "look", "p", 0, 10, source="eyes"),
        ev("a2", "look", "t", 10, 20),
        ev("a3", "cues", "v", 3),
    ]
    b = [
        ev("b", "look", "p", 0, 13, source="head"),
        ev("b2", "look", "t", 13, 19),
        ev("b3", "cues", "g", 3),
    ]
    assert {one.key for one in of(b, a)} == {turned(one).key for one in of(a, b)}
    assert all(turned(turned(one)) == one for one in of(a, b))
