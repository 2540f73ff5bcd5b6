"""A program that is killed while coding loses no edit that it said was saved."""

import os
import random
from pathlib import Path

from tests.store.kill_loop import kill_once

KILLS = int(os.environ.get("CODER_STORE_KILLS", "15"))


def test_no_acknowledged_edit_is_lost_by_a_kill(closed: Path) -> None:
    chance = random.Random(7)
    found = [kill_once(closed, seed, chance.random() * 0.25) for seed in range(KILLS)]
    assert all(acknowledged for acknowledged, _ in found)
    assert sum(missing for _, missing in found) == 0
    assert any("after-interruption" in path.name for path in (closed / "snapshots").iterdir())
