"""A file is there whole or not at all."""

from pathlib import Path

import pytest

from coder.model.problem import CoderError, FormatError
from coder.staging import staged, write_whole


def write_half(file: Path, trouble: Exception) -> None:
    with staged(file, FormatError) as aside:
        aside.write_bytes(b"ha")
        raise trouble


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    write_whole(file, b"old")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_writer_that_stops_half_way_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_half(file, RuntimeError())
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"old")
    with pytest.raises(FormatError, match=r"“file.txt” cannot be written: No space left on device."):
        write_half(file, OSError(28, "No space left on device"))
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="nowhere"):
        write_whole(tmp_path / "nowhere" / "file.txt", b"new")
