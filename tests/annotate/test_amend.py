"""What can be done with an event that is there."""

from collections.abc import Callable

import pytest

from coder.annotate import amend, strokes
from coder.model.coding import CodingPass, Event
from coder.model.edit import Edit
from coder.model.problem import CodingError
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, drawn, header, picture


def at(coding: CodingPass, second: int) -> Event:
    found = coding.state_at("engage", second * S)
    assert found is not None
    return found


def onset(to: int) -> Callable[[CodingPass, Event], Edit]:
    return lambda coding, event: amend.set_onset(coding, SCHEME, event, to * S)


def offset(to: int) -> Callable[[CodingPass, Event], Edit]:
    return lambda coding, event: amend.set_offset(coding, SCHEME, event, to * S)


def shifted(by: int) -> Callable[[CodingPass, Event], Edit]:
    return lambda coding, event: amend.place(coding, SCHEME, event, event.span.shifted(by * S))


def split(second: int) -> Callable[[CodingPass, Event], Edit]:
    return lambda _, event: amend.split(SCHEME, event, second * S)


def delete(coding: CodingPass, event: Event) -> Edit:
    return amend.delete(SCHEME, event)


def fill(coding: CodingPass, event: Event) -> Edit:
    return amend.delete_filling(coding, SCHEME, event)


@pytest.mark.parametrize(
    ("before", "second", "change", "then"),
    [
        ("ooopppssss", 4, onset(2), "oopppps" + "sss"),  # the touching neighbour gives way
        ("ooopppssss", 4, onset(5), "ooooopssss"),  # and follows
        ("ooo.ppssss", 4, onset(2), "ooppppssss"),  # a gap is crossed, what lies behind is cut
        ("oo..ppssss", 4, onset(3), "oo.pppssss"),  # a gap stays a gap
        ("ooopppssss", 4, offset(8), "ooopppppss"),
        ("ooopppssss", 4, offset(5), "oooppsssss"),
        ("ooopp..sss", 4, offset(6), "oooppp.sss"),
        ("ooopppssss", 4, shifted(1), "oooopppsss"),
        ("ooopppssss", 4, shifted(-2), "opppssssss"),
        ("oo.pp..sss", 4, shifted(1), "oo..pp.sss"),
        ("ooopppssss", 4, delete, "ooo...ssss"),
        ("ooopppssss", 4, fill, "oooooossss"),
        ("ooopppssss", 4, split(4), "ooopppssss"),
    ],
)
def test_neighbours_make_room(
    before: str, second: int, change: Callable[[CodingPass, Event], Edit], then: str
) -> None:
    coding = drawn(before)
    assert picture(coding.applied(change(coding, at(coding, second)))) == then


