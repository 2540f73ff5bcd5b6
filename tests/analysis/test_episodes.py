"""Episodes of a drawn 0/1 track: one letter a frame, 10 frames a second."""

import numpy as np
import pytest

from coder.analysis.episodes import episodes
from coder.model.time import Span
from coder.model.track import Episode, FeatureTrack, Provenance, Signal, Why

_NONE = Provenance("test", "1", "0" * 64, {}, {}, {}, 0, 0)
_TOUCH = Signal("touch", "Touch", "0/1", 0, 1)


def drawn(letters: str, step_us: int = 100_000) -> FeatureTrack:
    """`1` on, `0` off, `.` not seen; one letter a frame."""
    times_us = np.arange(len(letters), dtype=np.int64) * step_us
    values = np.array([float(letter == "1") for letter in letters])
    valid = np.array([letter != "." for letter in letters])
    why = np.where(valid, Why.SEEN, Why.NO_FACE).astype(np.uint8)
    return FeatureTrack(_TOUCH, times_us, values, valid, _NONE, why)


def spans(found: tuple[Episode, ...]) -> list[tuple[int, int]]:
    """In tenths of a second."""
    return [(one.span.start_us // 100_000, one.span.end_us // 100_000) for one in found]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("00111000", [(2, 5)]),
        ("11100111", [(0, 3), (5, 8)]),
        ("0111", [(1, 4)]),
        ("00000000", []),
        ("........", []),
        ("01000110", [(5, 7)]),  # one frame alone is too short
        ("0111...1110", [(1, 10)]),  # not seen for 0.3 s: bridged
        ("0111......1110", [(1, 4), (10, 13)]),  # for longer: not
        ("0111.0.1110", [(1, 4), (7, 10)]),  # off was seen: never bridged
    ],
)
def test_runs_of_on_frames_are_episodes(letters: str, expected: list[tuple[int, int]]) -> None:
    assert spans(episodes(drawn(letters), Span(0, 10_000_000))) == expected


def test_an_episode_says_how_much_of_it_was_seen() -> None:
    (found,) = episodes(drawn("0111..111"), Span(0, 10_000_000))
    assert found.valid == pytest.approx(6 / 8)


def test_episodes_end_where_the_window_ends() -> None:
    assert spans(episodes(drawn("1111111111"), Span(200_000, 700_000))) == [(2, 7)]
    assert episodes(drawn("1110000000"), Span(400_000, 700_000)) == ()


def test_reasons_are_shares_of_all_frames_the_commonest_first() -> None:
    track = drawn("1..0......")
    assert track.reasons(Span(0, 1_000_000)) == {Why.NO_FACE: 0.8}
    assert track.reasons(Span(0, 100_000)) == {}
    unsaid = FeatureTrack(_TOUCH, track.times_us, track.values, track.valid, _NONE)
    assert unsaid.reasons(Span(0, 1_000_000)) == {Why.NOT_SAID: 0.8}
