"""What no edit may break, and what a finished pass should not contain."""

import pytest

from coder.annotate.linked import Linked
from coder.annotate.rules import broken, review
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, drawn, header


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (Event("x", "gone", "off", Span(0, S)), "The scheme has no tier “gone”."),
        (Event("x", "engage", "gone", Span(0, S)), "The tier “Engagement” has no code “gone”."),
        (Event("x", "gaze", "face", Span(9 * S, 11 * S)), "“Parent's face” would leave the coded window."),
        (Event("x", "bids", "bid_c", Span(10 * S, 10 * S)), "“Child invites” would leave the coded window."),
        (Event("x", "bids", "bid_c", Span(0, S)), "“Child invites” is a moment and cannot last."),
        (Event("x", "gaze", "face", Span(S, S)), "“Parent's face” would end where it begins."),
        (
            Event("x", "engage", "off", Span(4 * S, 6 * S)),
            "“Not engaged” would overlap another event of “Engagement”.",
        ),
        (
            Event("x", "engage", "off", Span(2 * S, 4 * S)),
            "“Not engaged” would overlap another event of “Engagement”.",
        ),
        (Event("x", "engage", "off", Span(3 * S, 5 * S)), None),
    ],
)
def test_each_rule_is_told_by_its_sentence(event: Event, sentence: str | None) -> None:
    coding = drawn("ooo..sssss")
    edit = Edit.of("Test", Change(None, event))
    found = [problem.what for problem in broken(coding.applied(edit), SCHEME, edit, Linked(coding, SCHEME))]
    assert found == ([sentence] if sentence else [])


def test_in_a_tier_that_allows_overlap_only_the_same_code_must_not_overlap() -> None:
    coding = CodingPass.of(header(), [Event("1", "self", "talk", Span(0, 5 * S))])
    other = Edit.of("Test", Change(None, Event("2", "self", "touch", Span(S, 3 * S))))
    same = Edit.of("Test", Change(None, Event("3", "self", "talk", Span(4 * S, 6 * S))))
    assert broken(coding.applied(other), SCHEME, other, Linked(coding, SCHEME)) == []
    assert len(broken(coding.applied(same), SCHEME, same, Linked(coding, SCHEME))) == 1


def test_gaps_are_found_at_both_ends_and_between() -> None:
    found = review(drawn(".oo..ppp.."), SCHEME)
    assert [finding.span for finding in found] == [Span(0, S), Span(3 * S, 5 * S), Span(8 * S, 10 * S)]
    assert review(drawn("ooppp"), SCHEME) == []


def test_a_review_lists_what_a_coder_should_look_at() -> None:
    coding = CodingPass.of(
        header(),
        [
            Event("1", "engage", "off", Span(0, 2 * S)),
            Event("2", "engage", "off", Span(2 * S, 4 * S)),
            Event("3", "engage", "person", Span(4 * S, 4 * S + 400_000)),
            Event("4", "engage", "shared", Span(5 * S, 10 * S), (("play_kind", "build,dance"),)),
        ],
    )
    found = [(finding.problem.what, finding.hinders) for finding in review(coding, SCHEME)]
    assert found == [
        ("Two states of “Not engaged” follow each other without a change.", False),
        ("“With the person” lasts 0.400 s, less than the scheme asks for.", False),
        ("“Engagement” is not coded for 0.600 s.", True),
        ("“Sharing, parent carries it” lacks “Who started”.", True),
        ("“Kind of play” of “Sharing, parent carries it” has the unknown value “dance”.", True),
    ]


def test_a_finished_pass_has_nothing_to_look_at() -> None:
    assert review(drawn("ooooppppoo"), SCHEME) == []
