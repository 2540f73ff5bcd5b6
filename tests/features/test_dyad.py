"""The built-in extractor with a finder that was written for the test: what follows from faces, without models."""

from collections.abc import Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.features.ahead import Finders
from coder.features.dyad import DyadFaces
from coder.features.extractor import Block, Picture
from coder.features.face import Box, Face
from coder.features.geometry import FACE_HEIGHT_CM, Head
from coder.model.problem import FeatureError
from coder.model.progress import Progress

STEP_US = 40_000
TO_THE_RIGHT = np.array([(0.0, 0, 1), (0, 1, 0), (-1, 0, 0)])
TO_THE_LEFT = TO_THE_RIGHT.T


def face(x_px: float, height_px: float, rotation: NDArray[np.float64], *, meshed: bool = True) -> Face:
    """A face at a place; where it is not meshed it comes from the detectors alone."""
    head = Head(rotation, (x_px, 180.0), height_px / FACE_HEIGHT_CM)
    box = Box(x_px - height_px / 2, 180 - height_px / 2, x_px + height_px / 2, 180 + height_px / 2)
    return Face(box, head, head, meshed, height_px, (0.05, 0.01) if meshed else None)


PARENT, CHILD = face(200, 100, TO_THE_RIGHT), face(450, 70, TO_THE_LEFT)
AWAY = face(200, 100, np.eye(3))


class Script:
    """Finds what the script says: P parent turned to the child, p parent turned to the camera, C child.

    Pictures carry their number in their first pixel. Letters behind a bar are only seen by looking at a box.
    """

    def __init__(self, script: list[str], **others: Face) -> None:
        self.script = script
        self.letters = {"P": PARENT, "p": AWAY, "C": CHILD, **others}

    def find(self, rgb: NDArray[np.uint8]) -> tuple[Face, ...]:
        """What stands before the bar."""
        return tuple(self.letters[letter] for letter in self._line(rgb).partition("|")[0])

    def look(self, rgb: NDArray[np.uint8], box: Box) -> Face | None:
        """What stands behind the bar, if the box is its box."""
        hidden = (self.letters[letter] for letter in self._line(rgb).partition("|")[2])
        return next((one for one in hidden if one.box.overlap(box) > 0.5), None)

    def _line(self, rgb: NDArray[np.uint8]) -> str:
        return self.script[int(rgb[0, 0, 0]) * 256 + int(rgb[0, 0, 1])]


class Short(DyadFaces):
    """Segments that a test can look over."""

    segment, lead = 20, 5


def pictures(numbers: Iterable[int]) -> list[Picture]:
    """Black pictures of 640 × 360 with their number in the first pixel."""
    made = []
    for i in numbers:
        rgb = np.zeros((360, 640, 3), np.uint8)
        rgb[0, 0, :2] = divmod(i, 256)
        made.append(Picture(i, i * STEP_US, rgb))
    return made


def run(
    script: list[str], *, start: int = 0, lost: frozenset[int] = frozenset(), every: int = 1, **letters: Face
) -> list[Block]:
    """The blocks of a script."""
    extractor = Short({"every": str(every)})
    first = max(start - extractor.lead, 0)
    shown = pictures(i for i in range(first, len(script)) if i % extractor.step == 0 and i not in lost)
    messages = extractor.measure_with(
        Finders([Script(script, **letters) for _ in range(3)]), shown, start, len(script)
    )
    return [message for message in messages if isinstance(message, Block)]


def row(block: Block, signal: str) -> tuple[list[float], list[bool]]:
    """Values and mask of a signal."""
    at = [one.id for one in DyadFaces.signals].index(signal)
    return block.values[at].tolist(), block.valid[at].tolist()


def test_a_block_holds_every_signal_of_its_frames_at_their_true_times() -> None:
    blocks = run(["PC"] * 45)
    assert [(block.start, block.stop) for block in blocks] == [(0, 20), (20, 40), (40, 45)]
    assert np.concatenate([block.indices for block in blocks]).tolist() == list(range(45))
    assert np.concatenate([block.at_us for block in blocks]).tolist() == [i * STEP_US for i in range(45)]
    assert all(
        block.values.shape == block.valid.shape == (len(DyadFaces.signals), len(block.at_us)) for block in blocks
    )
    assert all(np.isfinite(block.values).all() for block in blocks)


def test_heads_turned_to_each_other_are_mutual_and_one_turned_away_is_enough_to_deny_it() -> None:
    (block,) = run(["PC"] * 10 + ["pC"] * 10)
    assert row(block, "parent_toward") == ([1.0] * 10 + [0.0] * 10, [True] * 20)
    assert row(block, "child_toward") == ([1.0] * 20, [True] * 20)
    assert row(block, "mutual_toward") == ([1.0] * 10 + [0.0] * 10, [True] * 20)
    assert row(block, "head_distance_heads")[0] == pytest.approx([250 / 85] * 20)


