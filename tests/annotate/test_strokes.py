"""What a key does to a pass."""

import pytest

from coder.annotate import amend, strokes
from coder.model.coding import CodingPass, Event
from coder.model.problem import CodingError
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, drawn, header, picture


def after(coding: CodingPass, tier: str, code: str, seconds: float) -> CodingPass:
    return coding.applied(strokes.code(coding, SCHEME, tier, code, int(seconds * S)))


def event_at(coding: CodingPass, seconds: float, tier: str = "engage") -> Event:
    found = coding.state_at(tier, int(seconds * S))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "code", "second", "then"),
    [
        ("..........", "person", 3, "...ppppppp"),  # to the end of the window
        ("oooooooooo", "person", 3, "oooppppppp"),  # cuts what holds
        ("ooooosssss", "person", 3, "oooppsssss"),  # to where the cut state ended
        ("ooo....sss", "person", 4, "ooo.pppsss"),  # in a gap: to the next onset
        ("oooosssooo", "person", 4, "oooopppooo"),  # at an onset: another code for that state
        ("ooooosssss", "shared", 3, "ooosssssss"),
    ],
)
def test_a_state_key_in_an_exclusive_tier(before: str, code: str, second: int, then: str) -> None:
    assert picture(after(drawn(before), "engage", code, second)) == then


def test_at_an_onset_the_state_stays_the_same_event() -> None:
    changed = after(drawn("oooosssooo"), "engage", "person", 4)
    assert event_at(changed, 4).id == "s4"


def test_the_code_that_holds_is_ended_where_gaps_are_allowed() -> None:
    coding = after(CodingPass.of(header(), []), "gaze", "face", 2)
    ended = after(coding, "gaze", "face", 5)
    assert [(e.code, e.span) for e in ended] == [("face", Span(2 * S, 5 * S))]


@pytest.mark.parametrize(
    ("tier", "code", "second", "sentence"),
    [
        ("engage", "off", 3, "“Not engaged” holds already, and “Engagement” must not have gaps."),
        ("engage", "off", 0, "“Not engaged” begins at this very frame already."),
        ("engage", "person", 10, "00:00:10.000 lies outside the coded window."),
        ("bids", "bid_c", -1, "-00:00:01.000 lies outside the coded window."),
        ("rated", "warm", 3, "“Ratings” is not coded on the timeline."),
    ],
)
def test_a_stroke_that_cannot_be_done_is_refused_with_a_sentence(
    tier: str, code: str, second: int, sentence: str
) -> None:
    with pytest.raises(CodingError) as refused:
        after(drawn("oooooooooo"), tier, code, second)
    assert [problem.what for problem in refused.value.problems] == [sentence]


def test_a_point_code_is_a_moment_and_marks_a_frame_once() -> None:
    coding = after(drawn("oooooooooo"), "bids", "bid_c", 3)
    assert coding.row("bids")[0].span == Span.moment(3 * S)
    coding = after(coding, "bids", "bid_p", 3)
    assert len(coding.row("bids")) == 2
    with pytest.raises(CodingError):
        after(coding, "bids", "bid_c", 3)


def test_states_that_may_overlap_are_switched_each_for_itself() -> None:
    coding = after(CodingPass.of(header(), []), "self", "talk", 1)
    coding = after(coding, "self", "touch", 2)
    coding = after(coding, "self", "talk", 4)
    coding = after(coding, "self", "talk", 0)
    assert {(e.code, e.span) for e in coding} == {
        ("talk", Span(0, 1 * S)),
        ("talk", Span(1 * S, 4 * S)),
        ("touch", Span(2 * S, 10 * S)),
    }


def test_the_label_names_code_and_time() -> None:
    edit = strokes.code(drawn("o" * 70), SCHEME, "engage", "shared", 62_400_000)
    assert edit.label == "Code “Sharing, parent carries it” at 00:01:02.400"


def test_the_subject_of_a_stroke_is_the_event_just_coded_and_of_its_undo_the_event_that_is_back() -> None:
    edit = strokes.code(drawn("oooooooooo"), SCHEME, "engage", "shared", 3 * S)
    made = strokes.subject(edit)
    assert made is not None
    assert made.code == "shared"
    assert strokes.subject(edit.reversed()) is None
    assert strokes.subject(edit.reversed().reversed()) == made


def test_recoding_keeps_only_the_details_the_new_code_asks_for() -> None:
    coding = drawn("oossssssoo")
    shared = event_at(coding, 3)
    coding = coding.applied(amend.set_modifier(SCHEME, shared, "who_started", "child"))
    coding = coding.applied(amend.recode(SCHEME, event_at(coding, 3), "person"))
    assert event_at(coding, 3).modifiers == ()
