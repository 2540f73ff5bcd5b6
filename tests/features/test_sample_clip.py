"""The real models on the sample clip, against what is known to be on it.

The clip is rendered and easy: these bounds guard against breakage. They say nothing about real families.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from coder.features.extractor import Block, make
from coder.features.run import extract
from tests.features import plugins

SAMPLE = Path(__file__).parents[2] / "sample_media"
FILM = SAMPLE / "dyad-first.mp4"
SETTINGS = {"every": "5"}

BODY_YAW_DEG = {"parent": 40.0, "child": -36.0}
"""How the bodies are seated; the truth file gives the turn of the head against the body."""

Measured = dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]]


def block_of(extractor: str, settings: dict[str, str], start: int = 0) -> list[Block]:
    """All blocks of the clip."""
    return [message for message in extract(FILM, extractor, settings, start=start) if isinstance(message, Block)]


@pytest.fixture(scope="module")
def block() -> Block:
    """The clip, every fifth frame."""
    (block,) = block_of("dyad-faces", SETTINGS)
    return block


@pytest.fixture(scope="module")
def measured(block: Block) -> Measured:
    """Values and mask by signal."""
    signals = make("dyad-faces", SETTINGS).signals
    return {signal.id: (block.values[i], block.valid[i]) for i, signal in enumerate(signals)}


@pytest.fixture(scope="module")
def truth(block: Block) -> dict[str, NDArray[np.str_]]:
    """The truth file's columns at the measured frames."""
    with (SAMPLE / "dyad-first.truth.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([rows[i][name] for i in block.indices]) for name in rows[0]}


def test_each_measured_frame_is_there_at_its_time(block: Block) -> None:
    assert block.indices.tolist() == list(range(0, 200, 5))
    assert block.at_us.tolist() == [i * 40_000 for i in range(0, 200, 5)]
    assert np.isfinite(block.values).all()


@pytest.mark.parametrize("person", ["parent", "child"])
def test_both_faces_are_found_and_are_who_they_are(
    measured: Measured, truth: dict[str, NDArray[np.str_]], person: str
) -> None:
    found, valid = measured[f"{person}_found"]
    assert (valid & (found == 1)).mean() >= 0.9
    yaw, known = measured[f"{person}_yaw_deg"]
    # The parent is on the left and turned to the right; the child the other way round.
    right_person = (yaw > 0) == (person == "parent")
    assert right_person[known].mean() >= 0.98


@pytest.mark.parametrize("person", ["parent", "child"])
def test_head_yaw_is_near_the_truth(measured: Measured, truth: dict[str, NDArray[np.str_]], person: str) -> None:
    yaw, valid = measured[f"{person}_yaw_deg"]
    true_deg = truth[f"{person}_head_yaw_deg"].astype(float) + BODY_YAW_DEG[person]
    assert np.abs(yaw - true_deg)[valid].mean() < 12
    assert np.corrcoef(yaw[valid], true_deg[valid])[0, 1] > 0.7


@pytest.mark.parametrize(("person", "partner"), [("parent", "child_face"), ("child", "parent_face")])
def test_a_head_is_nearer_to_the_partner_while_the_partner_is_looked_at(
    measured: Measured, truth: dict[str, NDArray[np.str_]], person: str, partner: str
) -> None:
    off, valid = measured[f"{person}_off_other_deg"]
    target = truth[f"{person}_gaze_target"]
    at_partner, at_toy = (off[valid & (target == name)] for name in (partner, "toy"))
    assert (at_partner[:, None] < at_toy[None, :]).mean() > 0.85


def test_head_distance_ranks_as_the_true_distance(measured: Measured, truth: dict[str, NDArray[np.str_]]) -> None:
    distance, valid = measured["head_distance_heads"]
    assert valid.mean() > 0.9
    assert spearmanr(distance[valid], truth["head_distance_mm"].astype(float)[valid]).statistic > 0.8


@pytest.mark.slow
def test_a_mirror_turns_the_heads_round_and_changes_nobody(
    block: Block, measured: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (mirrored,) = block_of("mirrored-dyad", SETTINGS)
    rows = {signal: at for at, signal in enumerate(measured)}
    for signal, sign, allowed in (
        ("parent_yaw_deg", -1, 6),
        ("child_yaw_deg", -1, 6),
        ("parent_off_other_deg", 1, 8),
        ("child_off_other_deg", 1, 8),
        ("head_distance_heads", 1, 0.3),
    ):
        at = rows[signal]
        both = block.valid[at] & mirrored.valid[at]
        assert both.mean() > 0.9, signal
        assert np.abs(mirrored.values[at] - sign * block.values[at])[both].mean() < allowed, signal


@pytest.mark.slow
def test_the_same_film_gives_the_same_numbers_also_after_a_resume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    settings = {"every": "2"}
    whole, again = block_of("short-dyad", settings), block_of("short-dyad", settings)
    rest = block_of("short-dyad", settings, start=100)
    assert [(b.start, b.stop) for b in rest] == [(100, 150), (150, 200)]
    for a, b in [*zip(whole, again, strict=True), *zip(whole[2:], rest, strict=True)]:
        assert a.indices.tolist() == b.indices.tolist()
        assert a.values.tobytes() == b.values.tobytes()
        assert a.valid.tobytes() == b.valid.tobytes()
