"""Fixtures: the small study, open, on a real disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.store import StudyStore
from tests.store.small_study import small_study


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    """The small study, open."""
    with small_study(tmp_path / "study") as opened:
        yield opened


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of the small study, closed."""
    small_study(tmp_path / "study").close()
    return tmp_path / "study"
