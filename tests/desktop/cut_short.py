"""A workstation that walks through a pass until it is killed: run as `python -m tests.desktop.cut_short STUDY`.

Each frame that is on the screen is told on a line of its own: the moment (s) and the session time (µs).
"""

import sys
import time
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from coder.annotate.keymap import Do
from coder.annotate.view.content import Painted
from coder.desktop.workstation import Workstation
from coder.settings.preferences import PreferencesFile

STEP_MS = 40


def tell(painted: Painted | None) -> None:
    if painted is not None:
        sys.stdout.write(f"{time.monotonic()} {painted.at_us}\n")
        sys.stdout.flush()


def main() -> None:
    app = QApplication(["cut-short"])
    preferences = PreferencesFile()
    preferences.change(tour_seen=True)
    workstation = Workstation(preferences)
    workstation.window.show()
    workstation.open_study(Path(sys.argv[1]))
    assert workstation.study is not None
    workstation.study.open_button.click()
    assert workstation.bench is not None
    bench = workstation.bench.bench
    bench.painted.listen(tell)
    walk = QTimer()
    walk.setInterval(STEP_MS)
    walk.timeout.connect(lambda: bench.do(Do.NEXT_FRAME))
    walk.start()
    app.exec()


if __name__ == "__main__":
    main()
