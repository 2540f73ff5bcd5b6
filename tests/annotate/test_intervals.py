"""The intervals of a window: where they lie, which one a moment is in, and the short one at the end."""

import pytest

from coder.annotate.intervals import Intervals
from coder.model.time import Span


@pytest.mark.parametrize(
    ("window", "every", "shortest", "spans"),
    [
        ((0, 30), 10, 0, [(0, 10), (10, 20), (20, 30)]),
        ((7, 27), 10, 0, [(7, 17), (17, 27)]),
        ((0, 26), 10, 0, [(0, 10), (10, 20), (20, 26)]),  # a longer half counts
        ((0, 25), 10, 0, [(0, 10), (10, 20)]),  # a shorter one does not
        ((3, 7), 10, 0, [(3, 7)]),
        ((3, 40), 0, 0, [(3, 40)]),
        ((5, 5), 10, 0, []),
        ((0, 11), 5, 3, [(0, 5), (5, 11)]),  # eleven minutes in segments of five, none below three
        ((0, 13), 5, 3, [(0, 5), (5, 10), (10, 13)]),
        ((4, 14), 5, 3, [(4, 9), (9, 14)]),
        ((0, 2), 5, 3, [(0, 2)]),
        ((3, 40), 0, 3, [(3, 40)]),
    ],
)
def test_the_intervals_of_a_window(
    window: tuple[int, int], every: int, shortest: int, spans: list[tuple[int, int]]
) -> None:
    found = Intervals(Span(*window), every, shortest)
    assert [(one.start_us, one.end_us) for one in found] == spans
    assert len(found) == len(spans)
    assert [found.of(span) for span in found] == list(range(len(spans)))
    for moment in range(50):
        inside = [n for n, span in enumerate(found) if span.contains(moment)]
        assert [found.at(moment)] == (inside or [None])
        assert found.first_after(moment) == sum(span.start_us < moment for span in found)
        assert found.ended_by(moment) == sum(span.end_us <= moment for span in found)


def test_a_span_between_intervals_is_none() -> None:
    found = Intervals(Span(0, 24), 10)
    assert [found.of(span) for span in (Span(0, 20), Span(1, 11), Span(20, 24), Span(20, 30), Span(30, 40))] == (
        [None] * 5
    )
    assert found[-1] == Span(10, 20)
    assert found[0:2] == [Span(0, 10), Span(10, 20)]
    with pytest.raises(IndexError):
        found[2]
