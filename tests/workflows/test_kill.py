"""A program that is killed while settling, assigning or agreeing loses nothing, and leaves no half of anything."""

import os
import random
from pathlib import Path

from tests.workflows.kill_loop import empty_study, kill_once

KILLS = int(os.environ.get("CODER_STORE_KILLS", "15")) // 3


def test_no_acknowledged_verdict_assignment_or_consensus_is_lost_by_a_kill(tmp_path: Path) -> None:
    empty_study(tmp_path / "study").close()
    chance = random.Random(7)
    found = [kill_once(tmp_path / "study", seed, chance.random() * 0.4) for seed in range(KILLS)]
    assert all(acknowledged for acknowledged, _ in found)
    assert [lost for _, missing in found for lost in missing] == []