@pytest.mark.parametrize(
    ("before", "second", "change", "sentence"),
    [
        ("oooppsssss", 4, onset(0), "This would cover all of “Not engaged” at 00:00:00.000."),
        ("oooppsssss", 4, offset(10), "This would cover all of “Sharing, parent carries it” at 00:00:05.000."),
        ("oooppsssss", 4, onset(5), "“With the person” would end before it begins."),
        ("oooppsssss", 4, offset(3), "“With the person” would end before it begins."),
        ("oooppsssss", 4, onset(3), "“With the person” is there already."),
        ("oooppsssss", 6, shifted(1), "00:00:11.000 lies outside the coded window."),
        ("oooppsssss", 1, onset(-1), "-00:00:01.000 lies outside the coded window."),
        ("oooppsssss", 4, split(3), "“With the person” cannot be split at 00:00:03.000."),
        ("ooo.psssss", 4, fill, "No state ends where “With the person” begins, so none can fill its place."),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(
    before: str, second: int, change: Callable[[CodingPass, Event], Edit], sentence: str
) -> None:
    coding = drawn(before)
    with pytest.raises(CodingError) as refused:
        change(coding, at(coding, second))
    assert [problem.what for problem in refused.value.problems] == [sentence]


def test_filling_joins_two_states_of_one_code() -> None:
    coding = drawn("oopppppsss")
    coding = coding.applied(amend.split(SCHEME, at(coding, 3), 4 * S))
    coding = coding.applied(amend.delete_filling(coding, SCHEME, at(coding, 5)))
    assert [event.span for event in coding.row("engage")] == [
        Span(0, 2 * S),
        Span(2 * S, 7 * S),
        Span(7 * S, 10 * S),
    ]


def test_a_point_event_is_moved_by_its_onset_and_has_no_offset() -> None:
    coding = drawn("oooooooooo")
    coding = coding.applied(strokes.code(coding, SCHEME, "bids", "bid_c", 3 * S))
    event = coding.row("bids")[0]
    moved = coding.applied(amend.set_onset(coding, SCHEME, event, 5 * S))
    assert moved.row("bids")[0].span == Span.moment(5 * S)
    with pytest.raises(CodingError, match="is a moment and has no offset"):
        amend.set_offset(coding, SCHEME, event, 5 * S)
    with pytest.raises(CodingError, match="outside the coded window"):
        amend.set_onset(coding, SCHEME, event, 10 * S)


def test_options_are_chosen_and_taken_back() -> None:
    event = Event("1", "engage", "shared", Span(0, 5 * S))

    def toggled(event: Event, modifier: str, value: str) -> Event:
        after = amend.toggle_option(SCHEME, event, modifier, value).changes[0].after
        assert after is not None
        return after

    event = toggled(event, "who_started", "child")
    event = toggled(event, "who_started", "parent")
    event = toggled(event, "play_kind", "music")
    event = toggled(event, "play_kind", "build")
    assert event.modifiers == (("play_kind", "build,music"), ("who_started", "parent"))
    event = toggled(toggled(event, "who_started", "parent"), "play_kind", "music")
    assert event.modifiers == (("play_kind", "build"),)


@pytest.mark.parametrize(
    ("code", "modifier", "value", "sentence"),
    [
        ("shared", "who_started", "dog", "“Who started” has no value “dog”."),
        ("object", "level", "4", "“Level” has no value “4”."),
        ("object", "level", "one", "“Level” has no value “one”."),
        ("off", "level", "1", "“Not engaged” does not ask for “level”."),
    ],
)
def test_a_value_that_does_not_exist_is_refused(code: str, modifier: str, value: str, sentence: str) -> None:
    event = Event("1", "engage", code, Span(0, 5 * S))
    with pytest.raises(CodingError) as refused:
        amend.set_modifier(SCHEME, event, modifier, value)
    assert refused.value.problems[0].what == sentence


def test_the_label_of_a_detail_names_the_event() -> None:
    coding = CodingPass.of(header(), [Event("1", "engage", "shared", Span(2 * S, 5 * S))])
    edit = amend.toggle_option(SCHEME, at(coding, 2), "who_started", "child")
    assert edit.label == "Set “Who started” of “Sharing, parent carries it” at 00:00:02.000 to Child"
    back = amend.toggle_option(SCHEME, at(coding.applied(edit), 2), "who_started", "child")
    assert back.label == "Set “Who started” of “Sharing, parent carries it” at 00:00:02.000 to nothing"


def test_a_rating_keeps_its_segment() -> None:
    coding = CodingPass.of(header(), [Event("1", "rated", "warm", Span(0, 10 * S))])
    (event,) = coding
    for change in (
        lambda: amend.set_onset(coding, SCHEME, event, 2 * S),
        lambda: amend.set_offset(coding, SCHEME, event, 8 * S),
        lambda: amend.split(SCHEME, event, 5 * S),
    ):
        with pytest.raises(CodingError, match="“Ratings” belongs to its segment and cannot be moved"):
            change()


def test_a_note_is_written_and_the_same_note_is_no_edit() -> None:
    coding = CodingPass.of(header(), [Event("1", "engage", "off", Span(0, 5 * S))])
    coding = coding.applied(amend.set_note(SCHEME, at(coding, 0), "Sneezes."))
    assert at(coding, 0).note == "Sneezes."
    with pytest.raises(CodingError):
        amend.set_note(SCHEME, at(coding, 0), "Sneezes.")


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (onset(2), "Onset of “With the person” to 00:00:02.000"),
        (offset(8), "Offset of “With the person” to 00:00:08.000"),
        (shifted(-2), "Move “With the person” to 00:00:01.000"),
    ],
)
def test_a_move_names_the_edge_that_was_moved(change: Callable[[CodingPass, Event], Edit], label: str) -> None:
    coding = drawn("ooopppssss")
    assert change(coding, at(coding, 4)).label == label
