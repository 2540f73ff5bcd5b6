"""The small copy of a film: frame i of it is frame i of the film, for every kind of film; the number says so."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coder.media import FrameIndex, FrameSource, ProxyReader, make_proxy, open_index, wants_proxy
from coder.media import proxy_making as making
from coder.media.index import Geometry
from coder.model.problem import MediaError
from coder.settings.shipped import shipped
from tests.clips import HEIGHT, RECIPES, WIDTH, Recipe, Shelf, read_number, write_film


def run(steps: Iterator[int]) -> list[int]:
    return list(steps)


def numbers(reader: ProxyReader) -> list[int | None]:
    """The number in each frame, as shown: upright, in the size that the numbers are read in."""
    turned = reader.film.geometry.rotation in (90, 270)
    size = (HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)
    return [read_number(reader.frame(i).bgra(*size)[..., 1]) for i in range(reader.film.frame_count)]


@pytest.mark.parametrize("file", [*(recipe.file for recipe in RECIPES), "zeros.mkv", "broken.avi"])
def test_every_frame_is_that_of_the_film(shelf: Shelf, tmp_path: Path, file: str) -> None:
    film = open_index(shelf[file])
    run(make_proxy(film, tmp_path / "small.mp4"))
    with ProxyReader(film, tmp_path / "small.mp4") as reader, FrameSource(film) as source:
        wanted = [read_number(source.frame(i).luma()) for i in range(film.frame_count)]
        assert numbers(reader) == wanted
        for i in (0, film.frame_count // 2, film.frame_count - 1):
            frame = reader.frame(i)
            true = source.frame(i)
            assert (frame.index, frame.at_us, frame.pts) == (i, true.at_us, true.pts)
            assert (frame.width, frame.height, frame.rotation) == (true.width, true.height, true.rotation)
            difference = frame.bgra(160, 90).astype(int) - true.bgra(160, 90)
            assert np.abs(difference).mean() < 4
    assert [path.name for path in tmp_path.iterdir()] == ["small.mp4"]


def test_jumps_come_out_right(shelf: Shelf, tmp_path: Path) -> None:
    film = open_index(shelf["constant25.mp4"])
    run(make_proxy(film, tmp_path / "small.mp4"))
    with ProxyReader(film, tmp_path / "small.mp4", cache_bytes=1) as reader:
        for i in (299, 3, 150, 151, 149, 0, 298):
            assert read_number(reader.frame(i).luma()) == i
            assert reader.has(i)
        with pytest.raises(MediaError, match="There is no frame 300"):
            reader.frame(300)


def test_colours_are_those_of_the_film(tmp_path: Path) -> None:
    film = open_index(shipped("sample_media") / "dyad-first.mp4")
    run(make_proxy(film, tmp_path / "small.mp4"))
    with ProxyReader(film, tmp_path / "small.mp4") as reader, FrameSource(film) as source:
        for i in (0, 99, 199):
            difference = reader.frame(i).bgra(320, 180).astype(int) - source.frame(i).bgra(320, 180)
            assert np.abs(difference.mean(axis=(0, 1))).max() < 1.5  # in each colour
            assert np.abs(difference).mean() < 4


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PART_FRAMES", 70)


@pytest.mark.usefixtures("small_parts")
def test_it_goes_on_where_it_was_stopped(shelf: Shelf, tmp_path: Path) -> None:
    film, path = open_index(shelf["opengop.mkv"]), tmp_path / "small.mp4"
    steps = make_proxy(film, path)
    for done in steps:
        if done == 160:  # two parts of 70 are finished
            break
    steps.close()
    (parts,) = tmp_path.iterdir()
    assert sorted(part.name for part in parts.iterdir()) == ["00000.mp4", "00001.mp4"]
    told = run(make_proxy(film, path))
    assert told[0] == 141
    assert [path.name for path in tmp_path.iterdir()] == ["small.mp4"]
    with ProxyReader(film, path) as reader:
        assert numbers(reader) == list(range(300))


@pytest.mark.usefixtures("small_parts")
def test_a_spoilt_part_is_made_again(shelf: Shelf, tmp_path: Path) -> None:
    film, path = open_index(shelf["opengop.mkv"]), tmp_path / "small.mp4"
    steps = make_proxy(film, path)
    while next(steps) < 160:
        pass
    steps.close()
    (parts,) = tmp_path.iterdir()
    part = parts / "00001.mp4"
    part.write_bytes(part.read_bytes()[:3000])
    assert run(make_proxy(film, path))[0] == 71
    with ProxyReader(film, path) as reader:
        assert numbers(reader) == list(range(300))


def without(film: Path, lost: range, path: Path) -> FrameIndex:
    """A copy whose frames `lost` are zeros, which do not decode."""
    whole, data = open_index(film), bytearray(film.read_bytes())
    for i in lost:
        head, size = (int(column[whole.order[i]]) for column in (whole.packets.pos, whole.packets.size))
        data[head : head + size] = bytes(size)
    path.write_bytes(data)
    return open_index(path)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("lost", [range(40, 43), range(69, 72), range(138, 141)])
def test_damaged_frames_keep_their_number_and_show_the_frame_before(tmp_path: Path, lost: range) -> None:
    """Also where a part begins or ends with them, and where the work was stopped between."""
    recipe = Recipe("each.avi", "mjpeg", frames=160, options={"qscale": "3"}, sound="", pixels="yuvj420p")
    film = without(write_film(recipe, tmp_path), lost, tmp_path / "lost.avi")
    assert film.frame_count == 160
    place = tmp_path / "small"
    steps = make_proxy(film, place / "small.mp4")
    while next(steps) < 75:
        pass
    steps.close()
    run(make_proxy(film, place / "small.mp4"))
    with ProxyReader(film, place / "small.mp4") as reader:
        wanted = [lost[0] - 1 if i in lost else i for i in range(160)]
        assert numbers(reader) == wanted


def test_a_copy_of_another_film_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    film, other = open_index(shelf["constant25.mp4"]), open_index(shelf["turned90.mp4"])
    run(make_proxy(other, tmp_path / "small.mp4"))
    with pytest.raises(MediaError, match=r"does not have the frames of “constant25\.mp4”"):
        ProxyReader(film, tmp_path / "small.mp4")
    shutil.copyfile(shelf["phone.mp4"], tmp_path / "phone.mp4")  # as many frames, stamps that are no numbers
    with pytest.raises(MediaError, match="does not have the frames"):
        ProxyReader(film, tmp_path / "phone.mp4")


def test_where_nothing_can_be_written_there_is_a_sentence(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MediaError, match="The folder for small copies cannot be made"):
        run(make_proxy(open_index(shelf["constant25.mp4"]), tmp_path / "file" / "small.mp4"))


@pytest.mark.parametrize(
    ("geometry", "stored"),
    [
        (Geometry(1920, 1080, 0), (640, 360)),
        (Geometry(1080, 1920, 90), (640, 360)),  # a phone held upright: stored on its side
        (Geometry(1080, 1920, 0), (360, 640)),
        (Geometry(768, 576, 0), (480, 360)),
        (Geometry(320, 184, 180), (320, 184)),
        (Geometry(3840, 1634, 0), (640, 272)),
        (Geometry(101, 57, 0), (100, 56)),
    ],
)
def test_it_is_small_and_even(shelf: Shelf, geometry: Geometry, stored: tuple[int, int]) -> None:
    assert making.proxy_size(replace(open_index(shelf["raw.h264"]), geometry=geometry)) == stored


@pytest.mark.parametrize(
    ("width", "height", "group", "wanted"),
    [
        (1280, 720, 250, True),
        (1280, 720, 25, False),
        (1920, 1080, 250, True),
        (3840, 2160, 30, True),
        (640, 360, 250, False),
    ],
)
def test_long_groups_of_large_pictures_want_one(
    shelf: Shelf, width: int, height: int, group: int, wanted: bool
) -> None:
    film = open_index(shelf["raw.h264"])
    key = np.arange(len(film.packets)) % group == 0
    film = replace(film, geometry=Geometry(width, height, 0), packets=replace(film.packets, key=key))
    assert wants_proxy(film) is wanted
