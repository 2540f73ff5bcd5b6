"""Only what can be seen is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from coder.annotate.view.culling import boxes
from coder.annotate.view.scale import Scale
from coder.model.coding import Event
from coder.model.time import Span


def row(*spans: tuple[int, int]) -> tuple[Event, ...]:
    return tuple(Event(str(n), "t", "c", Span(*span)) for n, span in enumerate(spans))


PIXEL = Scale(0, 1.0, 100)  # one microsecond a pixel


def test_events_in_sight_are_drawn_one_by_one() -> None:
    drawn = list(boxes(row((-50, -10), (-5, 10), (20, 40), (90, 150), (200, 300)), PIXEL))
    assert [(b.left_px, b.right_px, b.event.id, b.count) for b in drawn] == [
        (-5, 10, "1", 1),
        (20, 40, "2", 1),
        (90, 150, "3", 1),
    ]


def test_events_too_narrow_to_tell_apart_become_one_box() -> None:
    drawn = list(boxes(row((10, 11), (11, 12), (12, 60)), PIXEL))
    assert [(b.left_px, b.right_px, b.count) for b in drawn] == [(10, 12, 2), (12, 60, 1)]


def test_a_long_event_that_begins_among_narrow_ones_keeps_its_own_box() -> None:
    drawn = list(boxes(row((10, 11), (11, 90)), PIXEL))
    assert [(b.left_px, b.right_px, b.count) for b in drawn] == [(10, 11, 1), (11, 90, 1)]


def test_crowds_that_touch_are_one_box() -> None:
    drawn = list(boxes(row(*((n, n + 1) for n in range(10, 20)), (40, 41), (41, 42)), PIXEL))
    assert [(b.left_px, b.right_px, b.count) for b in drawn] == [(10, 20, 10), (40, 42, 2)]


def test_moments_close_together_become_one_mark() -> None:
    drawn = list(boxes(row((10, 10), (11, 11), (30, 30)), PIXEL, narrow_px=3))
    assert [(b.left_px, b.count) for b in drawn] == [(10, 2), (30, 1)]


def test_the_work_grows_with_the_pixels_and_not_with_the_events() -> None:
    many = row(*((n, n + 1) for n in range(20_000)))
    assert len(list(boxes(many, Scale(0, 20.0, 1000)))) == 1
    with_gaps = row(*((n, n + 1) for n in range(0, 20_000, 7)))
    assert len(list(boxes(with_gaps, Scale(0, 20.0, 1000)))) <= 501


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=40), st.floats(0.1, 40))
def test_every_event_in_sight_is_in_exactly_one_box(steps: list[tuple[int, int]], us_per_px: float) -> None:
    spans, at = [], 0
    for gap, length in steps:
        spans.append((at + gap, at + gap + length))
        at += gap + length
    events = row(*spans)
    scale = Scale(0, us_per_px, 100)
    covered: list[str] = []
    for box in boxes(events, scale):
        first = events.index(box.event)
        covered += [event.id for event in events[first : first + box.count]]
        assert box.right_px == scale.x(events[first + box.count - 1].offset_us)
    assert covered == [event.id for event in events if event.onset_us <= scale.end_us]
