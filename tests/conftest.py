"""What every test may rely on: no display, no preferences of whoever runs them, no deadlines."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# a machine under load must not fail a property
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Preferences, program data and cache of each test lie in folders of their own."""
    home: Path = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CODER_CONFIG_DIR", str(home / "config"))
    monkeypatch.setenv("CODER_DATA_DIR", str(home / "data"))
    monkeypatch.setenv("CODER_CACHE_DIR", str(home / "cache"))


class PatientBot(QtBot):
    """pytest-qt's, but who waits gives up after a minute, not after five seconds: machines are busy at times."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Closes at the end what a test has added, see pytest-qt."""
    return PatientBot(request)
