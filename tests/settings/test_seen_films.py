"""A film that was read whole is known again until it changes."""

import os
from pathlib import Path

import pytest

from coder.model.study import Fingerprint
from coder.settings.folders import cache_folder
from coder.settings.seen_films import remember, seen

READ = Fingerprint("a" * 64, 5)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"12345")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_an_unchanged_film_is_known(film: Path) -> None:
    assert seen(film) is None
    remember(film, READ)
    assert seen(film) == READ


no_time_of_change = pytest.mark.skipif(os.name == "nt", reason="Windows tells no time that a program cannot set")


@pytest.mark.parametrize(
    "change", ["size", "time", "place", pytest.param("content alone", marks=no_time_of_change)]
)
def test_a_changed_film_is_not(film: Path, change: str) -> None:
    remember(film, READ)
    if change == "size":
        film.write_bytes(b"123456")
        os.utime(film, (1_700_000_000, 1_700_000_000))
    elif change == "content alone":
        film.write_bytes(b"54321")
        os.utime(film, (1_700_000_000, 1_700_000_000))
    elif change == "time":
        os.utime(film, (1_700_000_001, 1_700_000_001))
    else:
        film = film.rename(film.with_name("other.mp4"))
    assert seen(film) is None


def test_a_file_that_has_just_been_written_is_not_trusted(film: Path) -> None:
    """Written again at once it could keep its size and time."""
    os.utime(film)
    remember(film, READ)
    assert seen(film) is None


def test_a_spoilt_memory_is_no_memory(film: Path) -> None:
    remember(film, READ)
    for spoilt in (b"", b"[1]", b'{"x": 3}', b"\xff"):
        (cache_folder() / "films.json").write_bytes(spoilt)
        assert seen(film) is None
    remember(film, READ)
    assert seen(film) == READ


def test_where_nothing_can_be_kept_nothing_is_said(
    film: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CODER_CACHE_DIR", str(tmp_path / "file" / "inside"))
    remember(film, READ)
    assert seen(film) is None
