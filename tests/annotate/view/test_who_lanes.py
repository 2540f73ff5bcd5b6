"""Where a film shows whom, and what a word about a moment may hold for; one letter a tenth of a second."""

import numpy as np
import pytest

from coder.annotate.view.who_lanes import Sight, stretch_at, stretches
from coder.model.time import Span
from coder.model.track import FeatureTrack, Provenance, Signal, Why

_WHY = {"c": Why.SEEN, ".": Why.SEEN, "?": Why.IDENTITY, "d": Why.DARK}


def drawn(letters: str) -> FeatureTrack:
    """c: the child is seen; .: it is not there; ?: nobody can say who it is; d: too dark."""
    times_us = np.arange(len(letters), dtype=np.int64) * 100_000
    why = np.array([_WHY[letter] for letter in letters], np.uint8)
    values = np.array([float(letter == "c") for letter in letters])
    made = Provenance("dyad", "1", "0" * 64, {}, {}, {}, 0, 0)
    return FeatureTrack(Signal("child_found", "", "", 0, 1), times_us, values, why == Why.SEEN, made, why)


def tenths(span: Span) -> tuple[int, int]:
    return span.start_us // 100_000, span.end_us // 100_000


def test_stretches_are_what_is_seen_and_what_is_unsure() -> None:
    found = [(tenths(one.span), one.sight) for one in stretches(drawn("cc..c??ddcc"))]
    assert found == [
        ((0, 2), Sight.SEEN),
        ((4, 5), Sight.SEEN),
        ((5, 7), Sight.UNSURE),
        ((9, 11), Sight.SEEN),
    ]
    assert stretches(drawn("")) == ()


@pytest.mark.parametrize(
    ("letters", "at", "expected"),
    [
        ("cccccccccccccccccccc", 7, (0, 20)),
        ("ccccc...cccccccccccc", 7, (0, 20)),  # away for 0.3 s: the same one comes back
        ("ccccc.......cccccccc", 2, (0, 5)),  # for 0.7 s: perhaps not
        ("ccccc.......cccccccc", 15, (12, 20)),
        ("cccccccc????????cccc", 3, (0, 8)),
        ("cccccccc????????cccc", 10, (8, 16)),
        ("....................", 5, (0, 20)),
    ],
)
def test_a_word_holds_up_to_where_the_picture_may_have_changed_hands(
    letters: str, at: int, expected: tuple[int, int]
) -> None:
    bounds = Span(0, len(letters) * 100_000)
    assert tenths(stretch_at(at * 100_000, bounds, [stretches(drawn(letters))], [])) == expected


def test_what_was_said_ends_a_stretch_too() -> None:
    lanes = [stretches(drawn("c" * 20))]
    assert tenths(stretch_at(700_000, Span(0, 2_000_000), lanes, [Span(300_000, 500_000)])) == (5, 20)
