"""The stretches of a track that say nothing, and why, as a person reads it."""

import numpy as np

from coder.annotate.view.curve import Curve, value_text
from coder.annotate.view.reasons import WHY_WORDS, Gap, Gaps, why_text
from coder.model.time import Span
from coder.model.track import FeatureTrack, Provenance, Signal, Why

MADE = Provenance("test", "1", "", {}, {}, {}, 0, 0)
SIGNS = {"x": Why.SEEN, "n": Why.NO_FACE, "t": Why.TURNED_AWAY, "?": Why.NOT_SAID}


def seen(signs: str, *, reasons: bool = True, lost: tuple[int, int] = (0, 0)) -> FeatureTrack:
    """One sign a frame, 10 µs apart: x is valid. lost: frames from … to that nobody looked at."""
    keep = np.r_[0 : lost[0], lost[1] : len(signs)]
    times = (np.arange(len(signs)) * 10)[keep]
    valid = np.array([sign == "x" for sign in signs])[keep]
    why = np.array([SIGNS[sign] for sign in signs], np.uint8)[keep] if reasons else None
    return FeatureTrack(Signal("s", "Signal", "deg", 0, 10), times, np.ones(len(times)), valid, MADE, why)


def test_each_reason_is_a_stretch_of_its_own_up_to_the_next_frame() -> None:
    gaps = Gaps(seen("xxnnttxxn"))
    assert gaps.within(Span(0, 100)) == (
        Gap(Span(20, 40), Why.NO_FACE),
        Gap(Span(40, 60), Why.TURNED_AWAY),
        Gap(Span(80, 90), Why.NO_FACE),
    )
    assert gaps.within(Span(45, 50)) == (Gap(Span(40, 60), Why.TURNED_AWAY),)
    assert gaps.within(Span(60, 80)) == ()
    assert gaps.at(59) == Gap(Span(40, 60), Why.TURNED_AWAY)
    assert gaps.at(60) is None


def test_frames_that_nobody_looked_at_are_a_gap_without_a_reason() -> None:
    gaps = Gaps(seen("xxxxxxxxxxxxnxxxx", lost=(4, 10)))
    assert gaps.within(Span(0, 200)) == (Gap(Span(40, 100), None), Gap(Span(120, 130), Why.NO_FACE))


def test_a_track_without_reasons_still_has_its_gaps() -> None:
    gaps = Gaps(seen("nnxxt", reasons=False))
    assert gaps.within(Span(0, 50)) == (Gap(Span(0, 20), None), Gap(Span(40, 50), None))
    assert why_text(None) == "not measured"
    assert Gaps(seen("")).within(Span(0, 10)) == ()


def test_every_reason_has_words_and_the_readout_says_them() -> None:
    assert set(WHY_WORDS) == set(Why) - {Why.SEEN}
    assert why_text(Why.TURNED_AWAY) == "not measured: turned away"
    assert why_text(Why.NOT_SAID) == "not measured"
    track = seen("xtn?")
    assert [value_text(track, at) for at in (0, 10, 20, 30)] == [
        "1°",
        "turned away",
        "no face found",
        "not measured",
    ]


def test_a_level_lies_where_its_value_would_be_drawn_and_never_outside() -> None:
    curve = Curve(seen("xx"))
    assert [curve.share(value) for value in (-5, 0, 2.5, 10, 99)] == [0, 0, 0.25, 1, 1]
