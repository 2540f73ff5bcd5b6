"""What can be done with several events at once."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.annotate import amend, group, strokes
from coder.annotate.desk import Desk
from coder.annotate.linked import Linked
from coder.annotate.rules import broken
from coder.model.coding import Certainty, CodingPass, Event
from coder.model.edit import Edit
from coder.model.problem import CodingError
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, Writer, drawn, header, picture

FRAME_US = 40_000


def frame(at_us: int) -> int:
    return round(at_us / FRAME_US) * FRAME_US


def at(coding: CodingPass, *seconds: int) -> list[Event]:
    found = [coding.state_at("engage", second * S) for second in seconds]
    assert None not in found
    return [event for event in found if event is not None]


def moved(by: int) -> Callable[[CodingPass, Sequence[Event]], Edit]:
    return lambda coding, events: group.move(coding, SCHEME, events, by * S, frame)


def pasted(second: int) -> Callable[[CodingPass, Sequence[Event]], Edit]:
    return lambda coding, events: group.paste(coding, SCHEME, events, second * S, frame)


def merged(coding: CodingPass, events: Sequence[Event]) -> Edit:
    return group.merge(coding, SCHEME, events)


def deleted(coding: CodingPass, events: Sequence[Event]) -> Edit:
    return group.delete(SCHEME, events)


@pytest.mark.parametrize(
    ("before", "seconds", "change", "then"),
    [
        ("ooopppsssjjj", (4, 7), moved(1), "oooopppsssjj"),  # a block goes, those that touch it follow
        ("ooopppsssjjj", (4, 7), moved(-2), "opppsssjjjjj"),
        ("oooppjssoooo", (4, 6), moved(1), "ooooppjssooo"),  # what touches on both sides goes along
        ("..pp..ss..jj", (2, 6), moved(1), "...pp..ssjj."[:9] + ".jj"),
        ("ooo.pp.ss...", (4, 7), moved(-2), "oopp.ss....."),  # what is overlapped is cut
        ("pp..oooooo..", (0,), pasted(6), "pp..ooppoo.."),  # what surrounds it is divided
        ("pp.ss.......", (0, 3), pasted(5), "pp.sspp.ss.."),
        ("pp...ooo....", (0,), pasted(4), "pp..ppoo...."),
        ("pp.pp.ss....", (0, 3), merged, "ppppp.ss...."),
        ("pp.pp.ss....", (0,), merged, "ppppp.ss...."),
        ("ooopppsssjjj", (4, 7), deleted, "ooo......jjj"),
    ],
)
def test_several_events_are_changed_at_once(
    before: str, seconds: tuple[int, ...], change: Callable[[CodingPass, Sequence[Event]], Edit], then: str
) -> None:
    coding = drawn(before)
    edit = change(coding, at(coding, *seconds))
    after = coding.applied(edit)
    assert picture(after) == then
    assert broken(after, SCHEME, edit, Linked(after, SCHEME)) == []
    assert after.applied(edit.reversed()) == coding


@pytest.mark.parametrize(
    ("before", "seconds", "change", "sentence"),
    [
        ("ooopppsssj..", (4, 7), moved(2), "This would cover all of “With an object” at 00:00:09.000."),
        ("ooopppsssjjj", (4, 7), moved(-3), "This would cover all of “Not engaged” at 00:00:00.000."),
        ("pp..o..ss...", (7,), moved(-7), "This would cover all of “With the person” at 00:00:00.000."),
        ("pp....o.ss..", (8,), moved(-3), "This would cover all of “Not engaged” at 00:00:06.000."),
        ("..o..ooooo..", (2, 6), moved(-4), "-00:00:02.000 lies outside the coded window."),
        ("pp.ss.......", (0, 3), pasted(8), "00:00:13.000 lies outside the coded window."),
        ("ppppp..oo...", (0,), pasted(6), "This would cover all of “Not engaged” at 00:00:07.000."),
        ("pp.oo.pp....", (0,), merged, "“Not engaged” at 00:00:03.000 lies between."),
        ("pp.oo.pp....", (0, 6), merged, "“Not engaged” at 00:00:03.000 lies between."),
        ("pp.oo.......", (0, 3), merged, "Only events of one code can be merged."),
        ("pp.oo.......", (0,), merged, "No further “With the person” follows that it could be merged with."),
        ("pp.oo.......", (0, 3), moved(0), "The events are there already."),
    ],
)
def test_what_cannot_be_done_with_several_is_refused_with_a_sentence(
    before: str, seconds: tuple[int, ...], change: Callable[[CodingPass, Sequence[Event]], Edit], sentence: str
) -> None:
    coding = drawn(before)
    with pytest.raises(CodingError) as refused:
        change(coding, at(coding, *seconds))
    assert [problem.what for problem in refused.value.problems] == [sentence]


def test_the_labels_are_what_undo_says() -> None:
    coding = drawn("ooopppsssjjj")
    events = at(coding, 4, 7)
    assert group.move(coding, SCHEME, events, FRAME_US, frame).label == "Move 2 events by +0.040 s"
    assert group.delete(SCHEME, events).label == "Delete 2 events"
    gap = drawn("pp.pp.......")
    assert merged(gap, at(gap, 0, 3)).label == "Merge 2 states “With the person”"
    assert group.paste(gap, SCHEME, at(gap, 0), 6 * S, frame).label == "Paste 1 event at 00:00:06.000"


def test_an_edge_on_a_frame_lies_on_a_frame_afterwards_and_another_keeps_its_distance() -> None:
    ticks = [0, 33_367, 66_734, 100_100, 133_467, 166_834, 200_200]  # 29.97 a second: not all steps are alike
    events = [
        Event("a", "engage", "off", Span(33_367, 66_734)),
        Event("b", "engage", "person", Span(66_734, 111_111)),
    ]
    coding = CodingPass.of(header(), events)
    edit = group.move(coding, SCHEME, events, 33_367, lambda us: min(ticks, key=lambda tick: abs(tick - us)))
    after = coding.applied(edit)
    assert [event.span for event in after.row("engage")] == [Span(66_734, 100_100), Span(100_100, 144_478)]


def test_what_is_moved_or_pasted_keeps_its_frames_where_frames_differ_by_a_microsecond() -> None:
    onsets = [-(-n * 1001 * S // 30_000) for n in range(300)]  # 29.97 frames a second, rounded up
    last_us, window = onsets[-1], Span(0, -(-300 * 1001 * S // 30_000))

    def nearest(at_us: int) -> int:
        return min(onsets, key=lambda onset_us: abs(onset_us - at_us))

    for start, length, to in [(0, 7, 11), (5, 3, 298 - 3), (10, 90, 209), (290, 10, 0), (290, 10, 13)]:
        borders = [*onsets, window.end_us]
        span = Span(borders[start], borders[start + length])
        moved_to = group.carried(span, borders[to] - borders[start], window, nearest)
        assert (moved_to.start_us, moved_to.end_us) == (borders[to], borders[to + length])
    # beyond the end of the film nothing is put back into it, which would make it shorter
    beyond = group.carried(Span(onsets[280], last_us), 10 * 33_367, window, nearest)
    assert beyond.end_us > window.end_us


def test_merging_gathers_details_notes_and_doubt_and_refuses_two_values() -> None:
    one = Event("a", "engage", "shared", Span(0, S), (("who_started", "child"),), "First.")
    two = Event("b", "engage", "shared", Span(2 * S, 3 * S), (("play_kind", "build"),), "Then.", Certainty.GUESS)
    coding = CodingPass.of(header(), [one, two])
    (kept,) = coding.applied(group.merge(coding, SCHEME, [two, one])).row("engage")
    assert kept == Event(
        "a",
        "engage",
        "shared",
        Span(0, 3 * S),
        (("play_kind", "build"), ("who_started", "child")),
        "First.; Then.",
        Certainty.GUESS,
    )
    other = Event("c", "engage", "shared", Span(4 * S, 5 * S), (("who_started", "parent"),))
    coding = CodingPass.of(header(), [one, other])
    with pytest.raises(CodingError, match="“Who started” differs"):
        group.merge(coding, SCHEME, [one, other])


def test_events_go_to_another_tier_under_the_code_that_means_the_same() -> None:
    scheme = SCHEME
    face = Event("f", "gaze", "face", Span(0, S))
    coding = CodingPass.of(header(), [face])
    with pytest.raises(CodingError, match="“Engagement” has no code like “Parent's face”"):
        group.to_tier(coding, scheme, [face], "engage")
    edit = group.to_tier(coding, scheme, [face], "engage", code="person", copy=True)
    after = coding.applied(edit)
    assert [(event.code, event.span) for event in after.row("engage")] == [("person", face.span)]
    assert after.row("gaze") == (face,)
    assert edit.label == "Copy 1 event to “Engagement”"
    gone = coding.applied(group.to_tier(coding, scheme, [face], "engage", code="person"))
    assert gone.row("gaze") == ()
    assert gone.row("engage")[0].id == "f"
    bid = Event("b", "bids", "bid_c", Span.moment(S))
    with pytest.raises(CodingError, match="one has states, the other moments"):
        group.to_tier(CodingPass.of(header(), [bid]), scheme, [bid], "engage", code="person")


def test_a_rating_stays_with_its_segment() -> None:
    rating = Event("r", "rated", "warm", Span(0, 10 * S), (("rating", "3"),))
    coding = CodingPass.of(header(), [rating])
    for change in (moved(1), pasted(2)):
        with pytest.raises(CodingError, match="belongs to its segment"):
            change(coding, [rating])


def test_the_same_done_to_each_is_one_edit() -> None:
    coding = drawn("oo.pp.oo....")
    events = at(coding, 0, 3, 6)

    def recode(_: CodingPass, event: Event) -> Edit:
        return amend.recode(SCHEME, event, "object")

    edit = group.each(coding, events, recode, "Change 3 events")
    assert len(edit.changes) == 3
    assert picture(coding.applied(edit)) == "jj.jj.jj...."
    filled = drawn("oopppjjsss..")
    edit = group.each(filled, at(filled, 3, 6), lambda now, one: amend.delete_filling(now, SCHEME, one), "Fill")
    after = filled.applied(edit)
    assert picture(after) == "ooooooosss.."
    assert after.applied(edit.reversed()) == filled


# ---- whatever is done, the pass stays whole and comes back

KEYS = [("engage", "off"), ("engage", "person"), ("engage", "shared"), ("gaze", "face"), ("gaze", "toy")]
KEYS += [("self", "talk"), ("self", "touch"), ("bids", "bid_c"), ("bids", "bid_p")]
TIERS = ("engage", "gaze", "self", "bids")
ACTS = st.tuples(
    st.sampled_from(
        ("stroke", "stroke", "move", "paste", "tier", "copy", "merge", "delete", "split", "place", "fill")
    ),
    st.integers(0, 100),
    st.integers(-40, 40),
    st.lists(st.integers(0, 30), min_size=1, max_size=4, unique=True),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, min_size=4, max_size=30))
def test_any_sequence_of_edits_breaks_no_rule_and_undoing_all_gives_the_first_pass(
    acts: list[tuple[str, int, int, list[int]]],
) -> None:
    first = drawn("ooopp..sss")
    desk = Desk(first, Writer(), SCHEME)
    for act in acts:
        before = {event.id for event in desk.coding}
        with_refusal(desk, *act)
        coding = desk.coding
        if act[0] not in ("merge", "delete", "fill"):
            assert before <= {event.id for event in coding}, "an event was swallowed"
        everything = Edit.adding("all", coding)
        assert broken(coding, SCHEME, everything, Linked(coding, SCHEME)) == []
        for tier in ("engage", "gaze"):
            row = coding.row(tier)
            assert all(one.offset_us <= other.onset_us for one, other in pairwise(row))
        ids = [event.id for event in coding]
        assert len(set(ids)) == len(ids)
    while desk.undo_label is not None:
        desk.undo()
    assert desk.coding == first


def with_refusal(desk: Desk, what: str, second: int, by: int, places: list[int]) -> None:
    coding, at_us = desk.coding, second * S // 10
    everyone = list(coding)
    events = [everyone[place % len(everyone)] for place in places] if everyone else []
    events = list({event.id: event for event in events}.values())
    tier, code = KEYS[by % len(KEYS)]
    makes: dict[str, Callable[[], Edit]] = {
        "stroke": lambda: strokes.code(coding, SCHEME, tier, code, at_us),
        "move": lambda: group.move(coding, SCHEME, events, by * S // 10, frame),
        "paste": lambda: group.paste(coding, SCHEME, events, at_us, frame),
        "tier": lambda: group.to_tier(coding, SCHEME, events, tier, code=code),
        "copy": lambda: group.to_tier(coding, SCHEME, events, tier, code=code, copy=True),
        "merge": lambda: group.merge(coding, SCHEME, events),
        "delete": lambda: group.delete(SCHEME, events),
        "split": lambda: amend.split(SCHEME, events[0], at_us),
        "place": lambda: amend.place(coding, SCHEME, events[0], events[0].span.shifted(by * S // 10)),
        "fill": lambda: amend.delete_filling(coding, SCHEME, events[0]),
    }
    if not events and what != "stroke":
        return
    try:
        desk.apply(makes[what]())
    except CodingError:
        assert desk.coding is coding
