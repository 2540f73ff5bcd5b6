"""Two heads kept apart: drawn heads, no pictures."""

import numpy as np
import pytest

from coder.features.geometry import Head
from coder.features.identity import SURE, ChildSide, Who, who_is_who

WIDTH_PX = 1000
STEP_US = 40_000


def head(x_px: float, height_px: float = 100.0, y_px: float = 300.0) -> Head:
    """A head somewhere; which way it looks does not matter here."""
    return Head(np.eye(3), (x_px, y_px), height_px / Head(np.eye(3), (0, 0), 1.0).height_px)


def who(frames: list[list[Head]], side: ChildSide = ChildSide.AUTO) -> list[Who]:
    """Who is who in frames that follow each other at 25 fps."""
    return who_is_who([i * STEP_US for i in range(len(frames))], frames, side, WIDTH_PX)


def test_the_larger_head_is_the_parents_in_whatever_order_faces_are_found() -> None:
    frames = [[head(700, 70), head(300, 100)], [head(300, 100), head(700, 70)]] * 10
    told = who(frames)
    assert [(w.parent, w.child) for w in told] == [(1, 0), (0, 1)] * 10
    assert all(w.confidence == 1.0 for w in told)


def test_heads_of_about_one_size_are_nobodys_until_a_person_says_the_side() -> None:
    frames = [[head(700, 97), head(300, 100)]] * 20
    assert all(w.confidence < SURE for w in who(frames))
    assert all((w.parent, w.child, w.confidence) == (1, 0, 1.0) for w in who(frames, ChildSide.RIGHT))
    assert all((w.parent, w.child, w.confidence) == (0, 1, 1.0) for w in who(frames, ChildSide.LEFT))


def test_a_person_who_says_the_side_overrules_the_sizes() -> None:
    close_child = [[head(300, 160), head(700, 100)]] * 20
    assert who(close_child)[0].parent == 0
    assert who(close_child, ChildSide.LEFT)[0].child == 0


def test_identity_survives_gaps_of_either_head() -> None:
    both, parent_only, child_only = [head(300), head(700, 70)], [head(300)], [head(700, 70)]
    told = who([both] * 10 + [parent_only] * 15 + [child_only] * 15 + [[]] * 10 + [both] * 5)
    assert [(w.parent, w.child) for w in told] == (
        [(0, 1)] * 10 + [(0, None)] * 15 + [(None, 0)] * 15 + [(None, None)] * 10 + [(0, 1)] * 5
    )
    assert all(w.confidence >= SURE for w in told)


def test_a_crossing_does_not_swap_parent_and_child() -> None:
    # The parent walks from left to right behind the child; for a while the heads cover each other.
    frames, truth = [], []
    for x in range(200, 801, 20):
        parent, child = head(x), head(500, 70, 330)
        hidden = abs(x - 500) < 50
        frames.append([child] if hidden else [parent, child] if x % 40 else [child, parent])
        truth.append(None if hidden else frames[-1].index(parent))
    told = who(frames)
    sure = [(w, at) for w, at in zip(told, truth, strict=True) if w.confidence >= SURE]
    assert all(w.parent == at for w, at in sure if at is not None)
    assert len([1 for _, at in sure if at is not None]) >= 0.9 * len([at for at in truth if at is not None])


def test_one_head_that_could_be_either_is_not_given_to_anybody_by_following() -> None:
    # Cheek to cheek and of one size: after the gap nobody can say who is left.
    together = [[head(480, 100), head(520, 72)]] * 10
    told = who(together + [[head(500, 86)]] * 10)
    assert all(w.confidence >= SURE for w in told[:10])
    assert all(w.confidence < SURE for w in told[10:])


def test_a_lone_head_after_a_long_gap_is_known_by_place_and_size() -> None:
    both = [head(300), head(700, 70)]
    told = who([both] * 10 + [[]] * 60 + [[head(690, 72)]] * 5)
    assert all((w.parent, w.child) == (None, 0) and w.confidence >= SURE for w in told[-5:])


def test_a_lone_head_that_was_never_seen_beside_another_is_nobodys() -> None:
    assert all(w.confidence < SURE for w in who([[head(300)]] * 30))
    with_side = who([[head(300)]] * 30, ChildSide.RIGHT)
    assert [w.confidence for w in with_side] == pytest.approx([0.4] * 30)
    assert all(w.confidence >= SURE and w.parent == 0 for w in who([[head(200)]] * 30, ChildSide.RIGHT))


def test_a_third_person_in_the_background_takes_nobodys_place() -> None:
    frames = [[head(300), head(700, 70)]] * 10 + [[head(500, 30, 80), head(300), head(700, 70)]] * 10
    assert [(w.parent, w.child) for w in who(frames)] == [(0, 1)] * 10 + [(1, 2)] * 10


def test_no_frames_and_empty_frames() -> None:
    assert who([]) == []
    assert all((w.parent, w.child) == (None, None) for w in who([[]] * 3))
