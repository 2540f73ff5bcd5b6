"""The bench at its end: whatever its threads are at, nothing stays behind and nothing is told late."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.annotate.keymap import Do
from coder.annotate.view.bench import Bench
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.media import FrameIndex
from tests.annotate.view.conftest import Table

PATIENCE_MS, PATIENCE_S = 30_000, 30


@pytest.fixture
def threads(qapp: QApplication) -> Iterator[set[threading.Thread]]:
    """The threads that ran before; at the end of the test no other one does."""
    apply_theme(qapp, LIGHT)
    before = set(threading.enumerate())
    yield before
    assert set(threading.enumerate()) <= before, "a thread of the bench is still running"


def bench_of(film: Path, index: FrameIndex) -> Bench:
    bench = Table(film, index, (), submitted=False).bench
    bench.resize(1366, 768)
    bench.show()
    return bench


def gone(qtbot: QtBot, bench: Bench) -> None:
    """Let Qt take the bench away, with all that was still on its way to it."""
    bench.close()
    bench.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.wait(50)


def test_a_film_that_was_read_just_before_the_end_starts_no_decoder_after_it(
    film: Path, film_index: FrameIndex, qtbot: QtBot, threads: set[threading.Thread]
) -> None:
    bench = bench_of(film, film_index)
    for thread in set(threading.enumerate()) - threads:
        thread.join(PATIENCE_S)  # it has told all it had to tell, and no event has been handled yet
        assert not thread.is_alive()
    bench.shut()
    qtbot.wait(50)
    assert not bench.player.front.ready
    assert set(threading.enumerate()) <= threads
    gone(qtbot, bench)


def test_a_spectrogram_that_was_ready_just_before_the_end_is_not_shown_after_it(
    film: Path, film_index: FrameIndex, qtbot: QtBot, threads: set[threading.Thread]
) -> None:
    bench = bench_of(film, film_index)
    qtbot.waitUntil(lambda: bench.timeline.sound.wave, timeout=PATIENCE_MS)
    bench.do(Do.SOUND_ROW)
    (listening,) = [one for one in threading.enumerate() if one.name.startswith("spectrogram")]
    listening.join(PATIENCE_S)
    bench.shut()
    qtbot.wait(50)
    assert bench.timeline._canvas.spectrum is None
    gone(qtbot, bench)


@pytest.mark.parametrize("moment", ["opening", "standing", "playing", "backwards"])
def test_nothing_of_a_bench_is_left_behind(
    film: Path, film_index: FrameIndex, qtbot: QtBot, threads: set[threading.Thread], moment: str
) -> None:
    left = lived(qtbot, bench_of(film, film_index), moment)
    gc.collect()
    assert [name for name, part in left.items() if part() is not None] == []


def lived(qtbot: QtBot, bench: Bench, moment: str) -> dict[str, weakref.ref[object]]:
    """Take a bench away in the midst of something; what was part of it."""
    if moment != "opening":
        bench.go_to(4_000_000)
        qtbot.waitUntil(lambda: bench.painted.value is not None, timeout=PATIENCE_MS)
    ways = {"playing": Do.PLAY, "backwards": Do.SHUTTLE_BACK}
    if moment in ways:
        at = bench.painted.value
        bench.do(ways[moment])
        qtbot.waitUntil(lambda: bench.painted.value != at, timeout=PATIENCE_MS)
    camera = bench.player.front
    parts = [bench, bench.player, bench.timeline, bench.time, bench.editing, camera, camera.picture]
    parts += [camera._worker] if camera._worker is not None else []
    bench.shut()
    gone(qtbot, bench)
    return {type(part).__name__: weakref.ref(part) for part in parts}


LEFT_RUNNING = """
import sys
from pathlib import Path
from PyQt6.QtCore import QEventLoop
from PyQt6.QtWidgets import QApplication
from coder.media import open_index
from tests.annotate.view.conftest import Table

def main():
    app = QApplication(["left"])
    table = Table(Path(sys.argv[1]), open_index(sys.argv[1]), (), submitted=False)
    table.bench.show()
    loop = QEventLoop()
    table.bench.painted.listen(lambda painted: loop.quit() if painted.index > 3 else table.bench.player.play())
    loop.exec()

main()
"""


def test_a_program_that_ends_while_a_bench_plays_does_not_crash(film: Path) -> None:
    """Its variables go with the application first, while the decoder still tells of frames."""
    for _ in range(3):
        ended = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-c", LEFT_RUNNING, str(film)],
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
