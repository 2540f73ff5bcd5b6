"""What is said about a film, and the one sentence about a file that is none."""

import hashlib
import json
import re
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from coder.media import FrameSource, fingerprint, frames, has_sound, open_index, peaks, probe, write_png
from coder.media.unread import why_unread
from coder.model.problem import MediaError
from tests.clips import HEIGHT, WIDTH, Shelf, numbered_picture, read_number, write_flipped


def test_facts_of_a_plain_film(shelf: Shelf) -> None:
    facts = probe(shelf["constant2997.mp4"])
    assert (facts.frame_count, facts.constant_rate, facts.rate) == (300, True, Fraction(30_000, 1001))
    assert facts.rate_text == "29.97"
    assert (facts.first_pts, facts.rotation, facts.damage) == (0, 0, "")
    assert facts.duration_us == 10_010_000
    assert (facts.longest_gap_us, facts.gaps) == (33_367, ())
    assert (facts.group_longest, facts.group_typical) == (250, 150)  # 250 and 50
    assert [(s.kind, s.codec, s.film) for s in facts.streams] == [("video", "h264", True), ("audio", "aac", False)]
    assert (facts.streams[0].width, facts.streams[0].height) == (WIDTH, HEIGHT)
    assert (facts.streams[1].sample_rate_hz, facts.streams[1].channels) == (48_000, 1)


def test_facts_of_a_phones_film(shelf: Shelf) -> None:
    facts = probe(shelf["phone.mp4"])
    assert (facts.frame_count, facts.constant_rate) == (300, False)
    assert facts.rate_text.startswith("about 20.")
    assert 100_000 < facts.longest_gap_us < 140_000  # two dropped at 30, or one at 15 pictures a second
    index = open_index(shelf["phone.mp4"])
    # the frame before each of those that were dropped stands longer
    assert {index.at_us(i - 1) for i in (20, 77, 140, 260)} <= {gap.at_us for gap in facts.gaps}
    assert len(facts.gaps) < 12
    assert all(gap.duration_us > 60_000 for gap in facts.gaps)


def test_a_transport_stream_starts_late_but_its_film_at_zero(shelf: Shelf) -> None:
    facts = probe(shelf["late.ts"])
    assert float(facts.first_pts * facts.time_base) == pytest.approx(3601.88)
    assert facts.streams[0].starts_s == pytest.approx(3601.88)
    assert facts.streams[1].starts_s == pytest.approx(3601.88, abs=0.05)
    assert (facts.frame_count, facts.rate, facts.constant_rate) == (300, 25, True)
    assert open_index(shelf["late.ts"]).at_us(0) == 0


@pytest.mark.parametrize(
    ("file", "rate", "constant"), [("xvid_b.avi", 25, True), ("opengop.mkv", 25, True), ("raw.h264", 25, True)]
)
def test_the_rate_is_measured(shelf: Shelf, file: str, rate: int, constant: bool) -> None:
    facts = probe(shelf[file])
    assert (facts.rate, facts.constant_rate) == (rate, constant)


