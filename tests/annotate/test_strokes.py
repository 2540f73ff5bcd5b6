"""What a key does to a pass."""

from dataclasses import replace

import pytest

from coder.annotate import amend, strokes
from coder.model.coding import CodingPass, Event
from coder.model.edit import Edit
from coder.model.problem import CodingError
from coder.model.time import SECOND_US as S
from coder.model.time import Span, clock
from tests.annotate.example import SCHEME, drawn, header, picture
from tests.annotate.judged import JUDGED, judged, over


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
        ("rated", "warm", 3, "“Ratings” is rated, not coded on the timeline."),
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


def test_recoding_forgets_what_was_as_right_as_the_old_code() -> None:
    shared = event_at(drawn("oossssssoo"), 3)
    settled = replace(shared, either=("", "person"))
    coding = CodingPass.of(drawn("oossssssoo").header, [settled])
    recoded = coding.applied(amend.recode(SCHEME, settled, "person"))
    assert [(one.code, one.either) for one in recoded] == [("person", ())]


# Reaction time: the frame on the screen is the second number, the frame that was reacted to the third.


@pytest.mark.parametrize(
    ("before", "code", "second", "corrected", "then", "reaction"),
    [
        ("oooooooooo", "person", 6, 4, "oooopppppp", 2),
        ("ooooosssss", "person", 4, 2, "oopppsssss", 2),
        ("ooo.......", "person", 5, 3, "oooppppppp", 2),  # right where the state before ended
        ("oooooooooo", "person", 6, 6, "oooooopppp", 0),  # a paused stroke
        ("ooosssssss", "person", 4, 3, "ooospppppp", 0),  # never before the onset of what holds, nor at it
        ("ooosssssss", "person", 5, 2, "ooossppppp", 0),
        ("oooo......", "person", 5, 3, "oooo.ppppp", 0),  # never into a state that was ended since
        ("oooooooooo", "person", 2, -1, "oopppppppp", 0),  # never before the window
        ("ooosssssss", "person", 3, 1, "oooppppppp", 0),  # at an onset: another code for that state
    ],
)
def test_a_stroke_is_put_earlier_for_reaction_time_where_nothing_was_seen_since(
    before: str, code: str, second: int, corrected: int, then: str, reaction: int
) -> None:
    coding = drawn(before)
    edit = strokes.code(coding, SCHEME, "engage", code, second * S, corrected * S)
    made = strokes.subject(edit)
    assert made is not None
    assert picture(coding.applied(edit)) == then
    assert made.reaction_us == reaction * S
    said = {0: ", not put earlier for reaction time", 2: ", put 2.00 s earlier for reaction time"}[reaction]
    assert edit.label.endswith(said if corrected != second else f"at {clock(second * S)}")


def test_the_offset_that_a_corrected_stroke_cuts_is_the_same_moment() -> None:
    gaze = Event("1", "gaze", "face", Span(0, 10 * S))
    coding = CodingPass.of(header(), [gaze])
    ended = strokes.code(coding, SCHEME, "gaze", "face", 5 * S, 4_500_000)
    assert [event.span for event in coding.applied(ended)] == [Span(0, 4_500_000)]
    assert ended.label == "End “Parent's face” at 00:00:04.500, put 0.50 s earlier for reaction time"
    switched = strokes.code(coding, SCHEME, "gaze", "toy", 5 * S, 4_500_000)
    assert [event.span for event in coding.applied(switched)] == [Span(0, 4_500_000), Span(4_500_000, 10 * S)]
    assert [event.reaction_us for event in coding.applied(switched)] == [0, 500_000]


def test_where_states_may_overlap_only_the_same_code_holds_a_correction_back() -> None:
    touch = Event("1", "self", "touch", Span(2 * S, 10 * S))
    coding = CodingPass.of(header(), [touch])
    talk = strokes.subject(strokes.code(coding, SCHEME, "self", "talk", 3 * S, S))
    end = strokes.code(coding, SCHEME, "self", "touch", 3 * S, S)
    assert talk is not None
    assert (talk.span, talk.reaction_us) == (Span(S, 10 * S), 2 * S)
    assert [event.span for event in coding.applied(end)] == [Span(2 * S, 3 * S)]


def test_a_point_is_put_earlier_whatever_else_happened() -> None:
    coding = CodingPass.of(header(), [Event("1", "bids", "bid_p", Span.moment(3 * S))])
    made = strokes.subject(strokes.code(coding, SCHEME, "bids", "bid_c", 4 * S, 2 * S))
    assert made is not None
    assert (made.span, made.reaction_us) == (Span.moment(2 * S), 2 * S)


# Intervals


def answered(coding: CodingPass, tier: str, code: str, seconds: float) -> Edit:
    return strokes.code(coding, JUDGED, tier, code, int(seconds * S), int((seconds - 1) * S))


def test_a_key_answers_for_the_interval_of_the_frame() -> None:
    edit = answered(judged(), "plays", "plays_yes", 3.9)
    made = strokes.subject(edit)
    assert made is not None
    assert (made.span, made.reaction_us) == (Span(2 * S, 4 * S), 0)
    assert edit.label == "Code “Yes” for interval 2 of 5"


def test_in_an_exclusive_tier_of_intervals_a_code_takes_the_place_of_another() -> None:
    coding = judged(over("plays", "plays_yes", 2, 4), over("plays", "plays_yes", 4, 6))
    coding = coding.applied(answered(coding, "plays", "plays_no", 2))
    assert [(event.id, event.code) for event in coding] == [
        ("plays-plays_yes-2", "plays_no"),
        ("plays-plays_yes-4", "plays_yes"),
    ]
    with pytest.raises(CodingError, match="Interval 2 is “No” already"):
        answered(coding, "plays", "plays_no", 2)


def test_in_other_tiers_of_intervals_each_code_is_ticked_for_itself() -> None:
    coding = judged()
    for code in ("hums", "rocks", "hums"):
        coding = coding.applied(answered(coding, "seen", code, 5))
    assert [(event.code, event.span) for event in coding] == [("rocks", Span(4 * S, 8 * S))]
    assert answered(coding, "seen", "rocks", 5).label == "Take “Rocks” from interval 2 of 2"


def test_a_rest_that_is_too_short_for_an_interval_is_not_coded() -> None:
    with pytest.raises(CodingError) as refused:
        answered(judged(seconds=10.9), "plays", "plays_yes", 10.5)
    assert str(refused.value.problems[0]) == (
        "The rest behind the last interval of “Plays together” is too short to be coded. "
        "Go to a frame before 00:00:10.000."
    )