def test_a_face_that_is_not_there_is_a_found_of_zero_and_invalid_everywhere_else() -> None:
    (block,) = run(["PC"] * 10 + ["P"] * 5 + [""] * 5)
    assert row(block, "child_found") == ([1.0] * 10 + [0.0] * 10, [True] * 20)
    for signal in ("child_yaw_deg", "child_toward", "parent_toward", "head_distance_heads", "mutual_toward"):
        assert row(block, signal)[1] == [True] * 10 + [False] * 10, signal
    assert row(block, "parent_yaw_deg")[1] == [True] * 15 + [False] * 5


def test_whoever_cannot_be_told_apart_is_invalid_not_absent() -> None:
    (block,) = run(["P"] * 20)
    known = {signal.id for signal, valid in zip(DyadFaces.signals, block.valid, strict=True) if valid.any()}
    assert known == {"identity_confidence"}


def test_a_face_that_the_detectors_miss_is_followed_while_the_mesh_sees_it() -> None:
    (block,) = run(["PC"] * 8 + ["P|C"] * 6 + ["P"] * 2 + ["P|C"] * 4)
    assert row(block, "child_found")[0] == [1.0] * 14 + [0.0] * 6  # once lost, it takes a detector to find it


def test_following_goes_on_over_the_edge_of_a_segment() -> None:
    first, second = run(["PC"] * 16 + ["P|C"] * 14)
    assert row(first, "child_found")[0] == [1.0] * 20
    assert row(second, "child_found")[0] == [1.0] * 10


def test_a_coarse_head_is_brought_to_the_size_of_the_mesh() -> None:
    coarse = face(450, 90, TO_THE_LEFT, meshed=False)
    both = Face(CHILD.box, CHILD.head, coarse.head, True, 70, None)
    (block,) = run(["PC"] * 10 + ["Pc"] * 10, C=both, c=coarse)
    assert row(block, "head_distance_heads")[0] == pytest.approx([250 / 85] * 20)
    assert row(block, "child_iris_right")[1] == [False] * 20


def test_a_small_face_has_no_iris_offset() -> None:
    (block,) = run(["pC"] * 5, C=face(450, 49, np.eye(3)))
    assert row(block, "parent_iris_right") == (pytest.approx([0.05] * 5), [True] * 5)
    assert row(block, "child_iris_right")[1] == [False] * 5


SCRIPT = ["PC"] * 13 + ["P|C"] * 12 + ["pC"] * 9 + ["C|P"] * 4 + [""] * 3 + ["C"] * 8 + ["CP"] * 14 + ["P"] * 17


@pytest.mark.parametrize("start", [20, 40, 60])
@pytest.mark.parametrize("every", [1, 3])
def test_a_resumed_measurement_equals_an_unbroken_one(start: int, every: int) -> None:
    whole, rest = run(SCRIPT, every=every), run(SCRIPT, every=every, start=start)
    assert [block.start for block in rest] == [block.start for block in whole if block.start >= start]
    for a, b in zip(whole[start // 20 :], rest, strict=True):
        assert (a.indices.tolist(), a.values.tolist(), a.valid.tolist()) == (
            b.indices.tolist(),
            b.values.tolist(),
            b.valid.tolist(),
        )


def test_damaged_frames_are_missing_and_a_damaged_segment_is_an_empty_block() -> None:
    blocks = run(["PC"] * 80, lost=frozenset([3, *range(20, 40), *range(58, 80)]))
    assert [(block.start, block.stop, len(block.indices)) for block in blocks] == [
        (0, 20, 19),
        (20, 40, 0),
        (40, 60, 18),
        (60, 80, 0),
    ]


def test_progress_is_told_on_the_way() -> None:
    told = list(Short({}).measure_with(Finders([Script(["PC"] * 40)]), pictures(range(40)), 0, 40))
    assert [m.done for m in told if isinstance(m, Progress)] == [0, 10, 20, 30]


def test_settings_are_text_with_their_defaults() -> None:
    assert DyadFaces({"every": "5"}).settings == {
        "child_side": "auto",
        "horizontal_fov_deg": "60.0",
        "child_face_scale": "0.75",
        "toward_enter_deg": "20.0",
        "toward_leave_deg": "30.0",
        "every": "5",
    }
    assert DyadFaces({"every": "5"}).step == 5


def test_all_wrong_settings_are_told_at_once_with_their_place() -> None:
    with pytest.raises(FeatureError) as caught:
        DyadFaces({"child_side": "up", "every": "0", "horizontal_fov_deg": "nan", "colour": "red"})
    assert [problem.where for problem in caught.value.problems] == [
        "child_side",
        "every",
        "horizontal_fov_deg",
        "colour",
    ]
    with pytest.raises(FeatureError, match="leaves is smaller"):
        DyadFaces({"toward_enter_deg": "40"})
