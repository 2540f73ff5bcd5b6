"""A frame saved as a PNG picture is whole, or it is not there."""

import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from coder.media import Frame, FrameSource, open_index, write_png
from coder.model.problem import MediaError
from tests.clips import Shelf, read_number


@pytest.fixture
def frame(shelf: Shelf) -> Frame:
    with FrameSource(open_index(shelf["turned90.mp4"])) as source:
        return source.frame(33)


def test_the_picture_is_the_frame_upright(frame: Frame, tmp_path: Path) -> None:
    path = tmp_path / "frame 33.png"
    write_png(frame, path)
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert np.array_equal(picture, frame.rgb())
    assert read_number(picture) == 33
    assert [entry.name for entry in tmp_path.iterdir()] == ["frame 33.png"]


def test_a_picture_that_is_there_is_replaced(frame: Frame, tmp_path: Path) -> None:
    path = tmp_path / "frame.png"
    path.write_bytes(b"old")
    write_png(frame, path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_missing_folder_is_said(frame: Frame, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"nowhere: “frame\.png” cannot be written: No such file"):
        write_png(frame, tmp_path / "nowhere" / "frame.png")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_files_is_said(frame: Frame, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    if os.name == "nt" or os.geteuid() == 0:  # who may write everywhere meets a file in place of the folder
        closed.rmdir()
        closed.write_bytes(b"")
    else:
        closed.chmod(0o500)
    with pytest.raises(MediaError, match=r"“frame\.png” cannot be written: "):
        write_png(frame, closed / "frame.png")


def test_a_folder_in_the_pictures_place_is_said(frame: Frame, tmp_path: Path) -> None:
    (tmp_path / "frame.png").mkdir()
    with pytest.raises(MediaError, match=r"“frame\.png” cannot be written: "):
        write_png(frame, tmp_path / "frame.png")
    assert [entry.name for entry in tmp_path.iterdir()] == ["frame.png"]


FULL_DISK = """
import resource, signal, sys
from coder.media import FrameSource, open_index, write_png
from coder.model.problem import MediaError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with FrameSource(open_index(sys.argv[1])) as source:
    frame = source.frame(3)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_png(frame, sys.argv[2])
except MediaError as error:
    sys.stdout.write(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes to stand for a full disk")
def test_a_disk_that_fills_up_leaves_the_old_picture_and_no_half_one(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "frame.png"
    path.write_bytes(b"old")
    said = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(shelf["constant25.mp4"]), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "“frame.png” cannot be written: " in said.stdout
    assert "File too large" in said.stdout
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["frame.png"]
