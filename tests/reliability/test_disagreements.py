"""The list of moments to walk through."""

from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.time import SECOND_US, Span
from coder.reliability import disagreements
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
        Disagreement(Span.moment(5 * SECOND_US), "cues", "g", "v", DisagreementKind.CODE, SECOND_US),
        Disagreement(Span.moment(9 * SECOND_US), "cues", "v", None, DisagreementKind.MISSED, SECOND_US),
        Disagreement(Span.moment(13 * SECOND_US), "cues", None, "g", DisagreementKind.EXTRA, SECOND_US),
    )


def test_codes_that_may_overlap_are_disputed_one_by_one():
    found = disagreements(a_pass("a", body="kkkk...."), a_pass("b", body="kk......"), SCHEME)
    assert seconds(found) == [(2, 4, "k", None, "early")]


def test_passes_that_agree_or_cannot_be_compared_have_no_list():
    a = a_pass("a", look="pptt")
    assert disagreements(a, a_pass("b", look="pptt"), SCHEME) == ()
    assert disagreements(a, a_pass("b", session="s2", look="tttt"), SCHEME) == ()
