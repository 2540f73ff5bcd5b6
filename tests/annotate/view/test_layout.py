"""Where the rows lie, and what lies under the mouse."""

import itertools

import pytest

from coder.annotate.view.layout import Part, hit, row_at, rows, timeline_tiers
from coder.annotate.view.scale import Scale
from coder.model.coding import CodingPass, Event
from coder.model.time import Span
from tests.annotate.example import SCHEME, header

LAYOUT = rows(SCHEME, (), wave=True)
TOPS = {row.label: row.top_px for row in LAYOUT}
PIXEL = Scale(0, 1000.0, 1000)  # a millisecond a pixel


def test_tiers_stand_under_the_stream_they_belong_to() -> None:
    assert [row.label for row in LAYOUT] == [
        "Child",
        "Engagement",
        "Child gaze",
        "Parent",
        "Parent acts",
        "Child and parent",
        "Invitations",
        "Measured",
        "Sound",
    ]


def test_ratings_are_not_on_the_timeline() -> None:
    assert [tier.id for tier in timeline_tiers(SCHEME)] == ["engage", "gaze", "self", "bids"]


def test_rows_follow_each_other_without_overlap() -> None:
    for above, below in itertools.pairwise(LAYOUT):
        assert above.top_px + above.height_px <= below.top_px


def test_states_that_may_overlap_have_a_lane_for_each_code() -> None:
    acts = next(row for row in LAYOUT if row.label == "Parent acts")
    assert [lane.code for lane in acts.lanes] == ["talk", "touch"]
    assert sum(lane.height_px + 2 for lane in acts.lanes) == acts.height_px


CODING = CodingPass.of(
    header(),
    [
        Event("off", "engage", "off", Span(0, 100_000)),
        Event("person", "engage", "person", Span(100_000, 300_000)),
        Event("short", "engage", "off", Span(400_000, 406_000)),
        Event("touch", "self", "touch", Span(100_000, 300_000)),
        Event("bid", "bids", "bid_c", Span.moment(200_000)),
    ],
)


@pytest.mark.parametrize(
    ("x", "label", "below_top", "found"),
    [
        (50, "Engagement", 10, ("off", Part.BODY)),
        (98, "Engagement", 10, ("off", Part.OFFSET)),
        (101, "Engagement", 10, ("person", Part.ONSET)),
        (303, "Engagement", 10, ("person", Part.OFFSET)),
        (310, "Engagement", 10, None),
        (397, "Engagement", 10, ("short", Part.ONSET)),
        (403, "Engagement", 10, ("short", Part.BODY)),
        (200, "Parent acts", 4, None),
        (200, "Parent acts", 22, ("touch", Part.BODY)),
        (205, "Invitations", 10, ("bid", Part.BODY)),
        (215, "Invitations", 10, None),
        (50, "Child", 5, None),
        (50, "Sound", 5, None),
    ],
)
def test_what_lies_under_the_mouse(x: float, label: str, below_top: float, found: tuple[str, Part] | None) -> None:
    under = hit(LAYOUT, CODING, PIXEL, x, TOPS[label] + below_top)
    assert (under and (under.event.id, under.part)) == found


def test_below_all_rows_lies_nothing() -> None:
    assert row_at(LAYOUT, 10_000) is None


def test_rows_grow_with_the_text() -> None:
    large = rows(SCHEME, (), wave=True, text_px=24)
    assert all(row.height_px >= 24 for row in large)
    assert [row.label for row in large] == [row.label for row in LAYOUT]
