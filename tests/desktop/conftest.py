"""Fixtures: a workstation that never touches a person's own preferences, and studies on the real sample film."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6 import sip
from PyQt6.QtCore import QThread
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.workstation import Workstation
from coder.model.study import Purpose, Role
from coder.settings.preferences import PreferencesFile
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.desktop.hands import CLIP


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Preferences, data and cache of the test alone."""
    monkeypatch.setenv("CODER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CODER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("CODER_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def workstation(qtbot: QtBot) -> Iterator[Workstation]:
    """The workstation with its window shown; afterwards closed, with nothing left running."""
    preferences = PreferencesFile()
    preferences.change(tour_seen=True)  # a first start has tests of its own
    made = Workstation(preferences)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    yield made
    for dialog in [one for one in QApplication.topLevelWidgets() if one is not made.window]:
        dialog.close()
    made.window.close()
    qtbot.waitUntil(lambda: not made.strip.busy, timeout=60_000)
    qtbot.waitUntil(lambda: not made.window.isVisible())
    assert made.study is None
    assert made.bench is None
    threads = [thread for thread in made.window.findChildren(QThread) if thread.isRunning()]
    assert not threads
    made.deleteLater()  # its look must not follow the themes of the next test
    qtbot.waitUntil(lambda: sip.isdeleted(made))


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """A study with one session on the sample film, one coder and one open pass."""
    folder = tmp_path / "studies" / "Play at home"
    with new_study(folder, "Play at home") as store:
        session = add_session(store, CLIP, "First meeting")
        coder = add_coder(store, "Anna", Role.CLINICIAN)
        begin_pass(store, session.id, coder.id, "gaze-near", Purpose.MAIN)
    return folder


def nameless(window: QWidget) -> list[QWidget]:
    """Visible controls that a screen reader could not name."""

    def named(control: QWidget) -> str:
        return control.accessibleName() or getattr(control, "text", str)()

    controls = [one for one in window.findChildren(QWidget) if one.isVisible() and one.focusPolicy().value]
    return [control for control in controls if not named(control)]
