"""After a kill the person lands where they were."""

import os
import subprocess
import sys
from pathlib import Path

from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coder.desktop.workstation import Workstation
from coder.settings.preferences import PreferencesFile
from tests.desktop.hands import press, until

WALK_S = 4.0
AT_MOST_LOST_S = 2.0
ROOT = Path(__file__).parents[2]


def killed_while_walking(study: Path) -> list[tuple[float, int]]:
    """What a real process had on the screen before it was killed: (moment in s, session time in µs)."""
    seen: list[tuple[float, int]] = []
    command = [sys.executable, "-m", "tests.desktop.cut_short", str(study)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True, env={**os.environ}) as child:
        assert child.stdout is not None
        for line in child.stdout:
            moment, at_us = line.split()
            seen.append((float(moment), int(at_us)))
            if seen[-1][0] - seen[0][0] > WALK_S:
                child.kill()
                break
    return seen


def test_the_bench_shows_the_frame_where_the_killed_one_was(qtbot: QtBot, coded: Path) -> None:
    seen = killed_while_walking(coded)
    end = seen[-1][0]
    last = {at_us for moment, at_us in seen if moment >= end - AT_MOST_LOST_S}
    assert len(last) < len({at_us for _, at_us in seen}), "the walk was too short to tell anything"
    workstation = Workstation(PreferencesFile())
    qtbot.addWidget(workstation.window)
    workstation.window.show()
    qtbot.waitUntil(workstation.window.isActiveWindow)
    assert workstation.start.go_on_button.isVisible()
    press(Qt.Key.Key_Return)
    page = workstation.bench
    assert page is not None
    until(qtbot, lambda: page.bench.painted.value is not None)
    painted = page.bench.painted.value
    assert painted is not None
    assert painted.at_us in last
    workstation.window.close()
    qtbot.waitUntil(lambda: not workstation.window.isVisible())
    workstation.deleteLater()
