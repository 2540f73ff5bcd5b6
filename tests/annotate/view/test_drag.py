"""Dragging edges and events: the span a grip means."""

import pytest

from coder.annotate.view.drag import Grip, dragged, edges_near, snapped
from coder.annotate.view.layout import Part
from coder.model.coding import Event
from coder.model.time import Span
from tests.annotate.example import SCHEME, drawn

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
    assert dragged(Grip(EVENT, part, from_us), to_us, WINDOW, frame) == Span(*span)


def test_an_edge_snaps_to_an_edge_nearby_and_else_to_a_frame() -> None:
    assert snapped(1_003_000, [1_010_000, 2_000_000], 8_000, frame) == 1_010_000
    assert snapped(1_030_000, [1_010_000, 2_000_000], 8_000, frame) == 1_040_000


def test_edges_of_the_dragged_event_itself_do_not_count() -> None:
    coding = drawn("oopppsss")
    grip = Grip(coding.row("engage")[1], Part.ONSET, 2_000_000)
    assert set(edges_near(coding, SCHEME, grip, Span(1_000_000, 6_000_000))) == {2_000_000, 5_000_000}
    assert edges_near(coding, SCHEME, grip, Span(2_500_000, 4_500_000)) == []
