"""Which interval a frame belongs to, where the film stops, and which interval comes next."""

import pytest

from coder.annotate.sampling import Frame, beside, interval_at, looked_at, sampled, stop_after
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.judged import JUDGED, LOOKS, PLAYS, SEEN, judged, over

WINDOW = Span(0, 10 * S)


def frame(seconds: float, length: float = 0.04) -> Frame:
    return Frame(round(seconds * S), round((seconds + length) * S))


def test_the_tiers_that_are_sampled_are_those_in_play() -> None:
    assert sampled(JUDGED) == (PLAYS, SEEN, LOOKS)
    assert sampled(JUDGED, ["looks", "mood"]) == (LOOKS,)


def test_an_interval_with_its_codes_and_its_last_frame() -> None:
    coding = judged(over("seen", "hums", 4, 8), over("seen", "rocks", 4, 8), over("seen", "hums", 0, 4))
    found = interval_at(coding, SEEN, frame(4))
    assert found is not None
    assert (found.number, found.count, found.codes) == (2, 2, {"hums", "rocks"})
    assert not found.at_end
    first, last = interval_at(coding, SEEN, frame(3.96)), interval_at(coding, SEEN, frame(7.96))
    assert first is not None
    assert last is not None
    assert (first.at_end, first.last, last.at_end, last.last) == (True, False, True, True)
    assert interval_at(coding, SEEN, frame(10)) is None


@pytest.mark.parametrize(
    ("at", "stop"),
    [(-1, 2), (0, 2), (1.92, 2), (1.96, 4), (2, 4), (3.96, 6), (9.9, 10), (9.96, None), (11, None)],
)
def test_the_film_stops_at_the_nearest_end_that_is_not_reached(at: float, stop: int | None) -> None:
    assert stop_after([PLAYS], WINDOW, frame(at)) == (None if stop is None else stop * S)


def test_of_several_tiers_the_nearest_end_counts() -> None:
    assert stop_after([SEEN, PLAYS], WINDOW, frame(1)) == 2 * S
    assert stop_after([SEEN], WINDOW, frame(1)) == 4 * S
    assert stop_after([], WINDOW, frame(1)) is None


def test_the_films_last_frame_ends_its_interval_though_it_ends_before_it() -> None:
    assert Frame(9 * S, 9 * S).ends(Span(8 * S, 10 * S))
    assert not Frame(9 * S, 9_040_000).ends(Span(8 * S, 10 * S))


@pytest.mark.parametrize(
    ("at", "step", "start"),
    [
        (0, 1, 2),
        (1.9, 1, 2),
        (9, 1, None),
        (5, -1, 2),
        (0, -1, None),
        (-1, 1, 0),
        (-1, -1, None),
        (12, -1, 8),
        (12, 1, None),
    ],
)
def test_the_interval_beside(at: float, step: int, start: int | None) -> None:
    found = beside(PLAYS, WINDOW, round(at * S), step)
    assert (found.start_us if found else None) == (None if start is None else start * S)


def test_a_moment_is_looked_at_where_its_interval_ends() -> None:
    assert looked_at(PLAYS, Span(2 * S, 4 * S)) == 2 * S
    assert looked_at(LOOKS, Span(2 * S, 4 * S)) == 4 * S - 1