@pytest.mark.parametrize(
    ("file", "turns", "size"),
    [
        ("turned90.mp4", 1, (HEIGHT, WIDTH)),
        ("turned180.mp4", 2, (WIDTH, HEIGHT)),
        ("turned270.mp4", 3, (HEIGHT, WIDTH)),
    ],
)
def test_a_turned_film_is_shown_upright(shelf: Shelf, file: str, turns: int, size: tuple[int, int]) -> None:
    facts = probe(shelf[file])
    assert (facts.rotation, facts.width, facts.height) == (90 * turns, *size)
    upright = np.rot90(numbered_picture(42), -turns)  # clockwise
    with FrameSource(open_index(shelf[file])) as source:
        frame = source.frame(42)
    assert (frame.width, frame.height) == size
    assert np.abs(frame.rgb()[..., 1].astype(int) - _as_shown(upright)).mean() < 8
    bgra = frame.bgra(size[0] // 2, size[1] // 2)
    assert (bgra.shape, bgra.dtype, bgra.flags.c_contiguous) == ((size[1] // 2, size[0] // 2, 4), np.uint8, True)
    assert np.abs(bgra[..., 1].astype(int) - _as_shown(upright)[::2, ::2]).mean() < 16


def _as_shown(luma: np.ndarray) -> np.ndarray:
    """Luma of the narrow range as grey of the full one."""
    return ((luma.astype(int) - 16) * 255 // 219).clip(0, 255)


def test_the_matrix_of_a_turned_film_is_the_one_phones_write(shelf: Shelf) -> None:
    # tkhd matrix {0, 1, 0, -1, 0, 0} in 16.16: x' = -y, y' = x, a quarter turn clockwise.
    assert bytes.fromhex("00000000 00010000 00000000 ffff0000 00000000") in shelf["turned90.mp4"].read_bytes()


def test_pixels_that_are_not_square_are_shown_square(shelf: Shelf) -> None:
    facts = probe(shelf["wide.mp4"])
    assert (facts.width, facts.height) == (round(WIDTH * 16 / 11), HEIGHT)
    with FrameSource(open_index(shelf["wide.mp4"])) as source:
        assert source.frame(3).rgb().shape == (HEIGHT, round(WIDTH * 16 / 11), 3)


def test_as_dict_is_ready_for_json(shelf: Shelf) -> None:
    said = json.loads(json.dumps(probe(shelf["late.ts"]).as_dict()))
    assert said["rate"] == "25"
    assert said["time_base"] == "1/90000"
    assert said["fingerprint"]["size"] == shelf["late.ts"].stat().st_size
    assert said["streams"][0]["kind"] == "video"


def test_the_fingerprint_is_the_sha256_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "some.bin"
    path.write_bytes(b"abc" * 1_000_000)
    assert fingerprint(path).sha256 == hashlib.sha256(b"abc" * 1_000_000).hexdigest()
    assert fingerprint(path).size == 3_000_000


def test_progress_rises_to_its_end(shelf: Shelf) -> None:
    told: list[float] = []
    open_index(shelf["constant25.mp4"], progress=told.append)
    assert len(told) > 10
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


# ---- files that are no films


def _folder(shelf: Shelf, place: Path) -> Path:
    return place


def _missing(shelf: Shelf, place: Path) -> Path:
    return place / "gone.mp4"


def _empty(shelf: Shelf, place: Path) -> Path:
    path = place / "empty.mp4"
    path.touch()
    return path


def _text(shelf: Shelf, place: Path) -> Path:
    path = place / "notes.mp4"
    path.write_text("Session 3, mother and child, camera 2.\n" * 50, encoding="utf-8")
    return path


def _picture(shelf: Shelf, place: Path) -> Path:
    path = place / "still.png"
    with FrameSource(open_index(shelf["constant25.mp4"])) as source:
        write_png(source.frame(0), path)
    return path


def _playlist(shelf: Shelf, place: Path) -> Path:
    path = place / "list.mp4"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n", encoding="utf-8")
    return path


def _noise(shelf: Shelf, place: Path) -> Path:
    path = place / "noise.mp4"
    path.write_bytes(np.random.default_rng(5).bytes(200_000))
    return path


def _undecodable(shelf: Shelf, place: Path) -> Path:
    """The head of the film is whole, every picture is zeros."""
    path = place / "black_box.mp4"
    data = shelf["fragments.mp4"].read_bytes()
    while (at := data.find(b"mdat")) >= 0:
        length = int.from_bytes(data[at - 4 : at], "big")
        data = data[:at] + b"MDAT" + bytes(length - 8) + data[at + length - 4 :]
    path.write_bytes(data.replace(b"MDAT", b"mdat"))
    return path


def _sound_only(shelf: Shelf, place: Path) -> Path:
    return shelf["tone.m4a"]


def _headless(shelf: Shelf, place: Path) -> Path:
    return shelf["headless.mp4"]


def _renamed(file: str, kind: bytes, other: bytes) -> Callable[[Shelf, Path], Path]:
    """A film that calls its picture something else."""

    def make(shelf: Shelf, place: Path) -> Path:
        path = place / f"patched{Path(file).suffix}"
        path.write_bytes(shelf[file].read_bytes().replace(kind, other))
        return path

    return make


BAD_FILES: list[tuple[Callable[[Shelf, Path], Path], str]] = [
    (_folder, "This is a folder, not a film"),
    (_missing, "gone.mp4: There is no such file in "),
    (_empty, r"empty.mp4: The file is empty \(0 bytes\)"),
    (_text, "notes.mp4: This is not a film that can be read"),
    (_picture, "still.png: This is a picture or a text, not a film"),
    (_playlist, "list.mp4: This is not a film that can be read"),
    (_noise, "noise.mp4: This is not a film that can be read"),
    (_undecodable, "black_box.mp4: No frame of this film can be decoded"),
    (_sound_only, "tone.m4a: The file has sound but no picture"),
    (_headless, "headless.mp4: The film breaks off before its list of frames"),
    (_renamed("constant25.mp4", b"avc1", b"encv"), "patched.mp4: The film is encrypted"),
    (
        _renamed("constant25.mp4", b"avc1", b"braw"),
        "patched.mp4: The picture is of the kind “braw”, .* no decoder",
    ),
    (_renamed("xvid.avi", b"FMP4", b"ZZZ1"), "patched.avi: The picture is of the kind “ZZZ1”, .* no decoder"),
    (
        _renamed("opengop.mkv", b"V_MPEG4/ISO/AVC", b"V_MPEG4/ISO/XYZ"),
        "patched.mkv: The picture is of the kind “V_MPEG4/ISO/XYZ”, .* no decoder",
    ),
]


@pytest.mark.parametrize(("make", "sentence"), BAD_FILES)
def test_a_bad_file_gets_one_clear_sentence(
    shelf: Shelf, tmp_path: Path, make: Callable[[Shelf, Path], Path], sentence: str
) -> None:
    path = make(shelf, tmp_path)
    for look in (probe, open_index):
        with pytest.raises(MediaError, match=sentence) as caught:
            look(path)
        assert len(caught.value.problems) == 1


def test_a_film_under_windows_lock_says_so(tmp_path: Path) -> None:
    """The object that says it, behind the head of a Windows Media file."""
    path = tmp_path / "locked.wmv"
    head = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(14)
    path.write_bytes(head + bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e") + bytes(500))
    with pytest.raises(MediaError, match=r"locked\.wmv: The film is encrypted"):
        probe(path)


def test_a_film_whose_sound_nothing_decodes_is_a_film_without_sound(shelf: Shelf, tmp_path: Path) -> None:
    path = _renamed("opengop.mkv", b"A_AAC", b"A_XYZ")(shelf, tmp_path)
    facts = probe(path)
    assert (facts.frame_count, facts.damage) == (300, "")
    assert [(s.kind, s.codec, s.sample_rate_hz) for s in facts.streams[1:]] == [("audio", "unknown", 0)]
    assert not has_sound(path)
    with pytest.raises(MediaError, match="The film has no sound"):
        peaks(path)


def test_of_a_film_that_can_be_read_there_is_nothing_to_say(shelf: Shelf) -> None:
    assert why_unread(shelf["constant25.mp4"]) is None


@pytest.mark.skipif(sys.platform == "win32", reason="files are closed to readers by other means there")
def test_an_unreadable_file_gets_its_sentence(shelf: Shelf, tmp_path: Path) -> None:
    """A link that points to itself cannot be read, whoever asks: the superuser may read all else."""
    path = tmp_path / "loop.mp4"
    path.symlink_to(path)
    with pytest.raises(MediaError, match=r"loop\.mp4: "):
        probe(path)


# ---- films that are damaged


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("broken.mkv", r"The end of the film is missing: 7\.\d+ s of 12\.\d+ s can be read\."),
        ("broken.mp4", r"The end of the film is missing: .* can be read\."),
        ("broken.avi", r"The end of the film is missing: .* can be read\."),
        ("zeros.mkv", r"The end of the film is (missing|damaged): .*\."),
    ],
)
def test_a_film_whose_end_is_lost_opens_with_what_is_there(shelf: Shelf, file: str, damage: str) -> None:
    facts = probe(shelf[file])
    assert re.fullmatch(damage, facts.damage)
    assert 50 < facts.frame_count < 300
    index = open_index(shelf[file])
    numbers = [read_number(frame.luma()) or 0 for frame in frames(index)]
    assert numbers[:-8] == list(range(facts.frame_count - 8))  # where the film breaks off, pictures are missing
    if file != "broken.avi":  # an AVI file with B-frames has no stamps that tell where the missing ones were
        assert [index.at_us(i) for i in range(facts.frame_count)] == [40_000 * number for number in numbers]
    with FrameSource(index) as source:
        assert read_number(source.frame(facts.frame_count - 1).luma()) == numbers[-1]


def test_wrong_bytes_spoil_their_own_group_of_pictures_only(shelf: Shelf, tmp_path: Path) -> None:
    """Nothing tells a wrong byte from a right one; but frames keep their numbers, and the next key frame mends."""
    whole = open_index(shelf["late.ts"])
    first, last = whole.keys[2], whole.keys[3]
    begin, end = int(whole.packets.pos[first]), int(whole.packets.pos[last])
    path = tmp_path / "flipped.ts"
    write_flipped(shelf["late.ts"], path, range(begin + 300, end - 300, 188 * 3))
    index = open_index(path)
    assert index.frame_count == whole.frame_count
    spoilt = refused = 0
    with FrameSource(index) as source:
        for i in range(0, index.frame_count, 3):
            inside = first - 4 <= i < last
            try:
                number = read_number(source.frame(i).luma())
            except MediaError:
                assert inside
                refused += 1
                continue
            assert inside or number == i
            spoilt += number != i
    assert spoilt + refused > 0
    shown = [frame.index for frame in frames(index)]
    assert shown == sorted(set(shown))


def test_a_frame_that_does_not_decode_is_refused_and_the_others_come(shelf: Shelf, tmp_path: Path) -> None:
    whole = open_index(shelf["constant25.mp4"])
    sizes = whole.packets.size[whole.order]
    lost = 70 + int(np.argmin(sizes[70:80]))  # the smallest is one that no other leans on
    data, head = bytearray(shelf["constant25.mp4"].read_bytes()), int(whole.packets.pos[whole.order[lost]])
    data[head : head + int(sizes[lost])] = bytes(int(sizes[lost]))
    path = tmp_path / "one_lost.mp4"
    path.write_bytes(data)
    index = open_index(path)
    near = [lost - 2, lost - 1, lost + 1, lost + 2]
    with FrameSource(index) as source:
        for _ in range(2):
            with pytest.raises(
                MediaError, match=rf"Frame {lost} \(at 00:00:0.*\) is damaged and cannot be shown\."
            ):
                source.frame(lost)
        assert [read_number(source.frame(i).luma()) for i in near] == near
    assert [frame.index for frame in frames(index)] == [i for i in range(300) if i != lost]
