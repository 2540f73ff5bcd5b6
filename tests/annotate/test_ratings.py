"""Ratings: every item of a segment gets a number of the scale, a change, or none again."""

from dataclasses import replace

import pytest

from coder.annotate.linked import Linked
from coder.annotate.ratings import in_segment, rate, rating_of, segments, unrated, wants_reason
from coder.annotate.rules import broken
from coder.model.coding import CodingPass
from coder.model.problem import CodingError
from coder.model.scheme import NOT_RATED, RATING
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.judged import JUDGED, MOOD, judged, over

FIRST, SECOND = Span(0, 5 * S), Span(5 * S, 10 * S)


def rated(coding: CodingPass, code: str, segment: Span, value: str | None) -> CodingPass:
    edit = rate(coding, JUDGED, "mood", code, segment, value)
    after = coding.applied(edit)
    assert not broken(after, JUDGED, edit, Linked(after, JUDGED))
    return after


def test_the_segments_are_those_asked_for_and_those_of_ratings_that_are_there() -> None:
    whole = replace(MOOD, every_us=0)
    assert segments(judged(), MOOD) == (FIRST, SECOND)
    assert segments(judged(), whole) == (Span(0, 10 * S),)
    imported = judged(over("mood", "warm", 2, 7, rating="3"))
    assert segments(imported, MOOD) == (FIRST, Span(2 * S, 7 * S), SECOND)
    assert segments(imported, whole) == (Span(2 * S, 7 * S),)


def test_an_item_is_rated_changed_and_left_again() -> None:
    coding = rated(judged(), "warm", FIRST, "4")
    (event,) = coding
    assert (event.span, event.modifiers, event.note) == (FIRST, ((RATING, "4"),), "")
    assert [code.id for code in unrated(coding, MOOD, FIRST)] == ["calm"]
    assert [code.id for code in unrated(coding, MOOD, SECOND)] == ["warm", "calm"]
    changed = rated(coding, "warm", FIRST, NOT_RATED)
    assert [(one.id, one.modifier(RATING)) for one in changed] == [(event.id, "na")]
    assert rating_of(changed, MOOD, "warm", FIRST) == next(iter(changed))
    assert rating_of(changed, MOOD, "warm", SECOND) is None
    assert not list(rated(changed, "warm", FIRST, None))


def test_a_reason_is_wanted_where_the_scale_says_so_and_stays_with_a_changed_rating() -> None:
    coding = rated(judged(), "warm", FIRST, "5")
    (event,) = coding
    assert wants_reason(MOOD, event)
    told = replace(event, note="Laughs.")
    assert not wants_reason(MOOD, told)
    (again,) = rated(judged(told), "warm", FIRST, "1")
    assert again.note == "Laughs."
    assert not any(wants_reason(MOOD, one) for one in rated(judged(), "warm", FIRST, "4"))


def test_ratings_of_one_segment_are_found_among_many() -> None:
    every = [over("mood", code, at, at + 5, rating="3") for at in (0, 5) for code in ("warm", "calm")]
    coding = judged(*every, over("mood", "calm", 10, 11, rating="3"), seconds=11)
    assert [event.onset_us for event in in_segment(coding, MOOD, SECOND)] == [5 * S, 5 * S]
    assert in_segment(coding, MOOD, Span(5 * S, 9 * S)) == ()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("9", "9 is no rating of “Mood”."),
        ("4", "“Warmth” is rated 4 already."),
        ("x", "x is no rating of “Mood”."),
    ],
)
def test_what_is_no_rating_is_refused(value: str, sentence: str) -> None:
    with pytest.raises(CodingError) as refused:
        rate(rated(judged(), "warm", FIRST, "4"), JUDGED, "mood", "warm", FIRST, value)
    assert refused.value.problems[0].what == sentence


def test_a_rating_that_is_not_there_is_not_taken_away() -> None:
    with pytest.raises(CodingError, match="“Calm” is not rated"):
        rate(judged(), JUDGED, "mood", "calm", FIRST, None)


def test_undo_names_the_rating() -> None:
    assert rate(judged(), JUDGED, "mood", "warm", FIRST, "na").label == "Rate “Warmth”: No opportunity"
