"""Which stretch one key marks, as arithmetic."""

import pytest

from coder.annotate.moments import just_seen
from coder.model.time import Span


@pytest.mark.parametrize(
    ("frame", "before", "loop", "seen"),
    [
        ((96, 100), 50, None, (50, 100)),  # what came last, with the frame on the screen
        ((96, 100), 2, None, (96, 100)),  # never less than that frame
        ((20, 24), 50, None, (-26, 24)),  # the segment cuts it
        ((96, 100), 50, (10, 30), (10, 30)),
    ],
)
def test_what_one_key_marks(
    frame: tuple[int, int], before: int, loop: tuple[int, int] | None, seen: tuple[int, int]
) -> None:
    assert just_seen(Span(*frame), before, Span(*loop) if loop else None) == Span(*seen)
