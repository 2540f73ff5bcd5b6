"""Dragging edges and events: the span a grip means."""

import pytest

from coder.annotate.view.drag import Grip, Snap, dragged, edges_near
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.sight import Part
from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.time import Span
from tests.annotate.example import SCHEME, desk_of, drawn

WINDOW = Span(0, 10_000_000)
EVENT = Event("e", "engage", "off", Span(2_000_000, 5_000_000))


def frame(at_us: int) -> int:
    return round(at_us / 40_000) * 40_000


@pytest.mark.parametrize(
    ("part", "from_us", "to_us", "span"),
    [
        (Part.ONSET, 2_000_000, 3_015_000, (3_000_000, 5_000_000)),
        (Part.ONSET, 2_050_000, 3_065_000, (3_000_000, 5_000_000)),  # where it was gripped does not matter
        (Part.ONSET, 2_000_000, 5_000_000, (2_000_000, 5_000_000)),  # would be empty: stays
        (Part.ONSET, 2_000_000, -900_000, (0, 5_000_000)),
        (Part.OFFSET, 5_000_000, 6_030_000, (2_000_000, 6_040_000)),
        (Part.OFFSET, 5_000_000, 99_000_000, (2_000_000, 10_000_000)),
        (Part.OFFSET, 5_000_000, 1_000_000, (2_000_000, 5_000_000)),
        (Part.BODY, 3_000_000, 4_010_000, (3_000_000, 6_000_000)),
        (Part.BODY, 3_000_000, 0, (0, 3_000_000)),
        (Part.BODY, 3_000_000, 99_000_000, (7_000_000, 10_000_000)),
    ],
)
def test_a_grip_means_a_span(part: Part, from_us: int, to_us: int, span: tuple[int, int]) -> None:
    assert dragged(Grip(EVENT, part, from_us), to_us, WINDOW, Snap(lambda _: (), frame)) == Span(*span)


def test_an_edge_snaps_to_an_edge_nearby_and_else_to_a_frame() -> None:
    snap = Snap(lambda at: (edge for edge in (1_010_000, 2_000_000) if abs(edge - at) <= 8_000), frame)
    assert snap(1_003_000) == 1_010_000
    assert snap(1_030_000) == 1_040_000


def test_a_state_that_is_moved_whole_snaps_with_its_offset_too() -> None:
    snap = Snap(lambda at: (edge for edge in (6_013_000,) if abs(edge - at) <= 20_000), frame)
    # the edge it snaps to lies inside a frame; its onset stays on one
    assert dragged(Grip(EVENT, Part.BODY, 3_000_000), 4_000_000, WINDOW, snap) == Span(3_000_000, 6_013_000)


def test_edges_of_what_is_dragged_do_not_count_and_those_of_every_tier_do() -> None:
    coding = drawn("oopppsss")
    coding = coding.applied(Edit.adding("", [Event("t", "self", "talk", Span(1_400_000, 4_900_000))]))
    lanes = Lanes(desk_of(coding)[0])
    moving = frozenset({coding.row("engage")[1].id})

    def near(at_us: int) -> set[int]:
        return set(edges_near(SCHEME, lanes, moving, [7_000_000], at_us, 150_000))

    assert near(2_050_000) == {2_000_000}
    assert near(3_500_000) == set()
    assert near(5_000_000) == {5_000_000, 4_900_000}
    assert near(1_300_000) == {1_400_000}
    assert near(7_100_000) == {7_000_000}
