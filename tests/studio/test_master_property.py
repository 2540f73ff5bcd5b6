"""Whatever is filmed: exclusive lines never overlap, exhaustive ones leave no gap; the product finds no fault."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.formats.scheme_file import read_scheme
from coder.model.scheme import TierKind
from coder.settings.shipped import shipped
from studio.acts import VERBS, Act
from studio.heard import Segment
from studio.masters.material import Material
from studio.masters.table import DERIVATIONS, faults, table_text
from studio.scenario import Episode, Rating
from tests.studio.scenes import act
from tests.studio.truths import TOYS, drawn

FRAMES = 120
LENGTHS = st.one_of(st.integers(1, 5), st.integers(6, 40))
RUNS = st.tuples(st.sampled_from("ffFhbbbBckamx-"), LENGTHS)
"""A stretch of one letter: long looks, glances, blinks, ways, and a face that cannot be seen."""


def _row(stretches: list[tuple[str, int]]) -> str:
    text = "".join(letter * length for letter, length in stretches)
    return ("f" + text + "f" * FRAMES)[:FRAMES]


LOOKED = st.lists(RUNS, max_size=20).map(_row)
HELD = st.lists(st.tuples(st.sampled_from("npcb"), LENGTHS), max_size=20).map(
    lambda runs: ("".join(letter * length for letter, length in runs) + "n" * FRAMES)[:FRAMES]
)
VALUES = st.lists(st.tuples(st.integers(0, 9), LENGTHS), max_size=20).map(
    lambda runs: np.array(([value for value, length in runs for _ in range(length)] + [9] * FRAMES)[:FRAMES]) / 9
)
APART = st.lists(st.integers(500, 1300), min_size=2, max_size=8).map(
    lambda knots: np.interp(np.arange(FRAMES), np.linspace(0, FRAMES, len(knots)), knots)
)


@st.composite
def scripted(draw: st.DrawFn) -> Act:
    verb = draw(st.sampled_from([name for name in VERBS if name not in ("look", "close_eyes")]))
    target = draw(st.sampled_from([target for _, target in VERBS[verb].phrases]))
    kinds = VERBS[verb].kinds
    return act(
        draw(st.sampled_from(VERBS[verb].who)),
        verb,
        draw(st.integers(0, FRAMES - 2)) / 10,
        seconds=draw(st.integers(1, 60)) / 10,
        target=draw(st.sampled_from(list(TOYS.values()))) if target == "{toy}" else target,
        kind=draw(st.sampled_from((*kinds, None))) if kinds else None,
        words=draw(st.sampled_from(("The ball?", "So", "No."))) if verb == "say" else None,
        where=draw(st.sampled_from(("own", "other", None))) if verb == "put_down" else None,
        echo=draw(st.booleans()),
    )


@st.composite
def filmed(draw: st.DrawFn) -> Material:
    acts = sorted(draw(st.lists(scripted(), max_size=12)), key=lambda one: one.start_us)
    voices = tuple(
        Segment(one.who, place, one.start_us, one.end_us or 0)
        for place, one in enumerate(acts)
        if one.verb in ("say", "babble", "coo", "squeal", "fuss", "cry", "laugh")
    )
    return drawn(
        draw(LOOKED),
        draw(LOOKED),
        *acts,
        voices=voices,
        holder={"ball": draw(HELD)},
        distance_mm=draw(APART),
        child_is={"hand_to_other_mm": 50 * draw(VALUES), "smile": draw(VALUES), "face_visible": draw(VALUES)},
        parent_is={"hand_to_other_mm": 50 * draw(VALUES), "smile": draw(VALUES)},
        episodes=(Episode("play", 0, 5_000_000), Episode("pause", 5_000_000, 12_000_000)),
        ratings=(Rating("r_warm", 6, "Warm throughout."),),
    )


@pytest.mark.parametrize("name", DERIVATIONS)
@settings(max_examples=30, deadline=None)
@given(material=filmed())
def test_every_line_is_one_that_a_coder_could_have_written(name: str, material: Material) -> None:
    scheme, window = read_scheme(shipped("schemes") / f"{name}.toml"), material.frames.window
    found = DERIVATIONS[name](material)
    for tier in scheme.tiers:
        spans = sorted(one.span for one in found if one.tier == tier.id)
        if tier.kind is not TierKind.STATE or not tier.exclusive:
            continue
        assert all(one.end_us <= after.start_us for one, after in pairwise(spans))
        if tier.exhaustive:
            assert spans[0].start_us == window.start_us
            assert spans[-1].end_us == window.end_us
            assert all(one.end_us == after.start_us for one, after in pairwise(spans))
    # the ratings of one item are no complete pass; everything else is
    doubts = [] if name == "ratings" else faults(table_text(found, scheme), name, scheme, window)
    assert doubts == []
