"""Where the rows lie, and what lies under the mouse."""

import itertools

import pytest

from coder.annotate.families import InPlay
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import LABELS_PX, RULER_PX, SoundRows, rows, timeline_tiers
from coder.annotate.view.scale import Scale
from coder.annotate.view.sight import Band, Part, Sight
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Derived
from coder.model.time import Span
from tests.annotate.example import SCHEME, desk_of, header

LAYOUT = rows(SCHEME, (), sound=SoundRows())
TOPS = {row.label: row.top_px for row in LAYOUT}
PIXEL = Scale(0, 1000.0, 1000)  # a millisecond a pixel
ALL = InPlay(frozenset(tier.id for tier in SCHEME.tiers))


def test_tiers_stand_under_the_stream_they_belong_to() -> None:
    assert [row.label for row in LAYOUT] == [
        "Child",
        "Engagement",
        "Child gaze",
        "Parent",
        "Parent acts",
        "Child and parent",
        "Invitations",
        "Session",
        "Ratings",
        "Measured",
        "Sound",
    ]


def test_disagreements_come_first_and_hidden_tiers_not_at_all() -> None:
    labels = [row.label for row in rows(SCHEME, (), differences=True, hidden={"gaze", "self"})]
    assert labels == [
        "Disagreements",
        "Child",
        "Engagement",
        "Child and parent",
        "Invitations",
        "Session",
        "Ratings",
    ]


def test_derived_states_stand_below_the_tiers_and_above_what_was_measured() -> None:
    states = tuple(Derived(name, name.title(), "", "both", ("a", "b")) for name in ("near", "far"))
    made = rows(SCHEME, (), sound=SoundRows(), derived=states)
    assert [row.label for row in made][-6:] == ["Ratings", "Computed", "Near", "Far", "Measured", "Sound"]
    assert [row.derived for row in made if row.derived] == ["near", "far"]
    thin = {row.height_px for row in made if row.derived}
    assert max(thin) < min(row.height_px for row in made if row.tier)
    assert all(row.tier is None and not row.lanes for row in made if row.derived)  # nothing there can be selected


def test_the_rows_of_the_sound_go_round() -> None:
    sound, seen = SoundRows(), []
    for _ in range(4):
        seen.append([row.label for row in rows(SCHEME, (), sound=sound) if row.label.startswith("S")][1:])
        sound = sound.next()
    assert seen == [["Sound"], ["Spectrogram"], ["Sound", "Spectrogram"], ["Sound"]]


def test_ratings_are_not_coded_at_any_moment() -> None:
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
LANES = Lanes(desk_of(CODING)[0])


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
    sight = Sight(LAYOUT, PIXEL, 0, ALL)
    under = sight.hit(LANES, LABELS_PX + x, RULER_PX + TOPS[label] + below_top)
    assert (under and (under.event.id, under.part)) == found


def test_a_tier_that_is_not_in_play_is_not_touched() -> None:
    sight = Sight(LAYOUT, PIXEL, 0, InPlay(frozenset({"gaze"})))
    assert sight.hit(LANES, LABELS_PX + 50, RULER_PX + TOPS["Engagement"] + 10) is None
    assert sight.caught(LANES, Band(0, 0, 2000, 2000)) == ()


def test_below_all_rows_lies_nothing() -> None:
    assert Sight(LAYOUT, PIXEL, 0, ALL).row_at(10_000) is None


@pytest.mark.parametrize(
    ("left", "right", "first", "last", "caught"),
    [
        (0, 1000, "Engagement", "Invitations", {"off", "person", "short", "touch", "bid"}),
        (120, 150, "Engagement", "Engagement", {"person"}),
        (150, 120, "Invitations", "Engagement", {"person", "touch"}),  # drawn from the lower right corner
        (195, 205, "Invitations", "Invitations", {"bid"}),
        (310, 390, "Engagement", "Invitations", set()),
        (0, 1000, "Session", "Sound", set()),
    ],
)
def test_a_rubber_band_catches_what_it_touches(
    left: float, right: float, first: str, last: str, caught: set[str]
) -> None:
    sight = Sight(LAYOUT, PIXEL, 40, ALL)  # scrolled down by 40 pixels
    top, bottom = (RULER_PX - 40 + TOPS[label] + 22 for label in (first, last))
    band = Band(LABELS_PX + left, top - 12, LABELS_PX + right, bottom)
    assert {event.id for event in sight.caught(LANES, band)} == caught


def test_rows_grow_with_the_text() -> None:
    large = rows(SCHEME, (), sound=SoundRows(), text_px=24)
    assert all(row.height_px >= 24 for row in large)
    assert [row.label for row in large] == [row.label for row in LAYOUT]
