"""What is under a mask, or was not looked at, never counts."""

from dataclasses import replace

import numpy as np

from coder.analysis.episodes import episodes
from coder.analysis.synchrony import synchrony_of
from coder.analysis.witnesses import sampled
from coder.model.time import Span
from tests.evidence.watched import measured


def test_a_sample_under_the_mask_is_not_valid():
    track = measured("found", [0, 100_000], [1.0, 1.0], [True, False])
    assert sampled(track, np.array([0, 50_000, 120_000]))[1].tolist() == [True, True, False]


def test_wild_values_under_the_mask_do_not_move_synchrony():
    draw = np.random.default_rng(5)
    times_us, values, valid = np.arange(900) * 100_000, draw.normal(size=900), draw.random(900) > 0.2
    other = measured("other", times_us, values + draw.normal(size=900))
    calm = measured("own", times_us, values, valid)
    wild = replace(calm, values=np.where(valid, values, 1e6))
    assert synchrony_of(wild, other) == synchrony_of(
        calm.__class__(
            calm.signal, times_us[valid], values[valid], np.ones(int(valid.sum()), np.bool_), calm.provenance
        ),
        other,
        Span(0, 90_000_000),
    )


def test_a_frame_stands_for_twice_the_usual_distance_at_most():
    times_us = [0, 100_000, 200_000, 300_000, 1_100_000, 1_200_000, 1_300_000]
    found = episodes(measured("on", times_us, [1.0] * 7), Span(0, 2_000_000))
    assert [one.span for one in found] == [Span(0, 500_000), Span(1_100_000, 1_400_000)]
