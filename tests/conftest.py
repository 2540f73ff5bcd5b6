"""What every test may rely on: no display, no preferences of whoever runs them, no deadlines."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
