"""The extractor of people with eyes that were written for the test: segments, settings, rates."""

from collections.abc import Sequence

import numpy as np
import pytest

from coder.features.extractor import Block, Picture
from coder.features.look_columns import NAMES
from coder.features.people import People
from coder.features.sighting import Look, Sighting
from coder.model.problem import FeatureError

STEP_US = 40_000


class Remembering:
    """Eyes that see one body in each picture and say in its score what they know: how many pictures of the segment
    they were shown, and which came before it."""

    def __init__(self) -> None:
        self.before: int | None = None
        self.shown = 0

    def begin(self, before: Picture | None) -> None:
        """Forget."""
        self.before, self.shown = None if before is None else before.index, 0

    def look(self, picture: Picture) -> Look:
        """Count."""
        self.shown += 1
        someone = Sighting(face=None, body=None, score=self.shown / 1000, motion=self.before)
        return Look(picture.index, picture.at_us, 64, 36, (someone,), 0.0, 0.0)


class Short(People):
    """Segments of ten frames."""

    segment = 10


def pictures(indices: Sequence[int]) -> list[Picture]:
    """Black pictures with these numbers."""
    return [Picture(i, i * STEP_US, np.zeros((36, 64, 3), np.uint8)) for i in indices]


def measured(people: People, indices: Sequence[int], start: int, stop: int) -> list[Block]:
    """The blocks that come of pictures with these numbers."""
    messages = people.measure_with(Remembering(), pictures(indices), start, stop)
    return [message for message in messages if isinstance(message, Block)]


def known(block: Block) -> list[tuple[int, int, float | None]]:
    """Of each look: the frame, the how-many-th of its segment it is, and the picture before the segment."""
    score, motion = (NAMES.index(f"s0_{name}") for name in ("score", "motion"))
    counts = np.rint(block.values[score] * 1000).astype(int).tolist()
    before = [
        value if valid else None for value, valid in zip(block.values[motion], block.valid[motion], strict=True)
    ]
    return list(zip(block.indices.tolist(), counts, before, strict=True))


def test_each_segment_begins_afresh_and_knows_the_picture_before_it() -> None:
    blocks = measured(Short({"every": "4"}), range(0, 24, 4), 0, 24)
    assert [(block.start, block.stop) for block in blocks] == [(0, 10), (10, 20), (20, 24)]
    assert [known(block) for block in blocks] == [
        [(0, 1, None), (4, 2, None), (8, 3, None)],
        [(12, 1, 8), (16, 2, 8)],
        [(20, 1, 16)],
    ]
    assert blocks[1].at_us.tolist() == [12 * STEP_US, 16 * STEP_US]


def test_a_resumed_measurement_equals_an_unbroken_one() -> None:
    people = Short({"every": "4"})
    assert people.lead == 4
    whole = measured(people, range(0, 30, 4), 0, 30)
    rest = measured(people, [i for i in range(0, 30, 4) if i >= 10 - people.lead], 10, 30)
    assert [known(block) for block in rest] == [known(block) for block in whole[1:]]


def test_a_picture_from_longer_ago_than_the_lead_is_not_known() -> None:
    (first, second) = measured(Short({"every": "2"}), [0, 2, 4, 10, 12], 0, 14)  # 6 and 8 could not be decoded
    assert known(first)[-1] == (4, 3, None)
    assert known(second) == [(10, 1, None), (12, 2, None)]


def test_segments_without_a_picture_are_blocks_too() -> None:
    blocks = measured(Short({"every": "1"}), [0, 1, 35], 0, 50)
    assert [(block.start, block.stop, block.indices.tolist()) for block in blocks] == [
        (0, 10, [0, 1]),
        (10, 20, []),
        (20, 30, []),
        (30, 40, [35]),
        (40, 50, []),
    ]
    assert all(block.values.shape == block.valid.shape == (len(NAMES), len(block.indices)) for block in blocks)


@pytest.mark.parametrize(("rate", "step"), [(25.0, 2), (29.97, 3), (30.0, 3), (60.0, 6), (24.0, 2), (8.0, 1)])
def test_about_ten_looks_a_second(rate: float, step: int) -> None:
    people = People({}).fitted(rate)
    assert people.step == people.lead == step
    assert people.settings == {"rate_hz": "10.0", "every": str(step)}
    assert people.fitted(rate * 3).step == step
    assert People(people.settings).step == step


def test_a_higher_rate_looks_more_often_and_every_wins() -> None:
    assert People({"rate_hz": "25"}).fitted(25).step == 1
    assert People({"rate_hz": "25", "every": "5"}).fitted(25).step == 5


def test_every_mistake_in_the_settings_is_told() -> None:
    with pytest.raises(FeatureError) as told:
        People({"rate_hz": "nan", "every": "-1", "colour": "red"})
    assert len(told.value.problems) == 3
